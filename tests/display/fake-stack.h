/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fake-site.h"

G_BEGIN_DECLS

/**
 * FakeStack: an AWS on loopback that has one deployed stack, "sobremesa", and no more than is asked of it by the pages Cloud and Form & Menu.
 * @alarm: (nullable): an alarm of the template that is on
 * @cause: (nullable): why the last change failed
 * @is_missing: whether nothing is deployed
 * @is_shut: whether guests may not send
 * @has_refused: whether errors/ of the lake holds an answer that passes now and two that do not
 * @is_drifted: whether somebody changed a function by hand
 * @is_guest_free: whether guests may do what they must not
 * @has_no_quicksight: whether the account has not signed up for it
 * @n_dashboards: of QuickSight
 * @has_loss: whether a plan for what is deployed removes a bucket
 * @is_refused: whether a new stack does not come to its end
 * @is_slow: whether AWS never comes to an end with what it was told
 * @parts: how far the lake's stack and the other one have come, where nothing was deployed: 0 for nothing, 1 for a plan, 2 for what was told to be made
 * @n_replayed: objects that were put into the lake
 * @n_executed: plans that were carried out
 * @n_deleted: stacks that were removed
 * @n_metered: how often the month's cost was asked for
 * @sent: (nullable): what a guest sent last
 * @site: the bucket of form and menu
 */
typedef struct
{
  const char *status;
  const char *alarm;
  const char *cause;
  gboolean is_missing;
  gboolean is_shut;
  gboolean has_refused;
  gboolean is_drifted;
  gboolean is_guest_free;
  gboolean has_no_quicksight;
  guint n_dashboards;
  gboolean has_loss;
  gboolean is_refused;
  gboolean is_slow;
  guint parts[2];
  guint n_executed;
  guint n_deleted;
  guint n_replayed;
  guint n_metered;
  char *sent;
  FakeSite site;
  GMutex mutex;
} FakeStack;

/** fake_stack_start: from here on the AWS settings of this process name it and nothing else. Returns: (transfer full): a FakeService, which ends it */
gpointer fake_stack_start (FakeStack *self, const char *folder);

/** fake_stack_deploy: has the workspace in the folder say that the stack was deployed from it. */
void fake_stack_deploy (const char *workspace);

G_END_DECLS
