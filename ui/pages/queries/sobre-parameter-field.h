/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "model/sobre-settings.h"
#include "query/sobre-saved-query.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_PARAMETER_FIELD (sobre_parameter_field_get_type ())

/**
 * SobreParameterField:
 *
 * Asks for one parameter of a saved query with what suits its type: a switch, a number, a date with a calendar, a store's name, or words.
 * The signal "activate" comes with Enter and with every choice that needs none.
 */
G_DECLARE_FINAL_TYPE (SobreParameterField, sobre_parameter_field, SOBRE, PARAMETER_FIELD, GtkBox)

/**
 * sobre_parameter_field_new:
 * @parameter: not kept
 * @stores: (element-type SobreStore): those to choose from where the parameter is a store
 */
SobreParameterField *
sobre_parameter_field_new (const SobreSavedParameter *parameter, const SobreSavedContext *context, const GPtrArray *stores);

const char *sobre_parameter_field_get_name (SobreParameterField *self);

/** sobre_parameter_field_dup_value: Returns: (transfer full): as sobre_saved_query_bind() takes it */
char *sobre_parameter_field_dup_value (SobreParameterField *self);

/** sobre_parameter_field_set_value: @value: as sobre_parameter_field_dup_value() gives it; what does not suit changes nothing */
void sobre_parameter_field_set_value (SobreParameterField *self, const char *value);

G_END_DECLS
