/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reads every object of a lake's responses on one thread and says, as one JSON document, what was found and what it cost in CPU time. */

#include <time.h>

#include "lake/sobre-dir-lake.h"
#include "lake/sobre-lake-reader.h"

typedef struct
{
  guint64 records, answers, rejects, comment_bytes;
} Found;

static void
count_response_cb (const SobreResponse *response, gpointer user_data)
{
  Found *found = user_data;

  found->records++;
  found->answers += response->n_answers;
  found->comment_bytes += response->comment.length;
}

static void
count_reject_cb (const SobreReject *reject, gpointer user_data)
{
  Found *found = user_data;

  found->rejects++;
}

static double
get_cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

static gboolean
read_page (SobreDirLake *lake, const SobreLakePage *page, SobreLakeReader *reader, Found *found, GError **error)
{
  static const SobreRecordSink sink = { .response = count_response_cb, .reject = count_reject_cb };

  for (guint i = 0; i < page->objects->len; i++)
    {
      g_autoptr (GBytes) bytes = sobre_dir_lake_read (lake, g_ptr_array_index (page->objects, i), error);

      if (bytes == NULL || !sobre_lake_reader_read (reader, SOBRE_DATASET_RESPONSES, g_bytes_get_data (bytes, NULL),
                                                    g_bytes_get_size (bytes), &sink, found, error))
        return FALSE;
    }
  return TRUE;
}

int
main (int argc, char *argv[])
{
  g_autoptr (SobreDirLake) lake = sobre_dir_lake_new (argc > 1 ? argv[1] : ".");
  g_autoptr (SobreLakeReader) reader = sobre_lake_reader_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;
  Found found = { 0 };
  double begin = get_cpu_seconds ();

  do
    {
      SobreLakePage *page = sobre_dir_lake_list_page (lake, SOBRE_DATASET_RESPONSES, after, &error);
      gboolean read = page != NULL && read_page (lake, page, reader, &found, &error);

      g_clear_pointer (&after, g_free);
      if (read)
        after = g_steal_pointer (&page->next);
      g_clear_pointer (&page, sobre_lake_page_free);
      if (!read)
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
    }
  while (after != NULL);

  g_print ("{\"records\": %" G_GUINT64_FORMAT ", \"answers\": %" G_GUINT64_FORMAT ", \"rejects\": %" G_GUINT64_FORMAT
           ", \"cpu_seconds\": %.3f}\n",
           found.records, found.answers, found.rejects, get_cpu_seconds () - begin);
  return 0;
}
