/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lake-fixture.h"
#include "lake/sobre-lake-traces.h"

static SobreId
parse_id (const char *text)
{
  SobreId id;

  g_assert_true (sobre_id_parse (text, strlen (text), &id));
  return id;
}

static void
test_an_id_is_found_in_any_form (void)
{
  static const char *const with[] = {
    ID,
    "\"" ID "\"",
    "x-" ID,
    "01890a5d-" ID,
    "01890A5D-AC96-774B-BCCE-B302099A8057",
    "01890a5d\\u002dac96\\u002D774b-bcce-b302099a8057",
    "\\u0030\\u0031890a5d-ac96-774b-bcce-b302099a8057",
  };
  static const char *const without[] = {
    "",      "-",      "--------",  OTHER_ID, "01890a5d-ac96-774b-bcce-b302099a805", "1890a5d-ac96-774b-bcce-b302099a8057",
    "\\u00", "\\u003", "\\u00zz-x",
  };
  SobreId id = parse_id (ID);

  for (guint i = 0; i < G_N_ELEMENTS (with); i++)
    if (!sobre_trace_is_in (&id, with[i], strlen (with[i])))
      g_error ("not found: %s", with[i]);
  for (guint i = 0; i < G_N_ELEMENTS (without); i++)
    if (sobre_trace_is_in (&id, without[i], strlen (without[i])))
      g_error ("found: %s", without[i]);
}

static void
test_any_object_is_searched (void)
{
  static const char text[] = "\"id\"\n\"" ID "\"\n";
  g_autoptr (GBytes) plain = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) packed = fixture_pack (text, strlen (text));
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (packed, 0, g_bytes_get_size (packed) - 3);
  SobreId id = parse_id (ID), other = parse_id (OTHER_ID);
  gboolean found;

  g_assert_true (sobre_trace_is_in_object (&id, plain, &found) && found);
  g_assert_true (sobre_trace_is_in_object (&id, packed, &found) && found);
  g_assert_true (sobre_trace_is_in_object (&other, packed, &found) && !found);
  g_assert_false (sobre_trace_is_in_object (&id, cut, &found));
}

/* "{"arrivalTimestamp":1,"rawData":"…","x":"y"}" and a newline */
static void
add_reject (GString *text, const char *raw)
{
  g_autofree char *encoded = g_base64_encode ((const guchar *) raw, strlen (raw));

  g_string_append_printf (text, "{\"arrivalTimestamp\":1,\"rawData\":\"%s\",\"x\":\"y\"}\n", encoded);
}

static void
test_of_refused_records_only_those_with_the_id_go (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) wanted = g_string_new ("\n");
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GBytes) again = NULL;
  SobreId id = parse_id (ID);
  guint n_dropped;

  g_string_append_c (text, '\n');
  add_reject (text, "{\"id\":\"" ID "\"}");
  add_reject (text, "{\"id\":\"" OTHER_ID "\"}");
  add_reject (text, "{\"id\":\"" OTHER_ID "\"}\n{\"id\":\"" ID "\"}\n{\"id\":7");
  g_string_append (text, "{\"of no stream\":\"" ID "\"}\nof no stream\n{\"rawData\":7}\n{\"rawData\":\"*\"}");
  add_reject (wanted, "{\"id\":\"" OTHER_ID "\"}");
  add_reject (wanted, "{\"id\":\"" OTHER_ID "\"}\n{\"id\":7");
  g_string_append (wanted, "of no stream\n{\"rawData\":7}\n{\"rawData\":\"*\"}");

  packed = g_bytes_new (text->str, text->len);
  g_assert_true (sobre_trace_erase_from_rejects (&id, packed, &kept, &n_dropped));
  g_assert_cmpuint (n_dropped, ==, 3);
  g_assert_cmpmem (g_bytes_get_data (kept, NULL), g_bytes_get_size (kept), wanted->str, wanted->len);
  g_assert_true (sobre_trace_erase_from_rejects (&id, kept, &again, &n_dropped));
  g_assert_null (again);
  g_assert_cmpuint (n_dropped, ==, 0);
}

static void
test_what_stays_is_packed_as_it_was (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GBytes) nothing = NULL;
  SobreId id = parse_id (ID), other = parse_id (OTHER_ID);
  gboolean found;
  guint n_dropped;

  add_reject (text, "{\"id\":\"" ID "\"}");
  add_reject (text, "{\"id\":\"" OTHER_ID "\"}");
  packed = fixture_pack (text->str, text->len);
  g_assert_true (sobre_trace_erase_from_rejects (&id, packed, &kept, &n_dropped));
  g_assert_cmphex (*(const guint8 *) g_bytes_get_data (kept, NULL), ==, 0x1F);
  g_assert_true (sobre_trace_is_in_object (&id, kept, &found) && !found);
  g_assert_true (sobre_trace_erase_from_rejects (&other, kept, &nothing, &n_dropped));
  g_assert_cmpuint (g_bytes_get_size (nothing), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traces/any-form", test_an_id_is_found_in_any_form);
  g_test_add_func ("/traces/any-object", test_any_object_is_searched);
  g_test_add_func ("/traces/rejects", test_of_refused_records_only_those_with_the_id_go);
  g_test_add_func ("/traces/packed", test_what_stays_is_packed_as_it_was);
  return g_test_run ();
}
