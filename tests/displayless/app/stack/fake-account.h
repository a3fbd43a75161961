/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fake-service.h"
#include "stack/sobre-stack-talk.h"
#include "workspace/sobre-workspace.h"

/** FakeAccount: an account of AWS that a test writes, with a workspace that deploys to it. Unless a test says something else, every call has an answer that nothing speaks
 * against, and what CloudFormation is told to do it does at once.
 * @folder: of the workspace, the journals' and the templates
 * @work: for the stacks "x-lake" and "x"
 * @is_slow: whether CloudFormation stays at what it was told last, until this is %FALSE again
 * @changes: elements of DescribeChangeSet for a stack that was not made yet; NULL for an added function
 * @updates: the same for one that is there; NULL for none */
typedef struct
{
  char *folder;
  char *journals;
  FakeService *service;
  SobreAwsMeans *means;
  SobreAwsAccount *account;
  SobreWorkspace *workspace;
  SobreStackWork *work;
  GCancellable *cancellable;
  GMutex mutex; /* guards what follows */
  gboolean is_slow;
  const char *changes;
  const char *updates;
  GHashTable *replies;
  GHashTable *stacks;
  GHashTable *denied;
  GString *calls;
  GString *bodies;
  guint n_events;
} FakeAccount;

void fake_account_set_up (FakeAccount *self, gconstpointer data);
void fake_account_tear_down (FakeAccount *self, gconstpointer data);

/**
 * fake_account_reply: what is answered from now on.
 * @call: "GetDatabase", "GET /bucket/"; or "us-east-1 GetCallerIdentity" for what is signed for a region
 */
void fake_account_reply (FakeAccount *self, const char *call, guint status, const char *body);

/** fake_account_add_stack: one that is there. @tag: of whoever made it: "sobremesa" */
void fake_account_add_stack (FakeAccount *self, const char *name, const char *status, const char *tag);

/** fake_account_deny: SimulatePrincipalPolicy says that @action may not be done */
void fake_account_deny (FakeAccount *self, const char *action);

/** fake_account_get_calls: (transfer full): the names of all calls that were made, each with a space behind it */
char *fake_account_dup_calls (FakeAccount *self);
char *fake_account_dup_bodies (FakeAccount *self);

/** fake_account_wait: runs the main context until the future has settled. Returns: (transfer none) (nullable): its value, else NULL with @error */
const GValue *fake_account_wait (DexFuture *future, GError **error);

#define FAKE_ERROR(code) "<ErrorResponse><Error><Code>" code "</Code><Message>of the test</Message></Error></ErrorResponse>"
