/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-aws-client.h"

G_BEGIN_DECLS

/* What is needed of Amazon QuickSight: which dashboards there are. */

/** SobreDashboard: @name: as its author called it · @published_at: milliseconds since the epoch, 0 where that is not said */
typedef struct
{
  char *id;
  char *name;
  gint64 published_at;
} SobreDashboard;

void sobre_dashboard_free (SobreDashboard *self);

/**
 * sobre_quicksight_list_dashboards:
 * @client: of %SOBRE_AWS_QUICKSIGHT
 * @account: twelve digits
 *
 * Returns: (transfer full): resolves to a GPtrArray of SobreDashboard of %G_TYPE_PTR_ARRAY, in AWS's order, a thousand at most; rejects with %SOBRE_AWS_ERROR, see
 *   sobre_quicksight_is_missing(), or %G_IO_ERROR_CANCELLED
 */
DexFuture *sobre_quicksight_list_dashboards (SobreAwsClient *client, const char *account, GCancellable *cancellable);

/** sobre_quicksight_is_missing: Returns: whether @error says that the account has not signed up for QuickSight, or for an edition that has no such call */
gboolean sobre_quicksight_is_missing (const GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreDashboard, sobre_dashboard_free)

G_END_DECLS
