/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "session/sobre-relay.h"
#include "stack/sobre-stack-work.h"
#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

/* Looking closely at what is deployed from a workspace: whether a guest's answer gets through, what was changed by hand, of what it consists, and which dashboards look at it. Files and
 * network off the main thread. Futures reject with %SOBRE_STACK_ERROR, %SOBRE_AWS_ERROR or %G_IO_ERROR_CANCELLED. */

/**
 * sobre_stack_desk_test:
 * @prove: see sobre_stack_test()
 * @clock: dates the answer that is sent
 * @relay: is sent a SobreStackCheck of each thing when it is begun and when it is seen
 *
 * Returns: (transfer full): a future of a GPtrArray of SobreStackCheck of %G_TYPE_PTR_ARRAY, the cache's last; rejects with %SOBRE_CACHE_ERROR and %SOBRE_QUERY_ERROR, too
 */
DexFuture *sobre_stack_desk_test (SobreWorkspace *workspace,
                                  gboolean prove,
                                  SobreClock *clock,
                                  SobreRelay *relay,
                                  GCancellable *cancellable);

/** sobre_stack_desk_find_drift: Returns: (transfer full): a future of a GPtrArray of SobreDrift of %G_TYPE_PTR_ARRAY, of both parts */
DexFuture *sobre_stack_desk_find_drift (SobreWorkspace *workspace, GCancellable *cancellable);

/**
 * SobreStackParts: of what each part consists.
 * @region: where
 * @resources: (element-type SobreStackResource): %NULL for a part that is not there
 */
typedef struct
{
  char *region;
  GPtrArray *resources[SOBRE_N_STACK_PARTS];
} SobreStackParts;

#define SOBRE_TYPE_STACK_PARTS (sobre_stack_parts_get_type ())
GType sobre_stack_parts_get_type (void);
SobreStackParts *sobre_stack_parts_ref (SobreStackParts *self);
void sobre_stack_parts_unref (SobreStackParts *self);

/** sobre_stack_desk_list_resources: Returns: (transfer full): a future of a SobreStackParts */
DexFuture *sobre_stack_desk_list_resources (SobreWorkspace *workspace, GCancellable *cancellable);

/**
 * SobreDashboards:
 * @region: where they were looked for
 * @account: twelve digits
 * @list: (nullable) (element-type SobreDashboard): %NULL where the account has no QuickSight
 */
typedef struct
{
  char *region;
  char *account;
  GPtrArray *list;
} SobreDashboards;

#define SOBRE_TYPE_DASHBOARDS (sobre_dashboards_get_type ())
GType sobre_dashboards_get_type (void);
SobreDashboards *sobre_dashboards_ref (SobreDashboards *self);
void sobre_dashboards_unref (SobreDashboards *self);

/** sobre_stack_desk_list_dashboards: Returns: (transfer full): a future of a SobreDashboards */
DexFuture *sobre_stack_desk_list_dashboards (SobreWorkspace *workspace, GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreStackParts, sobre_stack_parts_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreDashboards, sobre_dashboards_unref)

G_END_DECLS
