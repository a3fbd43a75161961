/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "menu-fixture.h"

#include "publish/sobre-menu-live.h"

typedef struct
{
  char *folder;
  SobreSiteAssets *assets;
  SobreMenuLive *live;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = make_folder ();
  f->assets = load_assets ();
  f->live = sobre_menu_live_new (open (f->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), f->assets);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sobre_menu_live_free (f->live);
  sobre_site_assets_free (f->assets);
  remove_folder (f->folder);
}

static const char *
get_main (Fixture *f, const char *language)
{
  SobreMenuPage page = sobre_menu_live_begin_page (f->live, language, NULL);

  g_assert_cmpstr (page.language, ==, language);
  return sobre_menu_live_get_main (f->live, &page);
}

static const char *
get_pointer (Fixture *f)
{
  return g_bytes_get_data (sobre_menu_live_get_pointer (f->live)->plain, NULL);
}

static char *
get_file_name (Fixture *f)
{
  const char *begin = strstr (get_pointer (f), "\"en\":\"") + strlen ("\"en\":\"");

  return g_strndup (begin, strcspn (begin, "\""));
}

static void
publish (Fixture *f, const char *price)
{
  g_autoptr (SobreMenuPointer) pointer = publish_menu (f->folder, price, "");
}

static void
mark (Fixture *f, const char *item, gboolean sold_out)
{
  const char *const items[] = { item, NULL };
  g_autoptr (SobreMenuPointer) pointer = sobre_menu_store_mark (f->folder, items, sold_out, NULL);

  g_assert_nonnull (pointer);
}

static void
test_follows (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_false (sobre_menu_live_refresh (f->live));
  g_assert_null (sobre_menu_live_get_pointer (f->live));
  publish (f, "5");
  g_assert_true (sobre_menu_live_refresh (f->live));
  g_assert_nonnull (strstr (get_main (f, "en"), "Soup 5"));
  g_assert_nonnull (strstr (get_main (f, "en"), "€5.00"));
  g_assert_nonnull (strstr (get_main (f, "de"), "5,00\u00a0€"));
  first = get_file_name (f);

  publish (f, "6");
  g_assert_true (sobre_menu_live_refresh (f->live));
  g_assert_nonnull (strstr (get_main (f, "en"), "Soup 6"));
  g_assert_nonnull (strstr (get_pointer (f), "\"version\":2"));
  second = get_file_name (f);
  g_assert_cmpstr (first, !=, second);

  /* Who read the pointer just before gets what it named. */
  g_assert_nonnull (strstr (g_bytes_get_data (sobre_menu_live_find (f->live, first)->plain, NULL), "Soup 5"));
  g_assert_nonnull (strstr (g_bytes_get_data (sobre_menu_live_find (f->live, second)->plain, NULL), "Soup 6"));
  g_assert_null (sobre_menu_live_find (f->live, "../form.json"));
  g_assert_null (sobre_menu_live_find (f->live, ""));
}

static void
test_sold_out (Fixture *f, gconstpointer data)
{
  g_autofree char *name = NULL;
  g_autofree char *same = NULL;

  publish (f, "5");
  sobre_menu_live_refresh (f->live);
  name = get_file_name (f);
  g_assert_nonnull (strstr (get_pointer (f), "\"sold_out\":[\"crab\"]"));
  g_assert_nonnull (strstr (get_main (f, "en"), "Sold out"));

  mark (f, "crab", FALSE);
  sobre_menu_live_refresh (f->live);
  g_assert_nonnull (strstr (get_pointer (f), "\"sold_out\":[]"));
  g_assert_null (strstr (get_main (f, "en"), "Sold out"));

  mark (f, "soup/bread", TRUE);
  sobre_menu_live_refresh (f->live);
  g_assert_nonnull (strstr (get_main (f, "de"), "Ausverkauft"));

  /* What was published is the same file all the while, and holds nothing of it. */
  same = get_file_name (f);
  g_assert_cmpstr (name, ==, same);
  g_assert_null (strstr (g_bytes_get_data (sobre_menu_live_find (f->live, name)->plain, NULL), "Sold out"));
}

static void
test_rolled_back (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *back = NULL;
  g_autoptr (SobreMenuPointer) pointer = NULL;

  publish (f, "5");
  sobre_menu_live_refresh (f->live);
  first = get_file_name (f);
  publish (f, "6");
  sobre_menu_live_refresh (f->live);
  pointer = sobre_menu_store_roll_back (f->folder, 0, NOON, NULL);
  sobre_menu_live_refresh (f->live);
  back = get_file_name (f);
  g_assert_cmpstr (first, ==, back);
}

/* What cannot be read changes nothing for guests. */
static void
test_damage (Fixture *f, gconstpointer data)
{
  g_autoptr (SobreMenuPointer) pointer = NULL;

  publish (f, "5");
  sobre_menu_live_refresh (f->live);
  write_in (f->folder, SOBRE_MENU_POINTER_FILE, data);
  g_assert_true (sobre_menu_live_refresh (f->live));
  g_assert_nonnull (strstr (get_main (f, "en"), "Soup 5"));
  publish (f, "6");
  g_assert_true (sobre_menu_live_refresh (f->live));
  g_assert_nonnull (strstr (get_main (f, "en"), "Soup 6"));
}

static void
test_gone (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, SOBRE_MENU_POINTER_FILE, NULL);

  publish (f, "5");
  g_assert_true (sobre_menu_live_refresh (f->live));
  g_remove (path);
  g_assert_false (sobre_menu_live_refresh (f->live));
  g_assert_null (sobre_menu_live_get_pointer (f->live));
}

static void
test_many (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL;

  publish (f, "5");
  sobre_menu_live_refresh (f->live);
  first = get_file_name (f);
  for (guint i = 10; i < 30; i++)
    {
      g_autofree char *price = g_strdup_printf ("%u", i);

      publish (f, price);
      sobre_menu_live_refresh (f->live);
    }
  g_assert_nonnull (strstr (get_main (f, "en"), "Soup 29"));
  g_assert_null (sobre_menu_live_find (f->live, first));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/menu-live/follows", Fixture, NULL, set_up, test_follows, tear_down);
  g_test_add ("/menu-live/sold-out", Fixture, NULL, set_up, test_sold_out, tear_down);
  g_test_add ("/menu-live/rolled-back", Fixture, NULL, set_up, test_rolled_back, tear_down);
  g_test_add ("/menu-live/damaged-pointer", Fixture, "{", set_up, test_damage, tear_down);
  g_test_add ("/menu-live/missing-document", Fixture,
              "{\"version\":9,\"since\":\"2026-11-24T12:00:00.000Z\",\"menu\":\"menu.0000000000000000.json\",\"sha256\":"
              "\"0000000000000000000000000000000000000000000000000000000000000000\",\"currency\":\"EUR\",\"time_zone\":\"UTC\","
              "\"sold_out\":[],\"history_bytes\":9}",
              set_up, test_damage, tear_down);
  g_test_add ("/menu-live/gone", Fixture, NULL, set_up, test_gone, tear_down);
  g_test_add ("/menu-live/many", Fixture, NULL, set_up, test_many, tear_down);
  return g_test_run ();
}
