/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a guest could be hurt by is never guessed: a dish that nobody has declared anything about has no chip pressed, not even “None of the
 * 14”, and the check says so until somebody presses one. */

#include "fields/sobre-allergens-field.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fields/sobre-chips.h"
#include "fields/sobre-name-set.h"
#include "model/sobre-document.h"
#include "pages/menu/sobre-menu-words.h"

#define NONE (1u << SOBRE_N_ALLERGENS)

struct _SobreAllergensField
{
  SobreField parent_instance;

  SobreChips *contains; /* the 14, then “none” */
  SobreChips *traces;
};

G_DEFINE_FINAL_TYPE (SobreAllergensField, sobre_allergens_field, SOBRE_TYPE_FIELD)

/* All that are known. (transfer container) */
static const char **
list_names (void)
{
  const char **names = g_new0 (const char *, SOBRE_N_ALLERGENS + 1);

  for (guint i = 0; i < SOBRE_N_ALLERGENS; i++)
    names[i] = sobre_allergen_get_name (i);
  return names;
}

static void
sobre_allergens_field_load (SobreField *field, JsonObject *object, const SobreFieldContext *context)
{
  SobreAllergensField *self = SOBRE_ALLERGENS_FIELD (field);
  JsonNode *node = json_object_get_member (object, "allergens");
  g_autofree const char **names = list_names ();
  guint32 contains = sobre_name_set_read (node, names);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 0)
    contains = NONE;
  sobre_chips_set_set (self->contains, contains);
  sobre_chips_set_set (self->traces, sobre_name_set_read (json_object_get_member (object, "traces"), names));
}

static JsonNode *
sobre_allergens_field_store (SobreField *field, JsonNode *object)
{
  SobreAllergensField *self = SOBRE_ALLERGENS_FIELD (field);
  JsonObject *members = json_node_get_object (object);
  g_autofree const char **names = list_names ();
  guint32 contains = sobre_chips_get_set (self->contains);
  guint32 traces = sobre_chips_get_set (self->traces);
  g_autoptr (JsonNode) list = sobre_name_set_write (json_object_get_member (members, "allergens"), names, contains & ~NONE);
  g_autoptr (JsonNode) with_allergens = NULL;
  g_autoptr (JsonNode) list_of_traces = sobre_name_set_write (json_object_get_member (members, "traces"), names, traces);
  gboolean declared = contains != 0 || json_array_get_length (json_node_get_array (list)) > 0;

  with_allergens = sobre_document_set (object, "allergens", declared ? g_steal_pointer (&list) : NULL);
  return sobre_document_set (
      with_allergens, "traces",
      json_array_get_length (json_node_get_array (list_of_traces)) > 0 ? g_steal_pointer (&list_of_traces) : NULL);
}

/* “None” and any of the 14 exclude each other, and so do the same one here and there. */
static void
contains_toggled_cb (SobreAllergensField *self, guint index)
{
  guint32 set = sobre_chips_get_set (self->contains);

  if (set & 1u << index)
    {
      sobre_chips_set_set (self->contains, index == SOBRE_N_ALLERGENS ? NONE : set & ~NONE);
      sobre_chips_set_set (self->traces, sobre_chips_get_set (self->traces) & ~(1u << index));
    }
  sobre_field_emit_changed (SOBRE_FIELD (self));
}

static void
traces_toggled_cb (SobreAllergensField *self, guint index)
{
  if (sobre_chips_get_set (self->traces) & 1u << index)
    sobre_chips_set_set (self->contains, sobre_chips_get_set (self->contains) & ~(1u << index));
  sobre_field_emit_changed (SOBRE_FIELD (self));
}

static void
sobre_allergens_field_show_issues (SobreField *field, const GPtrArray *issues, const char *prefix)
{
  g_autoptr (GPtrArray) own = g_ptr_array_new ();
  g_autofree char *traces = g_strndup (prefix, strlen (prefix) - strlen ("allergens"));
  g_autofree char *traces_prefix = g_strconcat (traces, "traces", NULL);
  SobreDocumentIssue *moved = NULL;
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < issues->len; i++)
    {
      const SobreDocumentIssue *issue = g_ptr_array_index (issues, i);

      if (sobre_field_is_below (issue->path, traces_prefix))
        {
          moved = g_memdup2 (issue, sizeof *issue);
          moved->path = (char *) prefix;
          g_ptr_array_add (copies, moved);
          g_ptr_array_add (own, moved);
        }
      else if (sobre_field_is_below (issue->path, prefix))
        g_ptr_array_add (own, (gpointer) issue);
    }
  sobre_field_say_issues (field, own, prefix);
}

static void
sobre_allergens_field_class_init (SobreAllergensFieldClass *klass)
{
  SOBRE_FIELD_CLASS (klass)->load = sobre_allergens_field_load;
  SOBRE_FIELD_CLASS (klass)->store = sobre_allergens_field_store;
  SOBRE_FIELD_CLASS (klass)->show_issues = sobre_allergens_field_show_issues;
}

static SobreChips *
add_chips (GtkWidget *box, const char *caption)
{
  SobreChips *chips = g_object_new (SOBRE_TYPE_CHIPS, NULL);
  GtkWidget *label = gtk_label_new (caption);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dimmed");
  for (guint i = 0; i < SOBRE_N_ALLERGENS; i++)
    {
      g_autofree char *words = g_strdup_printf ("%s: %s", caption, sobre_allergen_say (i));

      sobre_chips_add (chips, sobre_allergen_say (i), words);
    }
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (chips));
  return chips;
}

static void
sobre_allergens_field_init (SobreAllergensField *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->contains = add_chips (box, _ ("Contains"));
  sobre_chips_add (self->contains, _ ("None of the 14"), _ ("Contains none of the 14 allergens"));
  self->traces = add_chips (box, _ ("May contain traces of"));
  g_signal_connect_object (self->contains, "toggled", G_CALLBACK (contains_toggled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->traces, "toggled", G_CALLBACK (traces_toggled_cb), self, G_CONNECT_SWAPPED);
  sobre_field_set_content (SOBRE_FIELD (self), box);
}
