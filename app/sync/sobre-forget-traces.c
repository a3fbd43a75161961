/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync/sobre-forget-traces.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-aws-error.h"
#include "aws/sobre-s3-versions.h"
#include "aws/sobre-s3.h"
#include "ingest/sobre-wait.h"
#include "lake/sobre-lake-traces.h"

#define MAX_OBJECT_BYTES (G_GUINT64_CONSTANT (256) << 20)
#define PART_BYTES (G_GUINT64_CONSTANT (8) << 20)
#define LIST_KEYS 1000
#define ERRORS "errors/"
#define RESULTS "results/"
#define SCHEME "s3://"
#define METADATA ".metadata" /* what lies beside a result */

/** Search: @bucket, @prefix: what is gone through */
typedef struct
{
  const SobreForgetTraces *work;
  const char *bucket;
  const char *prefix;
} Search;

/** ObjectFunction: Returns: %FALSE with an error to end the search */
typedef gboolean (*ObjectFunction) (const Search *search, const SobreS3Object *object, GError **error);

static void
blame (const Search *search, const char *key)
{
  g_ptr_array_add (search->work->report->unreadable, g_strdup (key));
}

/* Whether it is only this object that is wrong, and not the bucket or the way to it. One that is gone by now holds nothing. */
static gboolean
let_pass (const Search *search, const char *key, GError *cause, GError **error)
{
  if (g_error_matches (cause, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_CONFLICT) ||
      g_error_matches (cause, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_PROTOCOL))
    blame (search, key);
  else if (!g_error_matches (cause, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_NOT_FOUND) ||
           g_strcmp0 (sobre_aws_error_get_aws_code (cause), "NoSuchBucket") == 0)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  g_error_free (cause);
  return TRUE;
}

static gboolean
go_through (const Search *search, ObjectFunction function, GError **error)
{
  g_autofree char *after = NULL;
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (SobreS3Page) page = dex_await_boxed (
          sobre_s3_list (search->work->s3, search->bucket, search->prefix, after, LIST_KEYS, search->work->cancellable), error);

      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->objects->len; i++)
        {
          const SobreS3Object *object = g_ptr_array_index (page->objects, i);

          g_set_str (&after, object->key);
          if (!function (search, object, error))
            return FALSE;
        }
      more = page->is_truncated;
    }
  return TRUE;
}

static gboolean
write_kept (const Search *search, const SobreS3Object *object, GBytes *kept, GError **error)
{
  GError *cause = NULL;
  gboolean done;

  if (g_bytes_get_size (kept) == 0)
    done = dex_await (sobre_s3_remove (search->work->s3, search->bucket, object->key, NULL), &cause);
  else
    done = dex_await (
        sobre_s3_put (search->work->s3, search->bucket, object->key, kept, "application/gzip", object->etag, NULL), &cause);
  return done || let_pass (search, object->key, cause, error);
}

static gboolean
erase_rejects (const Search *search, const SobreS3Object *object, GError **error)
{
  const SobreForgetTraces *work = search->work;
  GError *cause = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) kept = NULL;
  guint n_dropped;

  if (object->size > MAX_OBJECT_BYTES)
    {
      blame (search, object->key);
      return TRUE;
    }
  bytes = dex_await_boxed (
      sobre_s3_get (work->s3, search->bucket, object->key, object->etag, object->size, MAX_OBJECT_BYTES, 0, work->cancellable),
      &cause);
  if (bytes == NULL)
    return let_pass (search, object->key, cause, error);
  if (!sobre_trace_erase_from_rejects (work->id, bytes, &kept, &n_dropped))
    blame (search, object->key);
  if (kept == NULL)
    return TRUE;
  work->report->n_rejects += n_dropped;
  return write_kept (search, object, kept, error);
}

/* Results may be larger than what can be held. A part begins with the end of the one before. */
static gboolean
is_in_result (const Search *search, const SobreS3Object *object, gboolean *found, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  *found = FALSE;
  for (guint64 at = 0; at < object->size && !*found;)
    {
      g_autoptr (SobreS3Part) part =
          dex_await_boxed (sobre_s3_get_part (search->work->s3, search->bucket, object->key, object->etag, at, PART_BYTES,
                                              search->work->cancellable),
                           error);
      gsize length;
      const char *bytes;

      if (part == NULL)
        return FALSE;
      bytes = g_bytes_get_data (part->bytes, &length);
      g_string_append_len (text, bytes, (gssize) length);
      *found = sobre_trace_is_in (search->work->id, text->str, text->len);
      g_string_erase (text, 0, (gssize) (text->len - MIN (text->len, SOBRE_ID_STRING_LENGTH)));
      at += length;
    }
  return TRUE;
}

static gboolean
remove_result (const Search *search, const SobreS3Object *object, GError **error)
{
  g_autofree char *metadata = g_strconcat (object->key, METADATA, NULL);
  GError *cause = NULL;
  gboolean found;

  if (!is_in_result (search, object, &found, &cause))
    return let_pass (search, object->key, cause, error);
  if (!found)
    return TRUE;
  search->work->report->n_results++;
  return dex_await (sobre_s3_remove (search->work->s3, search->bucket, metadata, NULL), error) &&
         dex_await (sobre_s3_remove (search->work->s3, search->bucket, object->key, NULL), error);
}

/* @wanted: (out): whether a version has to go */
static gboolean
look_at_version (const Search *search, const SobreS3Version *version, gboolean *wanted, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  GError *cause = NULL;

  *wanted = FALSE;
  if (version->is_current || version->is_marker)
    return TRUE;
  if (g_str_has_prefix (version->key, "parquet/") || g_str_has_prefix (version->key, RESULTS))
    {
      *wanted = TRUE;
      return TRUE;
    }
  if (version->size > MAX_OBJECT_BYTES)
    {
      blame (search, version->key);
      return TRUE;
    }
  bytes = dex_await_boxed (
      sobre_s3_get_version (search->work->s3, search->bucket, version, MAX_OBJECT_BYTES, search->work->cancellable), &cause);
  if (bytes == NULL)
    return let_pass (search, version->key, cause, error);
  if (g_str_has_prefix (version->key, ERRORS))
    {
      g_autoptr (GBytes) kept = NULL;
      guint n_dropped;

      if (!sobre_trace_erase_from_rejects (search->work->id, bytes, &kept, &n_dropped))
        blame (search, version->key);
      *wanted = kept != NULL;
    }
  else if (!sobre_trace_is_in_object (search->work->id, bytes, wanted))
    blame (search, version->key);
  return TRUE;
}

static gboolean
remove_versions_of_page (const Search *search, const SobreS3VersionPage *page, GError **error)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();

  for (guint i = 0; i < page->versions->len; i++)
    {
      SobreS3Version *version = g_ptr_array_index (page->versions, i);
      gboolean wanted;

      if (!look_at_version (search, version, &wanted, error))
        return FALSE;
      if (wanted)
        g_ptr_array_add (gone, version);
    }
  if (!dex_await (sobre_s3_remove_versions (search->work->s3, search->bucket, gone, NULL), error))
    return FALSE;
  search->work->report->n_versions += gone->len;
  return TRUE;
}

static gboolean
remove_versions (const Search *search, GError **error)
{
  g_autoptr (SobreS3Version) last = NULL;
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (SobreS3VersionPage) page = dex_await_boxed (
          sobre_s3_list_versions (search->work->s3, search->bucket, search->prefix, last, search->work->cancellable), error);

      if (page == NULL || !remove_versions_of_page (search, page, error))
        {
          g_prefix_error (error, _ ("The earlier versions of the bucket's objects may still hold it: "));
          return FALSE;
        }
      more = page->is_truncated;
      g_clear_pointer (&last, sobre_s3_version_free);
      if (more)
        last = sobre_s3_version_copy (g_ptr_array_index (page->versions, page->versions->len - 1));
    }
  return TRUE;
}

/* Where a workspace has its results go elsewhere, that may be another bucket. */
static gboolean
search_other_results (const SobreForgetTraces *work, GError **error)
{
  const char *slash =
      work->results != NULL && g_str_has_prefix (work->results, SCHEME) ? strchr (work->results + strlen (SCHEME), '/') : NULL;
  g_autofree char *bucket = NULL;
  Search search = { .work = work };

  if (slash == NULL)
    return TRUE;
  bucket = g_strndup (work->results + strlen (SCHEME), (gsize) (slash - work->results) - strlen (SCHEME));
  search.bucket = bucket;
  search.prefix = slash + 1;
  return (strcmp (bucket, work->bucket) == 0 && g_str_has_prefix (search.prefix, RESULTS)) ||
         (go_through (&search, remove_result, error) && remove_versions (&search, error));
}

static DexFuture *
search_fiber (gpointer data)
{
  static const char *const versioned[] = { "parquet/", RESULTS, ERRORS, "raw/", NULL };
  const SobreForgetTraces *work = data;
  const Search errors = { work, work->bucket, ERRORS };
  const Search results = { work, work->bucket, RESULTS };
  GError *error = NULL;
  gboolean done = go_through (&errors, erase_rejects, &error) && go_through (&results, remove_result, &error) &&
                  search_other_results (work, &error);

  for (guint i = 0; done && versioned[i] != NULL; i++)
    {
      const Search search = { work, work->bucket, versioned[i] };

      done = remove_versions (&search, &error);
    }
  return done ? dex_future_new_for_boolean (TRUE) : dex_future_new_for_error (error);
}

gboolean
sobre_forget_traces (const SobreForgetTraces *self, GError **error)
{
  g_autoptr (DexFuture) future =
      dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, search_fiber, (gpointer) self, NULL);

  return sobre_wait_for_future (future, error) != NULL;
}
