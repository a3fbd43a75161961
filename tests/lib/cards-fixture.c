/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cards-fixture.h"

#include <math.h>

#include "model/sobre-card-key.h"
#include "model/sobre-table.h"

static const char *const languages[] = { "en", "de", NULL };

GListModel *
cards_fixture_make_tables (guint n_tables)
{
  GListStore *tables = g_list_store_new (SOBRE_TYPE_TABLE);

  for (guint i = 1; i <= n_tables; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      g_autoptr (SobreTable) table = sobre_table_new ("harbour", id, "room", 4, NAN, NAN);

      g_list_store_append (tables, table);
    }
  return G_LIST_MODEL (tables);
}

GBytes *
cards_fixture_make_secret (void)
{
  guint8 secret[SOBRE_CARD_SECRET_LENGTH];

  for (guint i = 0; i < sizeof secret; i++)
    secret[i] = i * 7 + 1;
  return g_bytes_new (secret, sizeof secret);
}

SobreCardOrder
cards_fixture_make_order (GListModel *tables, GBytes *secret)
{
  return (SobreCardOrder) {
    .name = "Harbour Kitchen",
    .languages = languages,
    .tables = tables,
    .secret = secret,
    .epoch = 1,
    .base = "http://192.168.178.120:8080",
  };
}
