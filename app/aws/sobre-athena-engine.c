/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-athena-engine.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-athena-price.h"
#include "aws/sobre-athena-result.h"
#include "aws/sobre-athena-scan.h"
#include "aws/sobre-athena-statement.h"
#include "aws/sobre-athena.h"
#include "lake/sobre-lake-catalogue.h"
#include "model/sobre-time.h"

#define MEGABYTE 1000000
#define RUN_ID_BYTES 16

struct _SobreAthenaEngine
{
  GObject parent_instance;

  SobreAwsAccount *account;
  SobreAthenaSettings settings;
  SobreLakeSource *lake;
  char *folder;
  GMutex mutex; /* guards what follows */
  char *name;
  SobreAthenaRun *last;
};

/** Run: a query on its way. @key: what the journal calls it · @id: (nullable): once it is started · @execution: (nullable): how it last stood */
typedef struct
{
  SobreAthenaEngine *engine;
  SobreQuery *query;
  GCancellable *cancellable;
  char *name;
  char *key;
  guint reuse_minutes;
  char *id;
  SobreAthenaExecution *execution;
  GPtrArray *reads;
} Run;

static void sobre_athena_engine_query_engine_init (SobreQueryEngineInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SobreAthenaEngine,
                               sobre_athena_engine,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SOBRE_TYPE_QUERY_ENGINE, sobre_athena_engine_query_engine_init))

static void
run_free (gpointer data)
{
  Run *run = data;

  g_object_unref (run->engine);
  sobre_query_unref (run->query);
  g_clear_object (&run->cancellable);
  g_free (run->name);
  g_free (run->key);
  g_free (run->id);
  g_clear_pointer (&run->execution, sobre_athena_execution_free);
  g_clear_pointer (&run->reads, g_ptr_array_unref);
  g_free (run);
}

static void
hash_text (GChecksum *checksum, const char *text)
{
  /* With its end, so that no two lists of texts look alike. */
  g_checksum_update (checksum, (const guchar *) text, (gssize) strlen (text) + 1);
}

static char *
make_key (const SobreAthenaSettings *settings, const SobreAthenaSql *sql, const guint8 *run_id, gsize length)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  hash_text (checksum, settings->database);
  hash_text (checksum, settings->workgroup);
  hash_text (checksum, sql->text);
  for (guint i = 0; i < sql->values->len; i++)
    hash_text (checksum, g_ptr_array_index (sql->values, i));
  g_checksum_update (checksum, run_id, (gssize) length);
  return g_strdup (g_checksum_get_string (checksum));
}

char *
sobre_athena_engine_dup_key (const SobreAthenaSettings *settings, const SobreQuery *query, GError **error)
{
  g_autoptr (SobreAthenaSql) sql = sobre_athena_sql_new (query, error);

  return sql != NULL ? make_key (settings, sql, (const guint8 *) "", 0) : NULL;
}

static SobreAwsClient *
get_client (Run *run, SobreAwsService service)
{
  return sobre_aws_account_get_client (run->engine->account, service);
}

static SobreClock *
get_clock (Run *run)
{
  return sobre_aws_account_get_means (run->engine->account)->clock;
}

static GError *
make_error (SobreQueryErrorCode code, const char *message)
{
  GError *error = NULL;

  sobre_query_error_set (&error, code, SOBRE_SQL_NOWHERE, "%s", message);
  return error;
}

/* An error of AWS in the words of a query. */
static GError *
translate (GError *cause)
{
  GError *error;

  if (cause->domain != SOBRE_AWS_ERROR && cause->domain != SOBRE_LAKE_ERROR)
    return cause;
  error = make_error (SOBRE_QUERY_ERROR_FAILED, cause->message);
  g_error_free (cause);
  return error;
}

static GError *
make_limit_error (const char *unbounded, const char *how_much)
{
  g_autofree char *message =
      unbounded != NULL
          ? g_strdup_printf (
                _ ("%s. Read without a condition on dt, the day that an object arrived: %s. Add one, such as dt >= "
                   "CAST(:from - INTERVAL '1' DAY AS varchar)"),
                how_much, unbounded)
          : g_strdup_printf (_ ("%s. Ask for fewer days, or raise “aws.athena.max_scan_mb” in workspace.json"), how_much);

  return make_error (SOBRE_QUERY_ERROR_LIMIT, message);
}

/* Before any money is spent. What cannot be told beforehand, the workgroup's own limit holds. */
static gboolean
check_scan (Run *run, GError **error)
{
  guint64 allowed = (guint64) run->engine->settings.max_scan_mb * MEGABYTE;
  g_autoptr (GPtrArray) days = NULL;
  g_autofree char *unbounded = NULL;
  g_autofree char *how_much = NULL;
  g_autofree char *size = NULL;
  guint64 bytes;

  run->reads = sobre_athena_find_reads (run->query, (gint32) (sobre_clock_now (get_clock (run)) / SOBRE_DAY_MS));
  if (run->reads == NULL || run->reads->len == 0 || run->engine->lake == NULL)
    return TRUE;
  days = dex_await_boxed (sobre_lake_catalogue (run->engine->lake, NULL), NULL);
  bytes = days != NULL ? sobre_athena_estimate (run->reads, days) : 0;
  if (bytes <= allowed)
    return TRUE;
  unbounded = sobre_athena_dup_unbounded (run->reads);
  size = g_format_size (bytes);
  how_much = g_strdup_printf (_ ("The query was not sent: it would read up to %s, and %u MB are allowed"), size,
                              run->engine->settings.max_scan_mb);
  g_propagate_error (error, make_limit_error (unbounded, how_much));
  return FALSE;
}

static gboolean
start (Run *run, const SobreAthenaSql *sql, GError **error)
{
  const SobreAthenaSettings *settings = &run->engine->settings;
  guint8 run_id[RUN_ID_BYTES];
  g_autofree char *token = NULL;
  SobreAthenaOrder order;

  sobre_random_fill (sobre_aws_account_get_means (run->engine->account)->random, run_id, sizeof run_id);
  token = make_key (settings, sql, run_id, sizeof run_id);
  order = (SobreAthenaOrder) { sql, token, settings->database, settings->workgroup, settings->results, run->reuse_minutes };
  /* Not called off on its way: what is started has to be known, so that it can be stopped. */
  run->id = dex_await_string (sobre_athena_start (get_client (run, SOBRE_AWS_ATHENA), &order, NULL), error);
  return run->id != NULL;
}

static gboolean
wait_for_end (Run *run, GError **error)
{
  return sobre_athena_wait (get_client (run, SOBRE_AWS_ATHENA), get_clock (run), run->id, sobre_query_get_timeout (run->query),
                            run->cancellable, &run->execution, error);
}

/* Whoever stops waiting stops the query too, and what it had read by then is known from asking once more. */
static void
stop (Run *run)
{
  SobreAthenaExecution *execution;

  if (run->execution != NULL && run->execution->state != SOBRE_ATHENA_WAITING)
    return;
  dex_await (sobre_athena_stop (get_client (run, SOBRE_AWS_ATHENA), run->id), NULL);
  execution = dex_await_boxed (sobre_athena_get (get_client (run, SOBRE_AWS_ATHENA), run->id, NULL), NULL);
  if (execution == NULL)
    return;
  g_clear_pointer (&run->execution, sobre_athena_execution_free);
  run->execution = execution;
}

static void
write_down (Run *run, const char *state, guint64 n_rows)
{
  SobreAthenaEngine *self = run->engine;
  g_autoptr (SobreAthenaRun) entry = g_new0 (SobreAthenaRun, 1);
  g_autoptr (GError) error = NULL;

  entry->at = sobre_clock_now (get_clock (run));
  entry->key = g_strdup (run->key);
  entry->name = g_strdup (run->name);
  entry->sql = g_strdup (sobre_query_get_sql (run->query));
  entry->execution = g_strdup (run->id);
  entry->state = g_strdup (state);
  entry->bytes = run->execution != NULL ? run->execution->bytes : 0;
  entry->price = sobre_athena_get_price (entry->bytes, self->settings.price_per_tb);
  entry->milliseconds = run->execution != NULL ? run->execution->milliseconds : 0;
  entry->rows = n_rows;
  entry->reused = run->execution != NULL && run->execution->reused;
  if (!sobre_athena_journal_add (self->folder, entry, &error))
    g_warning ("%s", error->message);
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->last, sobre_athena_run_free);
  self->last = g_steal_pointer (&entry);
  g_mutex_unlock (&self->mutex);
}

/* "SYNTAX_ERROR: line 3:14: Column 'x' cannot be resolved" */
static GError *
read_reason (Run *run)
{
  static const struct
  {
    const char *part;
    SobreQueryErrorCode code;
  } parts[] = {
    { "Unexpected parameters", SOBRE_QUERY_ERROR_TYPE },
    { "COLUMN_NOT_FOUND", SOBRE_QUERY_ERROR_NAME },
    { "TABLE_NOT_FOUND", SOBRE_QUERY_ERROR_NAME },
    { "FUNCTION_NOT_FOUND", SOBRE_QUERY_ERROR_NAME },
    { "cannot be resolved", SOBRE_QUERY_ERROR_NAME },
    { "does not exist", SOBRE_QUERY_ERROR_NAME },
    { "TYPE_MISMATCH", SOBRE_QUERY_ERROR_TYPE },
    { "SYNTAX_ERROR", SOBRE_QUERY_ERROR_SYNTAX },
    { "DIVISION_BY_ZERO", SOBRE_QUERY_ERROR_RUNTIME },
    { "INVALID_CAST_ARGUMENT", SOBRE_QUERY_ERROR_RUNTIME },
    { "NUMERIC_VALUE_OUT_OF_RANGE", SOBRE_QUERY_ERROR_RUNTIME },
    { "INVALID_FUNCTION_ARGUMENT", SOBRE_QUERY_ERROR_RUNTIME },
  };
  const char *reason = run->execution->reason != NULL ? run->execution->reason : "";
  g_autoptr (GError) tamed = sobre_aws_error_new_for_reply ("athena", 400, "FAILED", reason);
  g_autofree char *unbounded = run->reads != NULL ? sobre_athena_dup_unbounded (run->reads) : NULL;

  if (strstr (reason, "Bytes scanned limit was exceeded") != NULL)
    return make_limit_error (unbounded, _ ("Athena stopped the query: it read more than the workgroup allows"));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (reason, parts[i].part) != NULL)
      return make_error (parts[i].code, tamed->message);
  return make_error (SOBRE_QUERY_ERROR_FAILED, tamed->message);
}

static SobreResultTable *
fetch (Run *run, GError **error)
{
  SobreResultTable *table = dex_await_object (
      sobre_athena_fetch_result (get_client (run, SOBRE_AWS_ATHENA), get_client (run, SOBRE_AWS_S3), run->id,
                                 run->execution->output, sobre_query_get_max_rows (run->query), run->cancellable),
      error);
  g_autoptr (GError) failure = NULL;

  if (table != NULL && !sobre_athena_journal_keep (run->engine->folder, run->key, table, &failure))
    g_warning ("%s", failure->message);
  return table;
}

static DexFuture *
run_fiber (gpointer data)
{
  Run *run = data;
  GError *error = NULL;
  g_autoptr (SobreAthenaSql) sql = sobre_athena_sql_new (run->query, &error);
  SobreResultTable *table;

  if (sql == NULL || !check_scan (run, &error) || g_cancellable_set_error_if_cancelled (run->cancellable, &error) ||
      !start (run, sql, &error))
    return dex_future_new_for_error (translate (error));
  if (!wait_for_end (run, &error))
    {
      stop (run);
      write_down (run, "cancelled", 0);
      return dex_future_new_for_error (translate (error));
    }
  if (run->execution->state != SOBRE_ATHENA_SUCCEEDED)
    {
      write_down (run, run->execution->state == SOBRE_ATHENA_FAILED ? "failed" : "cancelled", 0);
      return dex_future_new_for_error (read_reason (run));
    }
  table = fetch (run, &error);
  write_down (run, "succeeded", table != NULL ? sobre_result_table_get_n_rows (table) : 0);
  return table != NULL ? dex_future_new_take_object (table) : dex_future_new_for_error (translate (error));
}

static DexFuture *
sobre_athena_engine_run (SobreQueryEngine *engine, SobreQuery *query, GCancellable *cancellable)
{
  SobreAthenaEngine *self = SOBRE_ATHENA_ENGINE (engine);
  GError *error = NULL;
  Run *run = g_new0 (Run, 1);

  run->engine = g_object_ref (self);
  run->query = sobre_query_ref (query);
  run->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  run->key = sobre_athena_engine_dup_key (&self->settings, query, &error);
  if (run->key == NULL)
    {
      run_free (run);
      return dex_future_new_for_error (error);
    }
  g_mutex_lock (&self->mutex);
  run->name = g_strdup (self->name);
  run->reuse_minutes = self->settings.reuse_minutes;
  g_mutex_unlock (&self->mutex);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, run_fiber, run, run_free);
}

static void
sobre_athena_engine_query_engine_init (SobreQueryEngineInterface *iface)
{
  iface->run = sobre_athena_engine_run;
}

static void
sobre_athena_engine_finalize (GObject *object)
{
  SobreAthenaEngine *self = SOBRE_ATHENA_ENGINE (object);

  g_clear_object (&self->account);
  g_clear_object (&self->lake);
  g_free (self->settings.database);
  g_free (self->settings.workgroup);
  g_free (self->settings.results);
  g_free (self->folder);
  g_free (self->name);
  g_clear_pointer (&self->last, sobre_athena_run_free);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (sobre_athena_engine_parent_class)->finalize (object);
}

static void
sobre_athena_engine_class_init (SobreAthenaEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_athena_engine_finalize;
}

static void
sobre_athena_engine_init (SobreAthenaEngine *self)
{
  g_mutex_init (&self->mutex);
}

SobreAthenaEngine *
sobre_athena_engine_new (SobreAwsAccount *account,
                         const SobreAthenaSettings *settings,
                         SobreLakeSource *lake,
                         const char *folder)
{
  SobreAthenaEngine *self = g_object_new (SOBRE_TYPE_ATHENA_ENGINE, NULL);

  self->account = g_object_ref (account);
  self->settings = *settings;
  self->settings.database = g_strdup (settings->database);
  self->settings.workgroup = g_strdup (settings->workgroup);
  self->settings.results = g_strdup (settings->results);
  self->lake = lake != NULL ? g_object_ref (lake) : NULL;
  self->folder = g_strdup (folder);
  return self;
}

void
sobre_athena_engine_set_name (SobreAthenaEngine *self, const char *name)
{
  g_mutex_lock (&self->mutex);
  g_set_str (&self->name, name);
  g_mutex_unlock (&self->mutex);
}

void
sobre_athena_engine_set_reuse (SobreAthenaEngine *self, guint minutes)
{
  g_mutex_lock (&self->mutex);
  self->settings.reuse_minutes = minutes;
  g_mutex_unlock (&self->mutex);
}

SobreAthenaRun *
sobre_athena_engine_get_last_run (SobreAthenaEngine *self)
{
  SobreAthenaRun *run;

  g_mutex_lock (&self->mutex);
  run = self->last != NULL ? sobre_athena_run_copy (self->last) : NULL;
  g_mutex_unlock (&self->mutex);
  return run;
}
