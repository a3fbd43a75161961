/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What leaves the workspace for a site, and what comes into it from a file. */

#include "camera.h"
#include "pages/import/sobre-import-dialog.h"
#include "pages/menu/sobre-menu-panel.h"
#include "window-fixture.h"

#define ORDERS                                                                                                                 \
  "Date;Time;Branch;Table;Product;Pieces;Total;Waiter\n"                                                                       \
  "24/12/2025;19:05;Harbour;7;Cod with brown butter;2;37,00;Ana\n"                                                             \
  "24/12/2025;19:05;Harbour;7;Espresso;2;5,00;Ana\n"                                                                           \
  "24/12/2025;19:40;Harbour;12;Harbour fish soup;1;9,80;Ben\n"                                                                 \
  "25/12/2025;20:15;Harbour;3;Crab claws;1;much;Ben\n"                                                                         \
  "25/12/2025;20:20;Moon;3;Oysters on ice;1;13,50;Ben\n"                                                                       \
  "25/12/2025;20:30;Harbour;3;Red berry jelly;1\n"
#define UNCLEAR "Date,What,Store\n03/04/2025,7,harbour\n03/05/2025,8,harbour\n"

static AdwDialog *
get_dialog (Camera *self)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
}

/** Step: of an import that has to be there. */
typedef struct
{
  GtkWidget *dialog;
  const char *name;
} Step;

static gboolean
is_at (gpointer data)
{
  const Step *step = data;
  GtkStack *stack = sobre_find_widget (step->dialog, GTK_TYPE_STACK);

  return g_str_equal (gtk_stack_get_visible_child_name (stack), step->name);
}

static AdwDialog *
open_import (Camera *self, const char *folder, const char *text, const char *step)
{
  g_autofree char *path = g_build_filename (folder, "till-december.csv", NULL);
  AdwDialog *dialog;

  g_file_set_contents (path, text, -1, NULL);
  dialog = sobre_import_dialog_new (sobre_window_get_session (self->window), path);
  adw_dialog_present (dialog, GTK_WIDGET (self->window));
  camera_wait (is_at, &(Step) { GTK_WIDGET (dialog), step }, step);
  return dialog;
}

void
camera_take_import (Camera *self, const char *folder, int width, int height)
{
  static const char *const steps[] = { "preview", "done" };
  AdwDialog *dialog;

  camera_resize (self, width, height);
  sobre_window_show_page (self->window, "overview");
  dialog = open_import (self, folder, ORDERS, "mapping");
  camera_take (self, "import-mapping");
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *name = g_strconcat ("import-", steps[i], NULL);

      gtk_widget_activate_action (GTK_WIDGET (dialog), "import.next", NULL);
      camera_wait (is_at, &(Step) { GTK_WIDGET (dialog), steps[i] }, name);
      camera_take (self, name);
    }
  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.undo", NULL);
  camera_take (self, "import-undone");
  adw_dialog_force_close (dialog);
  dialog = open_import (self, folder, UNCLEAR, "mapping");
  camera_take (self, "import-asks");
  adw_dialog_force_close (dialog);
  dialog = open_import (self, folder, "", "failed");
  camera_take (self, "import-failed");
  adw_dialog_force_close (dialog);
}

/** Being: a state that the courier has to be in. */
typedef struct
{
  SobreSiteCourier *courier;
  SobreCourierState state;
} Being;

static gboolean
is_in_state (gpointer data)
{
  const Being *being = data;

  return sobre_site_courier_get_state (being->courier) == being->state;
}

/** Calm: nothing is being marked, sent or waiting for it. */
typedef struct
{
  SobreSiteCourier *courier;
  GtkWidget *panel;
} Calm;

static gboolean
is_calm (gpointer data)
{
  const Calm *calm = data;

  return !sobre_editor_panel_is_busy (SOBRE_EDITOR_PANEL (calm->panel)) && !sobre_site_courier_is_behind (calm->courier) &&
         sobre_site_courier_get_state (calm->courier) == SOBRE_COURIER_RESTING;
}

static void
refuse (FakeStack *stack, const char *code, guint delay_us)
{
  g_mutex_lock (&stack->mutex);
  stack->site.refusal = code;
  stack->site.delay_us = delay_us;
  g_mutex_unlock (&stack->mutex);
}

void
camera_take_site (Camera *self, FakeStack *stack, int width, int height)
{
  SobreSiteCourier *courier = sobre_session_get_site_courier (sobre_window_get_session (self->window));
  GtkWidget *panel = sobre_find_widget (GTK_WIDGET (self->window), SOBRE_TYPE_MENU_PANEL);

  camera_resize (self, width, height);
  sobre_window_show_page (self->window, "menu");
  camera_wait (is_calm, &(Calm) { courier, panel }, "The site");
  refuse (stack, "AccessDenied", 0);
  sobre_site_courier_send (courier, SOBRE_SITE_MENU);
  camera_wait (is_in_state, &(Being) { courier, SOBRE_COURIER_FAILED }, "A refusal");
  camera_take (self, "site-refused");
  refuse (stack, NULL, 400000);
  sobre_site_courier_retry (courier);
  camera_take (self, "site-sending");
  sobre_site_courier_cancel (courier);
  camera_wait (is_in_state, &(Being) { courier, SOBRE_COURIER_FAILED }, "An end");
  camera_take (self, "site-stopped");
  refuse (stack, NULL, 0);
  sobre_site_courier_retry (courier);
  camera_wait (is_calm, &(Calm) { courier, panel }, "The site");
  camera_take (self, "site-same");
  gtk_widget_activate_action (panel, "menu.mark", "(sb)", "oysters", TRUE);
  camera_take (self, "site-sold-out");
  camera_wait (is_calm, &(Calm) { courier, panel }, "The site");
  gtk_widget_activate_action (panel, "menu.mark", "(sb)", "oysters", FALSE);
  camera_wait (is_calm, &(Calm) { courier, panel }, "The site");
  gtk_widget_activate_action (panel, "editor.versions", NULL);
  camera_take (self, "site-versions");
  adw_dialog_force_close (get_dialog (self));
}
