/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "intake/sobre-request-scan.h"

#include <string.h>

#define METHOD_MAX 16
#define BAD_REQUEST 400
#define TOO_LARGE 431
#define BAD_VERSION 505

typedef struct
{
  SobreRequestScan scan;
  guint n_fields;
  gboolean has_length;
} Scanner;

static void
fail (Scanner *scanner, guint status, const char *rule)
{
  if (scanner->scan.status == 0)
    {
      scanner->scan.status = status;
      scanner->scan.rule = rule;
    }
}

/* RFC 9110, section 5.6.2. */
static gboolean
is_token (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && (text[i] == '\0' || strchr ("!#$%&'*+-.^_`|~", text[i]) == NULL))
      return FALSE;
  return length > 0;
}

/* Visible characters, and with spaces allowed also space, tab and bytes beyond ASCII. */
static gboolean
is_text (const char *text, gsize length, gboolean spaces)
{
  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = (guint8) text[i];

      if (byte == 0x7f || byte < 0x20 ? !(spaces && byte == '\t') : !spaces && (byte == ' ' || byte > 0x7f))
        return FALSE;
    }
  return TRUE;
}

static void
scan_request_line (Scanner *scanner, const char *line, gsize length)
{
  const char *space = memchr (line, ' ', length);
  const char *last = memrchr (line, ' ', length);

  if (space == NULL || last == space || space - line > METHOD_MAX || !is_token (line, space - line) || last == space + 1 ||
      !is_text (space + 1, last - space - 1, FALSE))
    fail (scanner, BAD_REQUEST, "request-line");
  else if (line + length - last - 1 != strlen ("HTTP/1.1") || memcmp (last + 1, "HTTP/", strlen ("HTTP/")) != 0)
    fail (scanner, BAD_REQUEST, "request-line");
  else if (memcmp (last + 1, "HTTP/1.1", strlen ("HTTP/1.1")) != 0 && memcmp (last + 1, "HTTP/1.0", strlen ("HTTP/1.0")) != 0)
    fail (scanner, BAD_VERSION, "version");
}

static gboolean
is_named (const char *name, gsize length, const char *wanted)
{
  return length == strlen (wanted) && g_ascii_strncasecmp (name, wanted, length) == 0;
}

static void
scan_length (Scanner *scanner, const char *text, gsize length)
{
  guint64 value = 0;

  while (length > 0 && (*text == ' ' || *text == '\t'))
    text++, length--;
  while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
    length--;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]) || i >= 18)
        scanner->scan.framed = FALSE;
      value = value * 10 + (guint64) (text[i] - '0');
    }
  if (length == 0 || scanner->has_length)
    scanner->scan.framed = FALSE;
  scanner->has_length = TRUE;
  scanner->scan.body_length = value;
}

static void
scan_field (Scanner *scanner, const char *line, gsize length)
{
  const char *colon = memchr (line, ':', length);
  gsize name_length = colon != NULL ? (gsize) (colon - line) : 0;

  if (!is_token (line, name_length) || !is_text (colon + 1, length - name_length - 1, TRUE))
    {
      fail (scanner, BAD_REQUEST, "field");
      return;
    }
  if (++scanner->n_fields > SOBRE_REQUEST_FIELDS_MAX)
    fail (scanner, TOO_LARGE, "fields");
  if (is_named (line, name_length, "Content-Length"))
    scan_length (scanner, colon + 1, length - name_length - 1);
  else if (is_named (line, name_length, "Transfer-Encoding"))
    scanner->scan.framed = FALSE;
}

/* The piece of a line that has not ended yet is looked at too: what can become no head need not be waited for. */
static void
scan_rest (Scanner *scanner, const char *rest, gsize length)
{
  if (length > 0 && rest[length - 1] == '\r')
    length--;
  if (!is_text (rest, length, TRUE))
    fail (scanner, BAD_REQUEST, "character");
}

SobreRequestScan
sobre_request_scan (const char *data, gsize length)
{
  Scanner scanner = { .scan.framed = TRUE };
  gsize end = MIN (length, SOBRE_REQUEST_HEAD_MAX);
  gsize start = 0;

  while (scanner.scan.status == 0 && scanner.scan.head_length == 0)
    {
      const char *newline = memchr (data + start, '\n', end - start);
      gsize line_length;

      if (newline == NULL)
        {
          scan_rest (&scanner, data + start, end - start);
          if (end == SOBRE_REQUEST_HEAD_MAX)
            fail (&scanner, TOO_LARGE, "head");
          break;
        }
      line_length = newline - data - start;
      if (line_length == 0 || newline[-1] != '\r')
        fail (&scanner, BAD_REQUEST, "line-end");
      else if (line_length == 1 && start > 0)
        scanner.scan.head_length = newline + 1 - data;
      else if (start == 0)
        scan_request_line (&scanner, data, line_length - 1);
      else
        scan_field (&scanner, data + start, line_length - 1);
      start = newline + 1 - data;
    }
  if (!scanner.scan.framed)
    scanner.scan.body_length = 0;
  return scanner.scan;
}
