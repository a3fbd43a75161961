/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>

#define SAMPLE_SEED 1

static int
remove_entry (const char *path, const struct stat *status, int flag, struct FTW *place)
{
  return remove (path);
}

SobreWindowFixture *
sobre_window_fixture_new (gboolean sample)
{
  SobreWindowFixture *self = g_new0 (SobreWindowFixture, 1);
  g_autoptr (SobreRandom) random = sobre_seeded_random_new (SAMPLE_SEED);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  self->folder = g_dir_make_tmp ("sobremesa-window-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (self->folder, "restaurant", NULL);
  self->clock = sobre_system_clock_new ();
  self->workspace = sobre_workspace_create (path, sample, self->clock, random, &error);
  g_assert_no_error (error);
  return self;
}

void
sobre_window_fixture_free (SobreWindowFixture *self)
{
  g_clear_object (&self->workspace);
  g_clear_object (&self->clock);
  nftw (self->folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
  g_free (self->folder);
  g_free (self);
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

gboolean
sobre_wait_until (gboolean (*condition) (gpointer data), gpointer data, double seconds)
{
  gint64 end = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
  guint waker = g_timeout_add (10, wake_cb, NULL);
  gboolean met = condition (data);

  while (!met && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, TRUE);
      met = condition (data);
    }
  g_source_remove (waker);
  return met;
}

void
sobre_settle (void)
{
  gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC;

  while (g_main_context_pending (NULL) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
}

gboolean
sobre_session_has_figures (gpointer data)
{
  SobreFigures *figures = sobre_session_get_figures (data);

  return figures != NULL && figures->newest > 0;
}

gpointer
sobre_find_widget (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      gpointer found = sobre_find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

gboolean
sobre_shows_text (GtkWidget *widget, const char *words)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      strstr (gtk_label_get_text (GTK_LABEL (widget)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (sobre_shows_text (child, words))
      return TRUE;
  return FALSE;
}

GtkWidget *
sobre_find_button (GtkWidget *widget, const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = sobre_find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

gboolean
sobre_is_settled (gpointer data)
{
  return !dex_future_is_pending (data);
}
