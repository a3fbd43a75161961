/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/* Heads that are longer, or have more fields, are refused with 431. */
#define SOBRE_REQUEST_HEAD_MAX 8192
#define SOBRE_REQUEST_FIELDS_MAX 64

/**
 * SobreRequestScan:
 * @status: 0 when nothing is wrong so far, else the HTTP status that refuses the request
 * @rule: (nullable): what is wrong, static
 * @head_length: bytes of the head with its empty line, 0 while it is not whole
 * @body_length: bytes of the body behind it
 * @framed: whether the head says plainly where the body ends: one Content-Length of digits or none, and no Transfer-Encoding
 */
typedef struct
{
  guint status;
  const char *rule;
  gsize head_length;
  guint64 body_length;
  gboolean framed;
} SobreRequestScan;

/**
 * sobre_request_scan:
 * @data: what a connection has sent since the last request; any bytes
 *
 * Reads the bytes of a request's head by RFC 9112 with none of the leniencies that the RFC allows: lines end with CR LF, names are
 * tokens with the colon right behind them, nothing is folded, no control character stands anywhere, the version is 1.0 or
 * 1.1. What passes can be read in one way only. A pure function; a head that comes in pieces is scanned again from its start.
 */
SobreRequestScan sobre_request_scan (const char *data, gsize length);
