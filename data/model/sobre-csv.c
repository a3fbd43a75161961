/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/sobre-csv.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/sobre-settings.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

static gboolean
read_quoted (SobreCsvCursor *cursor, GString *field, GError **error)
{
  for (cursor->at++; cursor->at < cursor->end; cursor->at++)
    {
      if (*cursor->at == '"')
        {
          if (cursor->at + 1 >= cursor->end || cursor->at[1] != '"')
            {
              cursor->at++;
              return TRUE;
            }
          cursor->at++;
        }
      else if (*cursor->at == '\n')
        cursor->line++;
      g_string_append_c (field, *cursor->at);
    }
  return sobre_csv_refuse (error, cursor->record_line, _ ("a quote is opened and never closed"));
}

static gboolean
at_line_end (const SobreCsvCursor *cursor)
{
  return cursor->at >= cursor->end || *cursor->at == '\n' ||
         (*cursor->at == '\r' && cursor->at + 1 < cursor->end && cursor->at[1] == '\n');
}

static guint
count_lines_before (const char *csv, const char *end)
{
  guint line = 1;

  for (; csv < end; csv++)
    line += *csv == '\n';
  return line;
}

gboolean
sobre_csv_refuse (GError **error, guint line, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  /* Translators: %u is the number of a line of a CSV file, %s says what is wrong in it. */
  g_set_error (error, SOBRE_SETTINGS_ERROR, SOBRE_SETTINGS_ERROR_INVALID, _ ("Line %u: %s"), line, message);
  return FALSE;
}

gboolean
sobre_csv_cursor_init (SobreCsvCursor *self, const char *csv, gsize length, GError **error)
{
  const char *bad;

  /* This also refuses NUL bytes. */
  if (!g_utf8_validate_len (csv, length, &bad))
    return sobre_csv_refuse (error, count_lines_before (csv, bad), _ ("this is not UTF-8 text; save the file as “CSV UTF-8”"));
  *self = (SobreCsvCursor) { csv, csv + length, 1, 1 };
  if (length >= strlen (BYTE_ORDER_MARK) && memcmp (csv, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0)
    self->at += strlen (BYTE_ORDER_MARK);
  return TRUE;
}

gboolean
sobre_csv_read_header (SobreCsvCursor *self, const char *const *names, guint n_names, GError **error)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) expected = NULL;
  g_autofree char *line = NULL;
  gboolean right;

  if (!sobre_csv_read_record (self, fields, error))
    return FALSE;
  right = fields->len == n_names;
  for (guint i = 0; i < n_names; i++)
    {
      g_strv_builder_add (builder, names[i]);
      right = right && g_str_equal (g_ptr_array_index (fields, i), names[i]);
    }
  expected = g_strv_builder_end (builder);
  line = g_strjoinv (",", expected);
  return right || sobre_csv_refuse (error, 1, _ ("the header has to be “%s”"), line);
}

gboolean
sobre_csv_read_record (SobreCsvCursor *self, GPtrArray *fields, GError **error)
{
  g_ptr_array_set_size (fields, 0);
  self->record_line = self->line;

  while (TRUE)
    {
      g_autoptr (GString) field = g_string_new (NULL);

      if (self->at < self->end && *self->at == '"')
        {
          if (!read_quoted (self, field, error))
            return FALSE;
          if (!at_line_end (self) && *self->at != ',')
            return sobre_csv_refuse (error, self->line, _ ("after a closing quote a comma has to follow"));
        }
      for (; !at_line_end (self) && *self->at != ','; self->at++)
        {
          if (*self->at == '"')
            return sobre_csv_refuse (error, self->line, _ ("a quote stands inside a field that is not quoted"));
          g_string_append_c (field, *self->at);
        }

      g_ptr_array_add (fields, g_string_free_and_steal (g_steal_pointer (&field)));
      if (at_line_end (self))
        break;
      self->at++;
    }

  if (self->at < self->end)
    {
      self->at += *self->at == '\r' ? 2 : 1;
      self->line++;
    }
  return TRUE;
}

void
sobre_csv_append_field (GString *csv, const char *text)
{
  if (strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (csv, text);
      return;
    }

  g_string_append_c (csv, '"');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *c);
    }
  g_string_append_c (csv, '"');
}
