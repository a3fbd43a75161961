/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli-ask.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define MAX_LINE 4096
#define CODE_DIGITS 6
#define CODE_ATTEMPTS 3

gboolean
sobre_cli_can_ask (void)
{
  return isatty (STDIN_FILENO) && isatty (STDERR_FILENO);
}

/* Whether there is something to read. What a terminal has to give comes by lines. */
static gboolean
wait_for_input (GCancellable *cancellable, GError **error)
{
  GPollFD polled[2] = { { .fd = STDIN_FILENO, .events = G_IO_IN | G_IO_HUP | G_IO_ERR } };
  gboolean cancels = g_cancellable_make_pollfd (cancellable, &polled[1]);

  while (g_poll (polled, cancels ? 2 : 1, -1) < 0 && errno == EINTR)
    ;
  if (cancels)
    g_cancellable_release_fd (cancellable);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* Byte by byte: what follows the line is not ours. */
static char *
read_line (GCancellable *cancellable, GError **error)
{
  char line[MAX_LINE];
  gsize length = 0;
  ssize_t n;
  char *copy = NULL;

  while (length < sizeof line && wait_for_input (cancellable, error) &&
         ((n = read (STDIN_FILENO, line + length, 1)) == 1 || (n < 0 && errno == EINTR)))
    if (n == 1 && line[length++] == '\n')
      break;
  if (length > 0 && line[length - 1] == '\n')
    copy = g_strndup (line, length - 1);
  else if (!g_cancellable_is_cancelled (cancellable))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Nothing was typed"));
  explicit_bzero (line, sizeof line);
  if (copy != NULL && g_str_has_suffix (copy, "\r"))
    copy[strlen (copy) - 1] = '\0';
  return copy;
}

static void
show (const char *text)
{
  gsize length = strlen (text);

  /* A terminal that does not take it has nobody in front of it. */
  if (write (STDERR_FILENO, text, length) != (ssize_t) length)
    return;
}

/** Question: what a thread asks. @is_code: whether only six digits will do */
typedef struct
{
  char *text;
  gboolean secret;
  gboolean is_code;
  GCancellable *cancellable;
  DexPromise *promise;
} Question;

static char *
ask (const Question *question, GError **error)
{
  gboolean terminal = sobre_cli_can_ask ();
  struct termios before, silent;
  gboolean silenced = FALSE;
  char *line;

  if (terminal)
    {
      show (question->text);
      show (" ");
    }
  if (terminal && question->secret && tcgetattr (STDIN_FILENO, &before) == 0)
    {
      silent = before;
      silent.c_lflag &= ~(tcflag_t) ECHO;
      silenced = tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent) == 0;
    }
  line = read_line (question->cancellable, error);
  if (silenced)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
      show ("\n");
    }
  return line;
}

static gboolean
is_code (const char *line)
{
  return strlen (line) == CODE_DIGITS && strspn (line, "0123456789") == CODE_DIGITS;
}

/* Returns: (transfer full) (nullable) */
static char *
ask_for_code (const Question *question, GError **error)
{
  for (guint i = 0; i < CODE_ATTEMPTS; i++)
    {
      g_autofree char *line = ask (question, error);

      if (line == NULL)
        return NULL;
      if (is_code (g_strstrip (line)))
        return g_steal_pointer (&line);
      show (_ ("A code has six digits.\n"));
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("No code was typed"));
  return NULL;
}

static gpointer
ask_thread (gpointer data)
{
  Question *question = data;
  GError *error = NULL;
  char *line = question->is_code ? ask_for_code (question, &error) : ask (question, &error);

  if (line != NULL)
    dex_promise_resolve_string (question->promise, line);
  else
    dex_promise_reject (question->promise, error);
  dex_unref (question->promise);
  g_object_unref (question->cancellable);
  g_free (question->text);
  g_free (question);
  return NULL;
}

/* @text: (transfer full) */
static DexFuture *
start (SobreCli *cli, char *text, gboolean secret, gboolean is_code)
{
  Question *question = g_new0 (Question, 1);
  DexPromise *promise = dex_promise_new ();

  question->text = text;
  question->secret = secret;
  question->is_code = is_code;
  question->cancellable = g_object_ref (cli->cancellable);
  question->promise = dex_ref (promise);
  g_thread_unref (g_thread_new ("sobre-ask", ask_thread, question));
  return DEX_FUTURE (promise);
}

DexFuture *
sobre_cli_ask (SobreCli *cli, const char *question, gboolean secret)
{
  return start (cli, g_strdup (question), secret, FALSE);
}

/* A code holds for half a minute and once, so it is shown while it is typed. */
DexFuture *
sobre_cli_ask_mfa (const char *serial, const char *problem, gpointer cli)
{
  g_autofree char *question = g_strdup_printf (_ ("The six digits that %s shows:"), serial);

  return start (cli, problem != NULL ? g_strdup_printf ("%s\n%s", problem, question) : g_steal_pointer (&question), FALSE,
                TRUE);
}
