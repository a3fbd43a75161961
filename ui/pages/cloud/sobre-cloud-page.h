/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-cloud-desk.h"
#include "session/sobre-session.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_CLOUD_PAGE (sobre_cloud_page_get_type ())

/** SobreCloudPage: what collects in AWS for the workspace of its "session": how it fares, what it costs, what is deployed. It asks AWS only while it is looked at. */
G_DECLARE_FINAL_TYPE (SobreCloudPage, sobre_cloud_page, SOBRE, CLOUD_PAGE, AdwBin)

/** sobre_cloud_page_show_sight: shows what was seen, until it looks again */
void sobre_cloud_page_show_sight (SobreCloudPage *self, SobreCloudSight *sight);

G_END_DECLS
