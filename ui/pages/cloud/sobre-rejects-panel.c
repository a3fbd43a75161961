/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/cloud/sobre-rejects-panel.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pages/cloud/sobre-cloud-rows.h"
#include "session/sobre-rejects-desk.h"
#include "widgets/sobre-moment.h"

/* Of each rule; more than anyone reads. */
#define MOST_RECORDS 50

struct _SobreRejectsPanel
{
  AdwNavigationPage parent_instance;

  AdwBanner *banner;
  GtkStack *stack;
  AdwStatusPage *reading_page;
  AdwStatusPage *failed_page;
  GtkWidget *passing_group;
  AdwExpanderRow *passing_row;
  GtkWidget *replay_row;
  AdwPreferencesGroup *rules_group;
  GtkWidget *unreadable_group;
  GtkWidget *unreadable_row;

  SobreSession *session;
  SobreRejects *found;
  GPtrArray *rule_rows;
  GPtrArray *passing_rows;
  GCancellable *reading; /* while it reads or replays */
  gboolean replaying;
};

G_DEFINE_FINAL_TYPE (SobreRejectsPanel, sobre_rejects_panel, ADW_TYPE_NAVIGATION_PAGE)

static void start (SobreRejectsPanel *self, gboolean replay);

static void
update_actions (SobreRejectsPanel *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_idle = self->reading == NULL;

  gtk_widget_action_set_enabled (widget, "rejects.read", is_idle);
  gtk_widget_action_set_enabled (widget, "rejects.stop", !is_idle);
  gtk_widget_action_set_enabled (widget, "rejects.replay", is_idle && self->found != NULL && self->found->n_passing > 0);
}

static GtkWidget *
make_record_row (SobreRejectsPanel *self, const SobreReject *reject)
{
  SobreServiceCalendar *calendar = sobre_workspace_get_calendar (sobre_session_get_workspace (self->session));
  g_autofree char *moment = sobre_moment_format (reject->arrived, calendar);
  g_autofree char *size = g_format_size (reject->n_bytes);
  const char *dataset = reject->dataset == SOBRE_DATASET_RESPONSES ? _ ("Answer") : _ ("Visit");
  g_autofree char *subtitle = reject->line > 1
                                  ? g_strdup_printf (_ ("%s · line %u · %s\n%s"), dataset, reject->line, size, reject->key)
                                  : g_strdup_printf ("%s · %s\n%s", dataset, size, reject->key);

  return sobre_cloud_row_new (moment, subtitle);
}

/* The first of the records that break @rule; %NULL for those that pass. Each is one of those that are known of, not all. */
static void
add_records (SobreRejectsPanel *self, AdwExpanderRow *expander, const char *rule, GPtrArray *rows)
{
  guint n = 0;

  for (guint i = 0; i < self->found->first->len && n < MOST_RECORDS; i++)
    {
      const SobreReject *reject = g_ptr_array_index (self->found->first, i);
      GtkWidget *row;

      if (g_strcmp0 (reject->rule, rule) != 0)
        continue;
      row = make_record_row (self, reject);
      adw_expander_row_add_row (expander, row);
      if (rows != NULL)
        g_ptr_array_add (rows, row);
      n++;
    }
}

static GtkWidget *
make_rule_row (SobreRejectsPanel *self, const char *rule, guint n)
{
  g_autofree char *words = sobre_reject_dup_words (rule);
  g_autofree char *count = g_strdup_printf ("%u", n);
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), rule);
  sobre_cloud_row_add_figure (row, count);
  add_records (self, ADW_EXPANDER_ROW (row), rule, NULL);
  return row;
}

/* What is broken most often is what to mend first. */
static int
compare_rules (gconstpointer a, gconstpointer b, gpointer rules)
{
  const char *left = *(const char *const *) a;
  const char *right = *(const char *const *) b;
  guint n_left = GPOINTER_TO_UINT (g_hash_table_lookup (rules, left));
  guint n_right = GPOINTER_TO_UINT (g_hash_table_lookup (rules, right));

  return n_left != n_right ? (n_left < n_right ? 1 : -1) : strcmp (left, right);
}

static void
clear (SobreRejectsPanel *self)
{
  for (guint i = 0; i < self->rule_rows->len; i++)
    adw_preferences_group_remove (self->rules_group, g_ptr_array_index (self->rule_rows, i));
  g_ptr_array_set_size (self->rule_rows, 0);
  for (guint i = 0; i < self->passing_rows->len; i++)
    adw_expander_row_remove (self->passing_row, g_ptr_array_index (self->passing_rows, i));
  g_ptr_array_set_size (self->passing_rows, 0);
}

static void
show_passing (SobreRejectsPanel *self)
{
  guint n = (guint) self->found->n_passing;
  g_autofree char *title = g_strdup_printf (ngettext ("%u record passes now", "%u records pass now", n), n);
  g_autofree char *button = g_strdup_printf (ngettext ("Bring %u to the Lake…", "Bring %u to the Lake…", n), n);

  gtk_widget_set_visible (self->passing_group, n > 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->passing_row), title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->replay_row), button);
  add_records (self, self->passing_row, NULL, self->passing_rows);
}

static void
show_rules (SobreRejectsPanel *self)
{
  guint n = (guint) (self->found->n_records - self->found->n_passing);
  g_autofree char *title = g_strdup_printf (ngettext ("%u record is refused", "%u records are refused", n), n);
  g_autoptr (GPtrArray) rules = g_hash_table_get_keys_as_ptr_array (self->found->rules);

  gtk_widget_set_visible (GTK_WIDGET (self->rules_group), n > 0);
  adw_preferences_group_set_title (self->rules_group, title);
  g_ptr_array_sort_with_data (rules, compare_rules, self->found->rules);
  for (guint i = 0; i < rules->len; i++)
    {
      const char *rule = g_ptr_array_index (rules, i);
      GtkWidget *row = make_rule_row (self, rule, GPOINTER_TO_UINT (g_hash_table_lookup (self->found->rules, rule)));

      adw_preferences_group_add (self->rules_group, row);
      g_ptr_array_add (self->rule_rows, row);
    }
}

static void
show_found (SobreRejectsPanel *self)
{
  guint n_unreadable = (guint) self->found->n_unreadable;
  g_autofree char *unreadable = g_strdup_printf (
      ngettext ("%u line is none of Firehose's", "%u lines are none of Firehose's", n_unreadable), n_unreadable);

  clear (self);
  show_passing (self);
  show_rules (self);
  gtk_widget_set_visible (self->unreadable_group, n_unreadable > 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->unreadable_row), unreadable);
  gtk_stack_set_visible_child_name (self->stack, self->found->n_records > 0 || n_unreadable > 0 ? "list" : "none");
}

static void
progress_cb (gpointer object, gpointer message)
{
  SobreRejectsPanel *self = object;
  const SobreRejectsProgress *progress = message;
  g_autofree char *text = NULL;

  if (self->reading == NULL)
    return;
  if (self->replaying)
    text = g_strdup_printf (ngettext ("%u record is in the lake", "%u records are in the lake", (gulong) progress->replayed),
                            (guint) progress->replayed);
  else
    text = g_strdup_printf (ngettext ("%u record so far", "%u records so far", (gulong) progress->records),
                            (guint) progress->records);
  adw_status_page_set_description (self->reading_page, text);
}

static void
show_failure (SobreRejectsPanel *self, const GError *error)
{
  gboolean is_stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  const char *stopped = self->replaying ? _ ("Stopped. What was brought to the lake stays there.") : _ ("Stopped");
  const char *message = is_stopped ? stopped : error->message;

  if (self->found != NULL && !self->replaying)
    {
      /* What was read before is still worth reading. */
      show_found (self);
      adw_banner_set_title (self->banner, message);
      adw_banner_set_revealed (self->banner, TRUE);
      return;
    }
  g_clear_pointer (&self->found, sobre_rejects_unref);
  {
    g_autofree char *text = g_markup_escape_text (message, -1);

    adw_status_page_set_title (self->failed_page, is_stopped ? _ ("Stopped") : _ ("This Cannot Be Read Now"));
    adw_status_page_set_description (self->failed_page, text);
  }
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

/* What was brought is out of the list, which is read again, and figures take it in where they come from that lake. */
static void
show_replayed (SobreRejectsPanel *self, const SobreRejects *done)
{
  guint n = (guint) done->n_replayed;
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u record is in the lake. Figures have it with the next synchronisation.",
                                 "%u records are in the lake. Figures have them with the next synchronisation.", n),
                       n);

  adw_banner_set_title (self->banner, text);
  adw_banner_set_revealed (self->banner, TRUE);
  sobre_session_refresh (self->session);
  start (self, FALSE);
}

static DexFuture *
read_cb (DexFuture *future, gpointer user_data)
{
  SobreRejectsPanel *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  gboolean replayed = self->replaying;

  g_clear_object (&self->reading);
  if (self->session == NULL)
    return NULL;
  if (value == NULL)
    show_failure (self, error);
  self->replaying = FALSE;
  if (value != NULL && replayed)
    show_replayed (self, g_value_get_boxed (value));
  else if (value != NULL)
    {
      g_clear_pointer (&self->found, sobre_rejects_unref);
      self->found = g_value_dup_boxed (value);
      show_found (self);
    }
  update_actions (self);
  return NULL;
}

static void
start (SobreRejectsPanel *self, gboolean replay)
{
  g_autoptr (SobreRelay) relay = NULL;

  if (self->reading != NULL)
    return;
  relay = sobre_relay_new (self, progress_cb, g_free);
  self->reading = g_cancellable_new ();
  self->replaying = replay;
  adw_status_page_set_title (self->reading_page,
                             replay ? _ ("Bringing Records to the Lake…") : _ ("Reading What Was Refused…"));
  adw_status_page_set_description (self->reading_page, "");
  gtk_stack_set_visible_child_name (self->stack, "reading");
  update_actions (self);
  dex_future_disown (
      dex_future_finally (sobre_rejects_desk_read (sobre_session_get_workspace (self->session), replay,
                                                   sobre_session_get_clock (self->session), relay, self->reading),
                          read_cb, g_object_ref (self), g_object_unref));
}

static void
read_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreRejectsPanel *self = SOBRE_REJECTS_PANEL (widget);

  adw_banner_set_revealed (self->banner, FALSE);
  start (self, FALSE);
}

static void
stop_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreRejectsPanel *self = SOBRE_REJECTS_PANEL (widget);

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
}

static void
replay_answered_cb (SobreRejectsPanel *self, const char *response)
{
  if (self->session == NULL || strcmp (response, "replay") != 0)
    return;
  adw_banner_set_revealed (self->banner, FALSE);
  start (self, TRUE);
}

static void
replay_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreRejectsPanel *self = SOBRE_REJECTS_PANEL (widget);
  guint n = (guint) self->found->n_passing;
  g_autofree char *heading = g_strdup_printf (ngettext ("Bring %u Record to the Lake?", "Bring %u Records to the Lake?", n), n);
  AdwDialog *dialog =
      adw_alert_dialog_new (heading, _ ("They count with the time at which they came. What was brought in whole is no longer "
                                        "kept as refused. Doing it twice is doing it once."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "replay", _ ("_Bring In"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "replay", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "replay");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (replay_answered_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
sobre_rejects_panel_map (GtkWidget *widget)
{
  SobreRejectsPanel *self = SOBRE_REJECTS_PANEL (widget);

  GTK_WIDGET_CLASS (sobre_rejects_panel_parent_class)->map (widget);
  if (self->found == NULL)
    start (self, FALSE);
}

static void
sobre_rejects_panel_dispose (GObject *object)
{
  SobreRejectsPanel *self = SOBRE_REJECTS_PANEL (object);

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->session);
  g_clear_pointer (&self->found, sobre_rejects_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_REJECTS_PANEL);
  g_clear_pointer (&self->rule_rows, g_ptr_array_unref);
  g_clear_pointer (&self->passing_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (sobre_rejects_panel_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SobreRejectsPanel, banner);
  gtk_widget_class_bind_template_child (widget_class, SobreRejectsPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, SobreRejectsPanel, reading_page);
  gtk_widget_class_bind_template_child (widget_class, SobreRejectsPanel, failed_page);
  gtk_widget_class_bind_template_child (widget_class, SobreRejectsPanel, passing_group);
  gtk_widget_class_bind_template_child (widget_class, SobreRejectsPanel, passing_row);
  gtk_widget_class_bind_template_child (widget_class, SobreRejectsPanel, replay_row);
  gtk_widget_class_bind_template_child (widget_class, SobreRejectsPanel, rules_group);
  gtk_widget_class_bind_template_child (widget_class, SobreRejectsPanel, unreadable_group);
  gtk_widget_class_bind_template_child (widget_class, SobreRejectsPanel, unreadable_row);
}

static void
sobre_rejects_panel_class_init (SobreRejectsPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_rejects_panel_dispose;
  widget_class->map = sobre_rejects_panel_map;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-rejects-panel.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "rejects.read", NULL, read_action);
  gtk_widget_class_install_action (widget_class, "rejects.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "rejects.replay", NULL, replay_action);
}

static void
sobre_rejects_panel_init (SobreRejectsPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rule_rows = g_ptr_array_new ();
  self->passing_rows = g_ptr_array_new ();
  update_actions (self);
}

GtkWidget *
sobre_rejects_panel_new (SobreSession *session)
{
  SobreRejectsPanel *self = g_object_new (SOBRE_TYPE_REJECTS_PANEL, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
