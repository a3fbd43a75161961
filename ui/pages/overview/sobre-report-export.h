/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "session/sobre-session.h"

/**
 * sobre_report_export_start:
 * @widget: in the window that asks where to; its "window.show-message" action says how it went
 * @session: with figures, which the report shows as they are now
 *
 * Asks for a file and writes the report there, on another thread.
 */
void sobre_report_export_start (GtkWidget *widget, SobreSession *session);
