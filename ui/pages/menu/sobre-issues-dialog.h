/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "model/sobre-document.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_ISSUES_DIALOG (sobre_issues_dialog_get_type ())

/** SobreIssuesDialog: what a check found, faults first. Emits "open" (string) with the path of the one that is chosen, and closes. */
G_DECLARE_FINAL_TYPE (SobreIssuesDialog, sobre_issues_dialog, SOBRE, ISSUES_DIALOG, AdwDialog)

/** SobreIssuePlace: Returns: (transfer full): where people find what an issue is about: the name of a dish */
typedef char *(*SobreIssuePlace) (const SobreDocumentIssue *issue, gpointer user_data);

/** sobre_issues_dialog_new: @issues: (element-type SobreDocumentIssue) · @say_place: asked at once */
SobreIssuesDialog *sobre_issues_dialog_new (const GPtrArray *issues, SobreIssuePlace say_place, gpointer user_data);

G_END_DECLS
