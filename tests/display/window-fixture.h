/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-session.h"

/* What the display tests share: a sample restaurant in a folder of its own, and waiting without sleeping. */

/** SobreWindowFixture: @folder: removed with it */
typedef struct
{
  char *folder;
  SobreWorkspace *workspace;
  SobreClock *clock;
} SobreWindowFixture;

/** @sample: whether the restaurant has answers. Aborts the test when it cannot be made. */
SobreWindowFixture *sobre_window_fixture_new (gboolean sample);
void sobre_window_fixture_free (SobreWindowFixture *self);

/** Whether @condition gets true within @seconds while the main loop runs. */
gboolean sobre_wait_until (gboolean (*condition) (gpointer data), gpointer data, double seconds);

/** Runs the main loop until nothing more is due, at most a second. */
void sobre_settle (void);

/** Whether the figures of the SobreSession @data are there. */
gboolean sobre_session_has_figures (gpointer data);

/** The first descendant of @widget of @type, itself included; %NULL without. (transfer none) */
gpointer sobre_find_widget (GtkWidget *widget, GType type);

/** Whether @words are part of what a label below @widget shows. */
gboolean sobre_shows_text (GtkWidget *widget, const char *words);

/** The first button below @widget with @label; %NULL without. (transfer none) */
GtkWidget *sobre_find_button (GtkWidget *widget, const char *label);

/** Whether the DexFuture @data is settled. */
gboolean sobre_is_settled (gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreWindowFixture, sobre_window_fixture_free)
