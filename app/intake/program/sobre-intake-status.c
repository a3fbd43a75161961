/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-intake-status.h"

#include <errno.h>
#include <glib-unix.h>
#include <json-glib/json-glib.h>
#include <unistd.h>

#include "model/sobre-json-members.h"

struct _SobreIntakeStatus
{
  int fd;
  GSource *watch;
  GSourceOnceFunc gone;
  gpointer user_data;
};

static gboolean
reader_gone_cb (int fd, GIOCondition condition, gpointer user_data)
{
  SobreIntakeStatus *self = user_data;

  self->gone (self->user_data);
  return G_SOURCE_REMOVE;
}

SobreIntakeStatus *
sobre_intake_status_new (int fd, GSourceOnceFunc gone, gpointer user_data)
{
  SobreIntakeStatus *self = g_new0 (SobreIntakeStatus, 1);

  self->fd = fd;
  self->gone = gone;
  self->user_data = user_data;
  if (fd >= 0)
    {
      g_unix_set_fd_nonblocking (fd, TRUE, NULL);
      /* Errors and hang-ups are told without being asked for. */
      self->watch = g_unix_fd_source_new (fd, 0);
      g_source_set_callback (self->watch, G_SOURCE_FUNC (reader_gone_cb), self, NULL);
      g_source_attach (self->watch, g_main_context_get_thread_default ());
    }
  return self;
}

void
sobre_intake_status_free (SobreIntakeStatus *self)
{
  if (self->watch != NULL)
    {
      g_source_destroy (self->watch);
      g_source_unref (self->watch);
      close (self->fd);
    }
  g_free (self);
}

/* A line that a full pipe does not take is dropped whole: it is shorter than PIPE_BUF, and counts come again. */
static void
write_line (SobreIntakeStatus *self, JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  gssize written;

  json_builder_end_object (builder);
  if (self->fd < 0)
    return;
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  line = g_strconcat (text, "\n", NULL);
  do
    written = write (self->fd, line, strlen (line));
  while (written < 0 && errno == EINTR);
}

static JsonBuilder *
begin (const char *state)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "state");
  json_builder_add_string_value (builder, state);
  return builder;
}

void
sobre_intake_status_listening (SobreIntakeStatus *self, guint port, const char *const *addresses)
{
  g_autoptr (JsonBuilder) builder = begin ("listening");

  sobre_json_add_number (builder, "port", port);
  json_builder_set_member_name (builder, "addresses");
  json_builder_begin_array (builder);
  for (gsize i = 0; addresses[i] != NULL; i++)
    json_builder_add_string_value (builder, addresses[i]);
  json_builder_end_array (builder);
  write_line (self, builder);
}

void
sobre_intake_status_counts (SobreIntakeStatus *self, const SobreIntakeCounts *counts)
{
  g_autoptr (JsonBuilder) builder = begin ("counts");

  sobre_json_add_number (builder, "accepted", counts->accepted);
  sobre_json_add_number (builder, "refused", counts->refused);
  sobre_json_add_number (builder, "connections", counts->connections);
  write_line (self, builder);
}

void
sobre_intake_status_failed (SobreIntakeStatus *self, const char *reason, const char *message)
{
  g_autoptr (JsonBuilder) builder = begin ("failed");

  json_builder_set_member_name (builder, "reason");
  json_builder_add_string_value (builder, reason);
  json_builder_set_member_name (builder, "message");
  json_builder_add_string_value (builder, message);
  write_line (self, builder);
}
