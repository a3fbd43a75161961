/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/queries/sobre-queries-page-private.h"

#include <glib/gi18n-lib.h>

#include "pages/queries/sobre-runs-dialog.h"

enum
{
  PROP_SESSION = 1,
};

G_DEFINE_FINAL_TYPE (SobreQueriesPage, sobre_queries_page, ADW_TYPE_BIN)

static const char *
get_name (SobreQueryEntry *entry)
{
  return sobre_saved_query_get_name (sobre_query_entry_get_query (entry));
}

static SobreQueryEntry *
find_entry (SobreQueriesPage *self, const char *name)
{
  for (guint i = 0; name != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->entries)); i++)
    {
      g_autoptr (SobreQueryEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      if (g_str_equal (get_name (entry), name))
        return g_steal_pointer (&entry);
    }
  return NULL;
}

SobreQueryEntry *
sobre_queries_page_find_chosen (SobreQueriesPage *self)
{
  return find_entry (self, self->chosen);
}

static void
update_actions (SobreQueriesPage *self)
{
  g_autoptr (SobreQueryEntry) entry = find_entry (self, self->chosen);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "query.delete", entry != NULL && sobre_query_entry_is_own (entry));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "query.runs",
                                 self->session != NULL &&
                                     sobre_query_desk_has_athena (sobre_session_get_workspace (self->session)));
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style != NULL)
    {
      gtk_widget_add_css_class (label, style);
      gtk_widget_add_css_class (label, "dimmed");
    }
  return label;
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  SobreSavedQuery *query = sobre_query_entry_get_query (item);
  const char *description = sobre_saved_query_get_description (query);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (box), make_label (sobre_saved_query_get_title (query), NULL));
  if (description != NULL)
    gtk_box_append (GTK_BOX (box), make_label (description, "caption"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sobre_saved_query_get_title (query), -1);
  g_object_set_data_full (G_OBJECT (row), "entry", g_object_ref (item), g_object_unref);
  return row;
}

static gboolean
is_own_row (GtkListBoxRow *row)
{
  return sobre_query_entry_is_own (g_object_get_data (G_OBJECT (row), "entry"));
}

/* A heading where the restaurant's own begin, and where those that come with the program do. */
static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  GtkWidget *label;

  if (before != NULL && is_own_row (before) == is_own_row (row))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = make_label (is_own_row (row) ? _ ("Yours") : _ ("Ready-made"), "caption-heading");
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_start (label, 12);
  gtk_list_box_row_set_header (row, label);
}

static void
select_chosen (SobreQueriesPage *self)
{
  GtkListBoxRow *row;

  gtk_list_box_unselect_all (self->list);
  for (int i = 0; self->chosen != NULL && (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_str_equal (get_name (g_object_get_data (G_OBJECT (row), "entry")), self->chosen))
      gtk_list_box_select_row (self->list, row);
}

static void
show_entry (SobreQueriesPage *self, SobreQueryEntry *entry)
{
  g_set_str (&self->chosen, get_name (entry));
  sobre_query_editor_set_query (self->editor, sobre_query_entry_get_query (entry));
  sobre_query_editor_refresh (self->editor);
  select_chosen (self);
  update_actions (self);
}

static void
start_new (SobreQueriesPage *self)
{
  g_clear_pointer (&self->chosen, g_free);
  sobre_query_editor_start_new (self->editor);
  select_chosen (self);
  update_actions (self);
}

static gboolean
is_modified (SobreQueriesPage *self)
{
  gboolean modified;

  g_object_get (self->editor, "modified", &modified, NULL);
  return modified;
}

/* What goes on once the text may be dropped. @entry: (nullable): %NULL for a new query · @text: (nullable): of the new query */
typedef struct
{
  SobreQueriesPage *page;
  SobreQueryEntry *entry;
  char *text;
} Step;

static void
step_take (Step *self)
{
  if (self->entry != NULL)
    show_entry (self->page, self->entry);
  else
    start_new (self->page);
  if (self->text != NULL)
    sobre_query_editor_set_text (self->page->editor, self->text);
}

static void
step_free (gpointer data)
{
  Step *self = data;

  g_object_unref (self->page);
  g_clear_object (&self->entry);
  g_free (self->text);
  g_free (self);
}

static void
dropped_cb (AdwAlertDialog *dialog, const char *response, gpointer user_data)
{
  if (g_str_equal (response, "drop"))
    step_take (user_data);
  else
    select_chosen (((Step *) user_data)->page);
}

/* Goes to another query, once whoever changed this one has agreed to lose that. */
static void
leave_for (SobreQueriesPage *self, SobreQueryEntry *entry, const char *text)
{
  AdwDialog *dialog;
  Step *step = g_new0 (Step, 1);

  step->page = g_object_ref (self);
  step->entry = entry != NULL ? g_object_ref (entry) : NULL;
  step->text = g_strdup (text);
  if (!is_modified (self))
    {
      step_take (step);
      step_free (step);
      return;
    }
  dialog = adw_alert_dialog_new (_ ("Drop the Changes?"), _ ("The query was changed and not saved."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "keep", _ ("_Keep Editing"), "drop", _ ("_Drop"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "drop", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "keep");
  g_signal_connect_data (dialog, "response", G_CALLBACK (dropped_cb), step, (GClosureNotify) (gpointer) step_free,
                         G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
row_activated_cb (SobreQueriesPage *self, GtkListBoxRow *row)
{
  SobreQueryEntry *entry = g_object_get_data (G_OBJECT (row), "entry");

  if (adw_overlay_split_view_get_collapsed (self->split))
    adw_overlay_split_view_set_show_sidebar (self->split, FALSE);
  if (g_strcmp0 (self->chosen, get_name (entry)) != 0)
    leave_for (self, entry, NULL);
}

static void
search_changed_cb (SobreQueriesPage *self)
{
  gtk_string_filter_set_search (self->filter, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  gtk_stack_set_visible_child_name (self->list_stack,
                                    g_list_model_get_n_items (G_LIST_MODEL (self->shown)) > 0 ? "list" : "none");
  select_chosen (self);
}

/* Whether every parameter has a value to begin with. */
static gboolean
can_run (SobreSavedQuery *query)
{
  guint n;
  const SobreSavedParameter *parameters = sobre_saved_query_get_parameters (query, &n);

  for (guint i = 0; i < n; i++)
    if (parameters[i].default_value == NULL)
      return FALSE;
  return TRUE;
}

/* The first query with a chart that can be answered at once. */
static SobreQueryEntry *
find_first (SobreQueriesPage *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->entries)); i++)
    {
      g_autoptr (SobreQueryEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);
      SobreSavedQuery *query = sobre_query_entry_get_query (entry);

      if (can_run (query) && sobre_saved_query_get_chart (query, NULL, NULL) > SOBRE_CHART_TABLE)
        return g_steal_pointer (&entry);
    }
  return g_list_model_get_item (G_LIST_MODEL (self->entries), 0);
}

static void
take_list (SobreQueriesPage *self, GListModel *entries)
{
  const char *errors = g_object_get_data (G_OBJECT (entries), "errors");
  g_autoptr (SobreQueryEntry) first = NULL;

  g_list_store_remove_all (self->entries);
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (SobreQueryEntry) entry = g_list_model_get_item (entries, i);

      g_list_store_append (self->entries, entry);
    }
  adw_banner_set_title (self->banner, errors != NULL ? errors : "");
  adw_banner_set_revealed (self->banner, errors != NULL);
  if (self->wanted != NULL && sobre_queries_page_choose (self, self->wanted))
    return;
  first = find_first (self);
  if (self->chosen == NULL && !is_modified (self) && first != NULL)
    {
      g_set_str (&self->chosen, get_name (first));
      sobre_query_editor_set_query (self->editor, sobre_query_entry_get_query (first));
      if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        sobre_query_editor_refresh (self->editor);
    }
  select_chosen (self);
  update_actions (self);
}

static DexFuture *
listed_cb (DexFuture *future, gpointer user_data)
{
  SobreQueriesPage *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);

  if (self->session != NULL && value != NULL)
    take_list (self, g_value_get_object (value));
  return NULL;
}

void
sobre_queries_page_load_list (SobreQueriesPage *self)
{
  dex_clear (&self->listing);
  self->listing = dex_future_finally (sobre_query_desk_list (sobre_session_get_workspace (self->session)), listed_cb,
                                      g_object_ref (self), g_object_unref);
}

static void
new_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  leave_for (SOBRE_QUERIES_PAGE (widget), NULL, NULL);
}

static void
run_chosen_cb (SobreQueriesPage *self, const char *sql)
{
  leave_for (self, NULL, sql);
}

static void
runs_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreQueriesPage *self = SOBRE_QUERIES_PAGE (widget);
  SobreRunsDialog *dialog = sobre_runs_dialog_new (sobre_session_get_workspace (self->session));

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (run_chosen_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
run_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  sobre_query_editor_run (SOBRE_QUERIES_PAGE (widget)->editor);
}

static void
stop_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  sobre_query_editor_stop (SOBRE_QUERIES_PAGE (widget)->editor);
}

static void
shown_cb (SobreQueriesPage *self)
{
  if (self->chosen != NULL && sobre_result_view_is_empty (sobre_query_editor_get_result_view (self->editor)))
    sobre_query_editor_refresh (self->editor);
}

static void
take_session (SobreQueriesPage *self, SobreSession *session)
{
  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  g_object_set (self->editor, "session", session, NULL);
  g_clear_pointer (&self->chosen, g_free);
  sobre_query_editor_set_saved (self->editor);
  sobre_queries_page_load_list (self);
  update_actions (self);
}

static void
sobre_queries_page_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_SESSION)
    take_session (SOBRE_QUERIES_PAGE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_queries_page_dispose (GObject *object)
{
  SobreQueriesPage *self = SOBRE_QUERIES_PAGE (object);

  dex_clear (&self->listing);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_QUERIES_PAGE);
  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_object (&self->entries);
  G_OBJECT_CLASS (sobre_queries_page_parent_class)->dispose (object);
}

static void
sobre_queries_page_finalize (GObject *object)
{
  g_free (SOBRE_QUERIES_PAGE (object)->chosen);
  g_free (SOBRE_QUERIES_PAGE (object)->wanted);
  G_OBJECT_CLASS (sobre_queries_page_parent_class)->finalize (object);
}

static void
sobre_queries_page_class_init (SobreQueriesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = sobre_queries_page_set_property;
  object_class->dispose = sobre_queries_page_dispose;
  object_class->finalize = sobre_queries_page_finalize;
  g_object_class_install_property (
      object_class, PROP_SESSION,
      g_param_spec_object ("session", NULL, NULL, SOBRE_TYPE_SESSION, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));

  g_type_ensure (SOBRE_TYPE_QUERY_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-queries-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreQueriesPage, banner);
  gtk_widget_class_bind_template_child (widget_class, SobreQueriesPage, split);
  gtk_widget_class_bind_template_child (widget_class, SobreQueriesPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, SobreQueriesPage, list_stack);
  gtk_widget_class_bind_template_child (widget_class, SobreQueriesPage, list);
  gtk_widget_class_bind_template_child (widget_class, SobreQueriesPage, editor);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "query.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "query.run", NULL, run_action);
  gtk_widget_class_install_action (widget_class, "query.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "query.runs", NULL, runs_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "query.run", NULL);
  sobre_queries_page_class_install_file_actions (widget_class);
}

static void
sobre_queries_page_init (SobreQueriesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->entries = g_list_store_new (SOBRE_TYPE_QUERY_ENTRY);
  self->filter = gtk_string_filter_new (gtk_property_expression_new (SOBRE_TYPE_QUERY_ENTRY, NULL, "words"));
  gtk_string_filter_set_match_mode (self->filter, GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  self->shown =
      gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->entries)), g_object_ref (GTK_FILTER (self->filter)));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->shown), make_row, NULL, NULL);
  gtk_list_box_set_header_func (self->list, update_header, NULL, NULL);
  g_signal_connect (self, "map", G_CALLBACK (shown_cb), NULL);
  update_actions (self);
}

gboolean
sobre_queries_page_choose (SobreQueriesPage *self, const char *name)
{
  g_autoptr (SobreQueryEntry) entry = find_entry (self, name);

  g_set_str (&self->wanted, entry == NULL && g_list_model_get_n_items (G_LIST_MODEL (self->entries)) == 0 ? name : NULL);
  if (entry != NULL)
    show_entry (self, entry);
  return entry != NULL;
}

SobreQueryEditor *
sobre_queries_page_get_editor (SobreQueriesPage *self)
{
  return self->editor;
}
