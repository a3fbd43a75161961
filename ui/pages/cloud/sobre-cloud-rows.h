/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "aws/sobre-cloudformation.h"

G_BEGIN_DECLS

/* Rows as the Cloud page and its panels have them. What comes from AWS is text, and never markup. */

/** sobre_cloud_row_new: @subtitle: (nullable). Returns: (transfer floating): a row whose subtitle can be copied */
GtkWidget *sobre_cloud_row_new (const char *title, const char *subtitle);

/** sobre_cloud_row_new_for_event: Returns: (transfer floating): what AWS did, with its reason; marked where it failed */
GtkWidget *sobre_cloud_row_new_for_event (const SobreStackEvent *event);

/** sobre_cloud_row_add_figure: at the end of @row, an AdwActionRow or AdwExpanderRow */
void sobre_cloud_row_add_figure (GtkWidget *row, const char *text);

/** sobre_cloud_row_add_icon: before the title of @row, an AdwActionRow or AdwExpanderRow. @style: (nullable): "success", "warning", "error" · @meaning: (nullable): what it says to whoever cannot see it */
void sobre_cloud_row_add_icon (GtkWidget *row, const char *icon, const char *style, const char *meaning);

/** sobre_cloud_row_add_link: makes @row open a page of the web. @uri: of a console, never of a reply's making */
void sobre_cloud_row_add_link (GtkWidget *row, const char *uri);

/** sobre_cloud_open: asks the desktop, through its portal, to open @uri; what goes wrong is said in the window of @widget */
void sobre_cloud_open (GtkWidget *widget, const char *uri);

G_END_DECLS
