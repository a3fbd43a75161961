/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "aws/sobre-sso.h"
#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

/* The AWS account of a workspace: which it is, signing in, keys, and whether it answers. Files, keyring and network off the main thread. */

/**
 * SobreAccountState:
 * @profiles: (array zero-terminated=1): that the AWS settings of this computer have
 * @profile: (nullable): that workspace.json names
 * @region: (nullable): that workspace.json names
 * @used_profile: the one that counts
 * @used_region: (nullable): the one that counts
 * @has_sso: whether @used_profile signs in with IAM Identity Center
 */
typedef struct
{
  char **profiles;
  char *profile;
  char *region;
  char *used_profile;
  char *used_region;
  gboolean has_sso;
} SobreAccountState;

#define SOBRE_TYPE_ACCOUNT_STATE (sobre_account_state_get_type ())
GType sobre_account_state_get_type (void);
void sobre_account_state_free (SobreAccountState *self);

/** sobre_account_desk_load: Returns: (transfer full): a future of a SobreAccountState; rejects with %SOBRE_AWS_ERROR_CONFIGURATION */
DexFuture *sobre_account_desk_load (SobreWorkspace *workspace);

/** sobre_account_desk_store: see sobre_workspace_set_account(). Returns: (transfer full): a future of %TRUE; rejects with %SOBRE_WORKSPACE_ERROR */
DexFuture *sobre_account_desk_store (SobreWorkspace *workspace, const char *profile, const char *region);

/** sobre_account_desk_test: asks AWS whose keys these are. Returns: (transfer full): a future of a SobreCallerIdentity; rejects with %SOBRE_AWS_ERROR */
DexFuture *sobre_account_desk_test (SobreWorkspace *workspace);

/** sobre_account_desk_log_in: see sobre_sso_login(). Returns: (transfer full): a future of a string; rejects as that does */
DexFuture *
sobre_account_desk_log_in (SobreWorkspace *workspace, SobreSsoInvite invite, gpointer user_data, GCancellable *cancellable);

/** sobre_account_desk_store_keys: @secret: cleared from memory once stored. Returns: (transfer full): a future of %TRUE; see sobre_keyring_store() */
DexFuture *sobre_account_desk_store_keys (const char *profile, const char *access_key_id, const char *secret);

/** sobre_account_desk_clear_keys: Returns: (transfer full): a future of %TRUE; see sobre_keyring_clear() */
DexFuture *sobre_account_desk_clear_keys (const char *profile);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreAccountState, sobre_account_state_free)

G_END_DECLS
