/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <string.h>

#include "model/sobre-settings.h"

#define REST                                                                                                                   \
  "\"stores\":[{\"id\":\"centro\",\"name\":\"Centro\"},{\"id\":\"playa-2\",\"name\":\"Playa\"}],\"time_zone\":\"Europe/"       \
  "Madrid\","                                                                                                                  \
  "\"day_cutoff\":\"04:30\",\"currency\":\"EUR\",\"languages\":[\"es\",\"pt-BR\",\"zh-Hans\"]"
#define DOCUMENT "{\"version\":1,\"name\":\"Casa Pepa\"," REST "}"

static void
test_members (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreSettings) settings = sobre_settings_parse (DOCUMENT, -1, &error);
  const SobreStore *store;

  g_assert_no_error (error);
  store = g_ptr_array_index (settings->stores, 1);
  g_assert_cmpstr (settings->name, ==, "Casa Pepa");
  g_assert_cmpuint (settings->stores->len, ==, 2);
  g_assert_cmpstr (store->id, ==, "playa-2");
  g_assert_cmpuint (settings->cutoff_minutes, ==, 270);
  g_assert_cmpstr (settings->languages[1], ==, "pt-BR");
  g_assert_null (settings->languages[3]);
  g_assert_null (settings->guest_url);
  g_assert_cmpuint (settings->card_epoch, ==, 1);
  g_assert_cmpuint (settings->retention_days, ==, 1095);
}

static void
test_text_comes_back (void)
{
  g_autoptr (SobreSettings) settings =
      sobre_settings_parse ("{\"version\":1,\"name\":\"Ñam “x” \\\\ \\u0007\"," REST
                            ",\"guest_url\":\"https://example.org:8443\",\"card_epoch\":7,\"retention_days\":30}",
                            -1, NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (SobreSettings) again = NULL;

  g_assert_nonnull (settings);
  first = sobre_settings_format (settings);
  again = sobre_settings_parse (first, -1, NULL);
  g_assert_nonnull (again);
  second = sobre_settings_format (again);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (again->guest_url, ==, "https://example.org:8443");
  g_assert_cmpuint (again->card_epoch, ==, 7);
  g_assert_cmpuint (again->retention_days, ==, 30);
  g_assert_cmpstr (again->name, ==, settings->name);
}

static void
test_transfer (void)
{
  static const char TEXT[] =
      "\"currency\":\"EUR\",\"aws\":{\"sync\":{\"connections\":4,\"mb_per_second\":1.5,\"price_per_gb\":0.12}}";
  g_autoptr (GString) text = g_string_new (DOCUMENT);
  g_autoptr (SobreSettings) plain = sobre_settings_parse (DOCUMENT, -1, NULL);
  g_autoptr (SobreSettings) settings = NULL;
  g_autoptr (SobreSettings) again = NULL;
  g_autofree char *formatted = NULL;

  g_assert_cmpuint (plain->transfer.connections, ==, 16);
  g_assert_cmpfloat (plain->transfer.mb_per_second, ==, 0);
  g_assert_false (plain->has_transfer);
  g_string_replace (text, "\"currency\":\"EUR\"", TEXT, 1);
  settings = sobre_settings_parse (text->str, -1, NULL);
  g_assert_nonnull (settings);
  formatted = sobre_settings_format (settings);
  again = sobre_settings_parse (formatted, -1, NULL);
  g_assert_nonnull (again);
  g_assert_cmpuint (again->transfer.connections, ==, 4);
  g_assert_cmpfloat (again->transfer.mb_per_second, ==, 1.5);
  g_assert_cmpfloat (again->transfer.price_per_gb, ==, 0.12);
  g_assert_cmpfloat (again->transfer.price_per_1000_gets, ==, plain->transfer.price_per_1000_gets);
}

static void
test_refuses_and_names_the_member (void)
{
  const struct
  {
    const char *from;
    const char *to;
    const char *named;
  } cases[] = {
    { "\"version\":1", "\"version\":2", "version" },
    { "\"version\":1", "\"version\":\"1\"", "version" },
    { "\"version\":1,", "", "version" },
    { "\"name\":\"Casa Pepa\"", "\"name\":\"\"", "name" },
    { "\"name\":\"Casa Pepa\"", "\"name\":5", "name" },
    { "\"name\":\"Casa Pepa\"", "\"name\":null", "name" },
    { "\"time_zone\"", "\"timezone\"", "timezone" },
    { "Europe/Madrid", "Europe/Madird", "time_zone" },
    { "04:30", "24:00", "day_cutoff" },
    { "04:30", "4:30", "day_cutoff" },
    { "04:30", "04:60", "day_cutoff" },
    { "04:30", "0x:30", "day_cutoff" },
    { "EUR", "eur", "currency" },
    { "EUR", "EURO", "currency" },
    { "\"es\"", "\"e\"", "languages[0]" },
    { "\"pt-BR\"", "\"es\"", "languages[1]" },
    { "\"pt-BR\"", "\"pt_BR\"", "languages[1]" },
    { "\"id\":\"playa-2\"", "\"id\":\"CENTRO\"", "stores[1].id" },
    { "\"id\":\"playa-2\"", "\"id\":\"a b\"", "stores[1].id" },
    { "\"id\":\"playa-2\"", "\"id\":\"..\"", "stores[1].id" },
    { "\"name\":\"Playa\"", "\"title\":\"Playa\"", "stores[1].title" },
    { "{\"id\":\"centro\",\"name\":\"Centro\"},", "7,", "stores[0]" },
    { "\"currency\":\"EUR\"", "\"currency\":\"EUR\",\"guest_url\":\"https://x/path\"", "guest_url" },
    { "\"currency\":\"EUR\"", "\"currency\":\"EUR\",\"guest_url\":\"ftp://x\"", "guest_url" },
    { "\"currency\":\"EUR\"", "\"currency\":\"EUR\",\"guest_url\":\"https://u@x\"", "guest_url" },
    { "\"currency\":\"EUR\"", "\"currency\":\"EUR\",\"retention_days\":0", "retention_days" },
    { "\"currency\":\"EUR\"", "\"currency\":\"EUR\",\"retention_days\":1.5", "retention_days" },
    { "\"currency\":\"EUR\"", "\"currency\":\"EUR\",\"aws\":{\"sync\":{\"connections\":0}}", "connections" },
    { "\"currency\":\"EUR\"", "\"currency\":\"EUR\",\"aws\":{\"sync\":{\"connections\":65}}", "connections" },
    { "\"currency\":\"EUR\"", "\"currency\":\"EUR\",\"aws\":{\"sync\":{\"mb_per_second\":0.001}}", "aws.sync.mb_per_second" },
    { "\"currency\":\"EUR\"", "\"currency\":\"EUR\",\"aws\":{\"sync\":{\"mb_per_second\":-1}}", "aws.sync.mb_per_second" },
    { "\"currency\":\"EUR\"", "\"currency\":\"EUR\",\"aws\":{\"sync\":{\"price_per_gb\":\"0\"}}", "aws.sync.price_per_gb" },
    { "\"currency\":\"EUR\"", "\"currency\":\"EUR\",\"aws\":{\"sync\":{\"speed\":1}}", "aws.sync.speed" },
    { "\"currency\":\"EUR\"", "\"currency\":\"EUR\",\"aws\":{\"sync\":[]}", "aws.sync" },
    { "\"currency\":\"EUR\"", "\"currency\":\"EUR\",\"aws\":{\"athena\":{\"price_per_tb\":1001}}", "aws.athena.price_per_tb" },
    { "\"currency\":\"EUR\"", "\"currency\":\"EUR\",\"card_epoch\":-1", "card_epoch" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GString *text = g_string_new (DOCUMENT);
      g_autoptr (GError) error = NULL;
      g_autoptr (SobreSettings) settings = NULL;

      g_assert_cmpuint (g_string_replace (text, cases[i].from, cases[i].to, 1), ==, 1);
      settings = sobre_settings_parse (text->str, -1, &error);
      g_assert_null (settings);
      g_assert_error (error, SOBRE_SETTINGS_ERROR, SOBRE_SETTINGS_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, cases[i].named));
      g_string_free (text, TRUE);
    }
}

static void
test_refuses_what_is_no_document (void)
{
  static const char *const texts[] = { "", " ", "[]", "5", "{", DOCUMENT "x", "{\"version\":1", "\xFF", "{'version':1}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sobre_settings_parse (texts[i], -1, &error));
      g_assert_error (error, SOBRE_SETTINGS_ERROR, SOBRE_SETTINGS_ERROR_INVALID);
    }
}

/* Cut anywhere, it is refused and nothing else happens. */
static void
test_cut_documents (void)
{
  for (gsize length = 0; length < strlen (DOCUMENT); length++)
    g_assert_null (sobre_settings_parse (DOCUMENT, (gssize) length, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/settings/members", test_members);
  g_test_add_func ("/settings/text-comes-back", test_text_comes_back);
  g_test_add_func ("/settings/transfer", test_transfer);
  g_test_add_func ("/settings/refuses-and-names-the-member", test_refuses_and_names_the_member);
  g_test_add_func ("/settings/refuses-what-is-no-document", test_refuses_what_is_no_document);
  g_test_add_func ("/settings/cut-documents", test_cut_documents);

  return g_test_run ();
}
