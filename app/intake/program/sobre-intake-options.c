/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-intake-options.h"

static gboolean
require (const char *value, const char *name, GError **error)
{
  if (value == NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--%s is missing", name);
  return value != NULL;
}

gboolean
sobre_intake_options_parse (SobreIntakeOptions *self, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "listen", 0, 0, G_OPTION_ARG_STRING, &self->listen, "Where to listen", "ADDR:PORT" },
    { "spool", 0, 0, G_OPTION_ARG_FILENAME, &self->spool, "Where answers are stored", "DIR" },
    { "site", 0, 0, G_OPTION_ARG_FILENAME, &self->site, "Holds the form's assets", "DIR" },
    { "form", 0, 0, G_OPTION_ARG_FILENAME, &self->form, "form.json", "FILE" },
    { "tables", 0, 0, G_OPTION_ARG_FILENAME, &self->tables, "tables.csv", "FILE" },
    { "settings", 0, 0, G_OPTION_ARG_FILENAME, &self->settings, "workspace.json", "FILE" },
    { "menu", 0, 0, G_OPTION_ARG_FILENAME, &self->menu, "Where menus are published", "DIR" },
    { "host", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->hosts, "A name that guests may use besides the address", "HOST[:PORT]" },
    { "key-fd", 0, 0, G_OPTION_ARG_INT, &self->key_fd, "Descriptor with the cards' secret", "N" },
    { "status-fd", 0, 0, G_OPTION_ARG_INT, &self->status_fd, "Descriptor that takes the state", "N" },
    { "segment-bytes", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, &self->segment_bytes, "Close segments of this size", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  self->key_fd = -1;
  self->status_fd = -1;
  g_option_context_set_summary (context, "Takes guests' answers over HTTP and stores them in a spool. Started by sobremesa.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (argc > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "what is \"%s\"?", argv[1]);
      return FALSE;
    }
  return require (self->listen, "listen", error) && require (self->spool, "spool", error) &&
         require (self->site, "site", error) && require (self->form, "form", error) && require (self->tables, "tables", error);
}

void
sobre_intake_options_clear (SobreIntakeOptions *self)
{
  g_clear_pointer (&self->listen, g_free);
  g_clear_pointer (&self->spool, g_free);
  g_clear_pointer (&self->site, g_free);
  g_clear_pointer (&self->form, g_free);
  g_clear_pointer (&self->tables, g_free);
  g_clear_pointer (&self->settings, g_free);
  g_clear_pointer (&self->menu, g_free);
  g_clear_pointer (&self->hosts, g_strfreev);
}

GInetSocketAddress *
sobre_intake_options_dup_address (const SobreIntakeOptions *self)
{
  const char *colon = strrchr (self->listen, ':');
  g_autofree char *text = NULL;
  guint64 port;

  if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &port, NULL))
    return NULL;
  text = g_strndup (self->listen, colon - self->listen);
  if (g_str_has_prefix (text, "[") && g_str_has_suffix (text, "]"))
    {
      text[strlen (text) - 1] = '\0';
      memmove (text, text + 1, strlen (text));
    }
  return (GInetSocketAddress *) g_inet_socket_address_new_from_string (text, port);
}
