/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/sobre-document-edit.h"

#include <string.h>

#include "model/sobre-document-reader.h"

#define LINE_CHARACTERS 120
#define INDENT 2
#define ID_CHARACTERS 48

JsonNode *
sobre_document_open (const char *json, gsize length, gsize max_bytes, GError **error)
{
  g_autoptr (GPtrArray) issues = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_document_issue_free);
  SobreDocumentReader reader = { NULL, issues, 0 };
  g_autoptr (JsonNode) root = sobre_document_reader_parse (&reader, json, length, max_bytes);

  return sobre_document_reader_finish (&reader, error) ? g_steal_pointer (&root) : NULL;
}

/* Step: one step of a path: a member's name, or a place in a list. */
typedef struct
{
  char *member;
  guint index;
} Step;

static void
step_clear (gpointer data)
{
  g_free (((Step *) data)->member);
}

/* (element-type Step) */
static GArray *
split (const char *path)
{
  GArray *steps = g_array_new (FALSE, TRUE, sizeof (Step));

  g_array_set_clear_func (steps, step_clear);
  while (*path != '\0')
    {
      Step step = { 0 };

      path += *path == '.';
      if (*path == '[')
        {
          step.index = (guint) g_ascii_strtoull (path + 1, (char **) &path, 10);
          path += *path == ']';
        }
      else
        {
          gsize length = strcspn (path, ".[");

          step.member = g_strndup (path, length);
          path += length;
        }
      g_array_append_val (steps, step);
    }
  return steps;
}

static JsonNode *
take_step (JsonNode *node, const Step *step)
{
  if (step->member != NULL)
    return JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_member (json_node_get_object (node), step->member) : NULL;
  if (!JSON_NODE_HOLDS_ARRAY (node) || step->index >= json_array_get_length (json_node_get_array (node)))
    return NULL;
  return json_array_get_element (json_node_get_array (node), step->index);
}

JsonNode *
sobre_document_find (JsonNode *root, const char *path)
{
  g_autoptr (GArray) steps = split (path);

  for (guint i = 0; root != NULL && i < steps->len; i++)
    root = take_step (root, &g_array_index (steps, Step, i));
  return root;
}

const char *
sobre_document_get_string (JsonNode *node)
{
  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

JsonArray *
sobre_document_get_array (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

JsonObject *
sobre_document_get_object (JsonArray *array, guint index)
{
  JsonNode *node = array != NULL && index < json_array_get_length (array) ? json_array_get_element (array, index) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

char *
sobre_document_dup_text (JsonNode *node, const char *language)
{
  JsonObject *texts = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *text = texts != NULL ? sobre_document_get_string (json_object_get_member (texts, language)) : NULL;
  JsonObjectIter iter;
  JsonNode *value;

  if (texts != NULL)
    json_object_iter_init_ordered (&iter, texts);
  while (texts != NULL && text == NULL && json_object_iter_next_ordered (&iter, NULL, &value))
    text = sobre_document_get_string (value);
  return g_strdup (text != NULL ? text : "");
}

char **
sobre_document_list_languages (JsonNode *root)
{
  JsonArray *array = sobre_document_get_array (json_node_get_object (root), "languages");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *tag = sobre_document_get_string (json_array_get_element (array, i));

      if (tag != NULL)
        {
          g_strv_builder_add (builder, tag);
          n++;
        }
    }
  if (n == 0)
    g_strv_builder_add (builder, "en");
  return g_strv_builder_end (builder);
}

gboolean
sobre_document_is_same (JsonNode *a, JsonNode *b)
{
  return a == NULL || b == NULL ? a == b : json_node_equal (a, b);
}

/* @node with @child, or nothing, at one step. (transfer full) */
static JsonNode *
put_member (JsonNode *node, const char *name, JsonNode *child)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode *result = json_node_new (JSON_NODE_OBJECT);
  JsonObjectIter iter;
  const char *other;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &other, &value))
    if (strcmp (other, name) != 0)
      json_object_set_member (object, other, json_node_ref (value));
    else if (child != NULL)
      json_object_set_member (object, other, json_node_ref (child));
  if (child != NULL && !json_object_has_member (object, name))
    json_object_set_member (object, name, json_node_ref (child));
  json_node_set_object (result, object);
  json_node_seal (result);
  return result;
}

static JsonNode *
put_element (JsonNode *node, guint index, JsonNode *child)
{
  g_autoptr (JsonArray) array = json_array_new ();
  JsonArray *old = json_node_get_array (node);
  JsonNode *result = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < json_array_get_length (old); i++)
    json_array_add_element (array, json_node_ref (i == index ? child : json_array_get_element (old, i)));
  json_node_set_array (result, array);
  json_node_seal (result);
  return result;
}

static JsonNode *
put (JsonNode *node, const GArray *steps, guint depth, JsonNode *before, JsonNode *after)
{
  const Step *step = depth < steps->len ? &g_array_index (steps, Step, depth) : NULL;
  gboolean last = depth + 1 == steps->len;
  JsonNode *there = step != NULL ? take_step (node, step) : node;
  g_autoptr (JsonNode) child = NULL;

  if (step == NULL)
    return sobre_document_is_same (node, before) && after != NULL ? json_node_ref (after) : NULL;
  if (last && !sobre_document_is_same (there, before))
    return NULL;
  if (there == NULL && (!last || step->member == NULL))
    return NULL;
  if (step->member != NULL && !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  child = last ? (after != NULL ? json_node_ref (after) : NULL) : put (there, steps, depth + 1, before, after);
  if (child == NULL && (!last || step->member == NULL || there == NULL))
    return NULL;
  return step->member != NULL ? put_member (node, step->member, child) : put_element (node, step->index, child);
}

JsonNode *
sobre_document_replace (JsonNode *root, const char *path, JsonNode *before, JsonNode *after)
{
  g_autoptr (GArray) steps = split (path);

  return put (root, steps, 0, before, after);
}

JsonNode *
sobre_document_splice (JsonNode *list, guint index, guint n_removed, JsonNode *added)
{
  JsonArray *old = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;
  guint n = old != NULL ? json_array_get_length (old) : 0;
  g_autoptr (JsonArray) array = json_array_new ();
  JsonNode *result = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i <= n; i++)
    {
      if (i == MIN (index, n) && added != NULL)
        json_array_add_element (array, json_node_ref (added));
      if (i < n && (i < index || i >= index + n_removed))
        json_array_add_element (array, json_node_ref (json_array_get_element (old, i)));
    }
  json_node_set_array (result, array);
  json_node_seal (result);
  return result;
}

JsonNode *
sobre_document_set (JsonNode *node, const char *member, JsonNode *value)
{
  g_autoptr (JsonNode) owned = value;

  if (owned != NULL)
    json_node_seal (owned);
  return put_member (node, member, owned);
}

JsonNode *
sobre_document_new_object (void)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, json_object_new ());
  json_node_seal (node);
  return node;
}

JsonNode *
sobre_document_new_string (const char *string)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (node, string);
  json_node_seal (node);
  return node;
}

JsonNode *
sobre_document_new_text (const char *language, const char *text)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, language, text);
  json_node_set_object (node, object);
  json_node_seal (node);
  return node;
}

/* What a double is written as, so that it reads back as the same. */
static void
append_double (GString *text, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (buffer, sizeof buffer, "%.15g", value);
  if (g_ascii_strtod (buffer, NULL) != value)
    g_ascii_dtostr (buffer, sizeof buffer, value);
  g_string_append (text, buffer);
  if (strpbrk (buffer, ".eE") == NULL)
    g_string_append (text, ".0");
}

static void
append_string (GString *text, const char *value)
{
  g_string_append_c (text, '"');
  for (const char *c = value; *c != '\0'; c++)
    switch (*c)
      {
      case '"':
      case '\\':
        g_string_append_c (text, '\\');
        g_string_append_c (text, *c);
        break;
      case '\n':
        g_string_append (text, "\\n");
        break;
      case '\t':
        g_string_append (text, "\\t");
        break;
      default:
        if ((guchar) *c < 0x20 || *c == 0x7f)
          g_string_append_printf (text, "\\u%04x", (guint) (guchar) *c);
        else
          g_string_append_c (text, *c);
      }
  g_string_append_c (text, '"');
}

static void append_node (GString *text, JsonNode *node, guint indent, gboolean broken);

static void
append_break (GString *text, guint indent, gboolean broken)
{
  if (!broken)
    return;
  g_string_append_c (text, '\n');
  for (guint i = 0; i < indent; i++)
    g_string_append_c (text, ' ');
}

/* @node on one line where it fits behind what its line holds already, else an entry a line. */
static void
append_fitting (GString *text, JsonNode *node, guint indent, gboolean broken)
{
  const char *end = strrchr (text->str, '\n');
  gsize line = end != NULL ? (gsize) (end + 1 - text->str) : 0;
  gsize begin = text->len;

  append_node (text, node, indent, FALSE);
  if (!broken || !(JSON_NODE_HOLDS_OBJECT (node) || JSON_NODE_HOLDS_ARRAY (node)) ||
      g_utf8_strlen (text->str + line, -1) < LINE_CHARACTERS)
    return;
  g_string_truncate (text, begin);
  append_node (text, node, indent, TRUE);
}

static void
append_object (GString *text, JsonObject *object, guint indent, gboolean broken)
{
  guint n = 0;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_string_append (text, n++ == 0 ? "" : broken ? "," : ", ");
      append_break (text, indent + INDENT, broken);
      append_string (text, name);
      g_string_append (text, ": ");
      append_fitting (text, value, indent + INDENT, broken);
    }
  append_break (text, indent, broken && n > 0);
  g_string_append_c (text, '}');
}

static void
append_array (GString *text, JsonArray *array, guint indent, gboolean broken)
{
  guint n = json_array_get_length (array);

  g_string_append_c (text, '[');
  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, i == 0 ? "" : broken ? "," : ", ");
      append_break (text, indent + INDENT, broken);
      append_fitting (text, json_array_get_element (array, i), indent + INDENT, broken);
    }
  append_break (text, indent, broken && n > 0);
  g_string_append_c (text, ']');
}

static void
append_node (GString *text, JsonNode *node, guint indent, gboolean broken)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    append_object (text, json_node_get_object (node), indent, broken);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    append_array (text, json_node_get_array (node), indent, broken);
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    append_string (text, json_node_get_string (node));
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    append_double (text, json_node_get_double (node));
  else
    g_string_append (text, "null");
}

char *
sobre_document_format (JsonNode *root)
{
  GString *text = g_string_new (NULL);

  append_node (text, root, 0, TRUE);
  g_string_append_c (text, '\n');
  return g_string_free_and_steal (text);
}

/* The letters and digits of @name that an id can have, dashes between. */
static char *
make_stem (const char *name)
{
  g_autofree char *plain = g_str_to_ascii (name, "C");
  GString *stem = g_string_new (NULL);

  for (const char *c = plain; *c != '\0' && stem->len < ID_CHARACTERS; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (stem, g_ascii_tolower (*c));
    else if (*c != '?' && *c != '\'' && stem->len > 0 && stem->str[stem->len - 1] != '-')
      g_string_append_c (stem, '-');
  while (stem->len > 0 && stem->str[stem->len - 1] == '-')
    g_string_truncate (stem, stem->len - 1);
  return g_string_free_and_steal (stem);
}

char *
sobre_document_make_id (const char *name,
                        const char *otherwise,
                        gboolean (*is_taken) (const char *id, gpointer user_data),
                        gpointer user_data)
{
  g_autofree char *stem = make_stem (name);
  g_autofree char *id = g_strdup (*stem != '\0' ? stem : otherwise);

  for (guint i = 2; is_taken (id, user_data); i++)
    {
      g_free (id);
      id = g_strdup_printf ("%s-%u", *stem != '\0' ? stem : otherwise, i);
    }
  return g_steal_pointer (&id);
}
