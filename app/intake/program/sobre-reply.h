/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

/* What goes back to a guest. Every reply carries the same protective headers. */

/** Sets the headers that every reply has; called once a message, before anything can fail. */
void sobre_reply_prepare (SoupServerMessage *message);

/** An empty JSON object's worth of news: {"status":"stored"}. @status_text: static */
void sobre_reply_status (SoupServerMessage *message, guint status, const char *status_text);

/**
 * sobre_reply_error:
 * @code: the rule that was broken, a name
 *
 * {"error":{"code":…,"message":…}} with a message for developers, in English; guests see the form's own words.
 */
void sobre_reply_error (SoupServerMessage *message, guint status, const char *code, guint line);

/** The whole of an error reply, headers and all, for a connection that is closed with it. (transfer full) */
char *sobre_reply_format_error (guint status, const char *code);

/**
 * sobre_reply_bytes:
 * @packed: (nullable): the same bytes, gzip
 * @etag: (nullable): makes the reply cacheable for good, and lets the guest ask whether it has changed
 */
void
sobre_reply_bytes (SoupServerMessage *message, guint status, const char *type, GBytes *plain, GBytes *packed, const char *etag);
void sobre_reply_redirect (SoupServerMessage *message, const char *location);
