/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lake/sobre-dir-lake.h"

G_BEGIN_DECLS

/**
 * sobre_lake_expire:
 * @today: days since the epoch, UTC
 * @retention_days: how long answers are kept, at least 1
 * @n_objects: (out) (optional): that were removed
 *
 * Removes the days of a lake that are older than @retention_days, whole days only. It can be repeated after a crash. Blocks.
 *
 * Returns: %FALSE with %SOBRE_LAKE_ERROR; what was removed by then stays removed
 */
gboolean sobre_lake_expire (SobreDirLake *lake, gint32 today, guint retention_days, guint *n_objects, GError **error);

G_END_DECLS
