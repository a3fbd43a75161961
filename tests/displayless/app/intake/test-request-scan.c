/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "intake/sobre-request-scan.h"

#include <string.h>

#define GOOD "POST /v1/responses HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nContent-Length: 17\r\nX: a\tb \xc3\xa9\r\n\r\n"

static SobreRequestScan
scan (const char *text)
{
  return sobre_request_scan (text, strlen (text));
}

static void
test_good (void)
{
  SobreRequestScan result = scan (GOOD "and a body behind");

  g_assert_cmpuint (result.status, ==, 0);
  g_assert_cmpuint (result.head_length, ==, strlen (GOOD));
  g_assert_cmpuint (result.body_length, ==, 17);
  g_assert_true (result.framed);
}

/* Every beginning of a good head is unfinished, and never wrong. */
static void
test_every_prefix (void)
{
  for (gsize length = 0; length < strlen (GOOD); length++)
    {
      SobreRequestScan result = sobre_request_scan (GOOD, length);

      g_assert_cmpuint (result.status, ==, 0);
      g_assert_cmpuint (result.head_length, ==, 0);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *head;
    guint status;
  } cases[] = {
    { "\r\n", 400 },
    { "GET / HTTP/1.1\n", 400 },
    { "GET / HTTP/1.1\r\nA: b\n", 400 },
    { "GET  / HTTP/1.1\r\n", 400 },
    { "GET /\r\n", 400 },
    { "GET / HTTP/1.1 \r\n", 400 },
    { "GET / x HTTP/1.1\r\n", 400 },
    { "GET /\xc3\xa9 HTTP/1.1\r\n", 400 },
    { "G\"T / HTTP/1.1\r\n", 400 },
    { " GET / HTTP/1.1\r\n", 400 },
    { "GET / http/1.1\r\n", 400 },
    { "GET / HTTP/2.0\r\n", 505 },
    { "GET / HTTP/1.10\r\n", 400 },
    { "GET / HTTP/1.1\r\n folded: x\r\n", 400 },
    { "GET / HTTP/1.1\r\nA: b\r\n c\r\n", 400 },
    { "GET / HTTP/1.1\r\nA : b\r\n", 400 },
    { "GET / HTTP/1.1\r\n: b\r\n", 400 },
    { "GET / HTTP/1.1\r\nA\r\n", 400 },
    { "GET / HTTP/1.1\r\nA: b\rc\r\n", 400 },
    { "GET / HTTP/1.1\r\nA: b\x01\r\n", 400 },
    { "GET / HTTP/1.1\r\nA: b\x7f\r\n", 400 },
    { "\x16\x03\x01", 400 },
    { "GET / HTTP/1.1\r\nA: \x01", 400 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (scan (cases[i].head).status, ==, cases[i].status);
  g_assert_cmpuint (sobre_request_scan ("GET /\0 HTTP/1.1\r\n", 17).status, ==, 400);
}

static void
test_framing (void)
{
  static const struct
  {
    const char *fields;
    gboolean framed;
    guint64 length;
  } cases[] = {
    { "", TRUE, 0 },
    { "Content-Length: 0\r\n", TRUE, 0 },
    { "content-length:5\r\n", TRUE, 5 },
    { "Content-Length: \t5 \r\n", TRUE, 5 },
    { "Content-Length: 268435456\r\n", TRUE, 268435456 },
    { "Content-Length: 5\r\nContent-Length: 5\r\n", FALSE, 0 },
    { "Content-Length: +5\r\n", FALSE, 0 },
    { "Content-Length: -5\r\n", FALSE, 0 },
    { "Content-Length: 5, 5\r\n", FALSE, 0 },
    { "Content-Length: 0x5\r\n", FALSE, 0 },
    { "Content-Length:\r\n", FALSE, 0 },
    { "Content-Length: 99999999999999999999\r\n", FALSE, 0 },
    { "Transfer-Encoding: chunked\r\n", FALSE, 0 },
    { "Content-Length: 5\r\ntransfer-encoding: identity\r\n", FALSE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *head = g_strconcat ("POST / HTTP/1.1\r\n", cases[i].fields, "\r\n", NULL);
      SobreRequestScan result = scan (head);

      g_assert_cmpuint (result.status, ==, 0);
      g_assert_cmpint (result.framed, ==, cases[i].framed);
      g_assert_cmpuint (result.body_length, ==, cases[i].length);
    }
}

static void
test_sizes (void)
{
  g_autoptr (GString) fields = g_string_new ("GET / HTTP/1.1\r\n");
  g_autoptr (GString) longer = g_string_new ("GET / HTTP/1.1\r\nX: ");

  for (guint i = 0; i < SOBRE_REQUEST_FIELDS_MAX; i++)
    g_string_append (fields, "A: b\r\n");
  g_assert_cmpuint (scan (fields->str).status, ==, 0);
  g_string_append (fields, "A: b\r\n");
  g_assert_cmpuint (scan (fields->str).status, ==, 431);
  while (longer->len < SOBRE_REQUEST_HEAD_MAX - 1)
    g_string_append_c (longer, 'x');
  g_assert_cmpuint (scan (longer->str).status, ==, 0);
  g_string_append_c (longer, 'x');
  g_assert_cmpuint (scan (longer->str).status, ==, 431);
}

/* Whatever bytes come: no read past the end, and a head only where an empty line stands. */
static void
test_noise (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);

  for (guint round = 0; round < 100000; round++)
    {
      gsize length = (gsize) g_rand_int_range (rand, 0, 120);
      g_autofree char *data = g_memdup2 (GOOD GOOD, length + 1);
      SobreRequestScan result;

      for (gint n = g_rand_int_range (rand, 0, 4); n > 0 && length > 0; n--)
        data[g_rand_int_range (rand, 0, (gint32) length)] = (char) g_rand_int_range (rand, 0, 256);
      result = sobre_request_scan (data, length);
      g_assert_cmpuint (result.head_length, <=, length);
      if (result.head_length > 0)
        g_assert_cmpmem (data + result.head_length - 4, 4, "\r\n\r\n", 4);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/intake/request-scan/good", test_good);
  g_test_add_func ("/intake/request-scan/every-prefix", test_every_prefix);
  g_test_add_func ("/intake/request-scan/refused", test_refused);
  g_test_add_func ("/intake/request-scan/framing", test_framing);
  g_test_add_func ("/intake/request-scan/sizes", test_sizes);
  g_test_add_func ("/intake/request-scan/noise", test_noise);
  return g_test_run ();
}
