/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "query/sobre-saved-query.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_PARAMETER_PANEL (sobre_parameter_panel_get_type ())

/** SobreParameterPanel: a field for each parameter of a saved query. The signal "activate" comes when one was filled in. */
G_DECLARE_FINAL_TYPE (SobreParameterPanel, sobre_parameter_panel, SOBRE, PARAMETER_PANEL, AdwBin)

/**
 * sobre_parameter_panel_show:
 * @context: what defaults are made from
 * @stores: (element-type SobreStore)
 * @keep_values: whether what was filled in stays where the query has a parameter of that name
 */
void sobre_parameter_panel_show (SobreParameterPanel *self,
                                 SobreSavedQuery *query,
                                 const SobreSavedContext *context,
                                 const GPtrArray *stores,
                                 gboolean keep_values);

/** sobre_parameter_panel_collect: Returns: (transfer full) (element-type utf8 utf8): what is filled in, as sobre_saved_query_bind() takes it */
GHashTable *sobre_parameter_panel_collect (SobreParameterPanel *self);

/** sobre_parameter_panel_set_value: Returns: %FALSE where there is no such parameter */
gboolean sobre_parameter_panel_set_value (SobreParameterPanel *self, const char *name, const char *value);

/** sobre_parameter_panel_find_missing: Returns: (nullable): the label of a parameter without default that has no value among @values */
const char *sobre_parameter_panel_find_missing (SobreSavedQuery *query, GHashTable *values);

G_END_DECLS
