/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <sys/stat.h>

/* Files of a folder that others may write to as well. Each step of a path is opened by itself and never through a symbolic link, so
 * nobody can lead a reader or writer out of the folder. All functions block and report GIOErrors made from errno. */

/** sobre_files_open_folder: opens @path itself, or makes it, with missing parents. Returns: a descriptor, -1 with a GIOError */
int sobre_files_open_folder (const char *path, gboolean make, GError **error);

/**
 * sobre_files_open_below:
 * @folder: where to begin
 * @steps: (array zero-terminated=1): names of folders, one below the other
 * @make: whether missing ones are made, durably
 *
 * Returns: a descriptor, -1 with a GIOError
 */
int sobre_files_open_below (int folder, const char *const *steps, gboolean make, GError **error);

/**
 * sobre_files_list:
 * @folder: a descriptor, which stays open
 *
 * Returns: (transfer full) (element-type utf8): the names in byte order, without those that begin with a dot; %NULL with a GIOError
 */
GPtrArray *sobre_files_list (int folder, GError **error);

/** sobre_files_open_file: opens a regular file for reading and says what it is. Returns: a descriptor, -1 with a GIOError */
int sobre_files_open_file (int folder, const char *name, struct stat *status, GError **error);

/** sobre_files_read: Returns: (transfer full) (nullable): @size bytes, or as many as there are; %NULL with a GIOError */
GBytes *sobre_files_read (int file, guint64 size, GError **error);

/**
 * sobre_files_lock:
 * @folder: a descriptor, which holds the lock until sobre_files_unlock() or its end
 *
 * Keeps other programs, and other descriptors of this one, from sobre_files_write_whole() there. Waits for 10 seconds at most. A descriptor
 * that has the lock already gets it again.
 *
 * Returns: %FALSE with a GIOError, %G_IO_ERROR_WOULD_BLOCK when somebody else has it for that long
 */
gboolean sobre_files_lock (int folder, GError **error);

void sobre_files_unlock (int folder);

/**
 * sobre_files_write_whole:
 * @replace: whether a file of that name may be there
 *
 * Writes a file so that it is there whole or not at all, and durably: temporary file, fsync, rename, fsync of the folder. Two that write the same file at
 * once do so one after the other.
 *
 * Returns: %FALSE with a GIOError; %G_IO_ERROR_EXISTS when @replace is %FALSE and the name is taken
 */
gboolean sobre_files_write_whole (int folder, const char *name, GBytes *bytes, gboolean replace, GError **error);

/** sobre_files_write_locked: the same through a descriptor that has the folder's lock, and keeps it */
gboolean sobre_files_write_locked (int folder, const char *name, GBytes *bytes, gboolean replace, GError **error);

/** Removes a file, durably; one that is not there is as good as removed. */
gboolean sobre_files_remove (int folder, const char *name, GError **error);

/**
 * sobre_files_remove_all:
 * @names: (element-type utf8): files of @folder
 * @n_removed: (inout): grows by each that was removed
 *
 * Removes files, durably, with one fsync for all; folders among them stay.
 */
gboolean sobre_files_remove_all (int folder, GPtrArray *names, guint *n_removed, GError **error);

/** Removes an empty folder; one that is not empty stays. */
void sobre_files_remove_folder (int parent, const char *name);
