/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Writes the report of made-up figures: make-report FILE [--days N] [--answers N] [--stores N] [--comments N] [--name NAME]. */
#include <locale.h>

#include "figures-fixture.h"
#include "model/sobre-time.h"
#include "sobre-report.h"

int
main (int argc, char **argv)
{
  FiguresFixture fixture = figures_fixture_usual ();
  g_autofree char *name = NULL;
  int days = (int) fixture.n_days, answers = (int) fixture.answers_per_day, stores = 1, comments = (int) fixture.n_comments;
  const GOptionEntry entries[] = {
    { "days", 0, 0, G_OPTION_ARG_INT, &days, "Of the filter", "N" },
    { "answers", 0, 0, G_OPTION_ARG_INT, &answers, "A day", "N" },
    { "stores", 0, 0, G_OPTION_ARG_INT, &stores, "With 14 tables each", "N" },
    { "comments", 0, 0, G_OPTION_ARG_INT, &comments, "Listed", "N" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, "The restaurant's", "NAME" },
    { 0 },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE");
  g_autoptr (SobreServiceCalendar) calendar = sobre_service_calendar_new ("Europe/Berlin", 240);
  g_autoptr (GError) error = NULL;
  SobreReport report = { .labels = { .calendar = calendar } };
  SobreFigures *figures;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "usage: make-report FILE");
      return 2;
    }
  fixture.n_days = (guint) days;
  fixture.answers_per_day = (guint) answers;
  fixture.n_stores = (guint) stores;
  fixture.n_comments = (guint) comments;
  figures = figures_fixture_make (&fixture);
  report.restaurant = name != NULL ? name : "Harbour Kitchen";
  report.figures = figures;
  report.made_at = fixture.last_day * SOBRE_DAY_MS + 14 * 3600000;
  if (!sobre_report_write (&report, argv[1], &error))
    g_printerr ("%s\n", error->message);
  figures_fixture_free (figures);
  return error != NULL;
}
