/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Making a workspace. Everything is written into a folder beside the final one, which then takes its name with one rename(2): at any
 * moment there is a whole workspace or none. On failure the folder beside it goes, and so do the folders above that were made for it. */

#include "sobre-config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/sobre-card-key.h"
#include "publish/sobre-menu-store.h"
#include "workspace/sobre-sample-guest.h"
#include "workspace/sobre-sample.h"
#include "workspace/sobre-workspace-files.h"
#include "workspace/sobre-workspace-notes.h"
#include "workspace/sobre-workspace.h"

#define N_TABLES_OF_A_NEW_WORKSPACE 10

/* .sobremesa is machine state: the card secret must not reach a shared repository. The lake holds what guests wrote, likewise. */
static const char git_ignore[] = "/.sobremesa/\n/lake/\n";

static const char tables_header[] = "store_id,table_id,zone,seats,x,y\n";

/* What init has made so far. */
typedef struct
{
  char *path;         /* the workspace to be */
  char *beside;       /* (nullable) where it is made */
  GPtrArray *parents; /* (element-type filename) folders made above it, the deepest last */
} Making;

static void
making_free (Making *self)
{
  if (self->beside != NULL)
    sobre_workspace_remove_tree (self->beside);
  for (guint i = self->parents->len; i > 0; i--)
    g_rmdir (g_ptr_array_index (self->parents, i - 1));
  g_ptr_array_unref (self->parents);
  g_free (self->beside);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Making, making_free)

static Making *
making_new (const char *path)
{
  Making *self = g_new0 (Making, 1);

  self->path = g_canonicalize_filename (path, NULL);
  self->parents = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static gboolean
check_free (Making *self, GError **error)
{
  g_autofree char *settings = g_build_filename (self->path, SOBRE_WORKSPACE_FILE, NULL);
  g_autoptr (GDir) folder = NULL;
  struct stat status;

  if (lstat (self->path, &status) != 0)
    return TRUE;
  if (g_file_test (settings, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_EXISTS,
                   _ ("There is a workspace in “%s” already; nothing was changed"), self->path);
      return FALSE;
    }
  folder = S_ISDIR (status.st_mode) ? g_dir_open (self->path, 0, NULL) : NULL;
  if (folder == NULL || g_dir_read_name (folder) != NULL)
    {
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_EXISTS,
                   _ ("“%s” is not an empty folder; nothing was changed: name another with --workspace"), self->path);
      return FALSE;
    }
  return TRUE;
}

static gboolean
make_parents (Making *self, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (self->path);
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);

  while (!g_file_test (parent, G_FILE_TEST_IS_DIR) && !g_str_equal (parent, "/"))
    {
      char *above = g_path_get_dirname (parent);

      g_ptr_array_add (missing, g_steal_pointer (&parent));
      parent = above;
    }
  for (guint i = missing->len; i > 0; i--)
    {
      const char *folder = g_ptr_array_index (missing, i - 1);

      if (g_mkdir (folder, 0700) != 0)
        {
          g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_FAILED, _ ("The folder “%s” could not be made: %s"),
                       folder, g_strerror (errno));
          return FALSE;
        }
      g_ptr_array_add (self->parents, g_strdup (folder));
    }
  return TRUE;
}

static gboolean
make_beside (Making *self, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (self->path);
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *pattern = g_strdup_printf (".%s.XXXXXX", name);
  g_autofree char *beside = g_build_filename (parent, pattern, NULL);

  if (!make_parents (self, error))
    return FALSE;
  if (g_mkdtemp_full (beside, 0700) == NULL)
    {
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_FAILED, _ ("No folder could be made in “%s”: %s"),
                   parent, g_strerror (errno));
      return FALSE;
    }
  self->beside = g_steal_pointer (&beside);
  return TRUE;
}

static gboolean
write_card_secret (Making *self, SobreRandom *random, GError **error)
{
  g_autofree char *state = g_build_filename (self->beside, SOBRE_STATE_FOLDER, NULL);
  g_autofree char *spool = g_build_filename (state, SOBRE_SPOOL_FOLDER, NULL);
  char secret[SOBRE_CARD_SECRET_LENGTH];
  gboolean done;

  if (!sobre_workspace_make_folder (spool, error))
    return FALSE;
  sobre_random_fill (random, secret, sizeof secret);
  done = sobre_workspace_write_file (state, SOBRE_CARD_KEY_FILE, secret, sizeof secret, error);
  explicit_bzero (secret, sizeof secret);
  return done;
}

/* The IANA name of the machine's zone; UTC where it has none that a workspace can carry to another machine. */
static char *
dup_local_zone (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  const char *name = g_time_zone_get_identifier (zone);
  SobreServiceCalendar *calendar = strchr (name, '/') != NULL ? sobre_service_calendar_new (name, 0) : NULL;

  if (calendar == NULL)
    return g_strdup ("UTC");
  sobre_service_calendar_unref (calendar);
  return g_strdup (name);
}

static void
store_free (gpointer data)
{
  SobreStore *store = data;

  g_free (store->id);
  g_free (store->name);
  g_free (store);
}

static gboolean
write_new_settings (Making *self, GError **error)
{
  g_autoptr (SobreSettings) settings = g_new0 (SobreSettings, 1);
  SobreStore *store = g_new0 (SobreStore, 1);
  g_autofree char *text = NULL;

  settings->version = 1;
  settings->name = g_strdup (_ ("My restaurant"));
  settings->stores = g_ptr_array_new_with_free_func (store_free);
  store->id = g_strdup ("main");
  store->name = g_strdup (settings->name);
  g_ptr_array_add (settings->stores, store);
  settings->time_zone = dup_local_zone ();
  settings->cutoff_minutes = 4 * 60;
  settings->currency = g_strdup ("EUR");
  settings->languages = g_strdupv ((char *[]) { (char *) "en", NULL });
  settings->card_epoch = 1;
  settings->retention_days = 1095;
  text = sobre_settings_format (settings);
  return sobre_workspace_write_file (self->beside, SOBRE_WORKSPACE_FILE, text, -1, error);
}

static gboolean
write_new_tables (Making *self, GError **error)
{
  g_autoptr (GString) csv = g_string_new (tables_header);

  for (guint i = 1; i <= N_TABLES_OF_A_NEW_WORKSPACE; i++)
    g_string_append_printf (csv, "main,%u,room,4,,\n", i);
  return sobre_workspace_write_file (self->beside, SOBRE_TABLES_FILE, csv->str, csv->len, error);
}

static gboolean
write_files (Making *self, gboolean sample, GError **error)
{
  g_autofree char *lake = g_build_filename (self->beside, SOBRE_LAKE_FOLDER, "raw", NULL);
  g_autofree char *queries = g_build_filename (self->beside, SOBRE_QUERIES_FOLDER, NULL);

  if (!sobre_workspace_write_file (self->beside, ".gitignore", git_ignore, -1, error) ||
      !sobre_workspace_make_folder (lake, error) || !sobre_workspace_make_folder (queries, error))
    return FALSE;
  if (sample)
    return sobre_sample_copy_file (self->beside, SOBRE_WORKSPACE_FILE, error) &&
           sobre_sample_copy_file (self->beside, SOBRE_TABLES_FILE, error) &&
           sobre_sample_copy_file (self->beside, SOBRE_FORM_FILE, error) &&
           sobre_sample_copy_file (self->beside, SOBRE_MENU_FILE, error);
  return sobre_sample_write_form (self->beside, error) && write_new_settings (self, error) && write_new_tables (self, error);
}

/* Guests of the sample can read its menu at once. */
static gboolean
publish_menu (Making *self, SobreWorkspace *workspace, SobreClock *clock, GError **error)
{
  const SobreSettings *settings = sobre_workspace_get_settings (workspace);
  gsize length;
  char *text = sobre_workspace_read_file (self->beside, SOBRE_MENU_FILE, &length, error);
  g_autoptr (GBytes) document = text != NULL ? g_bytes_new_take (text, length) : NULL;
  g_autoptr (SobreMenuPointer) pointer = NULL;

  if (document == NULL)
    return FALSE;
  pointer = sobre_menu_store_publish (sobre_workspace_get_menu_folder (workspace), document, settings->currency,
                                      settings->time_zone, sobre_clock_now (clock), error);
  return pointer != NULL;
}

static gboolean
write_sample_notes (SobreWorkspace *workspace, SobreClock *clock, GError **error)
{
  gint32 today = sobre_service_calendar_locate (sobre_workspace_get_calendar (workspace), sobre_clock_now (clock)).day;
  g_autoptr (SobreNote) note = sobre_note_new (today - SOBRE_SAMPLE_NEW_MENU_AGE, "New menu");
  g_autoptr (GListModel) notes = sobre_workspace_change_notes (workspace, NULL, note, error);

  return notes != NULL;
}

/* The half-made workspace is opened before it takes its name, so that nothing is ever put there that cannot be opened. */
static gboolean
fill_workspace (Making *self, gboolean sample, SobreClock *clock, GError **error)
{
  g_autoptr (SobreWorkspace) workspace = sobre_workspace_open (self->beside, error);

  if (workspace == NULL || !sample)
    return workspace != NULL;
  return publish_menu (self, workspace, clock, error) && write_sample_notes (workspace, clock, error) &&
         sobre_sample_write_answers (workspace, clock, error);
}

static gboolean
take_name (Making *self, GError **error)
{
  if (rename (self->beside, self->path) != 0)
    {
      int code = errno;

      if (code == ENOTEMPTY || code == EEXIST || code == ENOTDIR)
        g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_EXISTS,
                     _ ("Something else was put into “%s” meanwhile; it was not changed"), self->path);
      else
        g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_FAILED, _ ("The folder “%s” could not be made: %s"),
                     self->path, g_strerror (code));
      return FALSE;
    }
  g_clear_pointer (&self->beside, g_free);
  g_ptr_array_set_size (self->parents, 0);
  return TRUE;
}

SobreWorkspace *
sobre_workspace_create (const char *path, gboolean sample, SobreClock *clock, SobreRandom *random, GError **error)
{
  g_autoptr (Making) making = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  making = making_new (path);
  if (!check_free (making, error) || !make_beside (making, error) || !write_files (making, sample, error) ||
      !write_card_secret (making, random, error) || !fill_workspace (making, sample, clock, error) ||
      !take_name (making, error))
    return NULL;
  return sobre_workspace_open (making->path, error);
}
