/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-clock.h"
#include "workspace/sobre-workspace.h"

#define SOBRE_SAMPLE_DAYS 120

/**
 * sobre_sample_copy_file:
 * @folder: the workspace being made
 * @name: a file of the installed sample
 *
 * Copies a file of the sample restaurant. Blocks.
 *
 * Returns: %FALSE with %SOBRE_WORKSPACE_ERROR
 */
gboolean sobre_sample_copy_file (const char *folder, const char *name, GError **error);

/**
 * sobre_sample_write_form:
 * @folder: the workspace being made
 *
 * Writes the sample's form as one for any restaurant: without the link to where the sample restaurant is reviewed. Blocks.
 *
 * Returns: %FALSE with %SOBRE_WORKSPACE_ERROR
 */
gboolean sobre_sample_write_form (const char *folder, GError **error);

/**
 * sobre_sample_write_answers:
 * @workspace: the sample restaurant, its lake empty
 * @clock: today; the answers end with the service day before
 *
 * Fills the lake with SOBRE_SAMPLE_DAYS days of made-up answers: busy and quiet hours, a new menu in its fourth week, and one Friday evening on
 * which the terrace waited; and, since that menu is on guests' phones, with their visits and orders. The same day and workspace give the
 * same answers. Blocks.
 *
 * Returns: %FALSE with %SOBRE_WORKSPACE_ERROR
 */
gboolean sobre_sample_write_answers (SobreWorkspace *workspace, SobreClock *clock, GError **error);
