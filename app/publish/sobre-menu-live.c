/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "publish/sobre-menu-live.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <sys/stat.h>

#include "lake/sobre-lake-files.h"
#include "publish/sobre-language-choice.h"
#include "publish/sobre-menu-store.h"

#define HTML "text/html; charset=utf-8"
#define JSON "application/json"
#define NAME_DIGITS 16
/* Editions whose files are still there; a phone asks for a file within a second of the pointer that names it. */
#define EDITIONS_KEPT 8

/* Edition: one published document, as files. @files: language → SobreSiteAsset */
typedef struct
{
  guint version;
  char *sha256;
  char *time_zone;
  SobreMenu *menu;
  GHashTable *files;
} Edition;

struct _SobreMenuLive
{
  int folder;
  const SobreSiteAssets *assets;
  int pointer_file;    /* the pointer that was read last: held open, so that no other file can be given its inode */
  GPtrArray *editions; /* (element-type Edition): the current one last */
  gboolean published;
  GHashTable *sold_out;
  GHashTable *mains; /* language → the element as it is now */
  SobreSiteAsset *pointer;
};

static void
edition_free (gpointer data)
{
  Edition *edition = data;

  g_free (edition->sha256);
  g_free (edition->time_zone);
  g_object_unref (edition->menu);
  g_hash_table_unref (edition->files);
  g_free (edition);
}

static Edition *
get_edition (const SobreMenuLive *self)
{
  return g_ptr_array_index (self->editions, self->editions->len - 1);
}

SobreMenuLive *
sobre_menu_live_new (int folder, const SobreSiteAssets *assets)
{
  SobreMenuLive *self = g_new0 (SobreMenuLive, 1);

  self->folder = folder;
  self->pointer_file = -1;
  self->assets = assets;
  self->editions = g_ptr_array_new_with_free_func (edition_free);
  return self;
}

static void
forget_state (SobreMenuLive *self)
{
  self->published = FALSE;
  g_clear_pointer (&self->sold_out, g_hash_table_unref);
  g_clear_pointer (&self->mains, g_hash_table_unref);
  g_clear_pointer (&self->pointer, sobre_site_asset_free);
}

void
sobre_menu_live_free (SobreMenuLive *self)
{
  forget_state (self);
  g_ptr_array_unref (self->editions);
  g_clear_fd (&self->pointer_file, NULL);
  g_clear_fd (&self->folder, NULL);
  g_free (self);
}

/* A file's name tells its bytes, so that it can be kept for ever wherever it is. */
static SobreSiteAsset *
make_asset (const char *stem, const char *suffix, const char *type, char *data, gsize length)
{
  g_autofree char *hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data, length);
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, length);
  g_autofree char *name = g_strdup_printf ("%s.%.*s.%s", stem, NAME_DIGITS, hash, suffix);

  return sobre_site_asset_new (name, type, bytes, TRUE);
}

static SobreMenuPage
make_page (const SobreMenuLive *self, const Edition *edition, const char *language, GHashTable *sold_out)
{
  return (SobreMenuPage) {
    .menu = edition->menu,
    .assets = self->assets,
    .version = edition->version,
    .time_zone = edition->time_zone,
    .language = language,
    .sold_out = sold_out,
  };
}

/* The files hold the menu as it was published; what is sold out comes and goes and is the pointer's. */
static Edition *
make_edition (const SobreMenuLive *self, const SobreMenuPointer *pointer, SobreMenu *menu)
{
  Edition *edition = g_new0 (Edition, 1);
  const char *const *languages = sobre_menu_get_languages (menu);

  edition->version = pointer->version;
  edition->sha256 = g_strdup (pointer->sha256);
  edition->time_zone = g_strdup (pointer->time_zone);
  edition->menu = g_object_ref (menu);
  edition->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sobre_site_asset_free);
  for (guint i = 0; languages[i] != NULL; i++)
    {
      SobreMenuPage page = make_page (self, edition, languages[i], NULL);
      gsize length;
      char *html = sobre_menu_page_render_main (&page, &length);

      g_hash_table_insert (edition->files, g_strdup (languages[i]), make_asset (languages[i], "html", HTML, html, length));
    }
  return edition;
}

static SobreSiteAsset *
make_pointer (const Edition *edition, const SobreMenuPointer *pointer)
{
  const char *const *languages = sobre_menu_get_languages (edition->menu);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char *json;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, edition->version);
  json_builder_set_member_name (builder, "files");
  json_builder_begin_object (builder);
  for (guint i = 0; languages[i] != NULL; i++)
    {
      const SobreSiteAsset *file = g_hash_table_lookup (edition->files, languages[i]);

      json_builder_set_member_name (builder, languages[i]);
      json_builder_add_string_value (builder, file->name);
    }
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "sold_out");
  json_builder_begin_array (builder);
  for (guint i = 0; pointer->sold_out[i] != NULL; i++)
    json_builder_add_string_value (builder, pointer->sold_out[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json = json_to_string (root, FALSE);
  return make_asset ("current", "json", JSON, json, strlen (json));
}

/* Makes the pointer's menu the current edition: the same object as long as the menu is the same. */
static gboolean
take_edition (SobreMenuLive *self, const SobreMenuPointer *pointer, GError **error)
{
  Edition *current = self->editions->len > 0 ? get_edition (self) : NULL;
  g_autoptr (SobreMenu) menu = NULL;

  if (current != NULL && current->version == pointer->version && g_str_equal (current->sha256, pointer->sha256) &&
      g_str_equal (current->time_zone, pointer->time_zone))
    return TRUE;
  menu = sobre_menu_store_load (self->folder, pointer, error);
  if (menu == NULL)
    return FALSE;
  g_ptr_array_add (self->editions, make_edition (self, pointer, menu));
  if (self->editions->len > EDITIONS_KEPT)
    g_ptr_array_remove_index (self->editions, 0);
  return TRUE;
}

static gboolean
take_pointer (SobreMenuLive *self, GError **error)
{
  g_autoptr (SobreMenuPointer) pointer = sobre_menu_store_read_pointer (self->folder, error);

  if (pointer == NULL || !take_edition (self, pointer, error))
    return FALSE;
  forget_state (self);
  self->published = TRUE;
  self->sold_out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; pointer->sold_out[i] != NULL; i++)
    g_hash_table_add (self->sold_out, g_strdup (pointer->sold_out[i]));
  self->mains = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->pointer = make_pointer (get_edition (self), pointer);
  return TRUE;
}

/* A pointer is written as a new file that takes the name of the old one. */
static gboolean
has_moved (SobreMenuLive *self, const struct stat *now)
{
  struct stat seen;

  return self->pointer_file < 0 || fstat (self->pointer_file, &seen) != 0 || seen.st_ino != now->st_ino ||
         seen.st_dev != now->st_dev;
}

gboolean
sobre_menu_live_refresh (SobreMenuLive *self)
{
  g_autoptr (GError) error = NULL;
  struct stat now;

  if (fstatat (self->folder, SOBRE_MENU_POINTER_FILE, &now, AT_SYMLINK_NOFOLLOW) != 0)
    {
      if (errno == ENOENT)
        forget_state (self);
      g_clear_fd (&self->pointer_file, NULL);
      return self->published;
    }
  if (!has_moved (self, &now))
    return self->published;
  /* Should the pointer move again before it is read, it has moved for the next refresh too. */
  g_clear_fd (&self->pointer_file, NULL);
  self->pointer_file = sobre_files_open_file (self->folder, SOBRE_MENU_POINTER_FILE, &now, NULL);
  if (!take_pointer (self, &error))
    g_message ("guests see the menu that they saw: %s", error->message);
  return self->published;
}

SobreMenuPage
sobre_menu_live_begin_page (SobreMenuLive *self, const char *wanted, const char *accept_language)
{
  const Edition *edition = get_edition (self);
  const char *language = sobre_language_choose (sobre_menu_get_languages (edition->menu), wanted, accept_language);

  return make_page (self, edition, language, self->sold_out);
}

const char *
sobre_menu_live_get_main (SobreMenuLive *self, const SobreMenuPage *page)
{
  char *html = g_hash_table_lookup (self->mains, page->language);
  gsize length;

  if (html != NULL)
    return html;
  html = sobre_menu_page_render_main (page, &length);
  g_hash_table_insert (self->mains, g_strdup (page->language), html);
  return html;
}

const SobreSiteAsset *
sobre_menu_live_get_pointer (SobreMenuLive *self)
{
  return self->pointer;
}

const SobreSiteAsset *
sobre_menu_live_find (SobreMenuLive *self, const char *name)
{
  for (guint i = self->editions->len; i > 0; i--)
    {
      const Edition *edition = g_ptr_array_index (self->editions, i - 1);
      GHashTableIter iter;
      gpointer value;

      g_hash_table_iter_init (&iter, edition->files);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        if (g_str_equal (((const SobreSiteAsset *) value)->name, name))
          return value;
    }
  return NULL;
}
