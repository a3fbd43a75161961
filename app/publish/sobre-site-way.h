/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SobreTransport: @SOBRE_TRANSPORT_LOCAL: to the laptop that served the page · @SOBRE_TRANSPORT_DIRECT: into a stream of AWS · @SOBRE_TRANSPORT_API: to an API there */
typedef enum
{
  SOBRE_TRANSPORT_LOCAL,
  SOBRE_TRANSPORT_DIRECT,
  SOBRE_TRANSPORT_API,
} SobreTransport;

#define SOBRE_N_TRANSPORTS (SOBRE_TRANSPORT_API + 1)

/**
 * SobreSiteWay: which way a page sends what a guest says; borrowed. All zero: to the laptop.
 * @address: (nullable): what the script has to know of the other end, a JSON object; %NULL where it is the page's own host
 *
 * Whoever is not the laptop serves one page to every table: its script reads from its address where it lies, and nothing can be sent without it.
 */
typedef struct
{
  SobreTransport transport;
  const char *address;
} SobreSiteWay;

/** sobre_site_way_get_form_script: Returns: (transfer none): the script of the form's page that goes this way, as the site calls it */
const char *sobre_site_way_get_form_script (const SobreSiteWay *self);
const char *sobre_site_way_get_menu_script (const SobreSiteWay *self);

G_END_DECLS
