/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a connection sends: the head's verdict is the same however the bytes are cut, and what is well-formed stays inside its bounds. A
 * form post's fields are valid text. */

#include <string.h>

#include "intake/sobre-request-scan.h"
#include "intake/sobre-urlencoded.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
check_head (const char *data, gsize length)
{
  SobreRequestScan whole = sobre_request_scan (data, length);

  g_assert_cmpint (whole.status == 0, ==, whole.rule == NULL);
  g_assert_cmpuint (whole.head_length, <=, MIN (length, SOBRE_REQUEST_HEAD_MAX));
  if (whole.head_length == 0 || whole.status != 0)
    return;
  g_assert_true (whole.head_length >= 4 && memcmp (data + whole.head_length - 4, "\r\n\r\n", 4) == 0);
  g_assert_null (memchr (data, '\0', whole.head_length));
  for (gsize cut = 1; cut < whole.head_length; cut += 1 + cut / 8)
    {
      SobreRequestScan part = sobre_request_scan (data, cut);

      g_assert_true (part.status == 0 && part.head_length == 0);
    }
}

static void
check_fields (const char *data, gsize length)
{
  const char *rule = NULL;
  g_autoptr (GPtrArray) fields = sobre_urlencoded_parse (data, length, &rule);

  g_assert_cmpint (fields == NULL, ==, rule != NULL);
  g_assert_true (fields == NULL || fields->len <= SOBRE_URLENCODED_FIELDS_MAX);
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const SobreField *field = g_ptr_array_index (fields, i);

      g_assert_true (g_utf8_validate (field->name, -1, NULL) && g_utf8_validate (field->value, -1, NULL));
      g_assert_nonnull (sobre_urlencoded_get (fields, field->name));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  check_head ((const char *) data, size);
  check_fields ((const char *) data, size);
  return 0;
}
