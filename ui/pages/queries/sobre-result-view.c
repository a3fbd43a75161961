/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/queries/sobre-result-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "session/sobre-query-desk.h"
#include "sobre-format.h"
#include "sobre-result-chart.h"
#include "widgets/sobre-chart.h"
#include "widgets/sobre-column-view.h"

#define MOST_COPIED_ROWS 10000

struct _SobreResultView
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkLabel *nothing_label;
  AdwStatusPage *error_page;
  GtkLabel *count_label;
  AdwToggleGroup *view_group;
  SobreChart *chart;
  GtkColumnView *table;
  SobreResultTable *result;
  GtkMultiSelection *selection;
  char *name;  /* of the file that is exported */
  char *error; /* on show */
};

G_DEFINE_FINAL_TYPE (SobreResultView, sobre_result_view, ADW_TYPE_BIN)

static void
setup_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *label = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (label), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (label), 6);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (label), 14);
  gtk_list_item_set_child (item, label);
}

/* A figure reads from left to right in every script; without the mark, its sign would go behind it in some. */
static void
bind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  SobreResultRow *row = gtk_list_item_get_item (item);
  SobreResultTable *table = sobre_result_row_get_table (row);
  GtkInscription *label = GTK_INSCRIPTION (gtk_list_item_get_child (item));
  guint column = GPOINTER_TO_UINT (user_data);
  gboolean number = sobre_value_type_is_number (sobre_result_table_get_column_type (table, column));
  g_autofree char *text = sobre_result_table_dup_text (table, sobre_result_row_get_index (row), column);
  g_autofree char *marked = number && text != NULL ? g_strconcat ("\342\200\216", text, NULL) : NULL;

  gtk_inscription_set_xalign (label, number ? 1 : 0);
  /* Translators: what a table shows where a row has no value. */
  gtk_inscription_set_text (label, text == NULL ? _ ("none") : marked != NULL ? marked : text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), number ? NULL : text);
  if (text == NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), "dimmed");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), "dimmed");
}

/* NULL comes after everything. */
static int
compare_numbers (double one, double other)
{
  if (isnan (one) || isnan (other))
    return isnan (one) - isnan (other);
  return (one > other) - (one < other);
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer user_data)
{
  SobreResultTable *table = sobre_result_row_get_table ((SobreResultRow *) a);
  guint64 one = sobre_result_row_get_index ((SobreResultRow *) a), other = sobre_result_row_get_index ((SobreResultRow *) b);
  guint column = GPOINTER_TO_UINT (user_data);
  g_autofree char *text = NULL;
  g_autofree char *other_text = NULL;

  if (sobre_result_table_get_column_type (table, column) != SOBRE_VALUE_VARCHAR)
    return compare_numbers (sobre_result_table_get_double (table, one, column),
                            sobre_result_table_get_double (table, other, column));
  text = sobre_result_table_dup_text (table, one, column);
  other_text = sobre_result_table_dup_text (table, other, column);
  if (text == NULL || other_text == NULL)
    return (text == NULL) - (other_text == NULL);
  return g_utf8_collate (text, other_text);
}

static void
add_column (SobreResultView *self, guint index)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_rows, GUINT_TO_POINTER (index), NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell_cb), GUINT_TO_POINTER (index));
  column = gtk_column_view_column_new (sobre_result_table_get_column_name (self->result, index), factory);
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_append_column (self->table, column);
  if (sobre_value_type_is_number (sobre_result_table_get_column_type (self->result, index)))
    sobre_column_view_align_title (self->table, index);
}

static void
clear_table (SobreResultView *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->table);

  gtk_column_view_set_model (self->table, NULL);
  g_clear_object (&self->selection);
  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->table, column);
    }
}

static void
fill_table (SobreResultView *self)
{
  GtkSortListModel *sorted;

  clear_table (self);
  for (guint i = 0; i < sobre_result_table_get_n_columns (self->result); i++)
    add_column (self, i);
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->result)),
                                    g_object_ref (gtk_column_view_get_sorter (self->table)));
  gtk_sort_list_model_set_incremental (sorted, TRUE);
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (sorted));
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (self->selection));
}

static void
show_count (SobreResultView *self, double seconds)
{
  guint64 n = sobre_result_table_get_n_rows (self->result);
  g_autofree char *count = sobre_format_count ((gint64) n);
  g_autofree char *time = sobre_format_number (seconds, 2);
  g_autofree char *rows = g_strdup_printf (ngettext ("%s row", "%s rows", (gulong) MIN (n, G_MAXULONG)), count);
  /* Translators: how many rows a query gave, and in how many seconds: "24 rows in 0.08 s". */
  g_autofree char *words = g_strdup_printf (_ ("%s in %s s"), rows, time);
  g_autofree char *cut =
      sobre_result_table_is_truncated (self->result) ? g_strdup_printf (_ ("%s; there are more"), words) : NULL;

  gtk_label_set_text (self->count_label, cut != NULL ? cut : words);
}

static void
append_row (SobreResultView *self, GString *text, guint position)
{
  g_autoptr (SobreResultRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  guint n_columns = sobre_result_table_get_n_columns (self->result);

  for (guint i = 0; i < n_columns; i++)
    {
      g_autofree char *cell = sobre_result_table_dup_text (self->result, sobre_result_row_get_index (row), i);

      g_string_append (text, i > 0 ? "\t" : "");
      if (cell != NULL)
        g_string_append (text, g_strdelimit (cell, "\t\n\r", ' '));
    }
  g_string_append_c (text, '\n');
}

static void
append_header (SobreResultView *self, GString *text)
{
  for (guint i = 0; i < sobre_result_table_get_n_columns (self->result); i++)
    {
      g_string_append (text, i > 0 ? "\t" : "");
      g_string_append (text, sobre_result_table_get_column_name (self->result, i));
    }
  g_string_append_c (text, '\n');
}

char *
sobre_result_view_dup_selection (SobreResultView *self)
{
  g_autoptr (GtkBitset) selected = NULL;
  GString *text = g_string_new (NULL);
  guint n;

  if (self->selection == NULL)
    return g_string_free (text, FALSE);
  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  append_header (self, text);
  for (guint i = 0, copied = 0; i < n && copied < MOST_COPIED_ROWS; i++)
    if (gtk_bitset_is_empty (selected) || gtk_bitset_contains (selected, i))
      {
        append_row (self, text, i);
        copied++;
      }
  return g_string_free (text, FALSE);
}

static void
say (SobreResultView *self, const char *message)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "window.show-message", "s", message);
}

static void
copy_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autofree char *text = sobre_result_view_dup_selection (SOBRE_RESULT_VIEW (widget));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  say (SOBRE_RESULT_VIEW (widget), _ ("Rows copied"));
}

static DexFuture *
exported_cb (DexFuture *future, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    message = g_strdup_printf (_ ("The rows were not saved: %s"), error->message);
  say (user_data, message != NULL ? message : _ ("Rows saved"));
  return NULL;
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SobreResultView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;
  gboolean json = name != NULL && g_str_has_suffix (name, ".json");

  if (file == NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    say (self, error->message);
  if (file == NULL || self->result == NULL)
    return;
  dex_future_disown (dex_future_finally (
      sobre_query_desk_export (self->result, json ? SOBRE_RESULT_FORMAT_JSON : SOBRE_RESULT_FORMAT_CSV, file), exported_cb,
      g_object_ref (self), g_object_unref));
}

static void
export_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreResultView *self = SOBRE_RESULT_VIEW (widget);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autofree char *name = g_strconcat (self->name, ".csv", NULL);

  gtk_file_filter_set_name (filter, _ ("CSV and JSON"));
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_filter_add_suffix (filter, "json");
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_title (dialog, _ ("Export Rows"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, file_chosen_cb, g_object_ref (self));
}

static void
sobre_result_view_dispose (GObject *object)
{
  SobreResultView *self = SOBRE_RESULT_VIEW (object);

  if (self->table != NULL)
    gtk_column_view_set_model (self->table, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_RESULT_VIEW);
  g_clear_object (&self->selection);
  g_clear_object (&self->result);
  G_OBJECT_CLASS (sobre_result_view_parent_class)->dispose (object);
}

static void
sobre_result_view_finalize (GObject *object)
{
  SobreResultView *self = SOBRE_RESULT_VIEW (object);

  g_free (self->name);
  g_free (self->error);
  G_OBJECT_CLASS (sobre_result_view_parent_class)->finalize (object);
}

static void
sobre_result_view_class_init (SobreResultViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sobre_result_view_dispose;
  object_class->finalize = sobre_result_view_finalize;
  g_type_ensure (SOBRE_TYPE_CHART);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-result-view.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreResultView, stack);
  gtk_widget_class_bind_template_child (widget_class, SobreResultView, nothing_label);
  gtk_widget_class_bind_template_child (widget_class, SobreResultView, error_page);
  gtk_widget_class_bind_template_child (widget_class, SobreResultView, count_label);
  gtk_widget_class_bind_template_child (widget_class, SobreResultView, view_group);
  gtk_widget_class_bind_template_child (widget_class, SobreResultView, chart);
  gtk_widget_class_bind_template_child (widget_class, SobreResultView, table);
  gtk_widget_class_install_action (widget_class, "result.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "result.export", NULL, export_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "result.copy", NULL);
}

static void
sobre_result_view_init (SobreResultView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show (SobreResultView *self, const char *page, const char *error)
{
  g_set_str (&self->error, error);
  gtk_stack_set_visible_child_name (self->stack, page);
}

void
sobre_result_view_show_nothing (SobreResultView *self)
{
  gtk_label_set_text (self->nothing_label, _ ("Run the query to see its rows."));
  show (self, "nothing", NULL);
}

void
sobre_result_view_ask_for (SobreResultView *self, const char *label)
{
  /* Translators: %s is the label of an empty field, such as "The first day after the change". */
  g_autofree char *words = g_strdup_printf (_ ("Fill in “%s” and run the query."), label);

  gtk_label_set_text (self->nothing_label, words);
  show (self, "nothing", NULL);
}

void
sobre_result_view_show_running (SobreResultView *self)
{
  show (self, "running", NULL);
}

void
sobre_result_view_show_error (SobreResultView *self, const char *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  adw_status_page_set_description (self->error_page, escaped);
  show (self, "error", message);
}

void
sobre_result_view_show_result (SobreResultView *self, SobreSavedQuery *query, SobreResultTable *table, double seconds)
{
  const char *x, *y;
  SobreChartKind kind = sobre_saved_query_get_chart (query, &x, &y);
  g_autoptr (SobreResultChart) chart = sobre_result_chart_new (table, kind, x, y);

  g_set_object (&self->result, table);
  g_set_str (&self->name, sobre_saved_query_get_name (query));
  fill_table (self);
  show_count (self, seconds);
  if (chart != NULL)
    sobre_drawing_set_titles (SOBRE_DRAWING (chart), sobre_saved_query_get_title (query), y);
  sobre_chart_set_drawing (self->chart, chart != NULL ? SOBRE_DRAWING (chart) : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->view_group), chart != NULL);
  adw_toggle_group_set_active_name (self->view_group, chart != NULL ? "chart" : "table");
  show (self, "result", NULL);
}

gboolean
sobre_result_view_is_empty (SobreResultView *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "nothing") == 0;
}

SobreResultTable *
sobre_result_view_get_result (SobreResultView *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "result") == 0 ? self->result : NULL;
}

char *
sobre_result_view_dup_error (SobreResultView *self)
{
  return g_strdup (self->error);
}
