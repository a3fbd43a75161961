/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The input side keeps one buffer: what came and was not handed on. The first `free` bytes of it have been judged (a whole head, or
 * bytes of a body) and may be read; behind them stands the beginning of the next head. Only non-blocking reads are served, which
 * is all that the HTTP library's server does.
 */

#include "sobre-guest-stream.h"

#include <string.h>

#define READ_SIZE 4096
/* What one call drops of a refused request, so that an endless one does not hold up the others. */
#define DROP_SIZE (64 * 1024)

#define SOBRE_TYPE_SCREENED_INPUT (sobre_screened_input_get_type ())
G_DECLARE_FINAL_TYPE (SobreScreenedInput, sobre_screened_input, SOBRE, SCREENED_INPUT, GInputStream)

struct _SobreScreenedInput
{
  GInputStream parent_instance;

  GPollableInputStream *base;
  SobreGuestStreamRefused refused;
  gpointer user_data;
  GByteArray *buffer;
  gsize free;
  guint64 body_left;
  gboolean over;
};

struct _SobreGuestStream
{
  GIOStream parent_instance;

  GIOStream *base;
  SobreScreenedInput *input;
};

static void sobre_screened_input_pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SobreScreenedInput,
                               sobre_screened_input,
                               G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, sobre_screened_input_pollable_init))
G_DEFINE_FINAL_TYPE (SobreGuestStream, sobre_guest_stream, G_TYPE_IO_STREAM)

/* Judges what stands at the buffer's beginning when nothing before it is left to be read. */
static void
judge (SobreScreenedInput *self)
{
  SobreRequestScan scan;

  if (self->free > 0 || self->over || self->buffer->len == 0)
    return;
  if (self->body_left > 0)
    {
      self->free = MIN (self->body_left, self->buffer->len);
      self->body_left -= self->free;
      return;
    }
  scan = sobre_request_scan ((const char *) self->buffer->data, self->buffer->len);
  if (scan.status != 0)
    {
      self->over = TRUE;
      self->refused (&scan, self->user_data);
      return;
    }
  self->free = scan.head_length;
  self->body_left = scan.body_length;
  /* The server refuses such a request by its head; where the next one would begin nobody can tell. */
  if (scan.head_length > 0 && !scan.framed)
    self->over = TRUE;
}

static gssize
take (SobreScreenedInput *self, void *target, gsize count)
{
  gsize n = MIN (count, self->free);

  memcpy (target, self->buffer->data, n);
  g_byte_array_remove_range (self->buffer, 0, n);
  self->free -= n;
  return n;
}

/* Drops what a refused guest still sends; 0 at its end, else -1 with an error. */
static gssize
drop (SobreScreenedInput *self, GError **error)
{
  guint8 piece[READ_SIZE];
  gssize n = 1;

  for (gsize dropped = 0; n > 0 && dropped < DROP_SIZE; dropped += n)
    n = g_pollable_input_stream_read_nonblocking (self->base, piece, sizeof piece, NULL, error);
  if (n > 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "dropped");
      return -1;
    }
  return n;
}

static gssize
read_nonblocking (GPollableInputStream *stream, void *target, gsize count, GError **error)
{
  SobreScreenedInput *self = SOBRE_SCREENED_INPUT (stream);

  judge (self);
  while (self->free == 0 && !self->over)
    {
      guint8 piece[READ_SIZE];
      gssize n = g_pollable_input_stream_read_nonblocking (self->base, piece, sizeof piece, NULL, error);

      if (n <= 0)
        return n;
      g_byte_array_append (self->buffer, piece, n);
      judge (self);
    }
  return self->free > 0 ? take (self, target, count) : drop (self, error);
}

static gboolean
is_readable (GPollableInputStream *stream)
{
  SobreScreenedInput *self = SOBRE_SCREENED_INPUT (stream);

  return self->free > 0 || g_pollable_input_stream_is_readable (self->base);
}

/* Ready when the socket is, or at once when there is something left that may be read or judged. */
static GSource *
create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  SobreScreenedInput *self = SOBRE_SCREENED_INPUT (stream);
  g_autoptr (GSource) child = NULL;

  judge (self);
  child = self->free > 0 ? g_timeout_source_new (0) : g_pollable_input_stream_create_source (self->base, NULL);
  return g_pollable_source_new_full (self, child, cancellable);
}

static void
sobre_screened_input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->read_nonblocking = read_nonblocking;
  iface->is_readable = is_readable;
  iface->create_source = create_source;
}

static gssize
sobre_screened_input_read (GInputStream *stream, void *target, gsize count, GCancellable *cancellable, GError **error)
{
  return read_nonblocking (G_POLLABLE_INPUT_STREAM (stream), target, count, error);
}

static void
sobre_screened_input_finalize (GObject *object)
{
  SobreScreenedInput *self = SOBRE_SCREENED_INPUT (object);

  g_byte_array_unref (self->buffer);
  g_object_unref (self->base);

  G_OBJECT_CLASS (sobre_screened_input_parent_class)->finalize (object);
}

static void
sobre_screened_input_class_init (SobreScreenedInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_screened_input_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = sobre_screened_input_read;
}

static void
sobre_screened_input_init (SobreScreenedInput *self)
{
  self->buffer = g_byte_array_new ();
}

static GInputStream *
sobre_guest_stream_get_input_stream (GIOStream *stream)
{
  return G_INPUT_STREAM (SOBRE_GUEST_STREAM (stream)->input);
}

static GOutputStream *
sobre_guest_stream_get_output_stream (GIOStream *stream)
{
  return g_io_stream_get_output_stream (SOBRE_GUEST_STREAM (stream)->base);
}

static gboolean
sobre_guest_stream_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  return g_io_stream_close (SOBRE_GUEST_STREAM (stream)->base, cancellable, error);
}

static void
sobre_guest_stream_finalize (GObject *object)
{
  SobreGuestStream *self = SOBRE_GUEST_STREAM (object);

  G_OBJECT_CLASS (sobre_guest_stream_parent_class)->finalize (object);
  g_object_unref (self->input);
  g_object_unref (self->base);
}

static void
sobre_guest_stream_class_init (SobreGuestStreamClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sobre_guest_stream_finalize;
  stream_class->get_input_stream = sobre_guest_stream_get_input_stream;
  stream_class->get_output_stream = sobre_guest_stream_get_output_stream;
  stream_class->close_fn = sobre_guest_stream_close;
}

static void
sobre_guest_stream_init (SobreGuestStream *self)
{
}

GIOStream *
sobre_guest_stream_new (GIOStream *base, SobreGuestStreamRefused refused, gpointer user_data)
{
  SobreGuestStream *self = g_object_new (SOBRE_TYPE_GUEST_STREAM, NULL);

  self->base = g_object_ref (base);
  self->input = g_object_new (SOBRE_TYPE_SCREENED_INPUT, NULL);
  self->input->base = G_POLLABLE_INPUT_STREAM (g_object_ref (g_io_stream_get_input_stream (base)));
  self->input->refused = refused;
  self->input->user_data = user_data;
  return G_IO_STREAM (self);
}
