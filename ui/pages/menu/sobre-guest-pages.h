/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-session.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_GUEST_PAGES (sobre_guest_pages_get_type ())

/**
 * SobreGuestPages:
 *
 * The page "Form & Menu": what guests meet on their phones, as it is being written, with a phone beside it that shows it. Properties:
 * "session" (SobreSession), "shown" (string: "menu" or "form").
 */
G_DECLARE_FINAL_TYPE (SobreGuestPages, sobre_guest_pages, SOBRE, GUEST_PAGES, AdwBin)

/** Whether everything that was changed in form and menu is in their files. */
gboolean sobre_guest_pages_is_saved (SobreGuestPages *self);

/** sobre_guest_pages_flush: see sobre_document_book_flush(), of both */
DexFuture *sobre_guest_pages_flush (SobreGuestPages *self);

G_END_DECLS
