/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "stack/sobre-stack-send.h"

G_BEGIN_DECLS

/**
 * SobreCourierState:
 * @SOBRE_COURIER_NOWHERE: nothing was deployed from the workspace, or nobody has looked yet
 * @SOBRE_COURIER_LOOKING: after it could not be asked
 * @SOBRE_COURIER_RESTING: what the site has is known
 * @SOBRE_COURIER_SENDING
 * @SOBRE_COURIER_FAILED: AWS could not be asked, or what is published here is not there; the message says why
 */
typedef enum
{
  SOBRE_COURIER_NOWHERE,
  SOBRE_COURIER_LOOKING,
  SOBRE_COURIER_RESTING,
  SOBRE_COURIER_SENDING,
  SOBRE_COURIER_FAILED,
} SobreCourierState;

#define SOBRE_TYPE_SITE_COURIER (sobre_site_courier_get_type ())

/**
 * SobreSiteCourier:
 *
 * Brings what is published in a workspace to the site of the stack that was deployed from it, one thing after the other, and knows what guests get there.
 *
 * Emits "changed" when state, message or sight have, on the main thread, and "sent" (SobreStackSite) when something has arrived.
 */
G_DECLARE_FINAL_TYPE (SobreSiteCourier, sobre_site_courier, SOBRE, SITE_COURIER, GObject)

/** (transfer full) */
SobreSiteCourier *sobre_site_courier_new (SobreWorkspace *workspace);

SobreCourierState sobre_site_courier_get_state (SobreSiteCourier *self);

/** (transfer none) (nullable): why it failed, and what to do, translated */
const char *sobre_site_courier_get_message (SobreSiteCourier *self);

/** (transfer none) (nullable): what was seen last */
const SobreSiteSight *sobre_site_courier_get_sight (SobreSiteCourier *self);

/** sobre_site_courier_look: looks at the site, unless something is being sent. Returns: (transfer full): a future that is settled once that is over */
DexFuture *sobre_site_courier_look (SobreSiteCourier *self);

/** Sends what is published by now, as soon as what is under way is over; where nothing is deployed, nothing happens. */
void sobre_site_courier_send (SobreSiteCourier *self, SobreSiteParts parts);

/** Tries again what failed. */
void sobre_site_courier_retry (SobreSiteCourier *self);

/** Stops sending in its way. Guests see whole pages then, and sending again finishes it. */
void sobre_site_courier_cancel (SobreSiteCourier *self);

/** Whether something waits to be sent, or is being sent. */
gboolean sobre_site_courier_is_behind (SobreSiteCourier *self);

G_END_DECLS
