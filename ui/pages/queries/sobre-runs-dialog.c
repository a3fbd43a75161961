/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/queries/sobre-runs-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-athena-price.h"
#include "session/sobre-query-desk.h"
#include "widgets/sobre-moment.h"

#define MAX_RUNS 200 /* rows that are made at once */
#define TITLE "-- title:"

struct _SobreRunsDialog
{
  AdwDialog parent_instance;

  GtkStack *stack;
  AdwPreferencesGroup *months_group;
  AdwPreferencesGroup *runs_group;

  SobreWorkspace *workspace;
};

G_DEFINE_FINAL_TYPE (SobreRunsDialog, sobre_runs_dialog, ADW_TYPE_DIALOG)

/* What comes from outside is no markup. */
static AdwActionRow *
add_row (AdwPreferencesGroup *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_preferences_group_add (group, row);
  return ADW_ACTION_ROW (row);
}

static void
add_suffix (AdwActionRow *row, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (row, label);
}

/* "November 2026" */
static char *
format_month (const char *name)
{
  g_autofree char *first = g_strconcat (name, "-01T00:00:00Z", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (first, NULL);

  /* Translators: a month and its year, as in g_date_time_format() */
  return time != NULL ? g_date_time_format (time, _ ("%OB %Y")) : g_strdup (name);
}

static void
add_month (SobreRunsDialog *self, const SobreAthenaMonth *month)
{
  g_autofree char *name = format_month (month->name);
  g_autofree char *size = g_format_size (month->bytes);
  g_autofree char *price = sobre_athena_format_price (month->price);
  /* Translators: %s is a size such as "25.0 MB" */
  g_autofree char *words =
      g_strdup_printf (ngettext ("%u query, %s read", "%u queries, %s read", month->n_runs), month->n_runs, size);

  add_suffix (add_row (self->months_group, name, words), price);
}

static const char *
get_state_words (const SobreAthenaRun *run)
{
  if (g_str_equal (run->state, "failed"))
    return _ ("failed");
  if (g_str_equal (run->state, "cancelled"))
    return _ ("stopped");
  return NULL;
}

/* A query that was not saved has no name: its first line stands for it. */
static char *
dup_title (const SobreAthenaRun *run)
{
  const char *sql = run->sql;

  if (run->name != NULL)
    return g_strdup (run->name);
  while (g_ascii_isspace (*sql))
    sql++;
  if (g_str_has_prefix (sql, TITLE))
    sql += strlen (TITLE);
  return g_strstrip (g_strndup (sql, strcspn (sql, "\n")));
}

static void
activated_cb (SobreRunsDialog *self, AdwActionRow *row)
{
  g_signal_emit_by_name (self, "chosen", g_object_get_data (G_OBJECT (row), "sql"));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
add_run (SobreRunsDialog *self, const SobreAthenaRun *run)
{
  const char *state = get_state_words (run);
  g_autofree char *title = dup_title (run);
  g_autofree char *when = sobre_moment_format (run->at, sobre_workspace_get_calendar (self->workspace));
  g_autofree char *cost = sobre_query_desk_describe_run (run);
  g_autofree char *words =
      state != NULL ? g_strdup_printf ("%s, %s · %s", when, state, cost) : g_strdup_printf ("%s · %s", when, cost);
  AdwActionRow *row = add_row (self->runs_group, title, words);

  g_object_set_data_full (G_OBJECT (row), "sql", g_strdup (run->sql), g_free);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), _ ("Show the SQL in the editor"));
  g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
}

/* The newest first. */
static void
show_runs (SobreRunsDialog *self, GPtrArray *runs)
{
  g_autoptr (GArray) months = sobre_athena_journal_sum_months (runs);

  for (guint i = months->len; i > 0; i--)
    add_month (self, &g_array_index (months, SobreAthenaMonth, i - 1));
  for (guint i = 0; i < MIN (runs->len, MAX_RUNS); i++)
    add_run (self, g_ptr_array_index (runs, runs->len - 1 - i));
  if (runs->len > MAX_RUNS)
    {
      g_autofree char *words =
          g_strdup_printf (_ ("The newest %u of %u. “sobremesa query --history” lists them all."), (guint) MAX_RUNS, runs->len);

      adw_preferences_group_set_description (self->runs_group, words);
    }
  gtk_stack_set_visible_child_name (self->stack, runs->len > 0 ? "runs" : "none");
}

static DexFuture *
loaded_cb (DexFuture *future, gpointer user_data)
{
  SobreRunsDialog *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);

  if (self->workspace != NULL && value != NULL)
    show_runs (self, g_value_get_boxed (value));
  return NULL;
}

static void
sobre_runs_dialog_dispose (GObject *object)
{
  g_clear_object (&SOBRE_RUNS_DIALOG (object)->workspace);
  gtk_widget_dispose_template (GTK_WIDGET (object), SOBRE_TYPE_RUNS_DIALOG);
  G_OBJECT_CLASS (sobre_runs_dialog_parent_class)->dispose (object);
}

static void
sobre_runs_dialog_class_init (SobreRunsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_runs_dialog_dispose;
  g_signal_new ("chosen", SOBRE_TYPE_RUNS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-runs-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreRunsDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, SobreRunsDialog, months_group);
  gtk_widget_class_bind_template_child (widget_class, SobreRunsDialog, runs_group);
}

static void
sobre_runs_dialog_init (SobreRunsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

SobreRunsDialog *
sobre_runs_dialog_new (SobreWorkspace *workspace)
{
  SobreRunsDialog *self = g_object_new (SOBRE_TYPE_RUNS_DIALOG, NULL);

  self->workspace = g_object_ref (workspace);
  dex_future_disown (
      dex_future_finally (sobre_query_desk_load_runs (workspace), loaded_cb, g_object_ref (self), g_object_unref));
  return self;
}
