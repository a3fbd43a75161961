/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_CLOUD_WATCH (sobre_cloud_watch_get_type ())

/**
 * SobreCloudWatch:
 *
 * Asks AWS now and then for the alarms of what is deployed from a workspace, and nobody where nothing is.
 *
 * Signals, on the main thread: "raised" (string words, string reason): an alarm is on that was off, or was not known of, before; "lowered": none is on any more.
 */
G_DECLARE_FINAL_TYPE (SobreCloudWatch, sobre_cloud_watch, SOBRE, CLOUD_WATCH, GObject)

/** sobre_cloud_watch_new: @seconds: between two looks, of which the first is after that time. Dropping it ends it. Returns: (transfer full) */
SobreCloudWatch *sobre_cloud_watch_new (SobreWorkspace *workspace, guint seconds);

G_END_DECLS
