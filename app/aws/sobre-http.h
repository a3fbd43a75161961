/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "aws/sobre-http-message.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_HTTP (sobre_http_get_type ())

/**
 * SobreHttp:
 *
 * Every outgoing request: one thread with one libcurl multi handle, which keeps connections open and shares them. It follows no redirect, speaks
 * HTTPS, and plain HTTP only to this computer. May be used from any thread.
 */
G_DECLARE_FINAL_TYPE (SobreHttp, sobre_http, SOBRE, HTTP, GObject)

/** sobre_http_new: Returns: (transfer full): its thread starts with the first request */
SobreHttp *sobre_http_new (void);

/**
 * sobre_http_send:
 * @request: one exchange; nothing is repeated here
 * @cancellable: (nullable): ends the exchange within 200 ms
 *
 * Returns: (transfer full): resolves to a SobreHttpReply, also when the exchange broke; rejects with %G_IO_ERROR_CANCELLED
 */
DexFuture *sobre_http_send (SobreHttp *self, SobreHttpRequest *request, GCancellable *cancellable);

/** sobre_http_url_is_allowed: Returns: whether @url is https, or http to a loopback address written as such or to localhost */
gboolean sobre_http_url_is_allowed (const char *url);

G_END_DECLS
