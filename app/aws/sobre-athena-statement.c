/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-athena-statement.h"

#include <glib/gi18n-lib.h>

#include "query/sobre-query-error.h"

#define FIRST_WAIT_MS 200
#define LAST_WAIT_MS 3000
#define STATEMENT_TIMEOUT_MS (30 * 60 * 1000)
#define TOKEN_BYTES 20

/* Waits longer and longer, so that a long query is not asked after a thousand times. */
gboolean
sobre_athena_wait (SobreAwsClient *client,
                   SobreClock *clock,
                   const char *id,
                   gint64 timeout_ms,
                   GCancellable *cancellable,
                   SobreAthenaExecution **execution,
                   GError **error)
{
  gint64 deadline = sobre_clock_monotonic (clock) + timeout_ms * 1000;
  gint64 wait = FIRST_WAIT_MS;

  for (;;)
    {
      SobreAthenaExecution *looked;
      DexFuture *slept;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      looked = dex_await_boxed (sobre_athena_get (client, id, cancellable), error);
      if (looked == NULL)
        return FALSE;
      g_clear_pointer (execution, sobre_athena_execution_free);
      *execution = looked;
      if (looked->state != SOBRE_ATHENA_WAITING)
        return TRUE;
      if (sobre_clock_monotonic (clock) > deadline)
        return sobre_query_error_set (error, SOBRE_QUERY_ERROR_TIMEOUT, SOBRE_SQL_NOWHERE,
                                      _ ("the query took too long on Athena and was stopped there"));
      slept = sobre_clock_sleep (clock, wait);
      if (cancellable != NULL)
        slept = dex_future_first (slept, dex_cancellable_new_from_cancellable (cancellable), NULL);
      dex_await (slept, NULL);
      wait = MIN (wait + wait / 2, LAST_WAIT_MS);
    }
}

static char *
make_token (SobreRandom *random)
{
  guint8 bytes[TOKEN_BYTES];
  GString *token = g_string_new (NULL);

  sobre_random_fill (random, bytes, sizeof bytes);
  for (guint i = 0; i < sizeof bytes; i++)
    g_string_append_printf (token, "%02x", bytes[i]);
  return g_string_free_and_steal (token);
}

gboolean
sobre_athena_run_statement (SobreAwsAccount *account,
                            const SobreAthenaSettings *settings,
                            const char *text,
                            GCancellable *cancellable,
                            GError **error)
{
  SobreAwsClient *client = sobre_aws_account_get_client (account, SOBRE_AWS_ATHENA);
  const SobreAwsMeans *means = sobre_aws_account_get_means (account);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  const SobreAthenaSql sql = { (char *) text, none };
  g_autofree char *token = make_token (means->random);
  const SobreAthenaOrder order = { &sql, token, settings->database, settings->workgroup, settings->results, 0 };
  /* Not called off on its way: what is started has to be known, so that it can be stopped. */
  g_autofree char *id = dex_await_string (sobre_athena_start (client, &order, NULL), error);
  g_autoptr (SobreAthenaExecution) execution = NULL;

  if (id == NULL)
    return FALSE;
  if (!sobre_athena_wait (client, means->clock, id, STATEMENT_TIMEOUT_MS, cancellable, &execution, error))
    {
      dex_await (sobre_athena_stop (client, id), NULL);
      return FALSE;
    }
  if (execution->state == SOBRE_ATHENA_SUCCEEDED)
    return TRUE;
  g_propagate_error (error, sobre_aws_error_new_for_reply ("athena", 400, "FAILED", execution->reason));
  return FALSE;
}
