/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The print operation: a page for every four tables, each code readable in what was printed, and a refusal that prints nothing. */

#include "pages/cards/sobre-cards-page.h"
#include "window-fixture.h"

static gboolean
is_settled (gpointer data)
{
  return !dex_future_is_pending (data);
}

static SobreCardsPage *
make_page (SobreSession *session)
{
  SobreCardsPage *page = g_object_new (SOBRE_TYPE_CARDS_PAGE, "session", session, NULL);

  return g_object_ref_sink (page);
}

static int
count_codes (const char *pdf)
{
  g_autofree char *command =
      g_strdup_printf ("pdftoppm -r 150 -png '%s' '%s-page' && zbarimg --quiet --raw '%s'-page*.png", pdf, pdf, pdf);
  g_autofree char *output = NULL;
  g_autofree char **lines = NULL;
  g_autoptr (GHashTable) codes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  const char *argv[] = { "sh", "-c", command, NULL };
  int status = 0;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  lines = g_strsplit (output, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "HTTP"))
      g_hash_table_add (codes, lines[i]);
  return (int) g_hash_table_size (codes);
}

static void
test_export (void)
{
  g_autoptr (SobreWindowFixture) fixture = sobre_window_fixture_new (TRUE);
  g_autoptr (SobreSession) session = sobre_session_new (fixture->workspace, fixture->clock);
  g_autoptr (SobreCardsPage) page = make_page (session);
  g_autofree char *pdf = g_build_filename (fixture->folder, "cards.pdf", NULL);
  g_autoptr (DexFuture) printed = sobre_cards_page_print (page, GTK_PRINT_OPERATION_ACTION_EXPORT, pdf);
  g_autoptr (GError) error = NULL;

  g_assert_true (sobre_wait_until (is_settled, printed, 60));
  g_assert_nonnull (dex_future_get_value (printed, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_codes (pdf), ==, (int) g_list_model_get_n_items (sobre_workspace_get_tables (fixture->workspace)));
}

/* After a print the workspace knows what its cards say. */
static void
test_printed_base (void)
{
  g_autoptr (SobreWindowFixture) fixture = sobre_window_fixture_new (TRUE);
  g_autoptr (SobreSession) session = sobre_session_new (fixture->workspace, fixture->clock);
  g_autoptr (SobreCardsPage) page = make_page (session);
  g_autofree char *pdf = g_build_filename (fixture->folder, "cards.pdf", NULL);
  g_autoptr (DexFuture) printed = sobre_cards_page_print (page, GTK_PRINT_OPERATION_ACTION_EXPORT, pdf);
  g_autofree char *wanted = sobre_session_dup_guest_base (session);
  g_autofree char *base = NULL;
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  g_assert_true (sobre_wait_until (is_settled, printed, 60));
  while (base == NULL && g_get_monotonic_time () < end)
    {
      sobre_settle ();
      base = sobre_workspace_dup_printed_base (fixture->workspace);
    }
  g_assert_nonnull (base);
  g_assert_cmpint (g_ascii_strcasecmp (base, wanted), ==, 0);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
  g_test_add_func ("/print/every-code-reads-back", test_export);
  g_test_add_func ("/print/address-is-remembered", test_printed_base);
  return g_test_run ();
}
