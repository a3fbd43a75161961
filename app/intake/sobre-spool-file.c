/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Spool segments on disk. The order of system calls is the guarantee:
 *
 *   create   mkdirat, fsync of each parent · openat(O_EXCL) · fsync of the day's folder
 *   append   write… · fdatasync                                    only then is a line acknowledged
 *   close    renameat(x.jsonl, x.closed.jsonl) · fsync of the day's folder
 *   broken   close the descriptor · open again · ftruncate to the last durable byte · fsync · close as above
 *
 * Every name is opened relative to the spool's descriptor and never through a symbolic link.
 */

#include "intake/sobre-spool-file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/sobre-time.h"

#define OPEN_SUFFIX ".jsonl"
#define CLOSED_SUFFIX ".closed.jsonl"
#define READ_SIZE (64 * 1024)
#define NAME_SIZE (SOBRE_ID_STRING_LENGTH + sizeof CLOSED_SUFFIX)

struct _SobreSpoolFile
{
  char name[SOBRE_ID_STRING_LENGTH + 1];
  int folder;
  int fd;
  gint32 dt;
  guint64 size;
  gboolean broken;
};

static gboolean
set_error (GError **error, const char *what, const char *name)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s %s: %s", what, name, g_strerror (code));
  return FALSE;
}

static gboolean
sync_folder (int folder, GError **error)
{
  return fsync (folder) == 0 || set_error (error, "fsync", "folder");
}

/* Opens a folder below parent, making it when it is not there. */
static int
open_folder (int parent, const char *name, GError **error)
{
  int folder;

  if (mkdirat (parent, name, 0700) == 0)
    {
      if (!sync_folder (parent, error))
        return -1;
    }
  else if (errno != EEXIST)
    {
      set_error (error, "mkdir", name);
      return -1;
    }
  folder = openat (parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder < 0)
    set_error (error, "open", name);
  return folder;
}

int
sobre_spool_open (const char *folder, GError **error)
{
  int spool;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      set_error (error, "mkdir", folder);
      return -1;
    }
  spool = open (folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (spool < 0)
    {
      set_error (error, "open", folder);
      return -1;
    }
  if (fchmod (spool, 0700) != 0 || flock (spool, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno == EWOULDBLOCK)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "another intake writes to %s", folder);
      else
        set_error (error, "lock", folder);
      close (spool);
      return -1;
    }
  return spool;
}

/* Renames the segment, or removes it when it is empty, so that it no longer counts as open. */
static gboolean
retire (int folder, const char *name, gboolean empty, GError **error)
{
  char from[NAME_SIZE];
  char to[NAME_SIZE];

  g_snprintf (from, sizeof from, "%s" OPEN_SUFFIX, name);
  g_snprintf (to, sizeof to, "%s" CLOSED_SUFFIX, name);
  if (empty ? unlinkat (folder, from, 0) != 0 : renameat (folder, from, folder, to) != 0)
    return set_error (error, empty ? "unlink" : "rename", from);
  return sync_folder (folder, error);
}

SobreSpoolFile *
sobre_spool_file_create (int spool, SobreDataset dataset, gint32 dt, const SobreId *id, GError **error)
{
  g_autofree SobreSpoolFile *self = g_new0 (SobreSpoolFile, 1);
  char day[sizeof "dt=" + SOBRE_DAY_STRING_LENGTH] = "dt=";
  char name[NAME_SIZE];
  int parent;

  sobre_day_format (dt, day + strlen ("dt="));
  sobre_id_format (id, self->name);
  g_snprintf (name, sizeof name, "%s" OPEN_SUFFIX, self->name);
  self->dt = dt;
  parent = open_folder (spool, sobre_dataset_get_name (dataset), error);
  if (parent < 0)
    return NULL;
  self->folder = open_folder (parent, day, error);
  close (parent);
  if (self->folder < 0)
    return NULL;
  self->fd = openat (self->folder, name, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      set_error (error, "create", name);
      close (self->folder);
      return NULL;
    }
  if (!sync_folder (self->folder, error))
    {
      unlinkat (self->folder, name, 0);
      close (self->fd);
      close (self->folder);
      return NULL;
    }
  return g_steal_pointer (&self);
}

gboolean
sobre_spool_file_append (SobreSpoolFile *self, const guint8 *lines, gsize length, GError **error)
{
  gsize written = 0;

  g_assert (!self->broken);
  g_assert (length > 0 && lines[length - 1] == '\n');

  while (written < length)
    {
      gssize n = write (self->fd, lines + written, length - written);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          errno = n == 0 ? EIO : errno;
          self->broken = TRUE;
          return set_error (error, "write", self->name);
        }
      written += n;
    }
  if (fdatasync (self->fd) != 0)
    {
      self->broken = TRUE;
      return set_error (error, "fdatasync", self->name);
    }
  self->size += length;
  return TRUE;
}

guint64
sobre_spool_file_get_size (const SobreSpoolFile *self)
{
  return self->size;
}

gint32
sobre_spool_file_get_dt (const SobreSpoolFile *self)
{
  return self->dt;
}

/* Cuts a segment to size bytes through a new descriptor, durably. */
static gboolean
cut (int folder, const char *name, guint64 size, GError **error)
{
  char path[NAME_SIZE];
  gboolean done;
  int fd;

  g_snprintf (path, sizeof path, "%s" OPEN_SUFFIX, name);
  fd = openat (folder, path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0)
    return set_error (error, "open", path);
  done = (ftruncate (fd, size) == 0 && fsync (fd) == 0) || set_error (error, "cut", path);
  close (fd);
  return done;
}

gboolean
sobre_spool_file_close (SobreSpoolFile *self, GError **error)
{
  gboolean done = TRUE;

  close (self->fd);
  if (self->broken && self->size > 0)
    done = cut (self->folder, self->name, self->size, error);
  done = done && retire (self->folder, self->name, self->size == 0, error);
  close (self->folder);
  g_free (self);
  return done;
}

/* Reads a segment's whole lines; length of what they take, -1 with errno. */
static gint64
read_lines (int fd, SobreDataset dataset, SobreSpoolLine line, gpointer user_data)
{
  g_autoptr (GByteArray) rest = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (READ_SIZE);
  gint64 whole = 0;

  for (;;)
    {
      const guint8 *start;
      const guint8 *newline;
      gssize n = read (fd, buffer, READ_SIZE);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return n < 0 ? -1 : whole;
      g_byte_array_append (rest, buffer, n);
      start = rest->data;
      while ((newline = memchr (start, '\n', rest->data + rest->len - start)) != NULL)
        {
          if (line != NULL)
            line (dataset, (const char *) start, newline - start, user_data);
          whole += newline + 1 - start;
          start = newline + 1;
        }
      if (start > rest->data)
        g_byte_array_remove_range (rest, 0, start - rest->data);
    }
}

static gboolean
recover_segment (int folder, const char *entry, SobreDataset dataset, SobreSpoolLine line, gpointer user_data, GError **error)
{
  g_autofree char *name = g_strndup (entry, SOBRE_ID_STRING_LENGTH);
  gboolean closed = g_str_equal (entry + SOBRE_ID_STRING_LENGTH, CLOSED_SUFFIX);
  gint64 whole;
  int fd;

  fd = openat (folder, entry, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  /* The writer may have rolled a closed segment into the lake since the folder was read. */
  if (fd < 0)
    return (closed && errno == ENOENT) || set_error (error, "open", entry);
  whole = read_lines (fd, dataset, line, user_data);
  if (whole < 0)
    set_error (error, "read", entry);
  close (fd);
  if (whole < 0)
    return FALSE;
  if (closed)
    return TRUE;
  return cut (folder, name, whole, error) && retire (folder, name, whole == 0, error);
}

static gboolean
is_segment (const char *entry)
{
  SobreId id;

  return strlen (entry) > SOBRE_ID_STRING_LENGTH && sobre_id_parse (entry, SOBRE_ID_STRING_LENGTH, &id) &&
         (g_str_equal (entry + SOBRE_ID_STRING_LENGTH, OPEN_SUFFIX) ||
          g_str_equal (entry + SOBRE_ID_STRING_LENGTH, CLOSED_SUFFIX));
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* The entries of a folder below parent, in order; NULL without an error when the folder is not there. */
static char **
list_folder (int parent, const char *name, int *folder, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *path = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *entry;
  char **entries;

  *folder = openat (parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (*folder < 0)
    {
      if (errno != ENOENT)
        set_error (error, "open", name);
      return NULL;
    }
  path = g_strdup_printf ("/proc/self/fd/%d", *folder);
  dir = g_dir_open (path, 0, error);
  if (dir == NULL)
    {
      close (*folder);
      return NULL;
    }
  while ((entry = g_dir_read_name (dir)) != NULL)
    g_strv_builder_add (builder, entry);
  entries = g_strv_builder_end (builder);
  g_sort_array (entries, g_strv_length (entries), sizeof *entries, compare_names, NULL);
  return entries;
}

static gboolean
recover_day (int parent, const char *day, SobreDataset dataset, SobreSpoolLine line, gpointer user_data, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_auto (GStrv) entries = NULL;
  gboolean done = TRUE;
  int folder;

  entries = list_folder (parent, day, &folder, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (entries == NULL)
    return TRUE;
  for (gsize i = 0; entries[i] != NULL && done; i++)
    if (is_segment (entries[i]))
      done = recover_segment (folder, entries[i], dataset, line, user_data, error);
  close (folder);
  return done;
}

gboolean
sobre_spool_recover (int spool, SobreSpoolLine line, gpointer user_data, GError **error)
{
  for (SobreDataset dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    {
      g_autoptr (GError) local_error = NULL;
      g_auto (GStrv) days = NULL;
      gboolean done = TRUE;
      int folder;

      days = list_folder (spool, sobre_dataset_get_name (dataset), &folder, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (days == NULL)
        continue;
      for (gsize i = 0; days[i] != NULL && done; i++)
        {
          gint32 dt;

          if (g_str_has_prefix (days[i], "dt=") && sobre_day_parse (days[i] + 3, strlen (days[i] + 3), &dt))
            done = recover_day (folder, days[i], dataset, line, user_data, error);
        }
      close (folder);
      if (!done)
        return FALSE;
    }
  return TRUE;
}
