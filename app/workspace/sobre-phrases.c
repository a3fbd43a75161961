/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* sample/phrases.json:
 *
 *   { "fillers": { LANGUAGE: { SLOT: [text…] } },
 *     "phrases": [ { "language", "about", "mood": "good" | "bad", "texts": [text…] } ] }
 *
 * A text may hold slots in braces, which are filled from the fillers of its language. */

#include "sobre-config.h"

#include "workspace/sobre-phrases.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "workspace/sobre-workspace-files.h"
#include "workspace/sobre-workspace.h"

#define PHRASES_FILE "phrases.json"

struct _SobrePhrases
{
  GHashTable *texts;   /* "language/about/mood" → GPtrArray of texts */
  GHashTable *fillers; /* "language/slot" → GPtrArray of texts */
  GHashTable *languages;
};

static GPtrArray *
read_texts (JsonArray *array)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (texts, g_strdup (json_array_get_string_element (array, i)));
  return texts;
}

static void
read_fillers (SobrePhrases *self, JsonObject *fillers)
{
  g_autoptr (GList) languages = json_object_get_members (fillers);

  for (GList *l = languages; l != NULL; l = l->next)
    {
      JsonObject *slots = json_object_get_object_member (fillers, l->data);
      g_autoptr (GList) names = json_object_get_members (slots);

      for (GList *n = names; n != NULL; n = n->next)
        g_hash_table_insert (self->fillers, g_strdup_printf ("%s/%s", (char *) l->data, (char *) n->data),
                             read_texts (json_object_get_array_member (slots, n->data)));
    }
}

static void
read_phrases (SobrePhrases *self, JsonArray *phrases)
{
  for (guint i = 0; i < json_array_get_length (phrases); i++)
    {
      JsonObject *phrase = json_array_get_object_element (phrases, i);
      const char *language = json_object_get_string_member (phrase, "language");

      g_hash_table_add (self->languages, g_strdup (language));
      g_hash_table_insert (self->texts,
                           g_strdup_printf ("%s/%s/%s", language, json_object_get_string_member (phrase, "about"),
                                            json_object_get_string_member (phrase, "mood")),
                           read_texts (json_object_get_array_member (phrase, "texts")));
    }
}

SobrePhrases *
sobre_phrases_load (GError **error)
{
  g_autofree char *folder = g_build_filename (SOBRE_PKGDATADIR, "sample", NULL);
  g_autoptr (SobrePhrases) self = g_new0 (SobrePhrases, 1);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autofree char *text = NULL;
  g_autoptr (GError) cause = NULL;
  JsonObject *root;

  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->fillers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->languages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  text = sobre_workspace_read_file (folder, PHRASES_FILE, NULL, error);
  if (text == NULL)
    return NULL;
  if (!json_parser_load_from_data (parser, text, -1, &cause))
    {
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID, "%s: %s", PHRASES_FILE, cause->message);
      return NULL;
    }
  root = json_node_get_object (json_parser_get_root (parser));
  read_fillers (self, json_object_get_object_member (root, "fillers"));
  read_phrases (self, json_object_get_array_member (root, "phrases"));
  return g_steal_pointer (&self);
}

void
sobre_phrases_free (SobrePhrases *self)
{
  g_clear_pointer (&self->texts, g_hash_table_unref);
  g_clear_pointer (&self->fillers, g_hash_table_unref);
  g_clear_pointer (&self->languages, g_hash_table_unref);
  g_free (self);
}

static const char *
pick_text (GHashTable *table, SobreDice *dice, const char *key)
{
  GPtrArray *texts = g_hash_table_lookup (table, key);

  return texts == NULL || texts->len == 0 ? NULL : g_ptr_array_index (texts, sobre_dice_roll (dice, texts->len));
}

static char *
fill_slots (SobrePhrases *self, SobreDice *dice, const char *language, const char *text)
{
  g_autoptr (GString) filled = g_string_new (NULL);

  while (*text != '\0')
    {
      const char *open = strchr (text, '{');
      const char *close = open != NULL ? strchr (open, '}') : NULL;
      g_autofree char *key = NULL;
      const char *filler;

      if (close == NULL)
        break;
      key = g_strdup_printf ("%s/%.*s", language, (int) (close - open - 1), open + 1);
      filler = pick_text (self->fillers, dice, key);
      g_string_append_len (filled, text, open - text);
      if (filler != NULL)
        g_string_append (filled, filler);
      text = close + 1;
    }
  g_string_append (filled, text);

  /* A slot may begin the sentence. */
  if (g_ascii_islower (filled->str[0]))
    filled->str[0] = g_ascii_toupper (filled->str[0]);
  return g_string_free (g_steal_pointer (&filled), FALSE);
}

char *
sobre_phrases_pick (SobrePhrases *self, SobreDice *dice, const char *language, const char *about, gboolean good)
{
  g_autofree char *key = g_strdup_printf ("%s/%s/%s", language, about, good ? "good" : "bad");
  const char *text = pick_text (self->texts, dice, key);

  return text != NULL ? fill_slots (self, dice, language, text) : NULL;
}

gboolean
sobre_phrases_has_language (SobrePhrases *self, const char *language)
{
  return g_hash_table_contains (self->languages, language);
}
