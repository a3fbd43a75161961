/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/menu/sobre-form-panel-private.h"

#include <glib/gi18n-lib.h>

#include "widgets/sobre-moment.h"

static SobreWorkspace *
get_workspace (SobreEditorPanel *panel)
{
  return sobre_session_get_workspace (sobre_editor_panel_get_session (panel));
}

static void
sobre_form_panel_ask (SobreEditorPanel *panel, AdwAlertDialog *dialog)
{
  adw_alert_dialog_set_heading (dialog, _ ("Publish the Form?"));
  adw_alert_dialog_set_body (
      dialog,
      _ ("Guests who scan a card are asked it from now on, as a new version; answers name the version that they answer. "
         "Collecting on this computer starts anew for a moment, and no answer is lost."));
}

static DexFuture *
sobre_form_panel_publish (SobreEditorPanel *panel)
{
  return sobre_form_desk_publish (get_workspace (panel), sobre_editor_panel_get_root (panel));
}

static DexFuture *
sobre_form_panel_roll_back (SobreEditorPanel *panel, guint version)
{
  return sobre_form_desk_roll_back (get_workspace (panel), version);
}

static SobreVersionsDialog *
sobre_form_panel_make_versions (SobreEditorPanel *panel)
{
  SobreFormPanel *self = SOBRE_FORM_PANEL (panel);
  SobreServiceCalendar *calendar = sobre_workspace_get_calendar (get_workspace (panel));
  SobreVersionsDialog *dialog = sobre_versions_dialog_new (_ ("Guests are asked what that version asked, as a new version, "
                                                              "because every answer names the version that it answers. What is "
                                                              "written here stays as it is."));

  for (guint i = 0; i < self->state->history->len; i++)
    {
      const SobreFormEntry *entry = g_ptr_array_index (self->state->history, i);
      g_autofree char *moment = sobre_moment_format (entry->at, calendar);
      g_autofree char *questions =
          g_strdup_printf (ngettext ("%u question", "%u questions", entry->n_questions), entry->n_questions);
      g_autofree char *subtitle = g_strdup_printf ("%s · %s", moment, questions);
      const char *const none[] = { NULL };

      sobre_versions_dialog_add (dialog, entry->version, subtitle, none,
                                 sobre_editor_panel_say_who (panel, entry->version, entry->current), entry->current);
    }
  return dialog;
}

static void
sobre_form_panel_done (SobreEditorPanel *panel, SobreEditorWork work, guint version)
{
  SobreSession *session = sobre_editor_panel_get_session (panel);
  g_autofree char *words = NULL;

  sobre_document_book_forget (sobre_editor_panel_get_book (panel));
  if (work == SOBRE_EDITOR_DISCARD)
    return;
  words = g_strdup_printf (_ ("Version %u is published: guests are asked it from now on"), version);
  sobre_editor_panel_say (panel, words, FALSE);
  sobre_session_update_names (session);
  /* The intake reads the form when it starts. */
  dex_future_disown (sobre_collector_restart (sobre_session_get_collector (session)));
}

void
sobre_form_panel_class_install_publishing (SobreEditorPanelClass *panel_class)
{
  panel_class->parts = SOBRE_SITE_FORM | SOBRE_SITE_MENU;
  panel_class->ask = sobre_form_panel_ask;
  panel_class->publish = sobre_form_panel_publish;
  panel_class->make_versions = sobre_form_panel_make_versions;
  panel_class->roll_back = sobre_form_panel_roll_back;
  panel_class->done = sobre_form_panel_done;
}
