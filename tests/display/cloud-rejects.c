/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the gate in AWS refused, with reasons; what passes after a fix is brought to the lake once somebody said so. */

#include "cloud-fixture.h"

static void
test_nothing (Cloud *self, gconstpointer data)
{
  cloud_show (self, "rejects");
  cloud_expect (self, "Nothing Was Refused");
}

static void
test_reasons (Cloud *self, gconstpointer data)
{
  self->stack.has_refused = TRUE;
  cloud_show (self, "rejects");
  cloud_expect (self, "2 records are refused");
  cloud_expect (self, "“store_id” is missing");
  cloud_expect (self, "store_id.missing");
  cloud_expect (self, "It is not JSON");
  cloud_expect (self, "1 record passes now");
}

static void
test_replay (Cloud *self, gconstpointer data)
{
  GtkWidget *panel;

  self->stack.has_refused = TRUE;
  cloud_show (self, "rejects");
  cloud_expect (self, "1 record passes now");
  panel = cloud_find_panel (self);
  g_assert_true (gtk_widget_activate_action (panel, "rejects.replay", NULL));
  cloud_answer (self, "cancel");
  /* Nothing happens before it was said. */
  g_assert_cmpuint (self->stack.n_replayed, ==, 0);
  g_assert_true (gtk_widget_activate_action (panel, "rejects.replay", NULL));
  cloud_answer (self, "replay");
  cloud_expect (self, "1 record is in the lake");
  g_assert_cmpuint (self->stack.n_replayed, ==, 1);
  /* The list is read again: what was brought is out of it, the rest stays. */
  cloud_expect_gone (self, "passes now");
  cloud_expect (self, "2 records are refused");
}

/* Whoever leaves and comes back finds it as it was. */
static void
test_left (Cloud *self, gconstpointer data)
{
  AdwNavigationView *view;
  guint n;

  self->stack.has_refused = TRUE;
  cloud_show (self, "rejects");
  cloud_expect (self, "2 records are refused");
  view = sobre_find_widget (self->page, ADW_TYPE_NAVIGATION_VIEW);
  adw_navigation_view_pop (view);
  cloud_expect (self, "Answers up to ");
  n = fake_service_get_n_requests (self->service);
  gtk_widget_activate_action (self->page, "cloud.show", "s", "rejects");
  cloud_expect (self, "2 records are refused");
  g_assert_cmpuint (fake_service_get_n_requests (self->service), ==, n);
}

static void
test_failure (Cloud *self, gconstpointer data)
{
  cloud_show (self, "rejects");
  cloud_expect (self, "Nothing Was Refused");
  self->stack.is_missing = TRUE;
  gtk_widget_activate_action (cloud_find_panel (self), "rejects.read", NULL);
  cloud_expect (self, "No stack sobremesa is deployed");
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
  g_test_add ("/rejects/nothing", Cloud, NULL, cloud_open, test_nothing, cloud_close);
  g_test_add ("/rejects/reasons", Cloud, NULL, cloud_open, test_reasons, cloud_close);
  g_test_add ("/rejects/replay", Cloud, NULL, cloud_open, test_replay, cloud_close);
  g_test_add ("/rejects/left", Cloud, NULL, cloud_open, test_left, cloud_close);
  g_test_add ("/rejects/failure", Cloud, NULL, cloud_open, test_failure, cloud_close);
  return g_test_run ();
}
