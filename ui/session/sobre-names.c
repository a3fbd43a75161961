/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-names.h"

#include "session/sobre-job.h"
#include "workspace/sobre-workspace-files.h"

static void
clear_names (gpointer data)
{
  SobreNames *self = data;

  g_clear_object (&self->form);
  g_clear_object (&self->menu);
  g_free (self->hash);
}

SobreNames *
sobre_names_ref (SobreNames *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_names_unref (SobreNames *self)
{
  g_atomic_rc_box_release_full (self, clear_names);
}

G_DEFINE_BOXED_TYPE (SobreNames, sobre_names, sobre_names_ref, sobre_names_unref)

static char *
read_file (SobreWorkspace *workspace, const char *name, gsize *length, GChecksum *checksum)
{
  char *text = sobre_workspace_read_file (sobre_workspace_get_path (workspace), name, length, NULL);

  g_checksum_update (checksum, (const guchar *) name, -1);
  if (text != NULL)
    g_checksum_update (checksum, (const guchar *) text, (gssize) *length);
  return text;
}

static gboolean
read_worker (gpointer workspace, GValue *result, GError **error)
{
  SobreNames *self = g_atomic_rc_box_new0 (SobreNames);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize form_length, menu_length;
  g_autofree char *form = read_file (workspace, SOBRE_FORM_FILE, &form_length, checksum);
  g_autofree char *menu = read_file (workspace, SOBRE_MENU_FILE, &menu_length, checksum);

  if (form != NULL)
    self->form = sobre_form_parse (form, (gssize) form_length, NULL, NULL);
  if (menu != NULL)
    self->menu = sobre_menu_parse (menu, (gssize) menu_length, sobre_workspace_get_settings (workspace)->currency, NULL, NULL);
  self->hash = g_strdup (g_checksum_get_string (checksum));
  g_value_init (result, SOBRE_TYPE_NAMES);
  g_value_take_boxed (result, self);
  return TRUE;
}

DexFuture *
sobre_names_read (SobreWorkspace *workspace)
{
  return sobre_job_run ("names", read_worker, g_object_ref (workspace), g_object_unref);
}
