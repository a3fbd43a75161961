/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "model/sobre-record.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_FORM (sobre_form_get_type ())

/** SobreForm: form.json, checked. Immutable. docs/data-flow.md describes the document. */
G_DECLARE_FINAL_TYPE (SobreForm, sobre_form, SOBRE, FORM, GObject)

/**
 * SobreFormIssue:
 * @path: where in the document, "questions[2].choices[0].label.de"
 * @fatal: whether the form cannot be used with it
 * @message: what is wrong and what to do, translated
 */
typedef struct
{
  char *path;
  gboolean fatal;
  char *message;
} SobreFormIssue;

void sobre_form_issue_free (SobreFormIssue *self);

/**
 * sobre_form_parse:
 * @issues: (out) (optional) (element-type SobreFormIssue) (transfer full): everything found, fatal or not
 *
 * Reads and checks a form. It refuses a rule that shows the review link by score (F9), unknown kinds, doubled ids, skip
 * logic that looks forward or goes nowhere, and missing texts of the first language.
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_SETTINGS_ERROR when anything fatal was found
 */
SobreForm *sobre_form_parse (const char *json,
                             gssize length,
                             GPtrArray **issues,
                             GError **error);

const char *sobre_form_get_id (SobreForm *self);
gint32 sobre_form_get_version (SobreForm *self);

/** The checked document, compact JSON. (transfer none) */
const char *sobre_form_get_json (SobreForm *self);
const char *const *sobre_form_get_languages (SobreForm *self);

guint sobre_form_get_n_questions (SobreForm *self);
const char *sobre_form_get_question_id (SobreForm *self,
                                        guint question);
SobreAnswerKind sobre_form_get_question_kind (SobreForm *self,
                                              guint question);

/** The question's short name in @language, falling back to the first language: "Service". */
const char *sobre_form_get_question_label (SobreForm *self,
                                           guint question,
                                           const char *language);

G_END_DECLS
