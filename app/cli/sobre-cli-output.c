/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli-output.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#define BAR_CELLS 24

struct _SobreCliOutput
{
  GOutputStream *out;
  GOutputStream *err;
  GError *broken; /* what stdout refused first */
  gboolean terminal;
  gboolean json;
  gboolean quiet;
  gboolean bar_shown;
  int last_tenth;
  char *last_what;
};

SobreCliOutput *
sobre_cli_output_new (int out, int err)
{
  SobreCliOutput *self = g_new0 (SobreCliOutput, 1);
  g_autoptr (GOutputStream) raw = g_unix_output_stream_new (out, FALSE);

  self->out = g_buffered_output_stream_new_sized (raw, 65536);
  self->err = g_unix_output_stream_new (err, FALSE);
  self->terminal = isatty (err) != 0;
  self->last_tenth = -1;
  return self;
}

void
sobre_cli_output_free (SobreCliOutput *self)
{
  g_clear_object (&self->out);
  g_clear_object (&self->err);
  g_clear_error (&self->broken);
  g_free (self->last_what);
  g_free (self);
}

/* Text from guests and files may hold escape sequences; a terminal must not obey them. Line feeds and tabs stay. */
static void
defuse (char *text)
{
  char *to = text;
  const char *next;

  for (const char *from = text; *from != '\0'; from = next)
    {
      gunichar c = g_utf8_get_char (from);

      next = g_utf8_next_char (from);
      if (c == '\n' || c == '\t' || (c >= 0x20 && (c < 0x7f || c > 0x9f)))
        {
          memmove (to, from, (gsize) (next - from));
          to += next - from;
        }
    }
  *to = '\0';
}

static void
write_err (SobreCliOutput *self, const char *text)
{
  /* Where stderr is gone there is nobody to tell. */
  g_output_stream_write_all (self->err, text, strlen (text), NULL, NULL, NULL);
}

static void
write_out (SobreCliOutput *self, const char *text)
{
  if (self->broken == NULL)
    g_output_stream_write_all (self->out, text, strlen (text), NULL, NULL, &self->broken);
}

static void
say (SobreCliOutput *self, const char *prefix, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *line = NULL;

  sobre_cli_output_clear_progress (self);
  defuse (valid);
  line = g_strconcat (prefix, valid, "\n", NULL);
  write_err (self, line);
}

void
sobre_cli_output_set_json (SobreCliOutput *self, gboolean json)
{
  self->json = json;
}

gboolean
sobre_cli_output_get_json (SobreCliOutput *self)
{
  return self->json;
}

void
sobre_cli_output_set_quiet (SobreCliOutput *self, gboolean quiet)
{
  self->quiet = quiet;
}

gboolean
sobre_cli_output_is_terminal (SobreCliOutput *self)
{
  return self->terminal;
}

void
sobre_cli_output_print (SobreCliOutput *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *valid = NULL;
  va_list arguments;

  if (self->json)
    return;
  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  valid = g_utf8_make_valid (text, -1);
  defuse (valid);
  sobre_cli_output_clear_progress (self);
  write_out (self, valid);
  write_out (self, "\n");
}

void
sobre_cli_output_print_document (SobreCliOutput *self, JsonNode *document)
{
  g_autofree char *text = NULL;

  if (!self->json)
    return;
  text = json_to_string (document, FALSE);
  write_out (self, text);
  write_out (self, "\n");
}

GOutputStream *
sobre_cli_output_get_stream (SobreCliOutput *self)
{
  sobre_cli_output_clear_progress (self);
  return self->out;
}

void
sobre_cli_output_note (SobreCliOutput *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  if (self->quiet)
    return;
  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  say (self, "", text);
}

void
sobre_cli_output_warn (SobreCliOutput *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  say (self, "sobremesa: ", text);
}

void
sobre_cli_output_fail (SobreCliOutput *self, const GError *error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;

  say (self, "sobremesa: ", error->message);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "error");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "domain");
  json_builder_add_string_value (builder, g_quark_to_string (error->domain));
  json_builder_set_member_name (builder, "code");
  json_builder_add_int_value (builder, error->code);
  json_builder_set_member_name (builder, "message");
  json_builder_add_string_value (builder, error->message);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self, document);
}

static void
draw_bar (SobreCliOutput *self, const char *what, double fraction, const char *detail)
{
  g_autoptr (GString) line = g_string_new ("\r\033[K");
  int full = (int) lround (fraction * BAR_CELLS);

  if (fraction >= 0)
    {
      for (int i = 0; i < BAR_CELLS; i++)
        g_string_append (line, i < full ? "█" : "░");
      g_string_append_printf (line, " %3.0f %% ", 100 * fraction);
    }
  g_string_append (line, what);
  if (detail != NULL)
    g_string_append_printf (line, ": %s", detail);
  write_err (self, line->str);
  self->bar_shown = TRUE;
}

void
sobre_cli_output_progress (SobreCliOutput *self, const char *what, double fraction)
{
  sobre_cli_output_progress_detail (self, what, fraction, NULL);
}

void
sobre_cli_output_progress_detail (SobreCliOutput *self, const char *what, double fraction, const char *detail)
{
  int tenth = fraction < 0 ? -1 : (int) (fraction * 10);
  gboolean same = g_strcmp0 (self->last_what, what) == 0;

  if (self->quiet)
    return;
  if (self->terminal)
    draw_bar (self, what, MIN (fraction, 1), detail);
  else if (!same || tenth != self->last_tenth)
    {
      g_autofree char *line = tenth < 0 ? g_strdup (what)
                                        : g_strdup_printf ("%s: %d %%%s%s", what, MIN (tenth, 10) * 10,
                                                           detail != NULL ? ", " : "", detail != NULL ? detail : "");

      say (self, "", line);
    }
  self->last_tenth = tenth;
  if (!same)
    g_set_str (&self->last_what, what);
}

void
sobre_cli_output_clear_progress (SobreCliOutput *self)
{
  if (!self->bar_shown)
    return;
  self->bar_shown = FALSE;
  write_err (self, "\r\033[K");
}

gboolean
sobre_cli_output_finish (SobreCliOutput *self)
{
  sobre_cli_output_clear_progress (self);
  if (self->broken == NULL && g_output_stream_flush (self->out, NULL, &self->broken))
    return TRUE;
  if (!g_error_matches (self->broken, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    sobre_cli_output_warn (self, _ ("The result could not be written: %s"), self->broken->message);
  return FALSE;
}
