/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The menu goes to the menu's function, which checks it and publishes it as files that are named by their content; what became of it is in source/result.json. */

#include "stack/sobre-stack-site-private.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#define LOOK_MS 500
#define MAX_LOOKS 240

gboolean
sobre_site_job_load_menu (SobreSiteJob *job, GError **error)
{
  g_autofree char *folder = sobre_site_dup_menu_folder (job->workspace);
  GError *failure = NULL;

  job->pointer = sobre_menu_store_look (folder, &job->menu, &failure);
  if (job->pointer != NULL && job->menu != NULL)
    return TRUE;
  if (g_error_matches (failure, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_NONE))
    {
      g_error_free (failure);
      return TRUE;
    }
  if (failure == NULL)
    failure = g_error_new (SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_DAMAGED, _ ("The document of the published menu is damaged"));
  g_propagate_error (error, failure);
  return FALSE;
}

/* What the function says of the upload with that ETag. Returns whether it says anything yet. */
static gboolean
read_result (SobreSiteJob *job, const char *etag, gboolean *is_published, char **reason, GError **error)
{
  GError *failure = NULL;
  g_autoptr (GBytes) bytes = sobre_site_job_read (job, SOBRE_SITE_MENU_RESULT, &failure);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root;
  JsonObject *object;

  if (bytes == NULL)
    {
      if (failure != NULL)
        g_propagate_error (error, failure);
      return FALSE;
    }
  root = json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL)
             ? json_parser_get_root (parser)
             : NULL;
  object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  if (object == NULL || g_strcmp0 (json_object_get_string_member_with_default (object, "etag", NULL), etag) != 0)
    return FALSE;
  *is_published = g_strcmp0 (json_object_get_string_member_with_default (object, "state", NULL), "published") == 0;
  *reason = g_strdup (json_object_get_string_member_with_default (object, "reason", "?"));
  return TRUE;
}

static gboolean
await_result (SobreSiteJob *job, const char *etag, GError **error)
{
  for (guint look = 0; look < MAX_LOOKS; look++)
    {
      g_autofree char *reason = NULL;
      GError *failure = NULL;
      gboolean is_published = FALSE;
      gboolean said = read_result (job, etag, &is_published, &reason, &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, failure);
          return FALSE;
        }
      if (said && !is_published)
        g_set_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_FAILED,
                     _ ("The menu's function in AWS refuses the menu (%s); guests see what they saw"), reason);
      if (said)
        return is_published;
      if (!sobre_stack_work_sleep (job->work, MIN (job->work->poll_ms, LOOK_MS), error))
        return FALSE;
    }
  g_set_error (
      error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_FAILED,
      _ ("The menu is in AWS, but its function there has not published it in two minutes; the log /aws/lambda/%s-menu says "
         "why. Guests see what they saw"),
      job->work->name);
  return FALSE;
}

/* An upload that is there already and was published is not sent again; one that nobody has answered is, so that the function is called again. */
static gboolean
write_menu (SobreSiteJob *job, const SobreSiteSetup *setup, GBytes *document, GError **error)
{
  g_autoptr (GBytes) upload = sobre_menu_upload_make (setup, document);
  const SobreS3Upload object = { SOBRE_SITE_MENU_SOURCE, upload, "application/json", NULL, NULL };
  g_autofree char *etag = NULL;
  g_autofree char *reason = NULL;
  GError *failure = NULL;
  gboolean is_published = FALSE;

  etag = sobre_site_dup_md5 (upload);
  if (sobre_site_job_has (job, SOBRE_SITE_MENU_SOURCE, upload) && read_result (job, etag, &is_published, &reason, &failure) &&
      is_published)
    return TRUE;
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  job->site->is_menu_new = TRUE;
  return job->dry || (dex_await (sobre_s3_upload (job->s3, job->bucket, &object, job->work->cancellable), error) &&
                      await_result (job, etag, error));
}

gboolean
sobre_site_job_publish_menu (SobreSiteJob *job, const SobreSiteSetup *setup, GError **error)
{
  g_autoptr (GPtrArray) pages = sobre_site_files_make_menu (setup);
  g_autofree char *folder = sobre_site_dup_menu_folder (job->workspace);
  g_autoptr (GBytes) document = NULL;
  int fd;

  if (job->menu == NULL)
    return TRUE;
  fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0)
    document = sobre_menu_store_read_document (fd, job->pointer, error);
  else
    g_set_error (error, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_DAMAGED, _ ("The document of the published menu is damaged"));
  g_clear_fd (&fd, NULL);
  job->site->menu_version = job->pointer->version;
  return document != NULL && write_menu (job, setup, document, error) && sobre_site_job_write (job, pages, error);
}
