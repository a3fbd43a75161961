/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

/** SobreRoute: what a path is for. */
typedef enum
{
  SOBRE_ROUTE_NONE,
  SOBRE_ROUTE_RESPONSES,
  SOBRE_ROUTE_EVENTS,
  SOBRE_ROUTE_FORM_POST,
  SOBRE_ROUTE_ROOT,
  SOBRE_ROUTE_FORM_PAGE,
  SOBRE_ROUTE_DISHES_PAGE,
  SOBRE_ROUTE_THANKS,
  SOBRE_ROUTE_MENU_PAGE,
  SOBRE_ROUTE_MENU_FILE,
  SOBRE_ROUTE_ASSET,
  SOBRE_ROUTE_HEALTH,
} SobreRoute;

/** sobre_route_find: @path: as it came, not decoded */
SobreRoute sobre_route_find (const char *path);

/** Whether a body is sent to this route. */
gboolean sobre_route_takes_body (SobreRoute route);

/**
 * SobreHeadCheck:
 * @status: 0 when the request may go on, else the HTTP status that refuses it
 * @rule: (nullable): what was wrong, static
 * @has_body: whether bytes of a body follow the head
 */
typedef struct
{
  guint status;
  const char *rule;
  gboolean has_body;
} SobreHeadCheck;

/**
 * sobre_request_head_check:
 * @message: a request whose head has been read
 * @local: the address that the guest reached
 * @hosts: (nullable): names allowed besides
 * @body_max: bytes that a body may have
 *
 * Judges a request by its head alone. It refuses all that two programs could read differently: a doubled or missing Host, any
 * Transfer-Encoding, a doubled or odd Content-Length, a body where none belongs; and all that another site's page could send:
 * foreign Host, foreign Origin, a content type that needs no preflight.
 */
SobreHeadCheck
sobre_request_head_check (SoupServerMessage *message, GInetSocketAddress *local, const char *const *hosts, gsize body_max);
