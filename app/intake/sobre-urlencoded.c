/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "intake/sobre-urlencoded.h"

#include <string.h>

static void
field_free (gpointer data)
{
  SobreField *field = data;

  g_free (field->name);
  g_free (field->value);
  g_free (field);
}

/* The byte that the escape at text stands for; -1 when it is none. */
static int
decode_escape (const char *text, gsize length)
{
  int high = length > 2 ? g_ascii_xdigit_value (text[1]) : -1;
  int low = length > 2 ? g_ascii_xdigit_value (text[2]) : -1;

  return high < 0 || low < 0 ? -1 : high << 4 | low;
}

static char *
decode (const char *text, gsize length, const char **rule)
{
  g_autofree char *decoded = g_malloc (length + 1);
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    {
      int byte = text[i] == '+' ? ' ' : (guint8) text[i];

      if (byte == '%')
        {
          byte = decode_escape (text + i, length - i);
          i += 2;
        }
      if (byte <= 0)
        {
          *rule = byte < 0 ? "form.escape" : "form.nul";
          return NULL;
        }
      decoded[n++] = (char) byte;
    }
  decoded[n] = '\0';
  if (!g_utf8_validate_len (decoded, n, NULL))
    {
      *rule = "form.utf8";
      return NULL;
    }
  return g_steal_pointer (&decoded);
}

static SobreField *
parse_field (const char *text, gsize length, const char **rule)
{
  const char *equals = memchr (text, '=', length);
  gsize name_length = equals != NULL ? (gsize) (equals - text) : length;
  g_autofree char *name = decode (text, name_length, rule);
  g_autofree char *value = NULL;
  SobreField *field;

  if (name == NULL)
    return NULL;
  value = equals != NULL ? decode (equals + 1, length - name_length - 1, rule) : g_strdup ("");
  if (value == NULL)
    return NULL;
  field = g_new (SobreField, 1);
  field->name = g_steal_pointer (&name);
  field->value = g_steal_pointer (&value);
  return field;
}

GPtrArray *
sobre_urlencoded_parse (const char *body, gsize length, const char **rule)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (field_free);
  const char *end = body + length;

  while (body < end)
    {
      const char *ampersand = memchr (body, '&', end - body);
      const char *stop = ampersand != NULL ? ampersand : end;

      if (stop > body)
        {
          SobreField *field;

          if (fields->len == SOBRE_URLENCODED_FIELDS_MAX)
            {
              *rule = "form.count";
              return NULL;
            }
          field = parse_field (body, stop - body, rule);
          if (field == NULL)
            return NULL;
          g_ptr_array_add (fields, field);
        }
      body = stop + 1;
    }
  return g_steal_pointer (&fields);
}

const char *
sobre_urlencoded_get (GPtrArray *fields, const char *name)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const SobreField *field = g_ptr_array_index (fields, i);

      if (g_str_equal (field->name, name))
        return field->value;
    }
  return NULL;
}
