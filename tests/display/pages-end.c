/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Every page goes when its window goes: nothing that it started keeps it alive. */

#include "pages/cards/sobre-cards-page.h"
#include "pages/collect/sobre-collect-page.h"
#include "pages/menu/sobre-guest-pages.h"
#include "pages/overview/sobre-overview-page.h"
#include "pages/welcome/sobre-welcome-page.h"
#include "window-fixture.h"

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
show_and_drop (GType type, SobreSession *session)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *page = g_object_new (type, NULL);
  gpointer watched = page;

  g_object_add_weak_pointer (G_OBJECT (page), &watched);
  adw_window_set_content (ADW_WINDOW (window), page);
  if (session != NULL)
    g_object_set (page, "session", session, NULL);
  gtk_window_present (GTK_WINDOW (window));
  if (session != NULL)
    g_assert_true (sobre_wait_until (sobre_session_has_figures, session, 60));
  sobre_settle ();
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_true (sobre_wait_until (is_gone, &watched, 60));
}

static void
test_page (gconstpointer data)
{
  g_autoptr (SobreWindowFixture) fixture = sobre_window_fixture_new (TRUE);
  g_autoptr (SobreSession) session = sobre_session_new (fixture->workspace, fixture->clock);
  gpointer watched = session;

  g_object_add_weak_pointer (G_OBJECT (session), &watched);
  sobre_session_start (session);
  show_and_drop (GPOINTER_TO_SIZE (data), session);
  sobre_session_stop (session);
  g_clear_object (&session);
  g_assert_true (sobre_wait_until (is_gone, &watched, 60));
}

static void
test_welcome (void)
{
  show_and_drop (SOBRE_TYPE_WELCOME_PAGE, NULL);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
  g_test_add_data_func ("/pages/overview-ends", GSIZE_TO_POINTER (SOBRE_TYPE_OVERVIEW_PAGE), test_page);
  g_test_add_data_func ("/pages/cards-ends", GSIZE_TO_POINTER (SOBRE_TYPE_CARDS_PAGE), test_page);
  g_test_add_data_func ("/pages/collect-ends", GSIZE_TO_POINTER (SOBRE_TYPE_COLLECT_PAGE), test_page);
  g_test_add_data_func ("/pages/guest-pages-end", GSIZE_TO_POINTER (SOBRE_TYPE_GUEST_PAGES), test_page);
  g_test_add_func ("/pages/welcome-ends", test_welcome);
  return g_test_run ();
}
