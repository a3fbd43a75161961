/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/queries/sobre-sql-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "query/sql/sobre-sql-function.h"
#include "scan/sobre-scan.h"

/* The engine's own lists, so that nothing is offered that a query cannot use. */
static char *
make_words (void)
{
  GString *words = g_string_new ("responses answers events orders");
  guint n_functions;
  const SobreSqlFunction *functions = sobre_sql_functions_get (&n_functions);

  for (guint i = 0; i < SOBRE_N_SCAN_COLUMNS; i++)
    if (i != SOBRE_COLUMN_LOCAL_HOUR)
      g_string_append_printf (words, " %s", sobre_scan_column_get_name ((SobreScanColumn) i));
  for (guint i = 0; i < n_functions; i++)
    if ((functions[i].flags & SOBRE_SQL_HIDDEN) == 0)
      g_string_append_printf (words, " %s", functions[i].name);
  return g_string_free (words, FALSE);
}

void
sobre_sql_words_attach (GtkSourceView *view)
{
  GtkSourceCompletion *completion = gtk_source_view_get_completion (view);
  g_autoptr (GtkSourceCompletionWords) names = gtk_source_completion_words_new (_ ("Names"));
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  g_autofree char *words = make_words ();

  gtk_text_buffer_set_text (buffer, words, -1);
  gtk_source_completion_words_register (names, buffer);
  gtk_source_completion_words_register (names, gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));
  /* The provider reads the words in idle time and does not keep them. */
  g_object_set_data_full (G_OBJECT (view), "names", g_steal_pointer (&buffer), g_object_unref);
  gtk_source_completion_add_provider (completion, GTK_SOURCE_COMPLETION_PROVIDER (names));
}

static void
take_scheme (GtkSourceBuffer *buffer)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();

  gtk_source_buffer_set_style_scheme (buffer,
                                      gtk_source_style_scheme_manager_get_scheme (schemes, dark ? "Adwaita-dark" : "Adwaita"));
}

void
sobre_sql_words_colour (GtkSourceBuffer *buffer)
{
  gtk_source_buffer_set_language (buffer,
                                  gtk_source_language_manager_get_language (gtk_source_language_manager_get_default (), "sql"));
  take_scheme (buffer);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (take_scheme), buffer,
                           G_CONNECT_SWAPPED);
}
