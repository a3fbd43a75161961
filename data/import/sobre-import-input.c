/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Which encoding a table is in, nobody says. A byte order mark does. UTF-16 without one shows in its zeros: every second byte of Latin
 * text. Text in UTF-8 that is not ASCII hardly ever comes about by chance, so a file that is valid UTF-8 throughout is UTF-8; one with few
 * broken places among many sound ones is UTF-8 that somebody has cut. What remains is the Western code page of old spreadsheets. */

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "import/sobre-import-input.h"

#define CHUNK_BYTES (256 * 1024)
#define SNIFF_BYTES 4096
#define SOUND_PER_BROKEN 20 /* UTF-8 with at least so many sound bytes beyond ASCII for each broken one is UTF-8 */
#define MAX_ENCODING_NAME 40
#define BROKEN_BYTE '\xFF'

G_DEFINE_QUARK (sobre-import-error-quark, sobre_import_error)

/**
 * SobreImportInput:
 * @bytes: (nullable): what is read where there is no @file
 * @raw: bytes of the file that were read and are not decoded yet, @n_raw of them
 * @data: the window is from @begin to @end
 * @unit: bytes of the encoding's smallest unit: what is left out where one is broken
 */
struct _SobreImportInput
{
  int file;
  GBytes *bytes;
  char *path;
  char *encoding;
  GIConv converter;
  guint unit;
  guint64 size;
  guint64 position;
  gsize mark;
  char raw[CHUNK_BYTES];
  gsize n_raw;
  char *data;
  gsize begin;
  gsize end;
  gsize allocated;
};

/** Mark: how a file may begin. The longer ones first, since UTF-32's begins with UTF-16's. */
static const struct
{
  const char *encoding;
  const char *bytes;
  gsize length;
} marks[] = {
  { "UTF-32LE", "\xFF\xFE\0\0", 4 }, { "UTF-32BE", "\0\0\xFE\xFF", 4 }, { "UTF-8", "\xEF\xBB\xBF", 3 },
  { "UTF-16LE", "\xFF\xFE", 2 },     { "UTF-16BE", "\xFE\xFF", 2 },
};

static gssize
read_at (const SobreImportInput *self, guint64 offset, char *buffer, gsize size, GError **error)
{
  gssize n;

  if (self->bytes != NULL)
    {
      gsize length;
      const char *data = g_bytes_get_data (self->bytes, &length);

      n = (gssize) MIN (size, length - MIN (offset, length));
      if (n > 0)
        memcpy (buffer, data + offset, (gsize) n);
      return n;
    }

  do
    n = pread (self->file, buffer, size, (off_t) offset);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    g_set_error (error, SOBRE_IMPORT_ERROR, SOBRE_IMPORT_ERROR_UNREADABLE, _ ("%s cannot be read: %s"), self->path,
                 g_strerror (errno));
  return n;
}

/* Zeros at odd places are UTF-16 with the low byte first, at even places with the high byte first. */
static const char *
sniff_utf16 (const char *bytes, gsize length)
{
  gsize zeros[2] = { 0, 0 };
  gsize pairs = length / 2;

  for (gsize i = 0; i < pairs * 2; i++)
    zeros[i % 2] += bytes[i] == '\0';
  if (pairs == 0)
    return NULL;
  if (zeros[1] * 10 > pairs * 4 && zeros[0] * 10 < pairs)
    return "UTF-16LE";
  return zeros[0] * 10 > pairs * 4 && zeros[1] * 10 < pairs ? "UTF-16BE" : NULL;
}

/* Counts bytes beyond ASCII, and among them those where no UTF-8 character begins or goes on. Returns what is left over: the
 * beginning of a character that the next chunk ends. */
static gsize
count_broken (const char *text, gsize length, gboolean last, guint64 *n_beyond, guint64 *n_broken)
{
  const char *at = text;
  const char *end = text + length;

  for (gsize i = 0; i < length; i++)
    *n_beyond += (guint8) text[i] >= 0x80;
  while (at < end && !g_utf8_validate_len (at, (gsize) (end - at), &at))
    {
      if (*at == '\0')
        at++;
      else if (!last && end - at < 4 && g_utf8_get_char_validated (at, end - at) == (gunichar) -2)
        return (gsize) (end - at);
      else
        {
          (*n_broken)++;
          at++;
        }
    }
  return 0;
}

static const char *
tell_utf8 (SobreImportInput *self, GError **error)
{
  g_autofree char *buffer = g_malloc (CHUNK_BYTES);
  guint64 offset = 0, n_beyond = 0, n_broken = 0;
  gsize kept = 0;
  gssize n;

  while ((n = read_at (self, offset, buffer + kept, CHUNK_BYTES - kept, error)) > 0)
    {
      gsize length = kept + (gsize) n;

      offset += (guint64) n;
      kept = count_broken (buffer, length, offset >= self->size, &n_beyond, &n_broken);
      n_beyond -= kept;
      memmove (buffer, buffer + length - kept, kept);
    }
  if (n < 0)
    return NULL;
  return n_broken == 0 || n_beyond - n_broken >= n_broken * SOUND_PER_BROKEN ? "UTF-8" : "WINDOWS-1252";
}

static gboolean
find_encoding (SobreImportInput *self, const char *said, GError **error)
{
  char head[SNIFF_BYTES];
  gssize n = read_at (self, 0, head, sizeof head, error);
  const char *found = NULL;

  if (n < 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (marks) && found == NULL; i++)
    {
      if ((gsize) n < marks[i].length || memcmp (head, marks[i].bytes, marks[i].length) != 0 ||
          (said != NULL && g_ascii_strcasecmp (said, marks[i].encoding) != 0))
        continue;
      found = marks[i].encoding;
      self->mark = marks[i].length;
    }
  if (said != NULL)
    found = said;
  if (found == NULL)
    found = sniff_utf16 (head, (gsize) n);
  if (found == NULL)
    found = tell_utf8 (self, error);
  self->encoding = g_strdup (found);
  return found != NULL;
}

static gboolean
open_converter (SobreImportInput *self, GError **error)
{
  const char *name = self->encoding;

  self->unit = g_ascii_strncasecmp (name, "UTF-16", 6) == 0 ? 2 : g_ascii_strncasecmp (name, "UTF-32", 6) == 0 ? 4 : 1;
  if (g_ascii_strcasecmp (name, "UTF-8") == 0 || g_ascii_strcasecmp (name, "UTF8") == 0)
    return TRUE;
  /* Only a plain name: iconv takes flags behind slashes. */
  if (name[0] != '\0' && strlen (name) <= MAX_ENCODING_NAME &&
      strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.:") == strlen (name))
    self->converter = g_iconv_open ("UTF-8", name);
  if (self->converter != (GIConv) -1)
    return TRUE;
  g_set_error (error, SOBRE_IMPORT_ERROR, SOBRE_IMPORT_ERROR_UNREADABLE, _ ("“%s” is no encoding that is known here"), name);
  return FALSE;
}

/* Room for @n more bytes behind the window, which moves to the front of its memory when that is enough. */
static void
make_room (SobreImportInput *self, gsize n)
{
  gsize length = self->end - self->begin;

  if (self->begin > 0)
    {
      memmove (self->data, self->data + self->begin, length);
      self->begin = 0;
      self->end = length;
    }
  if (length + n > self->allocated)
    {
      self->allocated = MAX (2 * self->allocated, length + n);
      self->data = g_realloc (self->data, self->allocated);
    }
}

static SobreImportInput *
begin (SobreImportInput *self, const char *encoding, GError **error)
{
  self->converter = (GIConv) -1;
  make_room (self, 1); /* so that the window is somewhere even before anything was read */
  if (find_encoding (self, encoding, error) && open_converter (self, error))
    {
      sobre_import_input_rewind (self);
      return self;
    }
  sobre_import_input_free (self);
  return NULL;
}

SobreImportInput *
sobre_import_input_open (const char *path, const char *encoding, GError **error)
{
  /* Not blocking, or a pipe of that name would hold us up. */
  g_autofd int file = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  SobreImportInput *self;
  struct stat status;

  if (file < 0 || fstat (file, &status) < 0)
    {
      g_set_error (error, SOBRE_IMPORT_ERROR, SOBRE_IMPORT_ERROR_UNREADABLE, _ ("%s cannot be read: %s"), path,
                   g_strerror (errno));
      return NULL;
    }
  if (!S_ISREG (status.st_mode))
    {
      g_set_error (error, SOBRE_IMPORT_ERROR, SOBRE_IMPORT_ERROR_UNREADABLE,
                   _ ("%s is not a file; what comes through a pipe has to be saved first, because it is read twice"), path);
      return NULL;
    }

  self = g_new0 (SobreImportInput, 1);
  self->file = g_steal_fd (&file);
  self->path = g_strdup (path);
  self->size = (guint64) status.st_size;
  return begin (self, encoding, error);
}

SobreImportInput *
sobre_import_input_new (GBytes *bytes, const char *encoding, GError **error)
{
  SobreImportInput *self = g_new0 (SobreImportInput, 1);

  self->file = -1;
  self->bytes = g_bytes_ref (bytes);
  self->size = g_bytes_get_size (bytes);
  return begin (self, encoding, error);
}

void
sobre_import_input_free (SobreImportInput *self)
{
  if (self->converter != (GIConv) -1)
    g_iconv_close (self->converter);
  g_clear_fd (&self->file, NULL);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->path);
  g_free (self->encoding);
  g_free (self->data);
  g_free (self);
}

const char *
sobre_import_input_get_encoding (const SobreImportInput *self)
{
  return self->encoding;
}

guint64
sobre_import_input_get_size (const SobreImportInput *self)
{
  return self->size;
}

guint64
sobre_import_input_get_position (const SobreImportInput *self)
{
  return self->position;
}

const char *
sobre_import_input_get_window (const SobreImportInput *self, gsize *length)
{
  *length = self->end - self->begin;
  return self->data + self->begin;
}

void
sobre_import_input_skip (SobreImportInput *self, gsize length)
{
  g_assert (length <= self->end - self->begin);
  self->begin += length;
}

void
sobre_import_input_rewind (SobreImportInput *self)
{
  self->position = self->mark;
  self->n_raw = 0;
  self->begin = self->end = 0;
  if (self->converter != (GIConv) -1)
    g_iconv (self->converter, NULL, NULL, NULL, NULL);
}

/* Decodes what is in @raw into the window; a character that goes on behind it stays. */
static void
decode (SobreImportInput *self, gboolean last)
{
  char *from = self->raw;
  gsize left = self->n_raw;

  while (left > 0)
    {
      gsize room;
      char *to;
      int code = 0;

      make_room (self, 4 * left + 16);
      to = self->data + self->end;
      room = self->allocated - self->end;
      if (g_iconv (self->converter, &from, &left, &to, &room) == (gsize) -1)
        code = errno;
      self->end = (gsize) (to - self->data);
      if (left == 0 || code == E2BIG)
        continue;
      if (code == EINVAL && !last)
        break;
      self->data[self->end++] = BROKEN_BYTE;
      from += MIN (self->unit, left);
      left -= MIN (self->unit, left);
    }
  memmove (self->raw, from, left);
  self->n_raw = left;
}

/* One chunk of the file into the window. Returns what the file gave: 0 at its end, below 0 with an error. */
static gssize
read_chunk (SobreImportInput *self, GError **error)
{
  gssize n;

  if (self->converter == (GIConv) -1)
    {
      make_room (self, CHUNK_BYTES);
      n = read_at (self, self->position, self->data + self->end, CHUNK_BYTES, error);
      if (n > 0)
        self->end += (gsize) n;
    }
  else
    {
      n = read_at (self, self->position, self->raw + self->n_raw, CHUNK_BYTES - self->n_raw, error);
      if (n >= 0)
        {
          self->n_raw += (gsize) n;
          decode (self, n == 0);
        }
    }
  if (n > 0)
    self->position += (guint64) n;
  return n;
}

gboolean
sobre_import_input_fill (SobreImportInput *self, GError **error)
{
  gsize before = self->end - self->begin;
  gsize wanted = MAX (before, 1);

  while (self->end - self->begin - before < wanted)
    {
      gssize n = read_chunk (self, error);

      if (n < 0)
        return FALSE;
      if (n == 0)
        break;
    }
  return self->end - self->begin > before;
}
