/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "publish/sobre-form-page.h"

/** The form element: what infra/site/draw.js draws, complete without a script. */
void sobre_form_markup_append (GString *html, const SobreFormPage *page);

/** The form and its surroundings as the JSON that the script reads, safe inside a script element. */
void sobre_form_data_append (GString *html, const SobreFormPage *page);
