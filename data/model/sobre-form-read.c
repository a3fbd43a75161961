/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Readers of one member each of form.json. None stops at the first thing that is wrong: a person who mends the document by hand wants
 * the whole list. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/sobre-form-private.h"

#define ID_BYTES 64

static char *
join_path (const char *base, const char *member)
{
  return g_strconcat (base, *base != '\0' && *member != '\0' && *member != '[' ? "." : "", member, NULL);
}

static void
note (SobreFormReader *self, gboolean fatal, const char *base, const char *member, char *message)
{
  SobreFormIssue *issue = g_new0 (SobreFormIssue, 1);

  issue->path = join_path (base, member);
  issue->fatal = fatal;
  issue->message = message;
  g_ptr_array_add (self->issues, issue);
  self->n_fatal += fatal;
}

gboolean
sobre_form_reader_refuse (SobreFormReader *self, const char *base, const char *member, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  note (self, TRUE, base, member, g_strdup_vprintf (format, arguments));
  va_end (arguments);
  return FALSE;
}

void
sobre_form_reader_warn (SobreFormReader *self, const char *base, const char *member, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  note (self, FALSE, base, member, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

void
sobre_form_reader_check_members (SobreFormReader *self, JsonObject *object, const char *base, const char *const *known)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *link = members; link != NULL; link = link->next)
    if (!g_strv_contains (known, link->data))
      sobre_form_reader_refuse (self, base, link->data, _ ("This is no known member; check its spelling"));
}

JsonObject *
sobre_form_reader_get_object (SobreFormReader *self, JsonObject *object, const char *base, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  sobre_form_reader_refuse (self, base, member, _ ("This has to be an object, “{…}”"));
  return NULL;
}

JsonArray *
sobre_form_reader_get_array (SobreFormReader *self,
                             JsonObject *object,
                             const char *base,
                             const char *member,
                             guint least,
                             guint most)
{
  JsonNode *node = json_object_get_member (object, member);
  guint length = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_array_get_length (json_node_get_array (node)) : 0;

  if (length >= least && length <= most)
    return json_node_get_array (node);
  sobre_form_reader_refuse (self, base, member, _ ("This has to be a list, “[…]”, of %u to %u entries"), least, most);
  return NULL;
}

gint64
sobre_form_reader_get_number (SobreFormReader *self,
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
  sobre_form_reader_refuse (
      self, base, member, _ ("This has to be a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT), minimum, maximum);
  return minimum;
}

gboolean
sobre_form_reader_get_boolean (SobreFormReader *self, JsonObject *object, const char *base, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return FALSE;
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);
  return sobre_form_reader_refuse (self, base, member, _ ("This has to be true or false"));
}

static gboolean
is_id (const char *text)
{
  gsize length = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

  return length >= 1 && length <= ID_BYTES && text[length] == '\0';
}

char *
sobre_form_reader_dup_id (SobreFormReader *self, JsonObject *object, const char *base, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node != NULL && json_node_get_value_type (node) == G_TYPE_STRING && is_id (json_node_get_string (node)))
    return json_node_dup_string (node);
  sobre_form_reader_refuse (self, base, member,
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
check_text (SobreFormReader *self, JsonNode *node, const char *path, const char *language, gsize max_characters)
{
  const char *text = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;

  if (text == NULL)
    return sobre_form_reader_refuse (self, path, language, _ ("This has to be a text"));
  if (is_blank (text) || g_utf8_strlen (text, -1) > (glong) max_characters)
    return sobre_form_reader_refuse (self, path, language, _ ("This has to be 1 to %u characters long"),
                                     (guint) max_characters);
  if (has_hidden_marks (text))
    return sobre_form_reader_refuse (
        self, path, language, _ ("This holds a character that cannot be seen, such as a line break or a change of direction"));
  if (names_address (text))
    return sobre_form_reader_refuse (self, path, language,
                                     _ ("This names a web address; put it into “review_link”, which every guest sees"));
  return TRUE;
}

static void
warn_of_strangers (SobreFormReader *self, JsonObject *texts, const char *path)
{
  g_autoptr (GList) members = json_object_get_members (texts);

  /* Without a list of languages its absence is the one thing to say. */
  for (GList *link = self->form->languages != NULL ? members : NULL; link != NULL; link = link->next)
    if (!g_strv_contains ((const char *const *) self->form->languages, link->data))
      sobre_form_reader_warn (self, path, link->data, _ ("This is never shown: “languages” does not name it"));
}

static SobreFormText *
read_pairs (SobreFormReader *self, JsonObject *texts, const char *path, gsize max_characters)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (SobreFormTextPair));
  char **languages = self->form->languages;
  SobreFormText *text;

  for (guint i = 0; languages != NULL && languages[i] != NULL; i++)
    {
      JsonNode *node = json_object_get_member (texts, languages[i]);

      if (node == NULL && i == 0)
        sobre_form_reader_refuse (self, path, languages[i], _ ("This is missing in the form's first language"));
      else if (node == NULL)
        sobre_form_reader_warn (self, path, languages[i], _ ("This is missing; guests see it in “%s”"), languages[0]);
      else if (check_text (self, node, path, languages[i], max_characters))
        {
          SobreFormTextPair pair = { g_strdup (languages[i]), json_node_dup_string (node) };

          g_array_append_val (pairs, pair);
        }
    }
  if (pairs->len == 0)
    return NULL;

  text = g_new0 (SobreFormText, 1);
  text->n = pairs->len;
  text->pairs = (SobreFormTextPair *) (gpointer) g_array_steal (pairs, NULL);
  return text;
}

SobreFormText *
sobre_form_reader_get_text (SobreFormReader *self,
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
        sobre_form_reader_refuse (self, base, member, _ ("This is missing"));
      return NULL;
    }
  texts = sobre_form_reader_get_object (self, object, base, member);
  if (texts == NULL)
    return NULL;
  warn_of_strangers (self, texts, path);
  return read_pairs (self, texts, path, max_characters);
}

SobreFormText *
sobre_form_reader_get_retention_text (SobreFormReader *self, JsonObject *object, const char *base, const char *member)
{
  SobreFormText *text = sobre_form_reader_get_text (self, object, base, member, TRUE, SOBRE_FORM_TEXT_CHARACTERS);
  g_autofree char *path = join_path (base, member);

  for (guint i = 0; text != NULL && i < text->n; i++)
    if (strstr (text->pairs[i].text, "{days}") == NULL)
      sobre_form_reader_refuse (self, path, text->pairs[i].language,
                                _ ("This has to say for how long: write “{days}” where the number of days belongs"));
  return text;
}
