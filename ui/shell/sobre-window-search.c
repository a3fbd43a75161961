/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where a window goes for what somebody found or searched for outside of it. A window that was opened for it has no workspace yet. */

#include "shell/sobre-window-private.h"

static void
show (SobreWindow *self, SobreFound *found)
{
  switch (sobre_found_get_kind (found))
    {
    case SOBRE_FOUND_QUERY:
      sobre_window_show_page (self, "queries");
      sobre_queries_page_choose (self->queries, sobre_found_get_query_name (found));
      break;
    case SOBRE_FOUND_COMMENT:
      /* It may be older than what the window shows at first. */
      sobre_session_set_period (self->session, SOBRE_PERIOD_YEAR);
      G_GNUC_FALLTHROUGH;
    case SOBRE_FOUND_TABLE:
      sobre_window_show_page (self, "overview");
      sobre_session_set_table (self->session, sobre_found_get_store_id (found), sobre_found_get_table_id (found));
      break;
    }
}

void
sobre_window_show_wanted (SobreWindow *self)
{
  g_autoptr (SobreFound) found = NULL;
  g_autofree char *words = NULL;

  if (self->session == NULL)
    return;
  found = g_steal_pointer (&self->wanted);
  words = g_steal_pointer (&self->wanted_words);
  if (found != NULL)
    show (self, found);
  if (words == NULL)
    return;
  if (found == NULL)
    {
      sobre_window_show_page (self, "overview");
      sobre_session_set_period (self->session, SOBRE_PERIOD_YEAR);
      sobre_session_set_store (self->session, NULL);
    }
  sobre_overview_page_search (self->overview, words);
}

void
sobre_window_show_found (SobreWindow *self, SobreFound *found, const char *words)
{
  g_set_object (&self->wanted, found);
  g_set_str (&self->wanted_words, sobre_found_get_kind (found) == SOBRE_FOUND_COMMENT ? words : NULL);
  sobre_window_show_wanted (self);
}

void
sobre_window_search (SobreWindow *self, const char *words)
{
  g_clear_object (&self->wanted);
  g_set_str (&self->wanted_words, words);
  sobre_window_show_wanted (self);
}
