/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-record.h"

/** HostileChange: @from, @to: what is replaced in the fixture's record by what · @reason: (nullable): for the reject; %NULL: it is still a record */
typedef struct
{
  const char *from;
  const char *to;
  const char *reason;
} HostileChange;

/** hostile_changes_get: @n: (out): how many. Returns: those for the fixture's record of @dataset */
const HostileChange *hostile_changes_get (SobreDataset dataset, guint *n);
