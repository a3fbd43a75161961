/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SOBRE_TYPE_TABLE (sobre_table_get_type ())

/** SobreTable: one table of the floor. Immutable. Its ids follow the rule of SobreStore's. */
G_DECLARE_FINAL_TYPE (SobreTable, sobre_table, SOBRE, TABLE, GObject)

SobreTable *sobre_table_new (const char *store_id, const char *table_id, const char *zone, guint seats, double x, double y);

const char *sobre_table_get_store_id (SobreTable *self);
const char *sobre_table_get_table_id (SobreTable *self);
const char *sobre_table_get_zone (SobreTable *self);
guint sobre_table_get_seats (SobreTable *self);

/** Place on the floor plan, any unit, %NAN when not given. */
double sobre_table_get_x (SobreTable *self);
double sobre_table_get_y (SobreTable *self);

/**
 * sobre_table_list_parse:
 * @csv: tables.csv: a header line store_id,table_id,zone,seats,x,y, then a line a table (RFC 4180, UTF-8)
 *
 * Returns: (transfer full) (nullable): a GListModel of SobreTable; %NULL with %SOBRE_SETTINGS_ERROR that names the line
 */
GListModel *sobre_table_list_parse (const char *csv, gssize length, GError **error);
char *sobre_table_list_format (GListModel *tables);

/** Whether @id may be a store's or a table's: it has to travel in an upper-case URL path and come back. */
gboolean sobre_place_id_is_valid (const char *id);

G_END_DECLS
