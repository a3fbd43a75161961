/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fields/sobre-field.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_FLAG_FIELD (sobre_flag_field_get_type ())

/** SobreFlagField: a member that is true, or not there. Property "label" (string): of the box that is ticked. */
G_DECLARE_FINAL_TYPE (SobreFlagField, sobre_flag_field, SOBRE, FLAG_FIELD, SobreField)

G_END_DECLS
