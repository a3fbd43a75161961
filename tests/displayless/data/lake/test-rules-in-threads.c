/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lake/sobre-lake-reader.h"

#define N_THREADS 8
#define N_PROCESSES 40

/* Gate: lets all threads go at the same moment. */
typedef struct
{
  int n_waiting;
} Gate;

static gpointer
make_reader (gpointer data)
{
  Gate *gate = data;

  g_atomic_int_dec_and_test (&gate->n_waiting);
  while (g_atomic_int_get (&gate->n_waiting) > 0)
    ;
  sobre_lake_reader_free (sobre_lake_reader_new ());
  return NULL;
}

/* The rules are compiled into the library; GLib finds them when they are first asked for, so only a fresh process shows a race. */
static void
test_first_use_by_many (void)
{
  if (g_test_subprocess ())
    {
      Gate gate = { N_THREADS };
      GThread *threads[N_THREADS];

      for (guint i = 0; i < N_THREADS; i++)
        threads[i] = g_thread_new ("reader", make_reader, &gate);
      for (guint i = 0; i < N_THREADS; i++)
        g_thread_join (threads[i]);
      return;
    }
  for (guint i = 0; i < N_PROCESSES; i++)
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lake/rules/first-use-by-many-threads", test_first_use_by_many);
  return g_test_run ();
}
