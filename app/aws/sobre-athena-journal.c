/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* runs.jsonl: a JSON object a line, the members named like those of SobreAthenaRun. KEY.result: a result in the form that query-wire.h describes. */

#include "aws/sobre-athena-journal.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/sobre-json-members.h"
#include "model/sobre-time.h"
#include "query/sobre-query-wire.h"

#define RUNS_FILE "runs.jsonl"
#define RESULT_SUFFIX ".result"
#define MAX_RUNS_BYTES (64 << 20)
#define MAX_RESULTS 64

SobreAthenaRun *
sobre_athena_run_copy (SobreAthenaRun *self)
{
  SobreAthenaRun *copy = g_memdup2 (self, sizeof *self);

  copy->key = g_strdup (self->key);
  copy->name = g_strdup (self->name);
  copy->sql = g_strdup (self->sql);
  copy->execution = g_strdup (self->execution);
  copy->state = g_strdup (self->state);
  return copy;
}

void
sobre_athena_run_free (SobreAthenaRun *self)
{
  g_free (self->key);
  g_free (self->name);
  g_free (self->sql);
  g_free (self->execution);
  g_free (self->state);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (SobreAthenaRun, sobre_athena_run, sobre_athena_run_copy, sobre_athena_run_free)

static char *
write_line (const SobreAthenaRun *run)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  sobre_json_add_number (builder, "at", run->at);
  sobre_json_add_text (builder, "key", run->key);
  sobre_json_add_text (builder, "name", run->name);
  sobre_json_add_text (builder, "sql", run->sql);
  sobre_json_add_text (builder, "execution", run->execution);
  sobre_json_add_text (builder, "state", run->state);
  sobre_json_add_number (builder, "bytes", (gint64) run->bytes);
  json_builder_set_member_name (builder, "price");
  json_builder_add_double_value (builder, run->price);
  sobre_json_add_number (builder, "milliseconds", (gint64) run->milliseconds);
  sobre_json_add_number (builder, "rows", (gint64) run->rows);
  json_builder_set_member_name (builder, "reused");
  json_builder_add_boolean_value (builder, run->reused);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  return g_strconcat (text, "\n", NULL);
}

static gboolean
fail (GError **error, const char *path)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (code), _ ("Could not write “%s”: %s"), path, g_strerror (code));
  return FALSE;
}

gboolean
sobre_athena_journal_add (const char *folder, const SobreAthenaRun *run, GError **error)
{
  g_autofree char *path = g_build_filename (folder, RUNS_FILE, NULL);
  g_autofree char *line = write_line (run);
  gsize length = strlen (line);
  gboolean written;
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (error, folder);
  fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return fail (error, path);
  /* In one go, so that lines of two programs do not mix. */
  written = write (fd, line, length) == (gssize) length || fail (error, path);
  close (fd);
  return written;
}

static char *
dup_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_dup_string (node)
             : NULL;
}

static gint64
get_number (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) != G_TYPE_STRING
             ? json_node_get_int (node)
             : 0;
}

static SobreAthenaRun *
read_line (JsonParser *parser, const char *line)
{
  g_autoptr (SobreAthenaRun) run = g_new0 (SobreAthenaRun, 1);
  JsonNode *root, *price;
  JsonObject *object;

  root = json_parser_load_from_data (parser, line, -1, NULL) ? json_parser_get_root (parser) : NULL;
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  object = json_node_get_object (root);
  run->at = get_number (object, "at");
  run->key = dup_text (object, "key");
  run->name = dup_text (object, "name");
  run->sql = dup_text (object, "sql");
  run->execution = dup_text (object, "execution");
  run->state = dup_text (object, "state");
  run->bytes = (guint64) MAX (get_number (object, "bytes"), 0);
  price = json_object_get_member (object, "price");
  run->price = price != NULL && JSON_NODE_HOLDS_VALUE (price) ? json_node_get_double (price) : 0;
  run->milliseconds = (guint64) MAX (get_number (object, "milliseconds"), 0);
  run->rows = (guint64) MAX (get_number (object, "rows"), 0);
  run->reused = json_object_get_boolean_member_with_default (object, "reused", FALSE);
  return run->at > 0 && run->key != NULL && run->sql != NULL && run->state != NULL ? g_steal_pointer (&run) : NULL;
}

GPtrArray *
sobre_athena_journal_load (const char *folder)
{
  GPtrArray *runs = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_athena_run_free);
  g_autofree char *path = g_build_filename (folder, RUNS_FILE, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GStatBuf status;

  if (g_stat (path, &status) != 0 || status.st_size > MAX_RUNS_BYTES || !g_file_get_contents (path, &text, NULL, NULL) ||
      !g_utf8_validate (text, -1, NULL))
    return runs;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      SobreAthenaRun *run = lines[i][0] != '\0' ? read_line (parser, lines[i]) : NULL;

      if (run != NULL)
        g_ptr_array_add (runs, run);
    }
  return runs;
}

static SobreAthenaMonth *
find_month (GArray *months, const char *name)
{
  SobreAthenaMonth made = { 0 };

  for (guint i = months->len; i > 0; i--)
    if (g_str_equal (g_array_index (months, SobreAthenaMonth, i - 1).name, name))
      return &g_array_index (months, SobreAthenaMonth, i - 1);
  g_strlcpy (made.name, name, sizeof made.name);
  g_array_append_val (months, made);
  return &g_array_index (months, SobreAthenaMonth, months->len - 1);
}

static gint
compare_months_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (((const SobreAthenaMonth *) a)->name, ((const SobreAthenaMonth *) b)->name);
}

/* Runs lie in the order in which they ended, but a clock may have been set back in between. */
GArray *
sobre_athena_journal_sum_months (GPtrArray *runs)
{
  GArray *months = g_array_new (FALSE, FALSE, sizeof (SobreAthenaMonth));

  for (guint i = 0; i < runs->len; i++)
    {
      const SobreAthenaRun *run = g_ptr_array_index (runs, i);
      char day[SOBRE_DAY_STRING_LENGTH + 1];
      SobreAthenaMonth *month;

      sobre_day_format ((gint32) (run->at / SOBRE_DAY_MS), day);
      day[strlen ("2026-11")] = '\0';
      month = find_month (months, day);
      month->n_runs++;
      month->bytes += run->bytes;
      month->price += run->price;
    }
  g_array_sort (months, compare_months_cb);
  return months;
}

/* Keys are hexadecimal digits; anything else is no name of a file of ours. */
static char *
build_path (const char *folder, const char *key)
{
  g_autofree char *name = g_strconcat (key, RESULT_SUFFIX, NULL);

  g_return_val_if_fail (strspn (key, "0123456789abcdef") == strlen (key), NULL);
  return g_build_filename (folder, name, NULL);
}

/** Kept: a result's file. */
typedef struct
{
  char *path;
  gint64 at;
} Kept;

static void
clear_kept (gpointer data)
{
  g_free (((Kept *) data)->path);
}

static gint
compare_kept_cb (gconstpointer left, gconstpointer right)
{
  const Kept *a = left, *b = right;

  return a->at < b->at ? 1 : a->at > b->at ? -1 : strcmp (a->path, b->path);
}

static gint64
get_time (const char *path)
{
  struct stat status;

  return stat (path, &status) == 0 ? (gint64) status.st_mtim.tv_sec * 1000 + status.st_mtim.tv_nsec / 1000000 : 0;
}

/* The newest first. */
static GArray *
list_results (const char *folder)
{
  GArray *results = g_array_new (FALSE, FALSE, sizeof (Kept));
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_array_set_clear_func (results, clear_kept);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, RESULT_SUFFIX))
      {
        Kept kept = { g_build_filename (folder, name, NULL), 0 };

        kept.at = get_time (kept.path);
        g_array_append_val (results, kept);
      }
  g_array_sort (results, compare_kept_cb);
  return results;
}

static gboolean
drop_from (const char *folder, guint first, GError **error)
{
  g_autoptr (GArray) results = list_results (folder);

  for (guint i = first; i < results->len; i++)
    if (g_unlink (g_array_index (results, Kept, i).path) != 0 && errno != ENOENT)
      return fail (error, g_array_index (results, Kept, i).path);
  return TRUE;
}

gboolean
sobre_athena_journal_keep (const char *folder, const char *key, SobreResultTable *table, GError **error)
{
  g_autofree char *path = build_path (folder, key);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  gsize length;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (error, folder);
  if (!sobre_query_wire_write_reply (table, NULL, stream, error) || !g_output_stream_close (stream, NULL, error))
    return FALSE;
  length = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream));
  return g_file_set_contents_full (path, g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)), (gssize) length,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, error) &&
         drop_from (folder, MAX_RESULTS, error);
}

SobreResultTable *
sobre_athena_journal_read (const char *folder, const char *key, gint64 *at, GError **error)
{
  g_autofree char *path = build_path (folder, key);
  g_autoptr (GMappedFile) mapped = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr (GBytes) bytes = NULL;

  if (mapped == NULL)
    {
      sobre_query_error_set (error, SOBRE_QUERY_ERROR_NAME, SOBRE_SQL_NOWHERE,
                             _ ("no result of this query with these values is kept: run it on Athena once"));
      return NULL;
    }
  *at = get_time (path);
  bytes = g_mapped_file_get_bytes (mapped);
  return sobre_query_wire_read_reply (bytes, error);
}

gboolean
sobre_athena_journal_drop (const char *folder, GError **error)
{
  return drop_from (folder, 0, error);
}
