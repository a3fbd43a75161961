/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/import/sobre-import-mapping-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pages/import/sobre-import-words.h"

#define MOST_COLUMNS 200
#define FIELDS_KEY "sobre-fields" /* of a row: the names behind its choices, the first "" for none */
#define COLUMN_KEY "sobre-column"

struct _SobreImportMappingPage
{
  AdwBin parent_instance;

  AdwExpanderRow *file_row;
  AdwComboRow *delimiter_row;
  AdwComboRow *encoding_row;
  AdwSwitchRow *header_row;
  AdwComboRow *kind_row;
  AdwPreferencesGroup *columns_group;
  AdwPreferencesGroup *rest_group;
  AdwComboRow *store_row;
  AdwComboRow *order_row;
  AdwComboRow *decimal_row;
  AdwEntryRow *zone_row;
  AdwEntryRow *source_row;
  GPtrArray *rows;   /* (element-type AdwComboRow): one a column */
  GHashTable *found; /* (element-type utf8): fields that some column was found to be, by a guess or somebody */
  SobreImportSight *sight;
  SobreWorkspace *workspace;
  gboolean showing; /* what changes is not somebody's doing */
};

enum
{
  KIND_UNKNOWN,
  KIND_ANSWERS,
  KIND_ORDERS,
};

G_DEFINE_FINAL_TYPE (SobreImportMappingPage, sobre_import_mapping_page, ADW_TYPE_BIN)

static void
changed_cb (SobreImportMappingPage *self)
{
  if (!self->showing)
    g_signal_emit_by_name (self, "changed");
}

/* The columns of answers are no columns of orders: what was chosen for them is forgotten. */
static void
kind_changed_cb (SobreImportMappingPage *self)
{
  if (self->showing)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->columns_group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_hash_table_remove_all (self->found);
  g_signal_emit_by_name (self, "changed");
}

static void
reading_changed_cb (SobreImportMappingPage *self)
{
  if (!self->showing)
    g_signal_emit_by_name (self, "reading-changed");
}

/* "12.03.2025, 13.03.2025": what stands in the first rows. */
static char *
say_cells (const SobreImportSight *sight, guint column)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < sight->rows->len; i++)
    {
      char **cells = g_ptr_array_index (sight->rows, i);

      if (column < g_strv_length (cells) && *cells[column] != '\0')
        g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", cells[column]);
    }
  return g_string_free_and_steal (g_steal_pointer (&words));
}

static char *
dup_field (const SobreImportSight *sight, const char *column)
{
  const SobreImportField *field = sobre_import_mapping_find_column (sight->mapping, column);

  return field != NULL ? sobre_import_field_dup_name (field) : g_strdup ("");
}

/* What a column can be, and what it is: that may be a question that the form does not have. */
static void
show_choices (SobreImportMappingPage *self, AdwComboRow *row, const char *field)
{
  SobreForm *form = sobre_workspace_get_form (self->workspace);
  const char *language = sobre_workspace_get_settings (self->workspace)->languages[0];
  g_auto (GStrv) names = sobre_import_list_fields (self->sight->mapping->dataset, form);
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  GStrv fields;
  guint selected = 0;

  g_strv_builder_add (all, "");
  g_strv_builder_addv (all, (const char **) names);
  if (*field != '\0' && !g_strv_contains ((const char *const *) names, field))
    g_strv_builder_add (all, field);
  fields = g_strv_builder_end (all);
  for (guint i = 0; fields[i] != NULL; i++)
    {
      gtk_string_list_take (words, i == 0 ? g_strdup (_ ("Left out")) : sobre_import_field_say (fields[i], form, language));
      if (g_str_equal (fields[i], field))
        selected = i;
    }
  g_object_set_data_full (G_OBJECT (row), FIELDS_KEY, fields, (GDestroyNotify) g_strfreev);
  adw_combo_row_set_model (row, G_LIST_MODEL (words));
  adw_combo_row_set_selected (row, selected);
}

static AdwComboRow *
add_row (SobreImportMappingPage *self, const char *column)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  g_object_set_data_full (G_OBJECT (row), COLUMN_KEY, g_strdup (column), g_free);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->columns_group, row);
  g_ptr_array_add (self->rows, row);
  return ADW_COMBO_ROW (row);
}

static gboolean
has_rows_of (SobreImportMappingPage *self, guint n)
{
  if (self->rows->len != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_str_equal (g_object_get_data (g_ptr_array_index (self->rows, i), COLUMN_KEY), self->sight->columns[i]))
      return FALSE;
  return TRUE;
}

static void
note_found (SobreImportMappingPage *self)
{
  for (guint i = 0; i < self->sight->mapping->fields->len; i++)
    {
      const SobreImportField *field = g_ptr_array_index (self->sight->mapping->fields, i);

      if (field->column != NULL)
        g_hash_table_add (self->found, sobre_import_field_dup_name (field));
    }
}

static void
show_columns (SobreImportMappingPage *self)
{
  guint n = MIN (g_strv_length (self->sight->columns), MOST_COLUMNS);

  gtk_widget_set_visible (GTK_WIDGET (self->columns_group), self->sight->mapping != NULL);
  if (self->sight->mapping == NULL)
    return;
  if (!has_rows_of (self, n))
    {
      g_hash_table_remove_all (self->found);
      for (guint i = 0; i < self->rows->len; i++)
        adw_preferences_group_remove (self->columns_group, g_ptr_array_index (self->rows, i));
      g_ptr_array_set_size (self->rows, 0);
      for (guint i = 0; i < n; i++)
        add_row (self, self->sight->columns[i]);
    }
  note_found (self);
  for (guint i = 0; i < n; i++)
    {
      AdwComboRow *row = g_ptr_array_index (self->rows, i);
      g_autofree char *cells = say_cells (self->sight, i);
      g_autofree char *field = dup_field (self->sight, self->sight->columns[i]);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), self->sight->columns[i]);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), cells);
      show_choices (self, row, field);
    }
}

static void
show_stores (SobreImportMappingPage *self)
{
  const SobreSettings *settings = sobre_workspace_get_settings (self->workspace);
  const SobreImportField *field = sobre_import_mapping_find (self->sight->mapping, SOBRE_IMPORT_STORE);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (names, _ ("As a column says"));
  for (guint i = 0; i < settings->stores->len; i++)
    {
      const SobreStore *store = g_ptr_array_index (settings->stores, i);

      gtk_string_list_append (names, store->name);
      if (field != NULL && g_strcmp0 (field->value, store->id) == 0)
        selected = i + 1;
    }
  adw_combo_row_set_model (self->store_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->store_row, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->store_row), settings->stores->len > 1);
}

/* The place of a bit among those of a set, from 1; 0 for none or several. */
static guint
find_bit (guint set)
{
  for (guint i = 0; i < 3; i++)
    if (set == 1u << i)
      return i + 1;
  return 0;
}

/* What was found stands below what was chosen: it is found anew when other columns are chosen. */
static void
show_found (AdwComboRow *row, guint set)
{
  guint found = find_bit (set);
  GtkStringList *words = GTK_STRING_LIST (adw_combo_row_get_model (row));

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), found > 0 && adw_combo_row_get_selected (row) == 0
                                                         ? gtk_string_list_get_string (words, found)
                                                         : "");
}

static void
show_rest (SobreImportMappingPage *self)
{
  const SobreImportMapping *mapping = self->sight->mapping;

  gtk_widget_set_visible (GTK_WIDGET (self->rest_group), mapping != NULL);
  if (mapping == NULL)
    return;
  show_stores (self);
  show_found (self->order_row, mapping->order);
  show_found (self->decimal_row, mapping->decimal);
  gtk_editable_set_text (GTK_EDITABLE (self->zone_row), mapping->time_zone != NULL ? mapping->time_zone : "");
  gtk_editable_set_text (GTK_EDITABLE (self->source_row), mapping->source != NULL ? mapping->source : "");
}

static void
sobre_import_mapping_page_dispose (GObject *object)
{
  SobreImportMappingPage *self = SOBRE_IMPORT_MAPPING_PAGE (object);

  self->showing = TRUE;
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), SOBRE_TYPE_IMPORT_MAPPING_PAGE);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->found, g_hash_table_unref);
  g_clear_pointer (&self->sight, sobre_import_sight_unref);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (sobre_import_mapping_page_parent_class)->dispose (object);
}

static void
sobre_import_mapping_page_class_init (SobreImportMappingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_import_mapping_page_dispose;
  g_signal_new ("changed", SOBRE_TYPE_IMPORT_MAPPING_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("reading-changed", SOBRE_TYPE_IMPORT_MAPPING_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-import-mapping-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreImportMappingPage, file_row);
  gtk_widget_class_bind_template_child (widget_class, SobreImportMappingPage, delimiter_row);
  gtk_widget_class_bind_template_child (widget_class, SobreImportMappingPage, encoding_row);
  gtk_widget_class_bind_template_child (widget_class, SobreImportMappingPage, header_row);
  gtk_widget_class_bind_template_child (widget_class, SobreImportMappingPage, kind_row);
  gtk_widget_class_bind_template_child (widget_class, SobreImportMappingPage, columns_group);
  gtk_widget_class_bind_template_child (widget_class, SobreImportMappingPage, rest_group);
  gtk_widget_class_bind_template_child (widget_class, SobreImportMappingPage, store_row);
  gtk_widget_class_bind_template_child (widget_class, SobreImportMappingPage, order_row);
  gtk_widget_class_bind_template_child (widget_class, SobreImportMappingPage, decimal_row);
  gtk_widget_class_bind_template_child (widget_class, SobreImportMappingPage, zone_row);
  gtk_widget_class_bind_template_child (widget_class, SobreImportMappingPage, source_row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, reading_changed_cb);
}

static void
sobre_import_mapping_page_init (SobreImportMappingPage *self)
{
  self->rows = g_ptr_array_new ();
  self->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->showing = FALSE;
}

void
sobre_import_mapping_page_show (SobreImportMappingPage *self,
                                const char *path,
                                SobreWorkspace *workspace,
                                const SobreImportSight *sight)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *reading = sobre_import_reading_say (sight);
  SobreImportSight *before = self->sight;

  self->showing = TRUE;
  g_set_object (&self->workspace, workspace);
  self->sight = sobre_import_sight_ref ((SobreImportSight *) sight);
  g_clear_pointer (&before, sobre_import_sight_unref);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), shown);
  adw_expander_row_set_subtitle (self->file_row, reading);
  adw_combo_row_set_selected (self->kind_row, sight->mapping == NULL                               ? KIND_UNKNOWN
                                              : sight->mapping->dataset == SOBRE_DATASET_RESPONSES ? KIND_ANSWERS
                                                                                                   : KIND_ORDERS);
  adw_preferences_group_set_description (
      self->columns_group, sight->is_known
                               ? _ ("As they were read when such a file was imported before.")
                               : _ ("As their names and what they hold suggest. What is left out is not imported."));
  show_columns (self);
  show_rest (self);
  self->showing = FALSE;
}

void
sobre_import_mapping_page_dup_reading (SobreImportMappingPage *self, SobreImportReading *reading)
{
  static const char delimiters[] = { '\0', ',', ';', '\t', '|' };
  GtkStringObject *encoding = adw_combo_row_get_selected_item (self->encoding_row);

  *reading = (SobreImportReading) { .delimiter = delimiters[adw_combo_row_get_selected (self->delimiter_row)],
                                    .no_header = !adw_switch_row_get_active (self->header_row) };
  if (adw_combo_row_get_selected (self->encoding_row) > 0)
    reading->encoding = g_strdup (gtk_string_object_get_string (encoding));
}

/* First all that was found is taken out, then what is chosen is put in: what is not chosen any more is left out. */
static char **
list_maps (SobreImportMappingPage *self)
{
  g_autoptr (GStrvBuilder) maps = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->found);
  while (self->rows->len > 0 && g_hash_table_iter_next (&iter, &name, NULL))
    g_strv_builder_take (maps, g_strconcat (name, "=", NULL));
  for (guint i = 0; i < self->rows->len; i++)
    {
      AdwComboRow *row = g_ptr_array_index (self->rows, i);
      char **fields = g_object_get_data (G_OBJECT (row), FIELDS_KEY);
      const char *field = fields[adw_combo_row_get_selected (row)];

      if (*field != '\0')
        g_strv_builder_take (maps, g_strconcat (field, "=", g_object_get_data (G_OBJECT (row), COLUMN_KEY), NULL));
    }
  return g_strv_builder_end (maps);
}

static const char *
get_store (SobreImportMappingPage *self)
{
  GPtrArray *stores = sobre_workspace_get_settings (self->workspace)->stores;
  guint selected = adw_combo_row_get_selected (self->store_row);

  return self->rows->len > 0 && stores->len > 1 && selected > 0 && selected <= stores->len
             ? ((const SobreStore *) g_ptr_array_index (stores, selected - 1))->id
             : NULL;
}

/* What is typed in an entry, where it is anything. */
static const char *
get_word (SobreImportMappingPage *self, AdwEntryRow *row)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));

  return self->rows->len > 0 && *text != '\0' ? text : NULL;
}

DexFuture *
sobre_import_mapping_page_settle (SobreImportMappingPage *self, SobreImportDesk *desk)
{
  static const char *const kinds[] = { NULL, "answers", "orders" };
  guint order = adw_combo_row_get_selected (self->order_row);
  guint decimal = adw_combo_row_get_selected (self->decimal_row);
  g_auto (GStrv) maps = list_maps (self);
  const SobreImportWishes wishes = { .store = get_store (self),
                                     .order = self->rows->len > 0 && order > 0 ? 1u << (order - 1) : 0,
                                     .decimal = self->rows->len > 0 && decimal > 0 ? 1u << (decimal - 1) : 0,
                                     .time_zone = get_word (self, self->zone_row),
                                     .source = get_word (self, self->source_row) };

  return sobre_import_desk_settle (desk, kinds[adw_combo_row_get_selected (self->kind_row)], (const char *const *) maps,
                                   &wishes);
}
