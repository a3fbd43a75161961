/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The lock between programs, also on a file system that has none for files. This program's own flock() stands before the C library's. */

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cache/sobre-cache-lock.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static int refusal;

int
flock (int file, int operation)
{
  struct stat status;

  if (refusal != 0 && fstat (file, &status) == 0 && S_ISREG (status.st_mode))
    {
      errno = refusal;
      return -1;
    }
  return (int) syscall (SYS_flock, file, operation);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("sobremesa-lock-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "sync.lock", NULL);
  refusal = GPOINTER_TO_INT (data);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  refusal = 0;
  g_remove (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->path);
  g_free (self->folder);
}

static void
test_one_at_a_time (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofd int first = -1;
  g_autofd int second = -1;

  g_assert_true (sobre_cache_lock (&first, self->path, &error));
  g_assert_no_error (error);
  g_assert_false (sobre_cache_lock (&second, self->path, &error));
  g_assert_error (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_BUSY);
  g_clear_error (&error);

  sobre_cache_unlock (first);
  g_assert_true (sobre_cache_lock (&second, self->path, &error));
  g_assert_no_error (error);
  sobre_cache_unlock (second);
  g_assert_true (sobre_cache_lock (&first, self->path, &error));
  g_assert_no_error (error);
}

static void
test_other_failures_are_said (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofd int file = -1;

  g_assert_false (sobre_cache_lock (&file, self->path, &error));
  g_assert_error (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_FAILED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define CASE(name, refuses, function) g_test_add (name, Fixture, GINT_TO_POINTER (refuses), set_up, function, tear_down)
  CASE ("/cache/lock/of-the-file", 0, test_one_at_a_time);
  CASE ("/cache/lock/of-the-folder", ENOSYS, test_one_at_a_time);
  CASE ("/cache/lock/not-supported", EOPNOTSUPP, test_one_at_a_time);
  CASE ("/cache/lock/other-failures", EIO, test_other_failures_are_said);
  return g_test_run ();
}
