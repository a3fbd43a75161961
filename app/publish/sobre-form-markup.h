/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "publish/sobre-form-page.h"

/** The form element: what infra/site/draw.js draws, complete without a script but for the question about dishes. */
void sobre_form_markup_append (GString *html, const SobreFormPage *page);

/** The form element with that question alone: a choice of stars for each dish of the menu. */
void sobre_form_markup_append_dishes (GString *html, const SobreFormPage *page, SobreMenu *menu);

/** Opens a form element that is posted as it is, with what the form's script knows by itself in hidden fields. */
void sobre_form_markup_begin (GString *html, const SobreFormPage *page);

/** What stands below the questions, and the element's end: the guest's consent where the form wants it, the button, what is kept. */
void sobre_form_markup_end (GString *html, const SobreFormPage *page);

/** The form and its surroundings as the JSON that the script reads, safe inside a script element. */
void sobre_form_data_append (GString *html, const SobreFormPage *page);
