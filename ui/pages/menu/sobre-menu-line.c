/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/menu/sobre-menu-line.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pages/menu/sobre-menu-words.h"

struct _SobreMenuLine
{
  GObject parent_instance;

  char *key;
  gboolean is_section;
  char *path;
  JsonNode *node;
  char *id;
  char *name;
  char *number;
  char *subtitle;
  char *price;
  char *words;
  char *fault;
  SobreMenuLineState state;
  gboolean sold_out;
};

enum
{
  PROP_WORDS = 1,
};

G_DEFINE_FINAL_TYPE (SobreMenuLine, sobre_menu_line, G_TYPE_OBJECT)

/* The allergens that a member lists, by name. */
static char *
list_allergens (JsonObject *object, const char *member)
{
  JsonArray *array = sobre_document_get_array (object, member);
  GString *text = g_string_new (NULL);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    for (guint allergen = 0; allergen < SOBRE_N_ALLERGENS; allergen++)
      if (g_strcmp0 (sobre_document_get_string (json_array_get_element (array, i)), sobre_allergen_get_name (allergen)) == 0)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", sobre_allergen_say (allergen));
  return g_string_free_and_steal (text);
}

static char *
describe_dish (JsonObject *object)
{
  g_autofree char *contains = list_allergens (object, "allergens");
  g_autofree char *traces = list_allergens (object, "traces");

  if (!json_object_has_member (object, "allergens"))
    return g_strdup (_ ("Allergens are not declared"));
  if (*contains == '\0' && *traces == '\0')
    return g_strdup (_ ("None of the 14 allergens"));
  if (*traces == '\0')
    return g_steal_pointer (&contains);
  if (*contains == '\0')
    /* Translators: a list of allergens */
    return g_strdup_printf (_ ("Traces: %s"), traces);
  /* Translators: two lists of allergens: “Milk, Nuts · traces: Celery” */
  return g_strdup_printf (_ ("%s · traces: %s"), contains, traces);
}

static char *
describe_section (JsonObject *object)
{
  JsonArray *dishes = sobre_document_get_array (object, "dishes");
  guint n = dishes != NULL ? json_array_get_length (dishes) : 0;

  return g_strdup_printf (ngettext ("%u dish", "%u dishes", n), n);
}

static char *
say_price (JsonObject *object, const char *currency)
{
  JsonArray *sizes = sobre_document_get_array (object, "sizes");
  guint n = sizes != NULL ? json_array_get_length (sizes) : 0;
  const char *own = sobre_document_get_string (json_object_get_member (object, "price"));
  g_autoptr (GString) prices = g_string_new (NULL);

  if (n == 0)
    return own != NULL ? sobre_price_say (own, currency) : g_strdup ("");
  for (guint i = 0; i < n; i++)
    {
      JsonNode *size = json_array_get_element (sizes, i);
      const char *text = JSON_NODE_HOLDS_OBJECT (size)
                             ? sobre_document_get_string (json_object_get_member (json_node_get_object (size), "price"))
                             : NULL;
      g_autofree char *price = text != NULL ? sobre_price_say (text, currency) : NULL;

      if (price != NULL)
        g_string_append_printf (prices, "%s%s", prices->len > 0 ? " / " : "", price);
    }
  return g_string_free_and_steal (g_steal_pointer (&prices));
}

static void
append_texts (GString *words, JsonNode *node)
{
  JsonObjectIter iter;
  JsonNode *value;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, NULL, &value))
    if (sobre_document_get_string (value) != NULL)
      g_string_append_printf (words, " %s", sobre_document_get_string (value));
}

static void
emit_changed (SobreMenuLine *self)
{
  g_signal_emit_by_name (self, "changed");
}

static void
sobre_menu_line_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_WORDS)
    g_value_set_string (value, SOBRE_MENU_LINE (object)->words);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_menu_line_finalize (GObject *object)
{
  SobreMenuLine *self = SOBRE_MENU_LINE (object);

  g_free (self->key);
  g_free (self->path);
  g_clear_pointer (&self->node, json_node_unref);
  g_free (self->id);
  g_free (self->name);
  g_free (self->number);
  g_free (self->subtitle);
  g_free (self->price);
  g_free (self->words);
  g_free (self->fault);
  G_OBJECT_CLASS (sobre_menu_line_parent_class)->finalize (object);
}

static void
sobre_menu_line_class_init (SobreMenuLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sobre_menu_line_get_property;
  object_class->finalize = sobre_menu_line_finalize;
  g_object_class_install_property (object_class, PROP_WORDS,
                                   g_param_spec_string ("words", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  g_signal_new ("changed", SOBRE_TYPE_MENU_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sobre_menu_line_init (SobreMenuLine *self)
{
  self->path = g_strdup ("");
}

SobreMenuLine *
sobre_menu_line_new (const char *key, gboolean is_section)
{
  SobreMenuLine *self = g_object_new (SOBRE_TYPE_MENU_LINE, NULL);

  self->key = g_strdup (key);
  self->is_section = is_section;
  return self;
}

void
sobre_menu_line_set_place (SobreMenuLine *self, const char *path, JsonNode *node, const char *language, const char *currency)
{
  g_autoptr (GString) words = g_string_new (NULL);
  JsonObject *object = json_node_get_object (node);
  JsonNode *number = json_object_get_member (object, "number");

  g_set_str (&self->path, path);
  if (self->node != NULL && sobre_document_is_same (self->node, node))
    return;
  g_clear_pointer (&self->node, json_node_unref);
  self->node = json_node_ref (node);
  g_set_str (&self->id, sobre_document_get_string (json_object_get_member (object, "id")));
  g_free (self->name);
  self->name = sobre_document_dup_text (json_object_get_member (object, "name"), language);
  g_free (self->number);
  self->number = number != NULL && json_node_get_value_type (number) == G_TYPE_INT64
                     ? g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (number))
                     : g_strdup ("");
  g_free (self->subtitle);
  self->subtitle = self->is_section ? describe_section (object) : describe_dish (object);
  g_free (self->price);
  self->price = self->is_section ? g_strdup ("") : say_price (object, currency);
  g_string_append_printf (words, "%s %s", self->number, self->id != NULL ? self->id : "");
  append_texts (words, json_object_get_member (object, "name"));
  append_texts (words, json_object_get_member (object, "text"));
  if (g_set_str (&self->words, words->str))
    g_object_notify (G_OBJECT (self), "words");
  emit_changed (self);
}

/* The same dish in what guests see. */
static JsonNode *
find_published (SobreMenuLine *self, SobrePublishedMenu *published)
{
  JsonArray *sections = published != NULL && published->root != NULL
                            ? sobre_document_get_array (json_node_get_object (published->root), "sections")
                            : NULL;

  for (guint i = 0; sections != NULL && i < json_array_get_length (sections); i++)
    {
      JsonObject *section = sobre_document_get_object (sections, i);
      JsonArray *dishes = section != NULL ? sobre_document_get_array (section, "dishes") : NULL;

      for (guint j = 0; dishes != NULL && j < json_array_get_length (dishes); j++)
        {
          JsonObject *dish = sobre_document_get_object (dishes, j);

          if (dish != NULL && g_strcmp0 (sobre_document_get_string (json_object_get_member (dish, "id")), self->id) == 0)
            return json_array_get_element (dishes, j);
        }
    }
  return NULL;
}

void
sobre_menu_line_set_state (SobreMenuLine *self, SobrePublishedMenu *published)
{
  JsonNode *there = self->is_section || self->id == NULL ? NULL : find_published (self, published);
  gboolean sold_out = there != NULL && sobre_published_menu_is_sold_out (published, self->id);
  SobreMenuLineState state = there == NULL                                ? SOBRE_MENU_LINE_NEW
                             : sobre_document_is_same (there, self->node) ? SOBRE_MENU_LINE_SAME
                                                                          : SOBRE_MENU_LINE_CHANGED;

  if (self->state == state && self->sold_out == sold_out)
    return;
  self->state = state;
  self->sold_out = sold_out;
  emit_changed (self);
}

void
sobre_menu_line_set_issues (SobreMenuLine *self, const GPtrArray *issues)
{
  g_autofree char *own = g_strconcat (self->path, self->is_section ? ".dishes[" : "", NULL);
  const char *fault = NULL;

  for (guint i = 0; i < issues->len && fault == NULL; i++)
    {
      const SobreDocumentIssue *issue = g_ptr_array_index (issues, i);
      gboolean below = g_str_has_prefix (issue->path, self->path) && strchr (".[", issue->path[strlen (self->path)]) != NULL;

      if (issue->fatal && below && !(self->is_section && g_str_has_prefix (issue->path, own)))
        fault = issue->message;
    }
  if (g_set_str (&self->fault, fault))
    emit_changed (self);
}

const char *
sobre_menu_line_get_key (SobreMenuLine *self)
{
  return self->key;
}

gboolean
sobre_menu_line_is_section (SobreMenuLine *self)
{
  return self->is_section;
}

const char *
sobre_menu_line_get_path (SobreMenuLine *self)
{
  return self->path;
}

const char *
sobre_menu_line_get_id (SobreMenuLine *self)
{
  return self->id;
}

const char *
sobre_menu_line_get_name (SobreMenuLine *self)
{
  return self->name;
}

const char *
sobre_menu_line_get_number (SobreMenuLine *self)
{
  return self->number;
}

const char *
sobre_menu_line_get_subtitle (SobreMenuLine *self)
{
  return self->subtitle;
}

const char *
sobre_menu_line_get_price (SobreMenuLine *self)
{
  return self->price;
}

const char *
sobre_menu_line_get_fault (SobreMenuLine *self)
{
  return self->fault;
}

SobreMenuLineState
sobre_menu_line_get_state (SobreMenuLine *self)
{
  return self->state;
}

gboolean
sobre_menu_line_is_sold_out (SobreMenuLine *self)
{
  return self->sold_out;
}
