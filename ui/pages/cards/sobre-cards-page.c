/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/cards/sobre-cards-page-private.h"

#include <glib/gi18n-lib.h>

#include "intake/sobre-guest-base.h"
#include "sobre-format.h"
#include "widgets/sobre-column-view.h"

enum
{
  PROP_SESSION = 1,
  PROP_SETTINGS,
};

/* Seats and answers. */
#define FIRST_NUMBER 3
#define N_NUMBERS 2

G_DEFINE_FINAL_TYPE (SobreCardsPage, sobre_cards_page, ADW_TYPE_BIN)

static void
show_banner (SobreCardsPage *self)
{
  g_autofree char *base = sobre_session_dup_guest_base (self->session);
  g_autofree char *warning = self->printed != NULL ? sobre_guest_base_warning (self->printed, base) : NULL;
  g_autofree char *lower = g_ascii_strdown (base, -1);
  /* Translators: an address: "These cards open http://192.168.1.20:8080" */
  g_autofree char *address = g_strdup_printf (_ ("These cards open %s"), lower);

  gtk_label_set_text (self->address_label, address);
  adw_banner_set_title (self->banner, warning != NULL ? warning : "");
  adw_banner_set_revealed (self->banner, warning != NULL);
}

static DexFuture *
printed_loaded_cb (DexFuture *future, gpointer user_data)
{
  SobreCardsPage *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);

  if (self->session != NULL && value != NULL)
    {
      g_set_str (&self->printed, g_value_get_string (value));
      show_banner (self);
    }
  return NULL;
}

/* How large the code will be on paper, and what speaks against it. */
static void
show_size (SobreCardsPage *self, const SobreCardJob *job)
{
  double module;
  double code;
  SobreCardWarning warning = sobre_card_job_get_code_size (job, 0, &module, &code);
  g_autofree char *doubt = sobre_card_warning_describe (warning);
  g_autofree char *code_words = sobre_format_number (code, 1);
  g_autofree char *module_words = sobre_format_number (module, 2);
  /* Translators: of a QR code on paper: "Code 53.3 mm, module 1.44 mm" */
  g_autofree char *size = g_strdup_printf (_ ("Code %s mm, module %s mm"), code_words, module_words);
  g_autofree char *with_doubt = doubt != NULL ? g_strdup_printf ("%s\n%s", size, doubt) : NULL;

  gtk_label_set_text (self->size_label, with_doubt != NULL ? with_doubt : size);
  if (doubt != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->size_label), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->size_label), "warning");
}

static DexFuture *
previewed_cb (DexFuture *future, gpointer user_data)
{
  SobreCardsPage *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (self->session == NULL)
    return NULL;
  if (value != NULL)
    {
      g_autofree char *label = g_strdup_printf (_ ("The card of table %s"), self->previewed_table);

      sobre_card_preview_set_card (self->preview, g_value_get_boxed (value), 0, label);
      show_size (self, g_value_get_boxed (value));
    }
  else
    {
      sobre_card_preview_set_card (self->preview, NULL, 0, NULL);
      gtk_label_set_text (self->size_label, "");
      gtk_label_set_text (self->address_label, error->message);
    }
  return NULL;
}

static SobreTableRow *
find_previewed_row (SobreCardsPage *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  guint position = gtk_bitset_is_empty (selected) ? 0 : gtk_bitset_get_minimum (selected);

  return g_list_model_get_item (G_LIST_MODEL (self->selection), position);
}

static void
show_preview (SobreCardsPage *self)
{
  g_autoptr (SobreTableRow) row = find_previewed_row (self);
  g_autofree char *base = sobre_session_dup_guest_base (self->session);
  g_autoptr (GListStore) tables = NULL;
  SobreCardSetup setup = sobre_cards_page_get_setup (self, base);

  dex_clear (&self->previewing);
  if (row == NULL)
    return;
  tables = g_list_store_new (SOBRE_TYPE_TABLE);
  g_list_store_append (tables, sobre_table_row_get_table (row));
  g_set_str (&self->previewed_table, sobre_table_get_table_id (sobre_table_row_get_table (row)));
  self->previewing =
      dex_future_finally (sobre_card_desk_prepare (sobre_session_get_workspace (self->session), G_LIST_MODEL (tables), &setup),
                          previewed_cb, g_object_ref (self), g_object_unref);
}

static void
selection_changed_cb (SobreCardsPage *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  guint64 n_selected = gtk_bitset_get_size (selected);
  g_autofree char *label = NULL;

  if (n_selected == 0)
    label = g_strdup (_ ("Print All Cards…"));
  else
    label = g_strdup_printf (ngettext ("Print %u Card…", "Print %u Cards…", (gulong) n_selected), (guint) n_selected);
  gtk_button_set_label (self->print_button, label);
  show_preview (self);
}

static void
address_changed_cb (SobreCardsPage *self)
{
  show_banner (self);
  show_preview (self);
}

static const char *
get_store_name (SobreCardsPage *self, const char *store_id)
{
  const GPtrArray *stores = sobre_workspace_get_settings (sobre_session_get_workspace (self->session))->stores;

  for (guint i = 0; i < stores->len; i++)
    if (g_strcmp0 (((SobreStore *) g_ptr_array_index (stores, i))->id, store_id) == 0)
      return ((SobreStore *) g_ptr_array_index (stores, i))->name;
  return store_id;
}

static void
fill_rows (SobreCardsPage *self)
{
  SobreWorkspace *workspace = sobre_session_get_workspace (self->session);
  GListModel *tables = sobre_workspace_get_tables (workspace);
  guint n_tables = g_list_model_get_n_items (tables);

  g_list_store_remove_all (self->rows);
  for (guint i = 0; i < n_tables; i++)
    {
      g_autoptr (SobreTable) table = g_list_model_get_item (tables, i);
      g_autoptr (SobreTableRow) row = sobre_table_row_new (table, get_store_name (self, sobre_table_get_store_id (table)));

      g_list_store_append (self->rows, row);
    }
  gtk_column_view_column_set_visible (self->store_column, sobre_workspace_get_settings (workspace)->stores->len > 1);
  gtk_stack_set_visible_child_name (self->stack, n_tables > 0 ? "list" : "none");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "cards.print", n_tables > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "cards.export", n_tables > 0);
}

static void
show_answers (SobreCardsPage *self)
{
  SobreFigures *figures = sobre_session_get_figures (self->session);

  if (figures == NULL)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); i++)
    {
      g_autoptr (SobreTableRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
      SobreTable *table = sobre_table_row_get_table (row);
      gint64 answers = 0;

      for (guint j = 0; j < figures->tables->len; j++)
        {
          const SobreTableFigures *counted = g_ptr_array_index (figures->tables, j);

          if (g_strcmp0 (counted->store_id, sobre_table_get_store_id (table)) == 0 &&
              g_strcmp0 (counted->table_id, sobre_table_get_table_id (table)) == 0)
            answers = counted->n;
        }
      sobre_table_row_set_answers (row, answers);
    }
}

static void
print_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  dex_future_disown (sobre_cards_page_print (SOBRE_CARDS_PAGE (widget), GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, NULL));
}

static void
export_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  sobre_cards_page_export (SOBRE_CARDS_PAGE (widget));
}

static void
take_session (SobreCardsPage *self, SobreSession *session)
{
  SobreCollector *collector;

  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  collector = sobre_session_get_collector (session);
  g_signal_connect_object (session, "notify::figures", G_CALLBACK (show_answers), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (collector, "notify::base-url", G_CALLBACK (address_changed_cb), self, G_CONNECT_SWAPPED);
  fill_rows (self);
  show_answers (self);
  show_banner (self);
  selection_changed_cb (self);
  self->loading_printed = dex_future_finally (sobre_card_desk_load_printed (sobre_session_get_workspace (session)),
                                              printed_loaded_cb, g_object_ref (self), g_object_unref);
}

static void
take_settings (SobreCardsPage *self, GSettings *settings)
{
  if (g_set_object (&self->settings, settings) && settings != NULL)
    g_settings_bind (settings, "card-paper", self->paper_group, "active-name", G_SETTINGS_BIND_DEFAULT);
}

static void
sobre_cards_page_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  SobreCardsPage *self = SOBRE_CARDS_PAGE (object);

  switch (property_id)
    {
    case PROP_SESSION:
      take_session (self, g_value_get_object (value));
      break;
    case PROP_SETTINGS:
      take_settings (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_cards_page_dispose (GObject *object)
{
  SobreCardsPage *self = SOBRE_CARDS_PAGE (object);

  dex_clear (&self->previewing);
  dex_clear (&self->loading_printed);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_CARDS_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  G_OBJECT_CLASS (sobre_cards_page_parent_class)->dispose (object);
}

static void
sobre_cards_page_finalize (GObject *object)
{
  SobreCardsPage *self = SOBRE_CARDS_PAGE (object);

  g_free (self->printed);
  g_free (self->previewed_table);
  G_OBJECT_CLASS (sobre_cards_page_parent_class)->finalize (object);
}

static void
sobre_cards_page_class_init (SobreCardsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags writable = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = sobre_cards_page_set_property;
  object_class->dispose = sobre_cards_page_dispose;
  object_class->finalize = sobre_cards_page_finalize;
  g_object_class_install_property (object_class, PROP_SESSION,
                                   g_param_spec_object ("session", NULL, NULL, SOBRE_TYPE_SESSION, writable));
  g_object_class_install_property (object_class, PROP_SETTINGS,
                                   g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, writable));

  g_type_ensure (SOBRE_TYPE_CARD_PREVIEW);
  g_type_ensure (SOBRE_TYPE_TABLE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-cards-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreCardsPage, banner);
  gtk_widget_class_bind_template_child (widget_class, SobreCardsPage, print_button);
  gtk_widget_class_bind_template_child (widget_class, SobreCardsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SobreCardsPage, list);
  gtk_widget_class_bind_template_child (widget_class, SobreCardsPage, table_column);
  gtk_widget_class_bind_template_child (widget_class, SobreCardsPage, store_column);
  gtk_widget_class_bind_template_child (widget_class, SobreCardsPage, zone_column);
  gtk_widget_class_bind_template_child (widget_class, SobreCardsPage, preview);
  gtk_widget_class_bind_template_child (widget_class, SobreCardsPage, size_label);
  gtk_widget_class_bind_template_child (widget_class, SobreCardsPage, address_label);
  gtk_widget_class_bind_template_child (widget_class, SobreCardsPage, paper_group);
  gtk_widget_class_install_action (widget_class, "cards.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "cards.export", NULL, export_action);
}

static void
sobre_cards_page_init (SobreCardsPage *self)
{
  GtkSortListModel *sorted;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_list_store_new (SOBRE_TYPE_TABLE_ROW);
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->rows)),
                                    g_object_ref (gtk_column_view_get_sorter (self->list)));
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (sorted));
  gtk_column_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  for (guint i = 0; i < N_NUMBERS; i++)
    sobre_column_view_align_title (self->list, FIRST_NUMBER + i);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
}

GListModel *
sobre_cards_page_list_tables (SobreCardsPage *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GListStore *tables = g_list_store_new (SOBRE_TYPE_TABLE);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    {
      g_autoptr (SobreTableRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (gtk_bitset_is_empty (selected) || gtk_bitset_contains (selected, i))
        g_list_store_append (tables, sobre_table_row_get_table (row));
    }
  return G_LIST_MODEL (tables);
}

SobreCardSetup
sobre_cards_page_get_setup (SobreCardsPage *self, const char *base)
{
  SobreCardSetup setup = { .base = base, .paper = SOBRE_CARD_PAPER_A4 };

  if (g_strcmp0 (adw_toggle_group_get_active_name (self->paper_group), "a6") == 0)
    setup.paper = SOBRE_CARD_PAPER_A6;
  if (self->settings != NULL)
    {
      setup.offset_x = g_settings_get_double (self->settings, "card-offset-x");
      setup.offset_y = g_settings_get_double (self->settings, "card-offset-y");
      setup.scale = g_settings_get_double (self->settings, "card-scale");
    }
  return setup;
}

void
sobre_cards_page_set_printed (SobreCardsPage *self, const char *base)
{
  if (self->session == NULL)
    return;
  g_set_str (&self->printed, base);
  dex_future_disown (sobre_card_desk_store_printed (sobre_session_get_workspace (self->session), base));
  show_banner (self);
}
