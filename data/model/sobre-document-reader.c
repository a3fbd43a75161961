/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reading a document that people edit by hand and that comes with copied folders, so that it is hostile until checked. No reader of a
 * member stops at the first thing that is wrong: a person who mends the document wants the whole list. */

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>
#include <yyjson.h>

#include "model/sobre-document-reader.h"
#include "model/sobre-language.h"
#include "model/sobre-settings.h"

#define ID_BYTES 64
#define MAX_DEPTH 16
#define MAX_LANGUAGES 40

static char *
join_path (const char *base, const char *member)
{
  return g_strconcat (base, *base != '\0' && *member != '\0' && *member != '[' ? "." : "", member, NULL);
}

static void
note (SobreDocumentReader *self, gboolean fatal, const char *base, const char *member, char *message)
{
  SobreDocumentIssue *issue = g_new0 (SobreDocumentIssue, 1);

  issue->path = join_path (base, member);
  issue->fatal = fatal;
  issue->message = message;
  g_ptr_array_add (self->issues, issue);
  self->n_fatal += fatal;
}

gboolean
sobre_document_reader_refuse (SobreDocumentReader *self, const char *base, const char *member, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  note (self, TRUE, base, member, g_strdup_vprintf (format, arguments));
  va_end (arguments);
  return FALSE;
}

void
sobre_document_reader_warn (SobreDocumentReader *self, const char *base, const char *member, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  note (self, FALSE, base, member, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* Nesting is bounded before a parser recurses into it. */
static gboolean
is_deeper_than (const char *json, gsize length, guint most)
{
  guint depth = 0;
  gboolean in_string = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (in_string && json[i] == '\\')
        i++;
      else if (json[i] == '"')
        in_string = !in_string;
      else if (!in_string && (json[i] == '[' || json[i] == '{') && ++depth > most)
        return TRUE;
      else if (!in_string && (json[i] == ']' || json[i] == '}') && depth > 0)
        depth--;
    }
  return FALSE;
}

/* An escaped NUL ends a text early in C: what follows would be shown to nobody and checked by nobody. */
static gboolean
has_escaped_nul (const char *json, gsize length)
{
  for (gsize i = 0; i + 5 < length; i++)
    {
      if (json[i] != '\\')
        continue;
      if (memcmp (json + i, "\\u0000", 6) == 0)
        return TRUE;
      i++;
    }
  return FALSE;
}

/* Of a member that is there twice one would be dropped silently. The path of the second is noted. */
static void
refuse_doubles (SobreDocumentReader *self, yyjson_val *value, const char *path)
{
  g_autoptr (GHashTable) seen = yyjson_is_obj (value) ? g_hash_table_new (g_str_hash, g_str_equal) : NULL;
  yyjson_val *key, *member;
  gsize i, n;

  yyjson_obj_foreach (value, i, n, key, member)
  {
    g_autofree char *name = g_utf8_make_valid (yyjson_get_str (key), -1);
    g_autofree char *child = join_path (path, name);

    if (!g_hash_table_add (seen, (gpointer) yyjson_get_str (key)))
      sobre_document_reader_refuse (self, child, "", _ ("This is there a second time in the same object"));
    refuse_doubles (self, member, child);
  }
  yyjson_arr_foreach (value, i, n, member)
  {
    g_autofree char *child = g_strdup_printf ("%s[%" G_GSIZE_FORMAT "]", path, i);

    refuse_doubles (self, member, child);
  }
}

static gboolean
check_bytes (SobreDocumentReader *self, const char *json, gsize length, gsize max_bytes)
{
  if (length > max_bytes)
    return sobre_document_reader_refuse (self, "", "", _ ("The document is larger than %u KiB"), (guint) (max_bytes / 1024));
  if (!g_utf8_validate_len (json, length, NULL))
    return sobre_document_reader_refuse (self, "", "", _ ("The document is not UTF-8 text"));
  if (is_deeper_than (json, length, MAX_DEPTH))
    return sobre_document_reader_refuse (self, "", "", _ ("The document nests more than %d levels deep"), MAX_DEPTH);
  if (has_escaped_nul (json, length))
    return sobre_document_reader_refuse (self, "", "",
                                         _ ("The document holds the character NUL, “\\u0000”, which no text can show"));
  return TRUE;
}

JsonNode *
sobre_document_reader_parse (SobreDocumentReader *self, const char *json, gsize length, gsize max_bytes)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;
  JsonNode *root;
  yyjson_doc *doc;

  if (!check_bytes (self, json, length, max_bytes))
    return NULL;
  json_parser_set_strict (parser, TRUE);
  if (!json_parser_load_from_data (parser, json, (gssize) length, &error))
    {
      sobre_document_reader_refuse (self, "", "", _ ("The document is no valid JSON: %s"), error->message);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      sobre_document_reader_refuse (self, "", "", _ ("The document has to be one JSON object, “{…}”"));
      return NULL;
    }
  doc = yyjson_read (json, length, YYJSON_READ_NOFLAG);
  if (doc == NULL)
    {
      sobre_document_reader_refuse (self, "", "", _ ("The document is no valid JSON"));
      return NULL;
    }
  refuse_doubles (self, yyjson_doc_get_root (doc), "");
  yyjson_doc_free (doc);
  return json_parser_steal_root (parser);
}

gboolean
sobre_document_reader_finish (const SobreDocumentReader *self, GError **error)
{
  for (guint i = 0; i < self->issues->len; i++)
    {
      const SobreDocumentIssue *issue = g_ptr_array_index (self->issues, i);

      if (!issue->fatal)
        continue;
      if (issue->path[0] == '\0')
        g_set_error_literal (error, SOBRE_SETTINGS_ERROR, SOBRE_SETTINGS_ERROR_INVALID, issue->message);
      else
        g_set_error (error, SOBRE_SETTINGS_ERROR, SOBRE_SETTINGS_ERROR_INVALID, "“%s”: %s", issue->path, issue->message);
      return FALSE;
    }
  return TRUE;
}

void
sobre_document_reader_check_members (SobreDocumentReader *self, JsonObject *object, const char *base, const char *const *known)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *link = members; link != NULL; link = link->next)
    if (!g_strv_contains (known, link->data))
      sobre_document_reader_refuse (self, base, link->data, _ ("This is no known member; check its spelling"));
}

JsonObject *
sobre_document_reader_get_object (SobreDocumentReader *self, JsonObject *object, const char *base, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  sobre_document_reader_refuse (self, base, member, _ ("This has to be an object, “{…}”"));
  return NULL;
}

JsonArray *
sobre_document_reader_get_array (SobreDocumentReader *self,
                                 JsonObject *object,
                                 const char *base,
                                 const char *member,
                                 guint least,
                                 guint most)
{
  JsonNode *node = json_object_get_member (object, member);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array != NULL && json_array_get_length (array) >= least && json_array_get_length (array) <= most)
    return array;
  sobre_document_reader_refuse (self, base, member, _ ("This has to be a list, “[…]”, of %u to %u entries"), least, most);
  return NULL;
}

gint64
sobre_document_reader_get_number (SobreDocumentReader *self,
                                  JsonObject *object,
                                  const char *base,
                                  const char *member,
                                  gint64 minimum,
                                  gint64 maximum,
                                  gint64 otherwise)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL && otherwise >= minimum)
    return otherwise;
  if (node != NULL && json_node_get_value_type (node) == G_TYPE_INT64 && json_node_get_int (node) >= minimum &&
      json_node_get_int (node) <= maximum)
    return json_node_get_int (node);
  sobre_document_reader_refuse (self, base, member, _ ("This has to be a whole number from %" PRId64 " to %" PRId64), minimum,
                                maximum);
  return minimum;
}

gboolean
sobre_document_reader_get_boolean (SobreDocumentReader *self, JsonObject *object, const char *base, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return FALSE;
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);
  return sobre_document_reader_refuse (self, base, member, _ ("This has to be true or false"));
}

static gboolean
is_id (const char *text)
{
  gsize length = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

  return length >= 1 && length <= ID_BYTES && text[length] == '\0';
}

char *
sobre_document_reader_dup_id (SobreDocumentReader *self, JsonObject *object, const char *base, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node != NULL && json_node_get_value_type (node) == G_TYPE_STRING && is_id (json_node_get_string (node)))
    return json_node_dup_string (node);
  sobre_document_reader_refuse (self, base, member,
                                _ ("This has to be an id: 1 to %d letters, digits, dots, dashes and underscores"), ID_BYTES);
  return NULL;
}

/* Marks that make a text read otherwise than it is written: controls, and what turns the direction of the text around it. */
static gboolean
has_hidden_marks (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar u = g_utf8_get_char (c);

      if (u < 0x20 || (u >= 0x7f && u < 0xa0) || (u >= 0x202a && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069) || u == 0x2028 ||
          u == 0x2029 || u == 0xfeff)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_blank (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (!g_unichar_isspace (g_utf8_get_char (c)))
      return FALSE;
  return TRUE;
}

static gboolean
names_address (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);

  return strstr (lower, "://") != NULL || strstr (lower, "www.") != NULL;
}

static gboolean
check_text (SobreDocumentReader *self, JsonNode *node, const char *path, const char *language, gsize max_characters)
{
  const char *text = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;

  if (text == NULL)
    return sobre_document_reader_refuse (self, path, language, _ ("This has to be a text"));
  if (is_blank (text) || g_utf8_strlen (text, -1) > (glong) max_characters)
    return sobre_document_reader_refuse (self, path, language, _ ("This has to be 1 to %u characters long"),
                                         (guint) max_characters);
  if (has_hidden_marks (text))
    return sobre_document_reader_refuse (
        self, path, language, _ ("This holds a character that cannot be seen, such as a line break or a change of direction"));
  if (names_address (text))
    return sobre_document_reader_refuse (self, path, language,
                                         _ ("This names a web address, which a text cannot hold; a form's “review_link” can"));
  return TRUE;
}

static void
warn_of_strangers (SobreDocumentReader *self, JsonObject *texts, const char *path)
{
  g_autoptr (GList) members = json_object_get_members (texts);

  /* Without a list of languages its absence is the one thing to say. */
  for (GList *link = self->languages != NULL ? members : NULL; link != NULL; link = link->next)
    if (!g_strv_contains ((const char *const *) self->languages, link->data))
      sobre_document_reader_warn (self, path, link->data, _ ("This is never shown: “languages” does not name it"));
}

static SobreDocumentText *
read_pairs (SobreDocumentReader *self, JsonObject *texts, const char *path, gsize max_characters)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (SobreDocumentTextPair));
  char **languages = self->languages;
  SobreDocumentText *text;

  for (guint i = 0; languages != NULL && languages[i] != NULL; i++)
    {
      JsonNode *node = json_object_get_member (texts, languages[i]);

      if (node == NULL && i == 0)
        sobre_document_reader_refuse (self, path, languages[i], _ ("This is missing in the document's first language"));
      else if (node == NULL)
        sobre_document_reader_warn (self, path, languages[i], _ ("This is missing; guests see it in “%s”"), languages[0]);
      else if (check_text (self, node, path, languages[i], max_characters))
        {
          SobreDocumentTextPair pair = { g_strdup (languages[i]), json_node_dup_string (node) };

          g_array_append_val (pairs, pair);
        }
    }
  if (pairs->len == 0)
    return NULL;

  text = g_new0 (SobreDocumentText, 1);
  text->n = pairs->len;
  text->pairs = (SobreDocumentTextPair *) (gpointer) g_array_steal (pairs, NULL);
  return text;
}

SobreDocumentText *
sobre_document_reader_get_text (SobreDocumentReader *self,
                                JsonObject *object,
                                const char *base,
                                const char *member,
                                gboolean required,
                                gsize max_characters)
{
  g_autofree char *path = join_path (base, member);
  JsonObject *texts;

  if (!json_object_has_member (object, member))
    {
      if (required)
        sobre_document_reader_refuse (self, base, member, _ ("This is missing"));
      return NULL;
    }
  texts = sobre_document_reader_get_object (self, object, base, member);
  if (texts == NULL)
    return NULL;
  warn_of_strangers (self, texts, path);
  return read_pairs (self, texts, path, max_characters);
}

SobreDocumentText *
sobre_document_reader_get_retention_text (SobreDocumentReader *self, JsonObject *object, const char *base, const char *member)
{
  SobreDocumentText *text = sobre_document_reader_get_text (self, object, base, member, TRUE, SOBRE_DOCUMENT_TEXT_CHARACTERS);
  g_autofree char *path = join_path (base, member);

  for (guint i = 0; text != NULL && i < text->n; i++)
    if (strstr (text->pairs[i].text, "{days}") == NULL)
      sobre_document_reader_refuse (self, path, text->pairs[i].language,
                                    _ ("This has to say for how long: write “{days}” where the number of days belongs"));
  return text;
}

char **
sobre_document_reader_dup_languages (SobreDocumentReader *self, JsonObject *root)
{
  JsonArray *array = sobre_document_reader_get_array (self, root, "", "languages", 1, MAX_LANGUAGES);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (array == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *tag = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";
      g_autofree char *path = g_strdup_printf ("languages[%u]", i);

      if (!sobre_language_is_valid (tag))
        sobre_document_reader_refuse (self, path, "", _ ("This has to be a language tag such as “es” or “pt-BR”"));
      else if (!g_hash_table_add (seen, (gpointer) tag))
        sobre_document_reader_refuse (self, path, "", _ ("“%s” is named a second time"), tag);
      else
        g_strv_builder_add (builder, tag);
    }
  return g_hash_table_size (seen) > 0 ? g_strv_builder_end (builder) : NULL;
}
