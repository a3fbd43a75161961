/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "widgets/sobre-chart-card.h"

#include "widgets/sobre-column-view.h"

struct _SobreChartCard
{
  GtkWidget parent_instance;

  GtkStack *stack;
  SobreChart *chart;
  GtkLabel *table_title;
  GtkColumnView *table;
  SobreDrawing *drawing;
  gboolean as_table;
};

enum
{
  PROP_DRAWING = 1,
  PROP_AS_TABLE,
};

G_DEFINE_FINAL_TYPE (SobreChartCard, sobre_chart_card, GTK_TYPE_WIDGET)

/* A row of the table is a GtkStringList of its cells: the figures of one picture are few. */
static void
setup_name_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_item_set_child (item, label);
}

static void
setup_figure_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_list_item_set_child (item, label);
}

static void
bind_name_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkStringList *cells = GTK_STRING_LIST (gtk_list_item_get_item (item));

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_list_get_string (cells, GPOINTER_TO_UINT (user_data)));
}

/* A figure reads from left to right in every script; without the mark, its sign would go behind it in some. */
static void
bind_figure_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkStringList *cells = GTK_STRING_LIST (gtk_list_item_get_item (item));
  g_autofree char *text = g_strconcat ("\342\200\216", gtk_string_list_get_string (cells, GPOINTER_TO_UINT (user_data)), NULL);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static void
remove_columns (SobreChartCard *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->table);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->table, column);
    }
}

static void
fill_table (SobreChartCard *self)
{
  g_autoptr (SobreDataTable) data = sobre_drawing_make_table (self->drawing);
  g_autoptr (GListStore) rows = g_list_store_new (GTK_TYPE_STRING_LIST);
  g_autoptr (GtkNoSelection) selection = NULL;

  remove_columns (self);
  for (guint i = 0; data->header[i] != NULL; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;

      g_signal_connect (factory, "setup", G_CALLBACK (i < data->n_names ? setup_name_cb : setup_figure_cb), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (i < data->n_names ? bind_name_cb : bind_figure_cb), GUINT_TO_POINTER (i));
      column = gtk_column_view_column_new (data->header[i], factory);
      gtk_column_view_column_set_expand (column, i == 0);
      gtk_column_view_append_column (self->table, column);
      if (i >= data->n_names)
        sobre_column_view_align_title (self->table, i);
    }
  for (guint i = 0; i < data->rows->len; i++)
    {
      g_autoptr (GtkStringList) cells = gtk_string_list_new (g_ptr_array_index (data->rows, i));

      g_list_store_append (rows, cells);
    }
  selection = gtk_no_selection_new (G_LIST_MODEL (g_steal_pointer (&rows)));
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (selection));
  gtk_label_set_text (self->table_title, sobre_drawing_get_title (self->drawing));
}

/* The table is made only while it is looked at. */
static void
update_view (SobreChartCard *self)
{
  gboolean table = self->as_table && self->drawing != NULL;

  if (table)
    fill_table (self);
  gtk_stack_set_visible_child_name (self->stack, table ? "table" : "picture");
}

static void
sobre_chart_card_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  SobreChartCard *self = SOBRE_CHART_CARD (object);

  switch (property_id)
    {
    case PROP_DRAWING:
      g_value_set_object (value, self->drawing);
      break;
    case PROP_AS_TABLE:
      g_value_set_boolean (value, self->as_table);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_chart_card_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  SobreChartCard *self = SOBRE_CHART_CARD (object);

  switch (property_id)
    {
    case PROP_DRAWING:
      sobre_chart_card_set_drawing (self, g_value_get_object (value));
      break;
    case PROP_AS_TABLE:
      if (self->as_table != g_value_get_boolean (value))
        {
          self->as_table = g_value_get_boolean (value);
          update_view (self);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_chart_card_dispose (GObject *object)
{
  SobreChartCard *self = SOBRE_CHART_CARD (object);
  GtkWidget *child;

  g_clear_object (&self->drawing);
  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_CHART_CARD);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sobre_chart_card_parent_class)->dispose (object);
}

static void
sobre_chart_card_class_init (SobreChartCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sobre_chart_card_get_property;
  object_class->set_property = sobre_chart_card_set_property;
  object_class->dispose = sobre_chart_card_dispose;

  g_object_class_install_property (object_class, PROP_DRAWING,
                                   g_param_spec_object ("drawing", NULL, NULL, SOBRE_TYPE_DRAWING,
                                                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY));
  g_object_class_install_property (object_class, PROP_AS_TABLE,
                                   g_param_spec_boolean ("as-table", NULL, NULL, FALSE,
                                                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY));

  g_type_ensure (SOBRE_TYPE_CHART);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-chart-card.ui");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_bind_template_child (widget_class, SobreChartCard, stack);
  gtk_widget_class_bind_template_child (widget_class, SobreChartCard, chart);
  gtk_widget_class_bind_template_child (widget_class, SobreChartCard, table_title);
  gtk_widget_class_bind_template_child (widget_class, SobreChartCard, table);
}

static void
sobre_chart_card_init (SobreChartCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

SobreChart *
sobre_chart_card_get_chart (SobreChartCard *self)
{
  return self->chart;
}

void
sobre_chart_card_set_drawing (SobreChartCard *self, SobreDrawing *drawing)
{
  if (!g_set_object (&self->drawing, drawing))
    return;
  g_object_notify (G_OBJECT (self), "drawing");
  update_view (self);
}
