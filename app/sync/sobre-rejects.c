/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync/sobre-rejects.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "aws/sobre-s3.h"
#include "intake/sobre-gate.h"
#include "intake/sobre-gzip.h"
#include "lake/sobre-lake-unpack.h"
#include "model/sobre-time.h"

#define PREFIX "errors/"
#define MAX_OBJECT ((guint64) 256 << 20)
#define LIST_KEYS 1000
#define MOST_FIRST 1000
#define DAY_MS ((gint64) 86400000)
#define NAME_DIGITS 32
#define IDS_AT_ONCE 1000

/** Reading: @cache: (nullable): of whoever replays · @lines: of the object that is read, what passes · @ids: (element-type SobreId): of each of these lines */
typedef struct
{
  SobreAwsClient *s3;
  char *bucket;
  const SobrePlaces *places;
  SobreChannel channel;
  SobreQueryEngine *cache;
  SobreClock *clock;
  SobreRejectsTell tell;
  gpointer tell_data;
  GCancellable *cancellable;
  SobreRejects *found;
  GString *lines;
  GArray *ids;
} Reading;

static void
reject_free (gpointer data)
{
  SobreReject *self = data;

  g_free (self->key);
  g_free (self);
}

static void
clear_rejects (gpointer data)
{
  SobreRejects *self = data;

  g_hash_table_unref (self->rules);
  g_ptr_array_unref (self->first);
}

SobreRejects *
sobre_rejects_ref (SobreRejects *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_rejects_unref (SobreRejects *self)
{
  g_atomic_rc_box_release_full (self, clear_rejects);
}

G_DEFINE_BOXED_TYPE (SobreRejects, sobre_rejects, sobre_rejects_ref, sobre_rejects_unref)

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_object_unref (self->s3);
  g_free (self->bucket);
  g_object_unref (self->clock);
  g_clear_object (&self->cache);
  g_clear_object (&self->cancellable);
  sobre_rejects_unref (self->found);
  g_string_free (self->lines, TRUE);
  g_array_unref (self->ids);
  g_free (self);
}

/* errors/<dataset>/…; events and answers are all that the gate looks at. */
static gboolean
read_dataset (const char *key, SobreDataset *dataset)
{
  const char *name = key + strlen (PREFIX);
  const char *end = strchr (name, '/');

  return end != NULL && sobre_dataset_parse ((SobreText) { name, (gsize) (end - name) }, dataset) &&
         *dataset != SOBRE_DATASET_ORDERS;
}

static void
count_rule (GHashTable *rules, const char *rule)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (rules, rule));

  g_hash_table_insert (rules, (gpointer) rule, GUINT_TO_POINTER (n + 1));
}

/* Returns whether it passes. */
static gboolean
try_record (Reading *self, const char *key, SobreDataset dataset, gint64 arrived, const guchar *body, gsize length)
{
  g_autoptr (SobreClock) clock = sobre_manual_clock_new (arrived);
  g_autoptr (SobreGate) gate = sobre_gate_new (self->places, clock);
  g_auto (SobreGateResult) result = { 0 };
  SobreReject *reject;

  sobre_gate_set_channel (gate, self->channel);
  result = sobre_gate_check (gate, dataset, (const char *) body, length);
  self->found->n_records++;
  if (result.rule == NULL)
    {
      self->found->n_passing++;
      g_string_append_len (self->lines, result.lines->str, (gssize) result.lines->len);
      for (guint i = 0; i < result.records->len; i++)
        g_array_append_val (self->ids, g_array_index (result.records, SobrePassed, i).id);
    }
  else
    count_rule (self->found->rules, result.rule);
  if (self->found->first->len < MOST_FIRST)
    {
      reject = g_new0 (SobreReject, 1);
      *reject = (SobreReject) { g_strdup (key), dataset, arrived, result.rule, result.rule != NULL ? result.line : 0, length };
      g_ptr_array_add (self->found->first, reject);
    }
  return result.rule == NULL;
}

static gboolean
try_line (Reading *self, const char *key, SobreDataset dataset, const char *line)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root = json_parser_load_from_data (parser, line, -1, NULL) ? json_parser_get_root (parser) : NULL;
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  const char *data = object != NULL ? json_object_get_string_member_with_default (object, "rawData", NULL) : NULL;
  gint64 arrived = object != NULL ? json_object_get_int_member_with_default (object, "arrivalTimestamp", 0) : 0;
  g_autofree guchar *body = NULL;
  gsize length;

  if (data == NULL || arrived <= 0)
    {
      self->found->n_unreadable++;
      return FALSE;
    }
  body = g_base64_decode (data, &length);
  return try_record (self, key, dataset, arrived, body, length);
}

static void
gather_cb (const guint8 *bytes, gsize length, gboolean last, gpointer user_data)
{
  g_string_append_len (user_data, (const char *) bytes, (gssize) length);
}

/* Goes over the records of an object. Returns whether each of them passes. */
static gboolean
try_object (Reading *self, const char *key, SobreDataset dataset, GBytes *packed)
{
  g_autoptr (SobreLakeUnpacker) unpacker = sobre_lake_unpacker_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;
  gboolean all = TRUE;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (packed, &length);

  if (!sobre_lake_unpacker_run (unpacker, bytes, length, gather_cb, text, NULL))
    {
      self->found->n_unreadable++;
      return FALSE;
    }
  lines = g_strsplit (text->str, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0')
      all &= try_line (self, key, dataset, lines[i]);
  return all;
}

/* Returns: (transfer full) (nullable) (element-type utf8): those of the ids that the lake has */
static GHashTable *
find_known (Reading *self, SobreDataset dataset, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint begin = 0; begin < self->ids->len; begin += IDS_AT_ONCE)
    {
      g_autoptr (GString) sql = g_string_new ("SELECT id FROM ");
      g_autoptr (SobreQuery) query = NULL;
      g_autoptr (SobreResultTable) table = NULL;

      g_string_append_printf (sql, "%s WHERE id IN (", sobre_dataset_get_name (dataset));
      for (guint i = begin; i < MIN (begin + IDS_AT_ONCE, self->ids->len); i++)
        {
          char id[SOBRE_ID_STRING_LENGTH + 1];

          sobre_id_format (&g_array_index (self->ids, SobreId, i), id);
          g_string_append_printf (sql, "%s'%s'", i > begin ? ", " : "", id);
        }
      g_string_append_c (sql, ')');
      query = sobre_query_new (sql->str);
      table = dex_await_object (sobre_query_engine_run (self->cache, query, self->cancellable), error);
      if (table == NULL)
        return NULL;
      for (guint64 row = 0; row < sobre_result_table_get_n_rows (table); row++)
        g_hash_table_add (known, sobre_result_table_dup_text (table, row, 0));
    }
  return g_steal_pointer (&known);
}

/* Leaves out of the lines those that the lake has. */
static gboolean
drop_known (Reading *self, SobreDataset dataset, GError **error)
{
  g_autoptr (GHashTable) known = find_known (self, dataset, error);
  g_auto (GStrv) lines = NULL;

  if (known == NULL)
    return FALSE;
  lines = g_strsplit (self->lines->str, "\n", -1);
  g_string_truncate (self->lines, 0);
  for (guint i = 0; i < self->ids->len; i++)
    {
      char id[SOBRE_ID_STRING_LENGTH + 1];

      sobre_id_format (&g_array_index (self->ids, SobreId, i), id);
      if (g_hash_table_contains (known, id))
        self->found->n_known++;
      else
        {
          g_string_append_printf (self->lines, "%s\n", lines[i]);
          self->found->n_replayed++;
        }
    }
  return TRUE;
}

static char *
make_key (Reading *self, SobreDataset dataset)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->lines->str, (gssize) self->lines->len);
  char day[SOBRE_DAY_STRING_LENGTH + 1];

  sobre_day_format ((gint32) (sobre_clock_now (self->clock) / DAY_MS), day);
  return g_strdup_printf ("raw/%s/dt=%s/replay-%.*s.json.gz", sobre_dataset_get_name (dataset), day, NAME_DIGITS, hash);
}

static gboolean
write_lines (Reading *self, SobreDataset dataset, GError **error)
{
  g_autoptr (GBytes) plain = g_bytes_new (self->lines->str, self->lines->len);
  g_autoptr (GBytes) packed = sobre_gzip (plain);
  g_autofree char *key = make_key (self, dataset);
  GError *failure = NULL;

  if (!dex_await (sobre_s3_put (self->s3, self->bucket, key, packed != NULL ? packed : plain, NULL, NULL, self->cancellable),
                  &failure) &&
      !g_error_matches (failure, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_CONFLICT))
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  /* The same lines lie there already. */
  g_clear_error (&failure);
  return TRUE;
}

static gboolean
read_object (Reading *self, const SobreS3Object *object, GError **error)
{
  SobreDataset dataset;
  g_autoptr (GBytes) bytes = NULL;
  gboolean all;

  if (!read_dataset (object->key, &dataset))
    return TRUE;
  bytes = dex_await_boxed (
      sobre_s3_get (self->s3, self->bucket, object->key, object->etag, object->size, MAX_OBJECT, 0, self->cancellable), error);
  if (bytes == NULL)
    return FALSE;
  self->found->n_objects++;
  g_string_truncate (self->lines, 0);
  g_array_set_size (self->ids, 0);
  all = try_object (self, object->key, dataset, bytes);
  if (self->cache == NULL || self->ids->len == 0)
    return TRUE;
  if (!drop_known (self, dataset, error) || (self->lines->len > 0 && !write_lines (self, dataset, error)))
    return FALSE;
  if (!all)
    return TRUE;
  self->found->n_removed++;
  return dex_await (sobre_s3_remove (self->s3, self->bucket, object->key, self->cancellable), error);
}

static DexFuture *
read_fiber (gpointer data)
{
  Reading *self = data;
  g_autofree char *after = NULL;
  GError *error = NULL;
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (SobreS3Page) page =
          dex_await_boxed (sobre_s3_list (self->s3, self->bucket, PREFIX, after, LIST_KEYS, self->cancellable), &error);

      if (page == NULL)
        return dex_future_new_for_error (error);
      for (guint i = 0; i < page->objects->len; i++)
        {
          const SobreS3Object *object = g_ptr_array_index (page->objects, i);

          g_set_str (&after, object->key);
          if (!read_object (self, object, &error))
            return dex_future_new_for_error (error);
          if (self->tell != NULL)
            self->tell (self->found, self->tell_data);
        }
      more = page->is_truncated;
    }
  return dex_future_new_take_boxed (SOBRE_TYPE_REJECTS, sobre_rejects_ref (self->found));
}

DexFuture *
sobre_rejects_read (SobreAwsClient *s3,
                    const char *bucket,
                    const SobrePlaces *places,
                    SobreChannel channel,
                    SobreQueryEngine *cache,
                    SobreClock *clock,
                    SobreRejectsTell tell,
                    gpointer tell_data,
                    GCancellable *cancellable)
{
  Reading *self = g_new0 (Reading, 1);

  *self = (Reading) {
    .s3 = g_object_ref (s3),
    .bucket = g_strdup (bucket),
    .places = places,
    .channel = channel,
    .cache = cache != NULL ? g_object_ref (cache) : NULL,
    .clock = g_object_ref (clock),
    .tell = tell,
    .tell_data = tell_data,
    .cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL,
    .found = g_atomic_rc_box_new0 (SobreRejects),
    .lines = g_string_new (NULL),
    .ids = g_array_new (FALSE, FALSE, sizeof (SobreId)),
  };
  self->found->rules = g_hash_table_new (g_str_hash, g_str_equal);
  self->found->first = g_ptr_array_new_with_free_func (reject_free);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, read_fiber, self, reading_free);
}
