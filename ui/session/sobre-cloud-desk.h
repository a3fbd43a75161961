/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "stack/sobre-stack-cost.h"
#include "stack/sobre-stack-health.h"
#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

/* What collects in AWS for a workspace, as the window shows it. Files and network off the main thread. */

/**
 * SobreCloudSight: what was seen. Immutable.
 * @name: of the stacks
 * @region: (nullable): where they are, or would be
 * @missing: (nullable): what is missing to ask AWS at all, where nothing was ever deployed from here
 * @stack: (nullable): what is deployed
 * @is_open: whether guests may send
 * @health: (nullable): %NULL while AWS is working on the stack, or it failed
 * @cost: (nullable): %NULL where that could not be metered
 * @cost_at: when it was metered, milliseconds since the epoch
 * @events: (element-type SobreStackEvent): the newest, the oldest of them first
 * @cause: (nullable): the first failure of the last change
 */
typedef struct
{
  char *name;
  char *region;
  char *missing;
  SobreStack *stack;
  gboolean is_open;
  SobreHealth *health;
  SobreStackCost *cost;
  gint64 cost_at;
  GPtrArray *events;
  const SobreStackEvent *cause;
} SobreCloudSight;

#define SOBRE_TYPE_CLOUD_SIGHT (sobre_cloud_sight_get_type ())
GType sobre_cloud_sight_get_type (void);
SobreCloudSight *sobre_cloud_sight_ref (SobreCloudSight *self);
void sobre_cloud_sight_unref (SobreCloudSight *self);

/**
 * sobre_cloud_desk_look:
 * @before: (nullable): what was seen last. The cost of the same stack is taken from there while it is less than an hour old, because metering costs something itself
 * @clock: says how old that is
 *
 * Returns: (transfer full): a future of a SobreCloudSight; rejects with %SOBRE_AWS_ERROR or %SOBRE_STACK_ERROR
 */
DexFuture *
sobre_cloud_desk_look (SobreWorkspace *workspace, SobreCloudSight *before, SobreClock *clock, GCancellable *cancellable);

/**
 * sobre_cloud_desk_list_alarms:
 *
 * Returns: (transfer full): a future of a GPtrArray of SobreHealthAlarm, empty where nothing was ever deployed from here and so nobody is asked; rejects with
 *   %SOBRE_AWS_ERROR
 */
DexFuture *sobre_cloud_desk_list_alarms (SobreWorkspace *workspace);

/** sobre_cloud_desk_set_door: see sobre_stack_set_door(). Returns: (transfer full): a future of %TRUE; rejects as that does */
DexFuture *sobre_cloud_desk_set_door (SobreWorkspace *workspace, gboolean is_open);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreCloudSight, sobre_cloud_sight_unref)

G_END_DECLS
