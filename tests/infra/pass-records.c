/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Holds what guests send against the rules as intake does: pass-records TABLES.csv SECRET EPOCH NOW < BODIES
 *
 * A line of BODIES is a dataset, a space and a body in base64. For each a line is printed: "=" and the lines to store in base64, or the
 * broken rule, a space and the number of the line that breaks it. SECRET is hexadecimal, NOW in milliseconds since the epoch. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "intake/sobre-gate.h"

static GBytes *
read_hex (const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (; text[0] != '\0' && text[1] != '\0'; text += 2)
    {
      guint8 byte = (guint8) (g_ascii_xdigit_value (text[0]) << 4 | g_ascii_xdigit_value (text[1]));

      g_byte_array_append (bytes, &byte, 1);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static void
pass (SobreGate *gate, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 2);
  g_auto (SobreGateResult) result = { 0 };
  g_autofree guchar *body = NULL;
  g_autofree char *lines = NULL;
  SobreDataset dataset;
  gsize length;

  if (words[0] == NULL || words[1] == NULL || !sobre_dataset_parse (sobre_text (words[0]), &dataset))
    exit (2);
  body = g_base64_decode (words[1], &length);
  result = sobre_gate_check (gate, dataset, (const char *) body, length);
  if (result.rule != NULL)
    {
      printf ("%s %u\n", result.rule, result.line);
      return;
    }
  lines = g_base64_encode ((const guchar *) result.lines->str, result.lines->len);
  printf ("=%s\n", lines);
}

int
main (int argc, char **argv)
{
  g_autofree char *csv = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GListModel) tables = NULL;
  g_autoptr (GBytes) secret = NULL;
  g_autoptr (SobrePlaces) places = NULL;
  g_autoptr (SobreClock) clock = NULL;
  g_autoptr (SobreGate) gate = NULL;
  size_t size = 0;
  ssize_t length;

  if (argc != 5 || !g_file_get_contents (argv[1], &csv, NULL, NULL))
    return 2;
  tables = sobre_table_list_parse (csv, -1, NULL);
  secret = read_hex (argv[2]);
  places = sobre_places_new (tables, secret, (guint) g_ascii_strtoull (argv[3], NULL, 10));
  clock = sobre_manual_clock_new (g_ascii_strtoll (argv[4], NULL, 10));
  gate = sobre_gate_new (places, clock);
  while ((length = getline (&line, &size, stdin)) > 0)
    {
      line[length - 1] = '\0';
      pass (gate, line);
    }
  return 0;
}
