/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "qr/sobre-card-job.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_CARD_PREVIEW (sobre_card_preview_get_type ())

/** SobreCardPreview: one card of a job, as it will be printed. */
G_DECLARE_FINAL_TYPE (SobreCardPreview, sobre_card_preview, SOBRE, CARD_PREVIEW, GtkWidget)

/**
 * sobre_card_preview_set_card:
 * @job: (nullable): nothing is shown without
 * @card: which of its cards
 * @label: (nullable): what it is, to assistive technology
 */
void sobre_card_preview_set_card (SobreCardPreview *self, SobreCardJob *job, guint card, const char *label);

G_END_DECLS
