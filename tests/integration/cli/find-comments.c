/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Searches as the window's search does, for each line of standard input: find-comments WORKSPACE LIMIT. Each search is answered with one
 * line, a JSON array of the comments found. */

#include <gio/gunixinputstream.h>
#include <json-glib/json-glib.h>
#include <stdio.h>

#include "cache/sobre-cache.h"
#include "scan/sobre-figures.h"
#include "workspace/sobre-workspace.h"

static gboolean
answer (SobreCacheReader *reader, const SobreFilter *filter, const char *text, guint limit, GError **error)
{
  g_autoptr (GPtrArray) comments = sobre_figures_search (reader, text, filter, limit, error);
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *line = NULL;

  if (comments == NULL)
    return FALSE;
  for (guint i = 0; i < comments->len; i++)
    json_array_add_string_element (array, ((SobreComment *) g_ptr_array_index (comments, i))->text);
  json_node_set_array (node, array);
  line = json_to_string (node, FALSE);
  puts (line);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreWorkspace) workspace = argc == 3 ? sobre_workspace_open (argv[1], &error) : NULL;
  g_autoptr (SobreCacheReader) reader = NULL;
  g_autoptr (SobreFilter) filter = sobre_filter_new (0, G_MAXINT16);
  g_autoptr (GDataInputStream) input = NULL;
  g_autoptr (GInputStream) standard = NULL;
  char *line;

  if (workspace != NULL)
    reader = sobre_cache_reader_open (sobre_workspace_get_cache_folder (workspace), &error);
  if (reader != NULL)
    {
      standard = g_unix_input_stream_new (0, FALSE);
      input = g_data_input_stream_new (standard);
      while (error == NULL && (line = g_data_input_stream_read_line (input, NULL, NULL, &error)) != NULL)
        {
          answer (reader, filter, line, g_ascii_strtoull (argv[2], NULL, 10), &error);
          g_free (line);
        }
    }
  if (error != NULL)
    g_printerr ("%s\n", error->message);
  return reader != NULL && error == NULL ? 0 : 1;
}
