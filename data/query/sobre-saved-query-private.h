/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sobre-saved-query.h"

G_BEGIN_DECLS

#define SOBRE_SAVED_MAX_PARAMETERS 32

struct _SobreSavedQuery
{
  GObject parent_instance;

  char *name;
  char *sql;
  char *title;
  char *description;
  GArray *parameters; /* SobreSavedParameter */
  SobreChartKind chart;
  char *chart_x;
  char *chart_y;
};

/** sobre_saved_query_read_header: Fills @self from the comment lines that its text begins with. Returns: %FALSE with the line */
gboolean sobre_saved_query_read_header (SobreSavedQuery *self, GError **error);

/** Whether a saved query may have this name: letters, digits, - and _, not first a -. */
gboolean sobre_saved_query_is_name (const char *name);

G_END_DECLS
