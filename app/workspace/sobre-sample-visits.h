/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-form.h"
#include "model/sobre-menu.h"
#include "workspace/sobre-sample-guest.h"

/** How long the sample's menu has been on guests' phones and its till in the lake, days. */
#define SOBRE_SAMPLE_VISIT_DAYS SOBRE_SAMPLE_NEW_MENU_AGE

/** SobreSampleLine: one line of the lake. */
typedef struct
{
  gint64 received_at;
  char *line;
} SobreSampleLine;

void sobre_sample_line_free (gpointer line);

/** SobreSampleVisits: what the sample's guests looked at and ate, beside what they answered. */
typedef struct _SobreSampleVisits SobreSampleVisits;

/** sobre_sample_visits_new: @menu, @form: of the sample. The same seed and calls make the same lines. (transfer full) */
SobreSampleVisits *sobre_sample_visits_new (SobreMenu *menu, SobreForm *form, guint64 seed);
void sobre_sample_visits_free (SobreSampleVisits *self);

/** Whether so many who looked and ate without answering come on top of @n who answered. */
guint sobre_sample_visits_count_silent (SobreSampleVisits *self, guint n);

/** A guest of the day who will not answer. @tables: (element-type SobreTable) */
SobreSampleGuest
sobre_sample_visits_make_guest (SobreSampleVisits *self, const SobreSampleDay *day, GPtrArray *tables, gboolean main_store);

/**
 * sobre_sample_visits_serve:
 * @at: when the guest answered, or left without, ms since the epoch
 * @answers: whether the guest answered
 *
 * Adds the guest's visits of menu and form and what was ordered.
 *
 * Returns: (transfer full): the stars that the guest gave to dishes, as answers of a record with commas between; empty for none
 */
char *sobre_sample_visits_serve (SobreSampleVisits *self, const SobreSampleGuest *guest, gint64 at, gboolean answers);

/** sobre_sample_visits_take: (transfer full) (element-type SobreSampleLine): the lines of @dataset since the last call */
GPtrArray *sobre_sample_visits_take (SobreSampleVisits *self, SobreDataset dataset);

/** The source of randomness for the names of what the lines are put into. (transfer none) */
SobreRandom *sobre_sample_visits_get_random (SobreSampleVisits *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSampleVisits, sobre_sample_visits_free)
