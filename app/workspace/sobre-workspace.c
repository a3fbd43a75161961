/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "workspace/sobre-workspace.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/sobre-card-key.h"
#include "workspace/sobre-workspace-files.h"

#define MAX_BASE_LENGTH 200

struct _SobreWorkspace
{
  GObject parent_instance;

  char *path;
  char *cache_folder;
  char *spool_folder;
  SobreSettings *settings;
  SobreServiceCalendar *calendar;
  GListModel *tables;
  SobreForm *form;
  SobreDirLake *lake;
};

G_DEFINE_FINAL_TYPE (SobreWorkspace, sobre_workspace, G_TYPE_OBJECT)
G_DEFINE_QUARK (sobre-workspace-error-quark, sobre_workspace_error)

/* The message of whoever read the file says the place in it; this adds which file. */
static gboolean
blame (const char *name, GError **error, GError *cause)
{
  g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID, "%s: %s", name, cause->message);
  g_error_free (cause);
  return FALSE;
}

static gboolean
read_settings (SobreWorkspace *self, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;
  GError *cause = NULL;

  text = sobre_workspace_read_file (self->path, SOBRE_WORKSPACE_FILE, &length, error);
  if (text == NULL)
    return FALSE;
  self->settings = sobre_settings_parse (text, length, &cause);
  if (self->settings == NULL)
    return blame (SOBRE_WORKSPACE_FILE, error, cause);

  self->calendar = sobre_service_calendar_new (self->settings->time_zone, self->settings->cutoff_minutes);
  g_assert (self->calendar != NULL); /* the parser has tried the zone */
  return TRUE;
}

/* Every table has to belong to a store that workspace.json names: a card of another one would collect answers nobody sees. */
static gboolean
check_stores (SobreWorkspace *self, GError **error)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->tables); i++)
    {
      g_autoptr (SobreTable) table = g_list_model_get_item (self->tables, i);
      gboolean known = FALSE;

      for (guint j = 0; j < self->settings->stores->len && !known; j++)
        {
          const SobreStore *store = g_ptr_array_index (self->settings->stores, j);
          known = g_str_equal (store->id, sobre_table_get_store_id (table));
        }
      if (!known)
        {
          g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID,
                       _ ("%s: table “%s” is in store “%s”, which %s does not name: add the store there or correct the table"),
                       SOBRE_TABLES_FILE, sobre_table_get_table_id (table), sobre_table_get_store_id (table),
                       SOBRE_WORKSPACE_FILE);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_tables (SobreWorkspace *self, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;
  GError *cause = NULL;

  text = sobre_workspace_read_file (self->path, SOBRE_TABLES_FILE, &length, error);
  if (text == NULL)
    return FALSE;
  self->tables = sobre_table_list_parse (text, length, &cause);
  if (self->tables == NULL)
    return blame (SOBRE_TABLES_FILE, error, cause);
  return check_stores (self, error);
}

static gboolean
read_form (SobreWorkspace *self, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;
  GError *cause = NULL;

  text = sobre_workspace_read_file (self->path, SOBRE_FORM_FILE, &length, error);
  if (text == NULL)
    return FALSE;
  self->form = sobre_form_parse (text, length, NULL, &cause);
  if (self->form == NULL)
    return blame (SOBRE_FORM_FILE, error, cause);
  return TRUE;
}

static void
sobre_workspace_finalize (GObject *object)
{
  SobreWorkspace *self = SOBRE_WORKSPACE (object);

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->cache_folder, g_free);
  g_clear_pointer (&self->spool_folder, g_free);
  g_clear_pointer (&self->settings, sobre_settings_free);
  g_clear_pointer (&self->calendar, sobre_service_calendar_unref);
  g_clear_object (&self->tables);
  g_clear_object (&self->form);
  g_clear_object (&self->lake);

  G_OBJECT_CLASS (sobre_workspace_parent_class)->finalize (object);
}

static void
sobre_workspace_class_init (SobreWorkspaceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_workspace_finalize;
}

static void
sobre_workspace_init (SobreWorkspace *self)
{
}

char *
sobre_workspace_resolve_path (const char *option)
{
  const char *variable = g_getenv ("SOBREMESA_WORKSPACE");

  if (option == NULL || *option == '\0')
    option = variable;
  if (option == NULL || *option == '\0')
    return g_build_filename (g_get_user_data_dir (), "sobremesa", "workspace", NULL);
  return g_canonicalize_filename (option, NULL);
}

SobreWorkspace *
sobre_workspace_open (const char *path, GError **error)
{
  g_autoptr (SobreWorkspace) self = g_object_new (SOBRE_TYPE_WORKSPACE, NULL);
  g_autofree char *settings_path = NULL;
  g_autofree char *lake_path = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self->path = g_canonicalize_filename (path, NULL);
  settings_path = g_build_filename (self->path, SOBRE_WORKSPACE_FILE, NULL);
  if (!g_file_test (settings_path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_MISSING,
                   _ ("There is no workspace in “%s”: make one with “sobremesa init”, or name another folder with --workspace"),
                   self->path);
      return NULL;
    }
  if (!read_settings (self, error) || !read_tables (self, error) || !read_form (self, error))
    return NULL;

  lake_path = g_build_filename (self->path, SOBRE_LAKE_FOLDER, NULL);
  self->lake = sobre_dir_lake_new (lake_path);
  self->cache_folder = sobre_cache_folder_for_workspace (self->path);
  self->spool_folder = g_build_filename (self->path, SOBRE_STATE_FOLDER, SOBRE_SPOOL_FOLDER, NULL);
  return g_steal_pointer (&self);
}

const char *
sobre_workspace_get_path (SobreWorkspace *self)
{
  return self->path;
}

const SobreSettings *
sobre_workspace_get_settings (SobreWorkspace *self)
{
  return self->settings;
}

GListModel *
sobre_workspace_get_tables (SobreWorkspace *self)
{
  return self->tables;
}

SobreForm *
sobre_workspace_get_form (SobreWorkspace *self)
{
  return self->form;
}

SobreDirLake *
sobre_workspace_get_lake (SobreWorkspace *self)
{
  return self->lake;
}

SobreServiceCalendar *
sobre_workspace_get_calendar (SobreWorkspace *self)
{
  return self->calendar;
}

const char *
sobre_workspace_get_cache_folder (SobreWorkspace *self)
{
  return self->cache_folder;
}

const char *
sobre_workspace_get_spool_folder (SobreWorkspace *self)
{
  return self->spool_folder;
}

GBytes *
sobre_workspace_load_card_secret (SobreWorkspace *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->path, SOBRE_STATE_FOLDER, SOBRE_CARD_KEY_FILE, NULL);
  guint8 secret[SOBRE_CARD_SECRET_LENGTH + 1];
  gssize length;
  GBytes *bytes;
  int fd;

  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0 && errno == ENOENT)
    {
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_MISSING,
                   _ ("The cards' secret “%s” is missing: copy it from the computer that printed the cards"), path);
      return NULL;
    }
  if (fd < 0)
    {
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_FAILED, _ ("Could not open “%s”: %s"), path,
                   g_strerror (errno));
      return NULL;
    }
  length = read (fd, secret, sizeof secret);
  g_close (fd, NULL);
  if (length != SOBRE_CARD_SECRET_LENGTH)
    {
      explicit_bzero (secret, sizeof secret);
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID,
                   _ ("The cards' secret “%s” does not hold %d bytes: copy it again from the computer that printed the cards"),
                   path, SOBRE_CARD_SECRET_LENGTH);
      return NULL;
    }
  bytes = g_bytes_new (secret, SOBRE_CARD_SECRET_LENGTH);
  explicit_bzero (secret, sizeof secret);
  return bytes;
}

static gboolean
base_is_valid (const char *base)
{
  gboolean http = g_ascii_strncasecmp (base, "http://", 7) == 0;
  gboolean https = g_ascii_strncasecmp (base, "https://", 8) == 0;
  gsize length = strlen (base);

  if ((!http && !https) || length <= (http ? 7u : 8u) || length > MAX_BASE_LENGTH)
    return FALSE;
  for (const char *p = base; *p != '\0'; p++)
    {
      if (!g_ascii_isgraph (*p) || *p == '?' || *p == '#')
        return FALSE;
    }
  return base[length - 1] != '/';
}

char *
sobre_workspace_dup_printed_base (SobreWorkspace *self)
{
  g_autofree char *name = g_build_filename (SOBRE_STATE_FOLDER, SOBRE_PRINTED_FILE, NULL);
  g_autofree char *text = sobre_workspace_read_file (self->path, name, NULL, NULL);

  if (text == NULL)
    return NULL;
  g_strstrip (text);
  return base_is_valid (text) ? g_steal_pointer (&text) : NULL;
}

gboolean
sobre_workspace_set_printed_base (SobreWorkspace *self, const char *base, GError **error)
{
  g_autofree char *folder = g_build_filename (self->path, SOBRE_STATE_FOLDER, NULL);
  g_autofree char *line = NULL;

  g_return_val_if_fail (base != NULL, FALSE);

  if (!base_is_valid (base))
    {
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID,
                   _ ("“%s” is no address for cards: write scheme and host, such as http://192.168.1.20:8080"), base);
      return FALSE;
    }
  if (!sobre_workspace_make_folder (folder, error))
    return FALSE;
  line = g_strconcat (base, "\n", NULL);
  return sobre_workspace_write_file (folder, SOBRE_PRINTED_FILE, line, -1, error);
}
