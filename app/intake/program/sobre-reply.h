/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "publish/sobre-site-assets.h"

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

/* How long a file may be kept without asking: one whose name tells its bytes, and the pointer that says which one to ask for. */
#define SOBRE_KEEP_FOR_EVER "public, max-age=31536000, immutable"
#define SOBRE_KEEP_BRIEFLY "public, max-age=5"

/** sobre_reply_page: a document made for one guest, that nobody keeps. @packed: (nullable): the same bytes, gzip */
void sobre_reply_page (SoupServerMessage *message, guint status, const char *type, GBytes *plain, GBytes *packed);

/** sobre_reply_file: a file that is the same for all; a guest who has it already is told so. @keep: one of SOBRE_KEEP_… */
void sobre_reply_file (SoupServerMessage *message, const SobreSiteAsset *file, const char *keep);
void sobre_reply_redirect (SoupServerMessage *message, const char *location);
