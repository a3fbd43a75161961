/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-form.h"
#include "publish/sobre-site-assets.h"
#include "widgets/sobre-phone-sketch.h"

G_BEGIN_DECLS

/**
 * sobre_form_sketch:
 * @language: one of the form's
 * @restaurant: name to put above
 * @retention_days: how long answers are kept
 *
 * The form as guests meet it on a phone once they have touched the first face, with every question that could be asked: what
 * infra/site/form.css makes of app/publish/sobre-form-markup.c. Each question can be found by its id.
 *
 * Returns: (transfer full)
 */
SobrePhoneSketch *sobre_form_sketch (PangoContext *context,
                                     SobreForm *form,
                                     const SobreSiteAssets *assets,
                                     const char *language,
                                     const char *restaurant,
                                     guint retention_days);

G_END_DECLS
