/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-document-edit.h"

/* A list of names, ["milk", "nuts"], as a set of bits in the order of all that are known. */

/** sobre_name_set_read: @node: (nullable) · @names: (array zero-terminated=1): all that are known */
guint32 sobre_name_set_read (JsonNode *node, const char *const *names);

/** sobre_name_set_write: Returns: (transfer full): @set as a list; what @node, (nullable), has that is not known stays at its end */
JsonNode *sobre_name_set_write (JsonNode *node, const char *const *names, guint32 set);
