/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Preloaded into a program, it makes the C library behave as badly as it may, where strace cannot:
 *
 *   FAULTY_SHORT=1        every read and write of a regular file does half of what it is asked for
 *   FAULTY_MALLOC=N       the Nth allocation fails, and all later ones do
 *   FAULTY_COUNT=PATH     at the end the number of allocations is written there
 */

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* glibc's own names for what is replaced below. */
extern void *__libc_malloc (size_t size);
extern void *__libc_calloc (size_t count, size_t size);
extern void *__libc_realloc (void *old, size_t size);

static int is_short;
static unsigned long first_failing;
static atomic_ulong n_allocations;

__attribute__ ((constructor)) static void
begin (void)
{
  const char *failing = getenv ("FAULTY_MALLOC");

  is_short = getenv ("FAULTY_SHORT") != NULL;
  first_failing = failing != NULL ? strtoul (failing, NULL, 10) : 0;
}

__attribute__ ((destructor)) static void
end (void)
{
  const char *path = getenv ("FAULTY_COUNT");
  int file = path != NULL ? open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;

  if (file >= 0)
    {
      dprintf (file, "%lu\n", atomic_load (&n_allocations));
      close (file);
    }
}

static int
fails (void)
{
  unsigned long number = atomic_fetch_add (&n_allocations, 1) + 1;

  if (first_failing == 0 || number < first_failing)
    return 0;
  errno = ENOMEM;
  return 1;
}

void *
malloc (size_t size)
{
  return fails () ? NULL : __libc_malloc (size);
}

void *
calloc (size_t count, size_t size)
{
  return fails () ? NULL : __libc_calloc (count, size);
}

void *
realloc (void *old, size_t size)
{
  return fails () ? NULL : __libc_realloc (old, size);
}

static size_t
cut (int file, size_t length)
{
  struct stat status;

  return is_short && length > 1 && fstat (file, &status) == 0 && S_ISREG (status.st_mode) ? length / 2 : length;
}

ssize_t
write (int file, const void *data, size_t length)
{
  return syscall (SYS_write, file, data, cut (file, length));
}

ssize_t
read (int file, void *data, size_t length)
{
  return syscall (SYS_read, file, data, cut (file, length));
}

ssize_t
pwrite64 (int file, const void *data, size_t length, off64_t offset)
{
  return syscall (SYS_pwrite64, file, data, cut (file, length), offset);
}

ssize_t
pread64 (int file, void *data, size_t length, off64_t offset)
{
  return syscall (SYS_pread64, file, data, cut (file, length), offset);
}

ssize_t
pwrite (int file, const void *data, size_t length, off_t offset)
{
  return pwrite64 (file, data, length, offset);
}

ssize_t
pread (int file, void *data, size_t length, off_t offset)
{
  return pread64 (file, data, length, offset);
}
