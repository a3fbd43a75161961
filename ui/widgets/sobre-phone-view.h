/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "widgets/sobre-phone-sketch.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_PHONE_VIEW (sobre_phone_view_get_type ())

/**
 * SobrePhoneView:
 *
 * A guest's page as it is on a phone, as wide as there is room for, in the colours of the scheme that is on. It belongs into a
 * GtkScrolledWindow, which keeps its place when the page is drawn anew; it is what has the focus there, and that scrolls by its keys.
 */
G_DECLARE_FINAL_TYPE (SobrePhoneView, sobre_phone_view, SOBRE, PHONE_VIEW, GtkWidget)

/** sobre_phone_view_set_sketch: @sketch: (transfer full) (nullable) · @label: what a screen reader says */
void sobre_phone_view_set_sketch (SobrePhoneView *self, SobrePhoneSketch *sketch, const char *label);

/** sobre_phone_view_show: brings what the sketch calls @anchor, (nullable), into sight, or its top for “”, as soon as it is there. */
void sobre_phone_view_show (SobrePhoneView *self, const char *anchor);

G_END_DECLS
