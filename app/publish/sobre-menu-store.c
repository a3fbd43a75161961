/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "publish/sobre-menu-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "lake/sobre-lake-files.h"
#include "publish/sobre-menu-store-private.h"

#define MAX_DOCUMENT_BYTES (1024 * 1024)
#define MAX_HISTORY_BYTES (256 * 1024 * 1024)
#define NAME_DIGITS 16

G_DEFINE_QUARK (sobre-menu-error-quark, sobre_menu_error)

/* Store: the folder while one writer has it. @pointer: (nullable): what guests see, %NULL before the first menu */
typedef struct
{
  int folder;
  SobreMenuPointer *pointer;
} Store;

static void
store_clear (Store *self)
{
  g_clear_fd (&self->folder, NULL);
  g_clear_pointer (&self->pointer, sobre_menu_pointer_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Store, store_clear)

/* Makes a %SOBRE_MENU_ERROR_FAILED of what the file system said. */
static gboolean
fail (GError **error, GError *cause)
{
  g_set_error (error, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_FAILED,
               _ ("The menu could not be published: %s. Guests see what they saw"), cause->message);
  g_error_free (cause);
  return FALSE;
}

static gboolean
fail_errno (GError **error, const char *name)
{
  int code = errno;

  return fail (error, g_error_new (G_IO_ERROR, (gint) g_io_error_from_errno (code), "%s: %s", name, g_strerror (code)));
}

static gboolean
refuse_nothing (GError **error)
{
  g_set_error_literal (error, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_NONE,
                       _ ("No menu is published: write menu.json and run “sobremesa menu publish”"));
  return FALSE;
}

/* The bytes of a file; NULL with a GIOError. */
static GBytes *
read_file (int folder, const char *name, guint64 max, GError **error)
{
  struct stat status;
  g_autofd int file = sobre_files_open_file (folder, name, &status, error);

  if (file < 0)
    return NULL;
  if ((guint64) status.st_size <= max)
    return sobre_files_read (file, (guint64) status.st_size, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s", name, _ ("too large"));
  return NULL;
}

SobreMenuPointer *
sobre_menu_store_read_pointer (int folder, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GBytes) bytes = read_file (folder, SOBRE_MENU_POINTER_FILE, MAX_DOCUMENT_BYTES, &cause);
  gsize length;
  const char *json;

  if (bytes != NULL)
    {
      json = g_bytes_get_data (bytes, &length);
      return sobre_menu_pointer_parse (length > 0 ? json : "", length, error);
    }
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    refuse_nothing (error);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    g_set_error_literal (error, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_DAMAGED, cause->message);
  else
    fail (error, g_steal_pointer (&cause));
  return NULL;
}

static char *
hash_bytes (GBytes *bytes)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

GBytes *
sobre_menu_store_read_document (int folder, const SobreMenuPointer *pointer, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GBytes) bytes = read_file (folder, pointer->file, MAX_DOCUMENT_BYTES, &cause);
  g_autofree char *hash = bytes != NULL ? hash_bytes (bytes) : NULL;

  if (hash != NULL && g_str_equal (hash, pointer->sha256))
    return g_steal_pointer (&bytes);
  g_set_error (error, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_DAMAGED,
               _ ("%s, version %u of the menu, is not as it was published (%s): restore it from a copy, or publish anew"),
               pointer->file, pointer->version, cause != NULL ? cause->message : _ ("its bytes have another hash"));
  return NULL;
}

SobreMenu *
sobre_menu_store_load (int folder, const SobreMenuPointer *pointer, GError **error)
{
  g_autoptr (GBytes) bytes = sobre_menu_store_read_document (folder, pointer, error);
  g_autoptr (GError) cause = NULL;
  SobreMenu *menu;
  gsize length;
  const char *json;

  if (bytes == NULL)
    return NULL;
  json = g_bytes_get_data (bytes, &length);
  menu = sobre_menu_parse (json, (gssize) length, pointer->currency, NULL, &cause);
  if (menu == NULL)
    g_set_error (error, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_DAMAGED, "%s: %s", pointer->file, cause->message);
  return menu;
}

SobreMenuPointer *
sobre_menu_store_look (const char *path, SobreMenu **menu, GError **error)
{
  g_autofd int folder = sobre_files_open_folder (path, FALSE, NULL);
  SobreMenuPointer *pointer;

  if (folder < 0)
    {
      refuse_nothing (error);
      return NULL;
    }
  pointer = sobre_menu_store_read_pointer (folder, error);
  if (pointer != NULL && menu != NULL)
    *menu = sobre_menu_store_load (folder, pointer, NULL);
  return pointer;
}

/* Reads the history that counts. Without a pointer all whole lines count: the pointer was lost, the history was not. @strict: whether a
 * line that is none is an error; else it is passed over. */
static GPtrArray *
read_history (const Store *self, gboolean strict, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_menu_entry_free);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GBytes) bytes = read_file (self->folder, SOBRE_MENU_HISTORY_FILE, MAX_HISTORY_BYTES, &cause);
  gsize length = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  guint n_lines = 0;
  const char *end;

  if (bytes == NULL && !g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      fail (error, g_steal_pointer (&cause));
      return NULL;
    }
  if (self->pointer != NULL)
    length = MIN (length, self->pointer->history_bytes);
  for (; length > 0 && (end = memchr (text, '\n', length)) != NULL; text = end + 1)
    {
      SobreMenuEntry *entry = sobre_menu_entry_parse (text, (gsize) (end - text));

      length -= (gsize) (end + 1 - text);
      n_lines++;
      if (entry != NULL)
        g_ptr_array_add (entries, entry);
      else if (strict)
        {
          g_set_error (error, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_DAMAGED, _ ("%s: line %u is not as it was written"),
                       SOBRE_MENU_HISTORY_FILE, n_lines);
          return NULL;
        }
    }
  return g_steal_pointer (&entries);
}

/* Takes the folder for one writer and reads its pointer. One that is damaged counts as none when a new one is about to be written. */
static gboolean
store_open (Store *self, const char *path, gboolean make, GError **error)
{
  GError *cause = NULL;

  self->folder = sobre_files_open_folder (path, make, &cause);
  if (self->folder < 0 && !make && g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_clear_error (&cause);
      return refuse_nothing (error);
    }
  if (self->folder < 0 || !sobre_files_lock (self->folder, &cause))
    return fail (error, cause);
  self->pointer = sobre_menu_store_read_pointer (self->folder, &cause);
  if (self->pointer != NULL)
    return TRUE;
  /* A pointer that is none, or damaged, is made anew; one that cannot be read now still says what is sold out. */
  if (make && !g_error_matches (cause, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_FAILED))
    {
      g_error_free (cause);
      return TRUE;
    }
  g_propagate_error (error, cause);
  return FALSE;
}

/* Appends a line behind what counts of the history and makes it durable. Returns how much counts with it, 0 with an error. */
static guint64
append_history (const Store *self, const SobreMenuEntry *entry, GError **error)
{
  g_autofd int file = openat (self->folder, SOBRE_MENU_HISTORY_FILE, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  g_autoptr (GBytes) line = sobre_menu_entry_format (entry);
  struct stat status;
  guint64 begin;
  gsize length;
  const char *data = g_bytes_get_data (line, &length);

  if (file < 0 || fstat (file, &status) != 0)
    return fail_errno (error, SOBRE_MENU_HISTORY_FILE);
  begin = (guint64) status.st_size;
  if (self->pointer != NULL)
    begin = MIN (begin, self->pointer->history_bytes);
  if (begin < (guint64) status.st_size && ftruncate (file, (off_t) begin) != 0)
    return fail_errno (error, SOBRE_MENU_HISTORY_FILE);
  for (gsize done = 0; done < length;)
    {
      gssize n = pwrite (file, data + done, length - done, (off_t) (begin + done));

      if (n < 0 && errno != EINTR)
        return fail_errno (error, SOBRE_MENU_HISTORY_FILE);
      done += (gsize) MAX (n, 0);
    }
  if (fsync (file) != 0 || fsync (self->folder) != 0)
    return fail_errno (error, SOBRE_MENU_HISTORY_FILE);
  return begin + length;
}

static gboolean
write_file (const Store *self, const char *name, GBytes *bytes, GError **error)
{
  GError *cause = NULL;

  return sobre_files_write_locked (self->folder, name, bytes, TRUE, &cause) || fail (error, cause);
}

static gboolean
write_pointer (const Store *self, const SobreMenuPointer *pointer, GError **error)
{
  g_autoptr (GBytes) bytes = sobre_menu_pointer_format (pointer);

  return write_file (self, SOBRE_MENU_POINTER_FILE, bytes, error);
}

/* Makes what @entry says what guests see: history first, the pointer last. @entry gets its changes. */
static SobreMenuPointer *
put (const Store *self, SobreMenuEntry *entry, SobreMenu *menu, const char *time_zone, GError **error)
{
  g_autoptr (SobreMenu) before = self->pointer != NULL ? sobre_menu_store_load (self->folder, self->pointer, NULL) : NULL;
  g_autoptr (SobreMenuPointer) pointer = g_new0 (SobreMenuPointer, 1);

  entry->changes = sobre_menu_list_allergen_changes (before, menu);
  entry->n_dishes = sobre_menu_get_n_dishes (menu);
  pointer->version = entry->version;
  pointer->since = entry->at;
  pointer->file = g_strdup (entry->file);
  pointer->sha256 = g_strdup (entry->sha256);
  pointer->currency = g_strdup (entry->currency);
  pointer->time_zone = g_strdup (time_zone);
  pointer->sold_out = sobre_menu_list_sold_out (self->pointer, menu);
  pointer->history_bytes = append_history (self, entry, error);
  if (pointer->history_bytes == 0 || !write_pointer (self, pointer, error))
    return NULL;
  return g_steal_pointer (&pointer);
}

/* The document's own file, which may be there from an earlier publish, or damaged since. */
static gboolean
write_document (const Store *self, const char *name, GBytes *document, GError **error)
{
  g_autoptr (GBytes) there = read_file (self->folder, name, MAX_DOCUMENT_BYTES, NULL);

  return (there != NULL && g_bytes_equal (there, document)) || write_file (self, name, document, error);
}

static guint
find_last_version (GPtrArray *entries)
{
  guint last = 0;

  for (guint i = 0; i < entries->len; i++)
    last = MAX (last, ((const SobreMenuEntry *) g_ptr_array_index (entries, i))->version);
  return last;
}

static gboolean
is_current (const Store *self, const char *sha256, const char *currency, const char *time_zone)
{
  return self->pointer != NULL && g_str_equal (self->pointer->sha256, sha256) &&
         g_str_equal (self->pointer->currency, currency) && g_str_equal (self->pointer->time_zone, time_zone);
}

SobreMenuPointer *
sobre_menu_store_publish (const char *folder,
                          GBytes *document,
                          const char *currency,
                          const char *time_zone,
                          gint64 now,
                          GError **error)
{
  g_auto (Store) store = { -1, NULL };
  g_autoptr (SobreMenuEntry) entry = g_new0 (SobreMenuEntry, 1);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (SobreMenu) menu = NULL;
  gsize length;
  const char *json = g_bytes_get_data (document, &length);

  menu = sobre_menu_parse (json, (gssize) length, currency, NULL, error);
  if (menu == NULL || !store_open (&store, folder, TRUE, error))
    return NULL;
  entry->sha256 = hash_bytes (document);
  entry->file = g_strdup_printf ("menu.%.*s.json", NAME_DIGITS, entry->sha256);
  if (!write_document (&store, entry->file, document, error))
    return NULL;
  if (is_current (&store, entry->sha256, currency, time_zone))
    return g_steal_pointer (&store.pointer);
  entries = read_history (&store, FALSE, error);
  if (entries == NULL)
    return NULL;
  entry->at = now;
  entry->action = SOBRE_MENU_PUBLISHED;
  entry->version = MAX (find_last_version (entries), store.pointer != NULL ? store.pointer->version : 0) + 1;
  entry->currency = g_strdup (currency);
  return put (&store, entry, menu, time_zone, error);
}

/* What a version was published as; the newest entry of it. @version: 0 for the one below the current. NULL with an error. */
static const SobreMenuEntry *
find_version (const Store *self, GPtrArray *entries, guint version, GError **error)
{
  const SobreMenuEntry *found = NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      const SobreMenuEntry *entry = g_ptr_array_index (entries, i);

      if (entry->version == version ||
          (version == 0 && entry->version < self->pointer->version && (found == NULL || entry->version >= found->version)))
        found = entry;
    }
  if (found == NULL && version == 0)
    g_set_error (error, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_VERSION, _ ("Version %u is the first: there is none before it"),
                 self->pointer->version);
  else if (found == NULL)
    g_set_error (error, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_VERSION,
                 _ ("There is no version %u: “sobremesa menu versions” lists them"), version);
  return found;
}

SobreMenuPointer *
sobre_menu_store_roll_back (const char *folder, guint version, gint64 now, GError **error)
{
  g_auto (Store) store = { -1, NULL };
  g_autoptr (SobreMenuEntry) entry = g_new0 (SobreMenuEntry, 1);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (SobreMenu) menu = NULL;
  SobreMenuPointer target = { 0 };
  const SobreMenuEntry *found;

  if (!store_open (&store, folder, FALSE, error))
    return NULL;
  entries = read_history (&store, FALSE, error);
  if (entries == NULL)
    return NULL;
  if (version == store.pointer->version)
    return g_steal_pointer (&store.pointer);
  found = find_version (&store, entries, version, error);
  if (found == NULL)
    return NULL;
  entry->at = now;
  entry->action = SOBRE_MENU_ROLLED_BACK;
  entry->version = target.version = found->version;
  entry->file = target.file = g_strdup (found->file);
  entry->sha256 = target.sha256 = g_strdup (found->sha256);
  entry->currency = target.currency = g_strdup (found->currency);
  menu = sobre_menu_store_load (store.folder, &target, error);
  return menu != NULL ? put (&store, entry, menu, store.pointer->time_zone, error) : NULL;
}

static gboolean
check_item (SobreMenu *menu, const char *item, GError **error)
{
  if (sobre_menu_find_item (menu, item, NULL) != NULL)
    return TRUE;
  g_set_error (error, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_ITEM,
               _ ("The published menu has no “%s”: write a dish's id, or DISH/OPTION for an option"), item);
  return FALSE;
}

SobreMenuPointer *
sobre_menu_store_mark (const char *folder, const char *const *items, gboolean sold_out, GError **error)
{
  g_auto (Store) store = { -1, NULL };
  g_autoptr (GHashTable) set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (SobreMenu) menu = NULL;

  if (!store_open (&store, folder, FALSE, error))
    return NULL;
  menu = sobre_menu_store_load (store.folder, store.pointer, error);
  if (menu == NULL)
    return NULL;
  for (guint i = 0; store.pointer->sold_out[i] != NULL; i++)
    g_hash_table_add (set, g_strdup (store.pointer->sold_out[i]));
  for (guint i = 0; items[i] != NULL; i++)
    {
      if (!check_item (menu, items[i], error))
        return NULL;
      if (sold_out)
        g_hash_table_add (set, g_strdup (items[i]));
      else
        g_hash_table_remove (set, items[i]);
    }
  g_strfreev (store.pointer->sold_out);
  store.pointer->sold_out = sobre_menu_sort_texts (set);
  return write_pointer (&store, store.pointer, error) ? g_steal_pointer (&store.pointer) : NULL;
}

GPtrArray *
sobre_menu_store_list_history (const char *folder, GError **error)
{
  g_auto (Store) store = { -1, NULL };

  return store_open (&store, folder, FALSE, error) ? read_history (&store, TRUE, error) : NULL;
}
