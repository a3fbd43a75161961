/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where AWS's own web pages show what is deployed. An address is made of a region's name and names of resources alone, so that nothing that AWS replies leads anywhere else. */

/** SobreConsolePlace: @SOBRE_CONSOLE_STACK: by a stack's id · @SOBRE_CONSOLE_BUCKET, @SOBRE_CONSOLE_WORKGROUP, @SOBRE_CONSOLE_ALARM: by its name · @SOBRE_CONSOLE_ALARMS: by what their names hold */
typedef enum
{
  SOBRE_CONSOLE_STACK,
  SOBRE_CONSOLE_BUCKET,
  SOBRE_CONSOLE_WORKGROUP,
  SOBRE_CONSOLE_ALARM,
  SOBRE_CONSOLE_ALARMS,
} SobreConsolePlace;

/** sobre_console_dup_uri: @region: valid · @name: as AWS has it. Returns: (transfer full) */
char *sobre_console_dup_uri (SobreConsolePlace place, const char *region, const char *name);

/**
 * sobre_quicksight_dup_uri:
 * @region: valid
 * @dashboard: (nullable): its id; %NULL for where one signs up
 * @store: (nullable): what its parameter "store" is set to; every store without
 * @from: (nullable): "2026-11-01", what its parameter "from" is set to
 * @to: (nullable): likewise, "to"
 *
 * Parameters are in the address's fragment, which no server is sent; a dashboard that has none of that name ignores it. See AWS's "Using parameters in a URL".
 *
 * Returns: (transfer full)
 */
char *sobre_quicksight_dup_uri (const char *region, const char *dashboard, const char *store, const char *from, const char *to);

G_END_DECLS
