/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/overview/sobre-filter-bar.h"

#include <glib/gi18n-lib.h>

struct _SobreFilterBar
{
  AdwBin parent_instance;

  AdwToggleGroup *period_group;
  GtkDropDown *store_drop_down;
  GtkDropDown *table_drop_down;
  SobreSession *session;
  GPtrArray *tables; /* SobreTable, as many as the drop-down has rows after the first */
  gboolean filling;
};

enum
{
  PROP_SESSION = 1,
};

G_DEFINE_FINAL_TYPE (SobreFilterBar, sobre_filter_bar, ADW_TYPE_BIN)

static const GPtrArray *
get_stores (SobreFilterBar *self)
{
  return sobre_workspace_get_settings (sobre_session_get_workspace (self->session))->stores;
}

static void
fill_stores (SobreFilterBar *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const GPtrArray *stores = get_stores (self);

  gtk_string_list_append (names, _ ("All stores"));
  for (guint i = 0; i < stores->len; i++)
    gtk_string_list_append (names, ((SobreStore *) g_ptr_array_index (stores, i))->name);
  gtk_drop_down_set_model (self->store_drop_down, G_LIST_MODEL (names));
  gtk_widget_set_visible (GTK_WIDGET (self->store_drop_down), stores->len > 1);
}

/* Without a store chosen, the tables of all stores are there, told apart by their store's id when there are several. */
static void
fill_tables (SobreFilterBar *self)
{
  GListModel *tables = sobre_workspace_get_tables (sobre_session_get_workspace (self->session));
  const SobreFilter *filter = sobre_session_get_filter (self->session);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gboolean several = get_stores (self)->len > 1 && filter->store_id == NULL;
  guint selected = 0;

  gtk_string_list_append (names, _ ("All tables"));
  g_ptr_array_set_size (self->tables, 0);
  for (guint i = 0; i < g_list_model_get_n_items (tables); i++)
    {
      g_autoptr (SobreTable) table = g_list_model_get_item (tables, i);
      const char *store_id = sobre_table_get_store_id (table);
      const char *table_id = sobre_table_get_table_id (table);
      g_autofree char *name = NULL;

      if (filter->store_id != NULL && filter->table_id == NULL && !g_str_equal (filter->store_id, store_id))
        continue;
      name = several ? g_strdup_printf (_ ("Table %s (%s)"), table_id, store_id) : g_strdup_printf (_ ("Table %s"), table_id);
      gtk_string_list_append (names, name);
      g_ptr_array_add (self->tables, g_object_ref (table));
      if (g_strcmp0 (filter->store_id, store_id) == 0 && g_strcmp0 (filter->table_id, table_id) == 0)
        selected = self->tables->len;
    }
  gtk_drop_down_set_model (self->table_drop_down, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->table_drop_down, selected);
}

static void
show_filter (SobreFilterBar *self)
{
  const SobreFilter *filter = sobre_session_get_filter (self->session);
  const GPtrArray *stores = get_stores (self);
  guint selected = 0;

  for (guint i = 0; i < stores->len; i++)
    if (g_strcmp0 (((SobreStore *) g_ptr_array_index (stores, i))->id, filter->store_id) == 0)
      selected = i + 1;
  self->filling = TRUE;
  gtk_drop_down_set_selected (self->store_drop_down, selected);
  fill_tables (self);
  self->filling = FALSE;
}

static void
store_selected_cb (SobreFilterBar *self)
{
  guint selected;
  const GPtrArray *stores;

  if (self->filling || self->session == NULL)
    return;
  selected = gtk_drop_down_get_selected (self->store_drop_down);
  stores = get_stores (self);
  sobre_session_set_store (self->session, selected == 0 ? NULL : ((SobreStore *) g_ptr_array_index (stores, selected - 1))->id);
}

static void
table_selected_cb (SobreFilterBar *self)
{
  guint selected;
  const SobreFilter *filter;

  if (self->filling || self->session == NULL)
    return;
  selected = gtk_drop_down_get_selected (self->table_drop_down);
  filter = sobre_session_get_filter (self->session);
  if (selected == 0)
    {
      sobre_session_set_table (self->session, filter->store_id, NULL);
    }
  else
    {
      SobreTable *table = g_ptr_array_index (self->tables, selected - 1);

      sobre_session_set_table (self->session, sobre_table_get_store_id (table), sobre_table_get_table_id (table));
    }
}

static void
sobre_filter_bar_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_SESSION)
    sobre_filter_bar_set_session (SOBRE_FILTER_BAR (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_filter_bar_dispose (GObject *object)
{
  SobreFilterBar *self = SOBRE_FILTER_BAR (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_FILTER_BAR);
  g_clear_object (&self->session);
  g_clear_pointer (&self->tables, g_ptr_array_unref);
  G_OBJECT_CLASS (sobre_filter_bar_parent_class)->dispose (object);
}

static void
sobre_filter_bar_class_init (SobreFilterBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = sobre_filter_bar_set_property;
  object_class->dispose = sobre_filter_bar_dispose;
  g_object_class_install_property (
      object_class, PROP_SESSION,
      g_param_spec_object ("session", NULL, NULL, SOBRE_TYPE_SESSION, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreFilterBar, period_group);
  gtk_widget_class_bind_template_child (widget_class, SobreFilterBar, store_drop_down);
  gtk_widget_class_bind_template_child (widget_class, SobreFilterBar, table_drop_down);
  gtk_widget_class_bind_template_callback (widget_class, store_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, table_selected_cb);
}

static void
sobre_filter_bar_init (SobreFilterBar *self)
{
  self->tables = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sobre_filter_bar_set_session:
 * @session: (nullable): once set it stays
 */
void
sobre_filter_bar_set_session (SobreFilterBar *self, SobreSession *session)
{
  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  self->filling = TRUE;
  fill_stores (self);
  self->filling = FALSE;
  g_object_bind_property (session, "period", self->period_group, "active-name",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_object (session, "notify::filter", G_CALLBACK (show_filter), self, G_CONNECT_SWAPPED);
  show_filter (self);
}
