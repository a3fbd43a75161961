/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "workspace/sobre-workspace.h"

#include <glib/gi18n-lib.h>

#include "aws/sobre-s3-lake.h"
#include "workspace/sobre-workspace-files.h"

struct _SobreWorkspace
{
  GObject parent_instance;

  char *path;
  char *cache_folder;
  char *spool_folder;
  char *menu_folder;
  SobreSettings *settings;
  SobreServiceCalendar *calendar;
  GListModel *tables;
  SobreForm *form;
  SobreMenu *menu;
  SobreDirLake *lake;
  SobreMfa *mfa;
  GMutex mutex; /* guards what is made when it is first asked for */
  SobreAwsAccount *account;
  SobreLakeSource *bucket;
  GPtrArray *retired; /* accounts and buckets of before the choice was changed: somebody may still be using them */
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

/* When somebody opens a file with a program in a sandbox, the portal of documents shows it that file alone, in a folder made for it. */
static gboolean
is_lone_document (const char *path)
{
  g_autofree char *documents = g_build_filename (g_get_user_runtime_dir (), "doc", NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  return g_str_equal (parent, documents);
}

/* A menu that is missing or being written does not keep anyone from the answers; “menu check” says what is wrong with it. */
static void
read_menu (SobreWorkspace *self)
{
  g_autofree char *text = NULL;
  gsize length;

  text = sobre_workspace_read_file (self->path, SOBRE_MENU_FILE, &length, NULL);
  if (text != NULL)
    self->menu = sobre_menu_parse (text, (gssize) length, self->settings->currency, NULL, NULL);
}

static void
sobre_workspace_finalize (GObject *object)
{
  SobreWorkspace *self = SOBRE_WORKSPACE (object);

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->cache_folder, g_free);
  g_clear_pointer (&self->spool_folder, g_free);
  g_clear_pointer (&self->menu_folder, g_free);
  g_clear_pointer (&self->settings, sobre_settings_free);
  g_clear_pointer (&self->calendar, sobre_service_calendar_unref);
  g_clear_object (&self->tables);
  g_clear_object (&self->form);
  g_clear_object (&self->menu);
  g_clear_object (&self->lake);
  g_clear_pointer (&self->retired, g_ptr_array_unref);
  g_clear_object (&self->bucket);
  g_clear_object (&self->account);
  g_clear_pointer (&self->mfa, sobre_mfa_unref);
  g_mutex_clear (&self->mutex);

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
  g_mutex_init (&self->mutex);
}

char *
sobre_workspace_resolve_path (const char *option)
{
  const char *variable = g_getenv ("SOBREMESA_WORKSPACE");
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;

  if (option == NULL || *option == '\0')
    option = variable;
  if (option == NULL || *option == '\0')
    return g_build_filename (g_get_user_data_dir (), "sobremesa", "workspace", NULL);
  path = g_canonicalize_filename (option, NULL);
  name = g_path_get_basename (path);
  if (g_str_equal (name, SOBRE_WORKSPACE_FILE))
    return g_path_get_dirname (path);
  return g_steal_pointer (&path);
}

char **
sobre_workspace_dup_query_folders (const char *path)
{
  g_autoptr (GStrvBuilder) folders = g_strv_builder_new ();

  g_strv_builder_take (folders, g_build_filename (path, SOBRE_QUERIES_FOLDER, NULL));
  g_strv_builder_take (folders, g_build_filename (SOBRE_PKGDATADIR, SOBRE_QUERIES_FOLDER, NULL));
  return g_strv_builder_end (folders);
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
  if (is_lone_document (self->path))
    {
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_FAILED,
                   _ ("of the whole folder only %s was handed to Sobremesa: open the folder itself"), SOBRE_WORKSPACE_FILE);
      return NULL;
    }
  if (!read_settings (self, error) || !read_tables (self, error) || !read_form (self, error))
    return NULL;
  read_menu (self);

  lake_path = g_build_filename (self->path, SOBRE_LAKE_FOLDER, NULL);
  self->lake = sobre_dir_lake_new (lake_path);
  self->cache_folder = sobre_cache_folder_for_workspace (self->path);
  self->spool_folder = g_build_filename (self->path, SOBRE_STATE_FOLDER, SOBRE_SPOOL_FOLDER, NULL);
  self->menu_folder = g_build_filename (self->path, SOBRE_PUBLISHED_FOLDER, SOBRE_MENU_FOLDER, NULL);
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

SobreMenu *
sobre_workspace_get_menu (SobreWorkspace *self)
{
  return self->menu;
}

SobreForm *
sobre_workspace_get_form (SobreWorkspace *self)
{
  return self->form;
}

void
sobre_workspace_set_documents (SobreWorkspace *self, SobreForm *form, SobreMenu *menu)
{
  if (form != NULL)
    g_set_object (&self->form, form);
  if (menu != NULL)
    g_set_object (&self->menu, menu);
}

SobreDirLake *
sobre_workspace_get_lake (SobreWorkspace *self)
{
  return self->lake;
}

void
sobre_workspace_set_mfa (SobreWorkspace *self, SobreMfa *mfa)
{
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->mfa, sobre_mfa_unref);
  self->mfa = mfa != NULL ? sobre_mfa_ref (mfa) : NULL;
  g_mutex_unlock (&self->mutex);
}

/* With the mutex held. */
static gboolean
open_account (SobreWorkspace *self, GError **error)
{
  g_autoptr (SobreHttp) http = NULL;
  g_autoptr (SobreClock) clock = NULL;
  g_autoptr (SobreRandom) random = NULL;
  g_auto (GStrv) environment = NULL;
  SobreAwsChoice choice = { self->settings->aws_profile, self->settings->aws_region, self->mfa };

  if (self->account != NULL)
    return TRUE;
  http = sobre_http_new ();
  clock = sobre_system_clock_new ();
  random = sobre_system_random_new ();
  environment = g_get_environ ();
  self->account =
      sobre_aws_account_open (&(SobreAwsMeans) { http, clock, random }, &choice, (const char *const *) environment, error);
  return self->account != NULL;
}

/* With the mutex held, and a bucket. */
static void
limit_bucket (SobreWorkspace *self, const SobreTransferSettings *limits)
{
  sobre_s3_lake_set_limits (SOBRE_S3_LAKE (self->bucket), sobre_aws_account_get_means (self->account)->clock,
                            limits->connections, (guint64) (limits->mb_per_second * 1e6));
}

static gboolean
open_bucket (SobreWorkspace *self, GError **error)
{
  const char *bucket = self->settings->lake_bucket;

  if (self->bucket != NULL)
    return TRUE;
  if (!sobre_s3_bucket_is_valid (bucket))
    {
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID,
                   _ ("%s: “aws.bucket” is “%s”, which is no name of a bucket"), SOBRE_WORKSPACE_FILE, bucket);
      return FALSE;
    }
  if (!open_account (self, error))
    return FALSE;
  self->bucket = SOBRE_LAKE_SOURCE (sobre_s3_lake_new (sobre_aws_account_get_client (self->account, SOBRE_AWS_S3), bucket));
  limit_bucket (self, &self->settings->transfer);
  return TRUE;
}

SobreAwsAccount *
sobre_workspace_get_account (SobreWorkspace *self, GError **error)
{
  gboolean opened;

  g_mutex_lock (&self->mutex);
  opened = open_account (self, error);
  g_mutex_unlock (&self->mutex);
  return opened ? self->account : NULL;
}

static void
retire (SobreWorkspace *self, gpointer object)
{
  if (self->retired == NULL)
    self->retired = g_ptr_array_new_with_free_func (g_object_unref);
  if (object != NULL)
    g_ptr_array_add (self->retired, object);
}

static gboolean
write_choice (SobreWorkspace *self, const char *profile, const char *region, GError **error)
{
  g_autoptr (SobreSettings) settings = NULL;
  g_autofree char *text = NULL;
  g_autofree char *changed = NULL;
  gsize length;
  GError *cause = NULL;

  text = sobre_workspace_read_file (self->path, SOBRE_WORKSPACE_FILE, &length, error);
  if (text == NULL)
    return FALSE;
  settings = sobre_settings_parse (text, (gssize) length, &cause);
  if (settings == NULL)
    return blame (SOBRE_WORKSPACE_FILE, error, cause);
  g_set_str (&settings->aws_profile, profile);
  g_set_str (&settings->aws_region, region);
  changed = sobre_settings_format (settings);
  return sobre_workspace_write_file (self->path, SOBRE_WORKSPACE_FILE, changed, -1, error);
}

gboolean
sobre_workspace_set_account (SobreWorkspace *self, const char *profile, const char *region, GError **error)
{
  gboolean written;

  g_mutex_lock (&self->mutex);
  written = (g_strcmp0 (self->settings->aws_profile, profile) == 0 && g_strcmp0 (self->settings->aws_region, region) == 0) ||
            write_choice (self, profile, region, error);
  if (written)
    {
      g_set_str (&self->settings->aws_profile, profile);
      g_set_str (&self->settings->aws_region, region);
      retire (self, g_steal_pointer (&self->account));
      retire (self, g_steal_pointer (&self->bucket));
    }
  g_mutex_unlock (&self->mutex);
  return written;
}

void
sobre_workspace_dup_account_choice (SobreWorkspace *self, char **profile, char **region)
{
  g_mutex_lock (&self->mutex);
  *profile = g_strdup (self->settings->aws_profile);
  *region = g_strdup (self->settings->aws_region);
  g_mutex_unlock (&self->mutex);
}

SobreLakeSource *
sobre_workspace_get_source (SobreWorkspace *self, GError **error)
{
  gboolean opened;

  if (self->settings->lake_bucket == NULL)
    return SOBRE_LAKE_SOURCE (self->lake);
  g_mutex_lock (&self->mutex);
  opened = open_bucket (self, error);
  g_mutex_unlock (&self->mutex);
  return opened ? self->bucket : NULL;
}

gboolean
sobre_workspace_limit_transfer (SobreWorkspace *self, const SobreTransferSettings *limits, GError **error)
{
  gboolean opened;

  if (self->settings->lake_bucket == NULL)
    return TRUE;
  g_mutex_lock (&self->mutex);
  opened = open_bucket (self, error);
  if (opened)
    limit_bucket (self, limits);
  g_mutex_unlock (&self->mutex);
  return opened;
}

char *
sobre_workspace_dup_athena_folder (SobreWorkspace *self)
{
  return g_build_filename (self->path, SOBRE_STATE_FOLDER, SOBRE_ATHENA_FOLDER, NULL);
}

SobreAthenaEngine *
sobre_workspace_new_athena_engine (SobreWorkspace *self, GError **error)
{
  SobreAwsAccount *account = sobre_workspace_get_account (self, error);
  SobreLakeSource *lake = account != NULL ? sobre_workspace_get_source (self, error) : NULL;
  g_autofree char *folder = sobre_workspace_dup_athena_folder (self);

  return lake != NULL ? sobre_athena_engine_new (account, &self->settings->athena, lake, folder) : NULL;
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

const char *
sobre_workspace_get_menu_folder (SobreWorkspace *self)
{
  return self->menu_folder;
}
