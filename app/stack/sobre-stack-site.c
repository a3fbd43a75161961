/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The site's bucket holds public/, which CloudFront serves, and source/, which it does not:
 *
 *   source/form.json     the form that guests get, byte for byte; who publishes another one has to know it (If-Match)
 *   source/menu.json     the newest menu, for the menu's function
 *   source/result.json   what became of it: {"etag": of source/menu.json, "state": "published" | "refused", "reason"}
 */

#include "stack/sobre-stack-site-private.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "model/sobre-settings.h"
#include "publish/sobre-form-version.h"
#include "stack/sobre-stack-journal.h"
#include "workspace/sobre-workspace-files.h"
#include "workspace/sobre-workspace.h"

static SobreStackSite *
site_copy (SobreStackSite *self)
{
  SobreStackSite *copy = g_memdup2 (self, sizeof *self);

  copy->url = g_strdup (self->url);
  return copy;
}

void
sobre_stack_site_free (SobreStackSite *self)
{
  g_free (self->url);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (SobreStackSite, sobre_stack_site, site_copy, sobre_stack_site_free)

static void
job_free (gpointer data)
{
  SobreSiteJob *job = data;

  sobre_stack_work_unref (job->work);
  g_free (job->workspace);
  g_free (job->site_folder);
  g_clear_pointer (&job->stack, sobre_stack_unref);
  g_clear_pointer (&job->known, g_hash_table_unref);
  g_clear_pointer (&job->settings, sobre_settings_free);
  g_clear_object (&job->form);
  g_clear_pointer (&job->assets, sobre_site_assets_free);
  g_clear_pointer (&job->pointer, sobre_menu_pointer_free);
  g_clear_object (&job->menu);
  g_free (job->address);
  g_strfreev (job->languages);
  g_clear_pointer (&job->site, sobre_stack_site_free);
  g_free (job);
}

static char *
make_address (const SobreSiteJob *job)
{
  static const char *const members[] = { "pool", "responses", "events" };
  static const char *const outputs[] = { "IdentityPool", "ResponsesStream", "EventsStream" };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  const char *url = g_hash_table_lookup (job->stack->outputs, "ApiUrl");

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, url != NULL ? "url" : "region");
  json_builder_add_string_value (builder, url != NULL ? url : sobre_aws_account_get_region (job->work->account));
  for (guint i = 0; url == NULL && i < G_N_ELEMENTS (members); i++)
    {
      json_builder_set_member_name (builder, members[i]);
      json_builder_add_string_value (builder, g_hash_table_lookup (job->stack->outputs, outputs[i]));
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static SobreSiteSetup
make_setup (const SobreSiteJob *job)
{
  gboolean is_api = g_hash_table_contains (job->stack->outputs, "ApiUrl");

  return (SobreSiteSetup) {
    .form = job->form,
    .assets = job->assets,
    .settings = job->settings,
    .languages = (const char *const *) job->languages,
    .way = { is_api ? SOBRE_TRANSPORT_API : SOBRE_TRANSPORT_DIRECT, job->address },
    .menu = job->menu,
    .pointer = job->pointer,
  };
}

char *
sobre_site_dup_menu_folder (const char *workspace)
{
  return g_build_filename (workspace, SOBRE_PUBLISHED_FOLDER, SOBRE_MENU_FOLDER, NULL);
}

static gboolean
load_settings (SobreSiteJob *job, GError **error)
{
  gsize length;
  g_autofree char *text = sobre_workspace_read_file (job->workspace, SOBRE_WORKSPACE_FILE, &length, error);

  job->settings = text != NULL ? sobre_settings_parse (text, (gssize) length, error) : NULL;
  return job->settings != NULL;
}

/* What the stack says: the bucket, the languages that its addresses know, and which way answers go. */
static gboolean
take_stack (SobreSiteJob *job, GError **error)
{
  const char *languages;

  job->stack = dex_await_boxed (sobre_stack_work_describe (job->work, SOBRE_STACK_MAIN), error);
  if (job->stack == NULL)
    return FALSE;
  job->bucket = g_hash_table_lookup (job->stack->outputs, "SiteBucket");
  languages = g_hash_table_lookup (job->stack->parameters, "Languages");
  if (job->bucket == NULL ||
      (!g_hash_table_contains (job->stack->outputs, "ApiUrl") && !g_hash_table_contains (job->stack->outputs, "IdentityPool")))
    {
      g_set_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING,
                   _ ("The stack %s is %s and has no place for a site yet; “sobremesa stack deploy” finishes it"),
                   job->stack->name, job->stack->status);
      return FALSE;
    }
  job->languages = g_strsplit (languages != NULL ? languages : "en", ",", -1);
  job->address = make_address (job);
  job->site->url = g_strdup (g_hash_table_lookup (job->stack->outputs, "SiteUrl"));
  if (!job->dry && job->site->url != NULL)
    sobre_stack_note_site (job->work->journals, job->work->name, job->site->url);
  return TRUE;
}

static gboolean
parse_form (SobreSiteJob *job, const char *text, gsize length, GError **error)
{
  g_autoptr (GError) cause = NULL;

  g_clear_object (&job->form);
  job->form = sobre_form_parse (text, (gssize) length, NULL, &cause);
  if (job->form == NULL)
    g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID, "%s: %s", SOBRE_FORM_FILE, cause->message);
  return job->form != NULL;
}

/* Answers name the version that they answer, so another form has another version. */
static gboolean
raise_version (SobreSiteJob *job, char **text, gsize *length, gint32 version, GError **error)
{
  char *raised = sobre_form_version_raise (*text, version);

  if (raised == NULL || !parse_form (job, raised, strlen (raised), NULL) || sobre_form_get_version (job->form) != version)
    {
      g_free (raised);
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID,
                   _ ("%s says something else than what guests get, which has the version %d: give it a greater one"),
                   SOBRE_FORM_FILE, version - 1);
      return FALSE;
    }
  g_free (*text);
  *text = raised;
  *length = strlen (raised);
  job->site->is_form_raised = TRUE;
  return job->dry || sobre_workspace_write_file (job->workspace, SOBRE_FORM_FILE, raised, (gssize) *length, error);
}

/* Has the form of the workspace, with a version that no other form has had, and tells the bucket that it is the one. */
static gboolean
take_form (SobreSiteJob *job, GError **error)
{
  gsize length;
  g_autofree char *text = sobre_workspace_read_file (job->workspace, SOBRE_FORM_FILE, &length, error);
  const char *etag = g_hash_table_lookup (job->known, SOBRE_SITE_FORM_SOURCE);
  g_autoptr (GBytes) published = NULL;
  g_autoptr (SobreForm) before = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GError *failure = NULL;

  if (text == NULL || !parse_form (job, text, length, error))
    return FALSE;
  published = etag != NULL ? sobre_site_job_read (job, SOBRE_SITE_FORM_SOURCE, &failure) : NULL;
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (published != NULL)
    before = sobre_form_parse (g_bytes_get_data (published, NULL), (gssize) g_bytes_get_size (published), NULL, NULL);
  bytes = g_bytes_new (text, length);
  if (published != NULL && g_bytes_equal (published, bytes))
    return TRUE;
  if (before != NULL && sobre_form_get_version (job->form) <= sobre_form_get_version (before))
    {
      if (!raise_version (job, &text, &length, sobre_form_get_version (before) + 1, error))
        return FALSE;
      g_bytes_unref (bytes);
      bytes = g_bytes_new (text, length);
    }
  job->site->n_files++;
  return job->dry || dex_await (sobre_s3_put (job->s3, job->bucket, SOBRE_SITE_FORM_SOURCE, bytes, "application/json", etag,
                                              job->work->cancellable),
                                error);
}

/* Ratings of dishes go under the form that guests get; without one dishes are not rated. */
static gboolean
take_published_form (SobreSiteJob *job, GError **error)
{
  GError *failure = NULL;
  g_autoptr (GBytes) published = sobre_site_job_read (job, SOBRE_SITE_FORM_SOURCE, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  return published == NULL || parse_form (job, g_bytes_get_data (published, NULL), g_bytes_get_size (published), error);
}

static gboolean
publish (SobreSiteJob *job, GError **error)
{
  SobreSiteSetup setup;
  g_autoptr (GPtrArray) files = NULL;

  if (!((job->parts & SOBRE_SITE_FORM) != 0 ? take_form (job, error) : take_published_form (job, error)))
    return FALSE;
  job->site->form_version = job->form != NULL ? sobre_form_get_version (job->form) : 0;
  setup = make_setup (job);
  if ((job->parts & SOBRE_SITE_FORM) != 0)
    {
      files = sobre_site_files_make (&setup);
      if (!sobre_site_job_write (job, files, error))
        return FALSE;
    }
  return (job->parts & SOBRE_SITE_MENU) == 0 || sobre_site_job_publish_menu (job, &setup, error);
}

static DexFuture *
publish_fiber (gpointer data)
{
  SobreSiteJob *job = data;
  GError *error = NULL;

  if (!take_stack (job, &error) || !load_settings (job, &error) || !sobre_site_job_load_menu (job, &error) ||
      (job->assets = sobre_site_assets_load (job->site_folder, &error)) == NULL ||
      !sobre_site_job_list (job, SOBRE_SITE_PUBLIC, &error) || !sobre_site_job_list (job, "source/", &error) ||
      !publish (job, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (SOBRE_TYPE_STACK_SITE, g_steal_pointer (&job->site));
}

DexFuture *
sobre_stack_publish_site (SobreStackWork *work, const char *workspace, const char *site, SobreSiteParts parts, gboolean dry)
{
  SobreSiteJob *job = g_new0 (SobreSiteJob, 1);

  job->work = sobre_stack_work_ref (work);
  job->workspace = g_strdup (workspace);
  job->site_folder = g_strdup (site);
  job->parts = parts;
  job->dry = dry;
  job->s3 = sobre_aws_account_get_client (work->account, SOBRE_AWS_S3);
  job->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  job->site = g_new0 (SobreStackSite, 1);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, publish_fiber, job, job_free);
}

static void
add_languages (GPtrArray *all, const char *const *languages)
{
  for (guint i = 0; languages != NULL && languages[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (all, languages[i], g_str_equal, NULL))
      g_ptr_array_add (all, g_strdup (languages[i]));
}

char **
sobre_stack_site_dup_languages (const char *workspace, const char *const *languages)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autofree char *folder = sobre_site_dup_menu_folder (workspace);
  g_autofree char *text = NULL;
  g_autoptr (SobreForm) form = NULL;
  g_autoptr (SobreMenu) menu = NULL;
  g_autoptr (SobreMenuPointer) pointer = sobre_menu_store_look (folder, &menu, NULL);
  gsize length;

  text = sobre_workspace_read_file (workspace, SOBRE_FORM_FILE, &length, NULL);
  form = text != NULL ? sobre_form_parse (text, (gssize) length, NULL, NULL) : NULL;
  add_languages (all, languages);
  if (form != NULL)
    add_languages (all, sobre_form_get_languages (form));
  if (menu != NULL)
    add_languages (all, sobre_menu_get_languages (menu));
  g_ptr_array_add (all, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&all), FALSE);
}
