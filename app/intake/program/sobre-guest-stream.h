/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "intake/sobre-request-scan.h"

G_BEGIN_DECLS

/**
 * SobreGuestStreamRefused:
 * @scan: says with which status
 *
 * Called once, when a guest sent what is no request. Nothing of that request has been handed on, and nothing after it will be.
 */
typedef void (*SobreGuestStreamRefused) (const SobreRequestScan *scan, gpointer user_data);

#define SOBRE_TYPE_GUEST_STREAM (sobre_guest_stream_get_type ())

/**
 * SobreGuestStream:
 *
 * A guest's connection as the HTTP library sees it: a request's head is held back until it is whole and has passed
 * sobre_request_scan(), so the library's own, more forgiving parser never meets anything else.
 */
G_DECLARE_FINAL_TYPE (SobreGuestStream, sobre_guest_stream, SOBRE, GUEST_STREAM, GIOStream)

GIOStream *sobre_guest_stream_new (GIOStream *base, SobreGuestStreamRefused refused, gpointer user_data);

G_END_DECLS
