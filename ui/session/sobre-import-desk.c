/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-import-desk.h"

#include "session/sobre-job.h"
#include "sync/sobre-withdraw.h"
#include "workspace/sobre-workspace-files.h"
#include "workspace/sobre-workspace-imports.h"

#define N_FIRST 3
#define PROGRESS_US 100000

struct _SobreImportDesk
{
  GObject parent_instance;

  SobreWorkspace *workspace;
  SobreClock *clock;
  char *path;
  SobreForm *form;
  SobreImportHouse house;
  SobreImport *import; /* (nullable): of the step that is under way, else of nobody */
  GPtrArray *rows;     /* (nullable): the first ones, once it was looked at */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SobreImportDesk, sobre_import_desk, G_TYPE_OBJECT)

static void
clear_sight (gpointer data)
{
  SobreImportSight *self = data;

  g_strfreev (self->columns);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self->encoding);
  g_clear_pointer (&self->mapping, sobre_import_mapping_free);
  g_clear_error (&self->fault);
}

SobreImportSight *
sobre_import_sight_ref (SobreImportSight *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_import_sight_unref (SobreImportSight *self)
{
  g_atomic_rc_box_release_full (self, clear_sight);
}

G_DEFINE_BOXED_TYPE (SobreImportSight, sobre_import_sight, sobre_import_sight_ref, sobre_import_sight_unref)

static void
clear_outcome (gpointer data)
{
  SobreImportOutcome *self = data;

  g_clear_pointer (&self->report, sobre_import_report_free);
  g_free (self->rejects);
}

SobreImportOutcome *
sobre_import_outcome_ref (SobreImportOutcome *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_import_outcome_unref (SobreImportOutcome *self)
{
  g_atomic_rc_box_release_full (self, clear_outcome);
}

G_DEFINE_BOXED_TYPE (SobreImportOutcome, sobre_import_outcome, sobre_import_outcome_ref, sobre_import_outcome_unref)

/** Step: what one of the steps needs; each uses what is its own. @shown_at: when progress was last told, on the clock that never steps back, microseconds */
typedef struct
{
  SobreImportDesk *desk;
  GCancellable *cancellable;
  SobreImportReading reading;
  char *kind;
  char **maps;
  SobreImportWishes wishes;
  char *store;
  char *time_zone;
  char *source;
  char *batch;
  gboolean dry;
  gint64 shown_at;
} Step;

static void
step_free (gpointer data)
{
  Step *self = data;

  g_object_unref (self->desk);
  g_object_unref (self->cancellable);
  sobre_import_reading_clear (&self->reading);
  g_free (self->kind);
  g_strfreev (self->maps);
  g_free (self->store);
  g_free (self->time_zone);
  g_free (self->source);
  g_free (self->batch);
  g_free (self);
}

static Step *
step_new (SobreImportDesk *desk)
{
  Step *self = g_new0 (Step, 1);

  g_clear_object (&desk->cancellable);
  desk->cancellable = g_cancellable_new ();
  self->desk = g_object_ref (desk);
  self->cancellable = g_object_ref (desk->cancellable);
  return self;
}

/** Told: progress on its way to the main context. */
typedef struct
{
  SobreImportDesk *desk;
  double fraction;
  guint64 n_rows;
} Told;

static void
told_free (gpointer data)
{
  g_object_unref (((Told *) data)->desk);
  g_free (data);
}

static gboolean
tell_cb (gpointer data)
{
  const Told *told = data;

  g_signal_emit_by_name (told->desk, "progress", told->fraction, told->n_rows);
  return G_SOURCE_REMOVE;
}

static void
progress_cb (double fraction, guint64 n_rows, gpointer user_data)
{
  Step *self = user_data;
  gint64 now = g_get_monotonic_time ();
  Told *told;

  if (now - self->shown_at < PROGRESS_US)
    return;
  self->shown_at = now;
  told = g_new (Told, 1);
  *told = (Told) { g_object_ref (self->desk), fraction, n_rows };
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT_IDLE, tell_cb, told, told_free);
}

static char **
list_columns (const SobreImportSurvey *survey)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < survey->columns->len; i++)
    g_strv_builder_add (names, ((const SobreImportColumn *) g_ptr_array_index (survey->columns, i))->name);
  return g_strv_builder_end (names);
}

/* @fault: (transfer full) (nullable) */
static void
give_sight (SobreImportDesk *desk, GError *fault, GValue *result)
{
  SobreImportSight *self = g_atomic_rc_box_new0 (SobreImportSight);
  const SobreImportSurvey *survey = sobre_import_get_survey (desk->import);
  const SobreImportSource *source = sobre_import_get_source (desk->import);
  const SobreImportMapping *mapping = sobre_import_get_mapping (desk->import);

  self->columns = list_columns (survey);
  self->rows = g_ptr_array_ref (desk->rows);
  self->n_rows = survey->n_rows;
  self->n_bad = survey->n_bad;
  self->encoding = g_strdup (sobre_import_source_get_encoding (source));
  self->delimiter = sobre_import_source_get_delimiter (source);
  self->mapping = mapping != NULL ? sobre_import_mapping_copy (mapping) : NULL;
  self->is_known = sobre_import_is_known_form (desk->import);
  self->fault = fault;
  g_value_init (result, SOBRE_TYPE_IMPORT_SIGHT);
  g_value_take_boxed (result, self);
}

static gboolean
settle_worker (gpointer data, GValue *result, GError **error)
{
  Step *self = data;
  GError *fault = NULL;

  self->wishes.kind = self->kind;
  self->wishes.maps = (const char *const *) self->maps;
  self->wishes.sets = NULL;
  self->wishes.store = self->store;
  self->wishes.time_zone = self->time_zone;
  self->wishes.source = self->source;
  sobre_import_settle (self->desk->import, &self->wishes, &fault);
  give_sight (self->desk, fault, result);
  return TRUE;
}

static gboolean
look_worker (gpointer data, GValue *result, GError **error)
{
  Step *self = data;
  SobreImportDesk *desk = self->desk;

  g_clear_pointer (&desk->import, sobre_import_free);
  desk->import = sobre_import_look (desk->path, &self->reading, sobre_workspace_get_path (desk->workspace), &desk->house,
                                    progress_cb, self, self->cancellable, error);
  if (desk->import == NULL)
    return FALSE;
  g_clear_pointer (&desk->rows, g_ptr_array_unref);
  desk->rows = sobre_import_read_first (desk->import, N_FIRST);
  return settle_worker (self, result, error);
}

static gboolean
run_worker (gpointer data, GValue *result, GError **error)
{
  Step *self = data;
  SobreImportDesk *desk = self->desk;
  SobreDataset dataset = sobre_import_get_mapping (desk->import)->dataset;
  g_autofree char *state = g_build_filename (sobre_workspace_get_path (desk->workspace), SOBRE_STATE_FOLDER, NULL);
  g_autofree char *rejects = sobre_workspace_dup_rejects_path (desk->workspace, dataset, desk->path);
  const SobreImportTarget target = { sobre_workspace_get_lake (desk->workspace), state, sobre_clock_now (desk->clock),
                                     self->dry, rejects };
  SobreImportReport *report = sobre_import_run (desk->import, &target, progress_cb, self, self->cancellable, error);
  SobreImportOutcome *outcome;

  if (report == NULL)
    return FALSE;
  outcome = g_atomic_rc_box_new0 (SobreImportOutcome);
  *outcome = (SobreImportOutcome) { report, dataset, g_steal_pointer (&rejects) };
  g_value_init (result, SOBRE_TYPE_IMPORT_OUTCOME);
  g_value_take_boxed (result, outcome);
  return TRUE;
}

static gboolean
undo_worker (gpointer data, GValue *result, GError **error)
{
  Step *self = data;
  SobreWithdrawn withdrawn;

  return sobre_withdraw_import (self->desk->workspace, self->batch, &withdrawn, self->cancellable, error);
}

static void
sobre_import_desk_finalize (GObject *object)
{
  SobreImportDesk *self = SOBRE_IMPORT_DESK (object);

  g_clear_pointer (&self->import, sobre_import_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_object_unref (self->workspace);
  g_object_unref (self->clock);
  g_clear_object (&self->form);
  g_clear_object (&self->cancellable);
  g_free (self->path);
  G_OBJECT_CLASS (sobre_import_desk_parent_class)->finalize (object);
}

static void
sobre_import_desk_class_init (SobreImportDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_import_desk_finalize;
  g_signal_new ("progress", SOBRE_TYPE_IMPORT_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE,
                G_TYPE_UINT64);
}

static void
sobre_import_desk_init (SobreImportDesk *self)
{
}

SobreImportDesk *
sobre_import_desk_new (SobreWorkspace *workspace, SobreClock *clock, const char *path)
{
  SobreImportDesk *self = g_object_new (SOBRE_TYPE_IMPORT_DESK, NULL);

  self->workspace = g_object_ref (workspace);
  self->clock = g_object_ref (clock);
  self->path = g_strdup (path);
  g_set_object (&self->form, sobre_workspace_get_form (workspace));
  self->house =
      (SobreImportHouse) { sobre_workspace_get_settings (workspace), sobre_workspace_get_tables (workspace), self->form };
  return self;
}

const char *
sobre_import_desk_get_path (SobreImportDesk *self)
{
  return self->path;
}

SobreWorkspace *
sobre_import_desk_get_workspace (SobreImportDesk *self)
{
  return self->workspace;
}

DexFuture *
sobre_import_desk_look (SobreImportDesk *self, const SobreImportReading *reading)
{
  Step *step = step_new (self);

  sobre_import_reading_copy (reading, &step->reading);
  return sobre_job_run ("import-look", look_worker, step, step_free);
}

DexFuture *
sobre_import_desk_settle (SobreImportDesk *self, const char *kind, const char *const *maps, const SobreImportWishes *wishes)
{
  Step *step = step_new (self);

  step->kind = g_strdup (kind);
  step->maps = g_strdupv ((char **) maps);
  step->wishes = (SobreImportWishes) { .order = wishes->order, .decimal = wishes->decimal };
  step->store = g_strdup (wishes->store);
  step->time_zone = g_strdup (wishes->time_zone);
  step->source = g_strdup (wishes->source);
  return sobre_job_run ("import-settle", settle_worker, step, step_free);
}

DexFuture *
sobre_import_desk_run (SobreImportDesk *self, gboolean dry)
{
  Step *step = step_new (self);

  step->dry = dry;
  return sobre_job_run ("import-run", run_worker, step, step_free);
}

DexFuture *
sobre_import_desk_undo (SobreImportDesk *self, const char *batch)
{
  Step *step = step_new (self);

  step->batch = g_strdup (batch);
  return sobre_job_run ("import-undo", undo_worker, step, step_free);
}

void
sobre_import_desk_cancel (SobreImportDesk *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}
