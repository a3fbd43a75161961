/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lake/sobre-lake-traces.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "lake/sobre-lake-unpack.h"
#include "lake/sobre-spool-private.h"

#define FIRST_DASH 8 /* where it is in an id */
#define ESCAPE_LENGTH 6
#define RAW "rawData"

static gboolean
is_in_plain (const char *wanted, const char *text, gsize length)
{
  const char *end = text + length;

  for (const char *dash = text; (dash = memchr (dash, '-', (gsize) (end - dash))) != NULL; dash++)
    if (dash - text >= FIRST_DASH && end - dash >= SOBRE_ID_STRING_LENGTH - FIRST_DASH &&
        g_ascii_strncasecmp (dash - FIRST_DASH, wanted, SOBRE_ID_STRING_LENGTH) == 0)
      return TRUE;
  return FALSE;
}

/* "\u002d" as "-": of what an id is made of nothing else can be escaped. */
static GString *
unescape (const char *text, gsize length)
{
  GString *plain = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    {
      gboolean escaped = length - i >= ESCAPE_LENGTH && memcmp (text + i, "\\u00", 4) == 0 && g_ascii_isxdigit (text[i + 4]) &&
                         g_ascii_isxdigit (text[i + 5]);

      if (!escaped)
        {
          g_string_append_c (plain, text[i]);
          continue;
        }
      g_string_append_c (plain, (char) (g_ascii_xdigit_value (text[i + 4]) << 4 | g_ascii_xdigit_value (text[i + 5])));
      i += ESCAPE_LENGTH - 1;
    }
  return plain;
}

gboolean
sobre_trace_is_in (const SobreId *id, const char *text, gsize length)
{
  char wanted[SOBRE_ID_STRING_LENGTH + 1];
  g_autoptr (GString) plain = NULL;

  sobre_id_format (id, wanted);
  if (length == 0 || is_in_plain (wanted, text, length))
    return length > 0;
  if (memmem (text, length, "\\u00", 4) == NULL)
    return FALSE;
  plain = unescape (text, length);
  return is_in_plain (wanted, plain->str, plain->len);
}

static void
gather_cb (const guint8 *bytes, gsize length, gboolean last, gpointer user_data)
{
  g_string_append_len (user_data, (const char *) bytes, (gssize) length);
}

/* Returns: (transfer full) (nullable) */
static GString *
unpack (GBytes *bytes)
{
  g_autoptr (SobreLakeUnpacker) unpacker = sobre_lake_unpacker_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length;
  const guint8 *packed = g_bytes_get_data (bytes, &length);

  return sobre_lake_unpacker_run (unpacker, packed, length, gather_cb, text, NULL) ? g_steal_pointer (&text) : NULL;
}

gboolean
sobre_trace_is_in_object (const SobreId *id, GBytes *bytes, gboolean *found)
{
  g_autoptr (GString) text = unpack (bytes);

  *found = text != NULL && sobre_trace_is_in (id, text->str, text->len);
  return text != NULL;
}

/* What stays of what a guest sent, which may be several lines. Returns: how many go */
static guint
filter_raw (const SobreId *id, const char *raw, gsize length, GString *kept)
{
  const char *at = raw, *end = raw + length;
  guint n_dropped = 0;

  while (at < end)
    {
      const char *newline = memchr (at, '\n', (gsize) (end - at));
      gsize n = newline != NULL ? (gsize) (newline - at) + 1 : (gsize) (end - at);

      if (sobre_trace_is_in (id, at, n))
        n_dropped++;
      else
        g_string_append_len (kept, at, (gssize) n);
      at += n;
    }
  return n_dropped;
}

/* Returns: (nullable): the object that @line is, which has what came */
static JsonObject *
parse_reject (JsonParser *parser, const char *line, gsize length)
{
  JsonNode *root = json_parser_load_from_data (parser, line, (gssize) length, NULL) ? json_parser_get_root (parser) : NULL;
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;

  return object != NULL && json_object_get_string_member_with_default (object, RAW, NULL) != NULL ? object : NULL;
}

/* A line without its newline. Returns: how many lines of guests go */
static guint
filter_reject (const SobreId *id, const char *line, gsize length, GString *kept)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object = parse_reject (parser, line, length);
  g_autoptr (GString) stays = g_string_new (NULL);
  g_autofree guchar *raw = NULL;
  guint n_dropped = 0;
  gsize n = 0;

  if (object != NULL)
    {
      raw = g_base64_decode (json_object_get_string_member (object, RAW), &n);
      n_dropped = filter_raw (id, (const char *) raw, n, stays);
    }
  if (sobre_trace_is_in (id, line, length))
    return MAX (n_dropped, 1);
  if (n_dropped == 0)
    g_string_append_len (kept, line, (gssize) length);
  else if (stays->len > 0)
    {
      g_autofree char *encoded = g_base64_encode ((const guchar *) stays->str, stays->len);
      g_autofree char *text = NULL;

      json_object_set_string_member (object, RAW, encoded);
      text = json_to_string (json_parser_get_root (parser), FALSE);
      g_string_append (kept, text);
    }
  return n_dropped;
}

static GBytes *
repack (const GString *kept, GBytes *original)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (original, &length);

  if (kept->len == 0 || length < 2 || bytes[0] != 0x1F || bytes[1] != 0x8B)
    return g_bytes_new (kept->str, kept->len);
  return sobre_spool_pack ((const guint8 *) kept->str, kept->len);
}

gboolean
sobre_trace_erase_from_rejects (const SobreId *id, GBytes *bytes, GBytes **kept, guint *n_dropped)
{
  g_autoptr (GString) text = unpack (bytes);
  g_autoptr (GString) stays = g_string_new (NULL);
  const char *at, *end;

  *kept = NULL;
  *n_dropped = 0;
  if (text == NULL)
    return FALSE;
  for (at = text->str, end = text->str + text->len; at < end;)
    {
      const char *newline = memchr (at, '\n', (gsize) (end - at));
      gsize n = newline != NULL ? (gsize) (newline - at) : (gsize) (end - at);
      gsize before = stays->len;

      *n_dropped += filter_reject (id, at, n, stays);
      /* Of a line that is empty now not even the newline stays. */
      if (newline != NULL && (stays->len > before || n == 0))
        g_string_append_c (stays, '\n');
      at += n + (newline != NULL);
    }
  if (*n_dropped > 0)
    *kept = repack (stays, bytes);
  return TRUE;
}
