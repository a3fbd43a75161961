/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fields/sobre-texts-field.h"

#include <glib/gi18n-lib.h>

#include "model/sobre-document.h"
#include "fields/sobre-language-name.h"

#define MOST_COLUMNS 3
#define MOST_LONG_COLUMNS 2

struct _SobreTextsField
{
  SobreField parent_instance;

  GtkFlowBox *flow;
  GPtrArray *cells; /* (element-type Cell) */
  gboolean is_long;
};

enum
{
  PROP_LONG = 1,
};

/* Cell: one language. */
typedef struct
{
  char *language;
  GtkWidget *entry;
} Cell;

G_DEFINE_FINAL_TYPE (SobreTextsField, sobre_texts_field, SOBRE_TYPE_FIELD)

static void
cell_free (gpointer data)
{
  Cell *self = data;

  g_free (self->language);
  g_free (self);
}

static void
add_cell (SobreTextsField *self, const char *language)
{
  Cell *cell = g_new0 (Cell, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *name = sobre_language_name_dup (language);
  GtkWidget *label = gtk_label_new (name);
  /* Translators: what is written, then a language: “Name, Deutsch” */
  g_autofree char *words = g_strdup_printf (_ ("%s, %s"), sobre_field_get_title (SOBRE_FIELD (self)), name);

  cell->language = g_strdup (language);
  cell->entry = gtk_entry_new ();
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_editable_set_width_chars (GTK_EDITABLE (cell->entry), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_signal_connect_object (cell->entry, "changed", G_CALLBACK (sobre_field_emit_changed), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), cell->entry);
  gtk_flow_box_append (self->flow, box);
  gtk_widget_set_focusable (gtk_widget_get_parent (box), FALSE);
  g_ptr_array_add (self->cells, cell);
}

static gboolean
has_languages (SobreTextsField *self, char **languages)
{
  if (g_strv_length (languages) != self->cells->len)
    return FALSE;
  for (guint i = 0; i < self->cells->len; i++)
    if (!g_str_equal (((Cell *) g_ptr_array_index (self->cells, i))->language, languages[i]))
      return FALSE;
  return TRUE;
}

static void
make_cells (SobreTextsField *self, char **languages)
{
  if (has_languages (self, languages))
    return;
  gtk_flow_box_remove_all (self->flow);
  g_ptr_array_set_size (self->cells, 0);
  for (guint i = 0; languages[i] != NULL; i++)
    add_cell (self, languages[i]);
  gtk_flow_box_set_max_children_per_line (self->flow, MIN (self->is_long ? MOST_LONG_COLUMNS : MOST_COLUMNS, self->cells->len));
}

static void
set_text (GtkWidget *entry, const char *text)
{
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (entry)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

/* Where a text is missing guests read the first language's. */
static void
show_fallbacks (SobreTextsField *self)
{
  for (guint i = 1; i < self->cells->len; i++)
    {
      const Cell *first = g_ptr_array_index (self->cells, 0);
      const Cell *cell = g_ptr_array_index (self->cells, i);

      gtk_entry_set_placeholder_text (GTK_ENTRY (cell->entry), gtk_editable_get_text (GTK_EDITABLE (first->entry)));
    }
}

static void
sobre_texts_field_load (SobreField *field, JsonObject *object, const SobreFieldContext *context)
{
  SobreTextsField *self = SOBRE_TEXTS_FIELD (field);
  JsonNode *node = json_object_get_member (object, sobre_field_get_member (field));
  JsonObject *texts = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  make_cells (self, context->languages);
  for (guint i = 0; i < self->cells->len; i++)
    {
      const Cell *cell = g_ptr_array_index (self->cells, i);
      const char *text = texts != NULL ? sobre_document_get_string (json_object_get_member (texts, cell->language)) : NULL;

      set_text (cell->entry, text != NULL ? text : "");
    }
  show_fallbacks (self);
}

/* Languages that the document does not name keep what they have. */
static JsonNode *
sobre_texts_field_store (SobreField *field, JsonNode *object)
{
  SobreTextsField *self = SOBRE_TEXTS_FIELD (field);
  const char *member = sobre_field_get_member (field);
  JsonNode *node = json_object_get_member (json_node_get_object (object), member);
  g_autoptr (JsonNode) texts = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    texts = json_node_ref (node);
  else
    texts = sobre_document_new_object ();
  for (guint i = 0; i < self->cells->len; i++)
    {
      const Cell *cell = g_ptr_array_index (self->cells, i);
      const char *text = gtk_editable_get_text (GTK_EDITABLE (cell->entry));
      g_autoptr (JsonNode) before = g_steal_pointer (&texts);

      texts = sobre_document_set (before, cell->language, *text != '\0' ? sobre_document_new_string (text) : NULL);
    }
  show_fallbacks (self);
  if (json_object_get_size (json_node_get_object (texts)) == 0)
    return sobre_document_set (object, member, NULL);
  return sobre_document_set (object, member, g_steal_pointer (&texts));
}

static void
sobre_texts_field_show_issues (SobreField *field, const GPtrArray *issues, const char *prefix)
{
  SobreTextsField *self = SOBRE_TEXTS_FIELD (field);

  sobre_field_say_issues (field, issues, prefix);
  for (guint i = 0; i < self->cells->len; i++)
    {
      const Cell *cell = g_ptr_array_index (self->cells, i);
      g_autofree char *path = g_strconcat (prefix, ".", cell->language, NULL);
      gboolean wrong = FALSE;

      for (guint j = 0; j < issues->len; j++)
        {
          const SobreDocumentIssue *issue = g_ptr_array_index (issues, j);

          wrong |= issue->fatal && (g_str_equal (issue->path, path) || (i == 0 && g_str_equal (issue->path, prefix)));
        }
      if (wrong)
        gtk_widget_add_css_class (cell->entry, "error");
      else
        gtk_widget_remove_css_class (cell->entry, "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (cell->entry), GTK_ACCESSIBLE_STATE_INVALID,
                                   wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
    }
}

static void
sobre_texts_field_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_LONG)
    g_value_set_boolean (value, SOBRE_TEXTS_FIELD (object)->is_long);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_texts_field_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_LONG)
    SOBRE_TEXTS_FIELD (object)->is_long = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_texts_field_finalize (GObject *object)
{
  g_clear_pointer (&SOBRE_TEXTS_FIELD (object)->cells, g_ptr_array_unref);
  G_OBJECT_CLASS (sobre_texts_field_parent_class)->finalize (object);
}

static void
sobre_texts_field_class_init (SobreTextsFieldClass *klass)
{
  SobreFieldClass *field_class = SOBRE_FIELD_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = sobre_texts_field_get_property;
  G_OBJECT_CLASS (klass)->set_property = sobre_texts_field_set_property;
  G_OBJECT_CLASS (klass)->finalize = sobre_texts_field_finalize;
  g_object_class_install_property (
      G_OBJECT_CLASS (klass), PROP_LONG,
      g_param_spec_boolean ("long", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  field_class->load = sobre_texts_field_load;
  field_class->store = sobre_texts_field_store;
  field_class->show_issues = sobre_texts_field_show_issues;
}

static void
sobre_texts_field_init (SobreTextsField *self)
{
  self->cells = g_ptr_array_new_with_free_func (cell_free);
  self->flow = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->flow, GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (self->flow, TRUE);
  gtk_flow_box_set_column_spacing (self->flow, 6);
  gtk_flow_box_set_row_spacing (self->flow, 6);
  gtk_widget_add_css_class (GTK_WIDGET (self->flow), "field-cells");
  sobre_field_set_content (SOBRE_FIELD (self), GTK_WIDGET (self->flow));
}
