/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Writes the cards of a made-up restaurant: make-cards N_TABLES FILE [--name NAME] [--languages en,de] [--base URL] [--a4] [--table ID].
 * The expected URLs go to stdout, a line each. */
#include <locale.h>
#include <math.h>

#include "cards-fixture.h"
#include "model/sobre-table.h"

typedef struct
{
  char *name;
  char *languages;
  char *base;
  char *table;
  double offset;
  double scale;
  gboolean a4;
} Options;

static gboolean
write_cards (const Options *options, guint n_tables, const char *path, GError **error)
{
  g_autoptr (GListModel) tables = cards_fixture_make_tables (n_tables);
  g_autoptr (GBytes) secret = cards_fixture_make_secret ();
  SobreCardOrder order = cards_fixture_make_order (tables, secret);
  g_auto (GStrv) languages = options->languages != NULL ? g_strsplit (options->languages, ",", -1) : NULL;
  g_autoptr (SobreCardJob) job = NULL;

  if (options->table != NULL)
    {
      g_autoptr (SobreTable) table = sobre_table_new ("harbour", options->table, "room", 4, NAN, NAN);

      g_list_store_append (G_LIST_STORE (tables), table);
    }
  if (options->name != NULL)
    order.name = options->name;
  if (options->base != NULL)
    order.base = options->base;
  if (languages != NULL)
    order.languages = (const char *const *) languages;
  order.paper = options->a4 ? SOBRE_CARD_PAPER_A4 : SOBRE_CARD_PAPER_A6;
  order.offset_x = order.offset_y = options->offset;
  order.scale = options->scale;
  job = sobre_card_job_new (&order, error);
  if (job == NULL || !sobre_card_job_write (job, path, NULL, error))
    return FALSE;
  for (guint i = 0; i < sobre_card_job_get_n_cards (job); i++)
    g_print ("%s\n", sobre_card_job_get_url (job, i));
  return TRUE;
}

static void
options_clear (Options *options)
{
  g_free (options->name);
  g_free (options->languages);
  g_free (options->base);
  g_free (options->table);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

int
main (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, "The restaurant's name", "NAME" },
    { "languages", 0, 0, G_OPTION_ARG_STRING, &options.languages, "Its languages", "LIST" },
    { "base", 0, 0, G_OPTION_ARG_STRING, &options.base, "Where guests reach the form", "URL" },
    { "table", 0, 0, G_OPTION_ARG_STRING, &options.table, "One more table", "ID" },
    { "offset", 0, 0, G_OPTION_ARG_DOUBLE, &options.offset, "Of the printer, both ways", "MM" },
    { "scale", 0, 0, G_OPTION_ARG_DOUBLE, &options.scale, "Of the printer", "PERCENT" },
    { "a4", 0, 0, G_OPTION_ARG_NONE, &options.a4, "Four cards a page", NULL },
    { 0 },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("N_TABLES FILE");
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "C.UTF-8");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 3 ||
      !write_cards (&options, g_ascii_strtoull (argv[1], NULL, 10), argv[2], &error))
    {
      g_printerr ("%s\n", error != NULL ? error->message : "usage: make-cards N_TABLES FILE");
      return 1;
    }
  return 0;
}
