/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SOBRE_TYPE_QR_VIEW (sobre_qr_view_get_type ())

/** SobreQrView: a QR code on the screen, dark on white in every colour scheme, with its quiet zone. */
G_DECLARE_FINAL_TYPE (SobreQrView, sobre_qr_view, SOBRE, QR_VIEW, GtkWidget)

/** @text: (nullable): nothing is shown without; it is also what assistive technology reads */
void sobre_qr_view_set_text (SobreQrView *self, const char *text);
const char *sobre_qr_view_get_text (SobreQrView *self);

G_END_DECLS
