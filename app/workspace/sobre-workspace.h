/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "aws/sobre-athena-engine.h"
#include "aws/sobre-aws-account.h"
#include "cache/sobre-cache.h"
#include "lake/sobre-dir-lake.h"
#include "model/sobre-clock.h"
#include "model/sobre-form.h"
#include "model/sobre-menu.h"
#include "model/sobre-random.h"
#include "model/sobre-settings.h"
#include "model/sobre-table.h"

G_BEGIN_DECLS

#define SOBRE_WORKSPACE_ERROR (sobre_workspace_error_quark ())
GQuark sobre_workspace_error_quark (void);

/**
 * SobreWorkspaceError:
 * @SOBRE_WORKSPACE_ERROR_MISSING: no workspace in that folder: make one with "sobremesa init"
 * @SOBRE_WORKSPACE_ERROR_EXISTS: init found one already; nothing was changed
 * @SOBRE_WORKSPACE_ERROR_INVALID: a file of it cannot be understood; the message names file, place and what to do
 * @SOBRE_WORKSPACE_ERROR_FAILED: the file system refused
 * @SOBRE_WORKSPACE_ERROR_CHANGED: somebody else has changed what was about to be changed; it is as they left it
 */
typedef enum
{
  SOBRE_WORKSPACE_ERROR_MISSING,
  SOBRE_WORKSPACE_ERROR_EXISTS,
  SOBRE_WORKSPACE_ERROR_INVALID,
  SOBRE_WORKSPACE_ERROR_FAILED,
  SOBRE_WORKSPACE_ERROR_CHANGED,
} SobreWorkspaceError;

#define SOBRE_TYPE_WORKSPACE (sobre_workspace_get_type ())

/** SobreWorkspace: a folder of plain files, read and checked; the composition root that names concrete lakes, engines and collectors. */
G_DECLARE_FINAL_TYPE (SobreWorkspace, sobre_workspace, SOBRE, WORKSPACE, GObject)

/**
 * sobre_workspace_resolve_path:
 * @option: (nullable): what --workspace gave
 *
 * Where it names the workspace.json of a folder, as a file manager does, the folder is meant.
 *
 * Returns: (transfer full): absolute: @option, else $SOBREMESA_WORKSPACE, else the default below the user's data folder
 */
char *sobre_workspace_resolve_path (const char *option);

/**
 * sobre_workspace_dup_query_folders:
 * @path: a workspace, which need not be there
 *
 * Returns: (transfer full) (array zero-terminated=1): where saved queries lie: the workspace's own, then those that come with the
 *   program
 */
char **sobre_workspace_dup_query_folders (const char *path);

/** sobre_workspace_open: Blocks. Returns: (transfer full) (nullable): %NULL with %SOBRE_WORKSPACE_ERROR */
SobreWorkspace *sobre_workspace_open (const char *path, GError **error);

/**
 * sobre_workspace_create:
 * @path: a folder that does not exist yet or is empty
 * @sample: whether it gets the sample restaurant with some months of made-up answers in its lake
 * @clock: dates the sample
 * @random: makes the card secret; samples are made from a fixed seed
 *
 * Makes a workspace. Blocks.
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_WORKSPACE_ERROR; nothing half-made is left then
 */
SobreWorkspace *
sobre_workspace_create (const char *path, gboolean sample, SobreClock *clock, SobreRandom *random, GError **error);

const char *sobre_workspace_get_path (SobreWorkspace *self);
const SobreSettings *sobre_workspace_get_settings (SobreWorkspace *self);

/** sobre_workspace_get_tables: Returns: (transfer none): a GListModel of SobreTable, in the order of tables.csv */
GListModel *sobre_workspace_get_tables (SobreWorkspace *self);
SobreForm *sobre_workspace_get_form (SobreWorkspace *self);

/** sobre_workspace_get_menu: (transfer none) (nullable): menu.json as it is being written; %NULL while it is missing or not right */
SobreMenu *sobre_workspace_get_menu (SobreWorkspace *self);

/**
 * sobre_workspace_set_documents:
 * @form: (nullable): what form.json says by now; %NULL for what was known
 * @menu: (nullable): likewise of menu.json
 *
 * Whoever uses what sobre_workspace_get_form() and _get_menu() gave on another thread has taken a reference to it.
 */
void sobre_workspace_set_documents (SobreWorkspace *self, SobreForm *form, SobreMenu *menu);

/** sobre_workspace_get_lake: Returns: (transfer none): the workspace's own folder, where intake's answers are rolled to, wherever the lake is */
SobreDirLake *sobre_workspace_get_lake (SobreWorkspace *self);

/**
 * sobre_workspace_set_mfa:
 * @mfa: (nullable): is asked for the code of an MFA device where a role wants one
 *
 * Before the account is first asked for.
 */
void sobre_workspace_set_mfa (SobreWorkspace *self, SobreMfa *mfa);

/**
 * sobre_workspace_get_account:
 *
 * Reads the user's AWS settings the first time, with the profile and region that workspace.json names. Blocks then.
 *
 * Returns: (transfer none) (nullable): %NULL with %SOBRE_AWS_ERROR_CONFIGURATION
 */
SobreAwsAccount *sobre_workspace_get_account (SobreWorkspace *self, GError **error);

/**
 * sobre_workspace_set_account:
 * @profile: (nullable): of the user's AWS settings; %NULL for the usual one
 * @region: (nullable): %NULL for the profile's
 *
 * Writes both into workspace.json. Whoever asks for the account from now on gets one that has read the AWS settings anew. Blocks.
 *
 * Returns: %FALSE with %SOBRE_WORKSPACE_ERROR; nothing is changed then
 */
gboolean sobre_workspace_set_account (SobreWorkspace *self, const char *profile, const char *region, GError **error);

/** sobre_workspace_dup_account_choice: @profile, @region: (out) (transfer full) (nullable): what workspace.json says now */
void sobre_workspace_dup_account_choice (SobreWorkspace *self, char **profile, char **region);

/**
 * sobre_workspace_get_source:
 *
 * Where the lake is: the bucket that workspace.json names, else the workspace's own folder. Blocks like sobre_workspace_get_account().
 *
 * Returns: (transfer none) (nullable): %NULL with %SOBRE_AWS_ERROR_CONFIGURATION
 */
SobreLakeSource *sobre_workspace_get_source (SobreWorkspace *self, GError **error);

/**
 * sobre_workspace_limit_transfer:
 * @limits: connections and speed that count instead of the settings'; prices are not looked at
 *
 * Before anything is fetched from the bucket. Does nothing where the lake is a folder. Blocks like sobre_workspace_get_account().
 *
 * Returns: %FALSE with %SOBRE_AWS_ERROR_CONFIGURATION
 */
gboolean sobre_workspace_limit_transfer (SobreWorkspace *self, const SobreTransferSettings *limits, GError **error);

/**
 * sobre_workspace_new_athena_engine:
 *
 * The engine that workspace.json describes. Blocks like sobre_workspace_get_account().
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_AWS_ERROR_CONFIGURATION
 */
SobreAthenaEngine *sobre_workspace_new_athena_engine (SobreWorkspace *self, GError **error);

/** sobre_workspace_dup_athena_folder: Returns: (transfer full): of the journal of what ran on Athena */
char *sobre_workspace_dup_athena_folder (SobreWorkspace *self);
SobreServiceCalendar *sobre_workspace_get_calendar (SobreWorkspace *self);
const char *sobre_workspace_get_cache_folder (SobreWorkspace *self);
const char *sobre_workspace_get_spool_folder (SobreWorkspace *self);

/** sobre_workspace_get_menu_folder: (transfer none): where menus are published; see sobre-menu-store.h */
const char *sobre_workspace_get_menu_folder (SobreWorkspace *self);

/** sobre_workspace_load_card_secret: Returns: (transfer full): the 32 bytes of .sobremesa/card.key; %NULL with %SOBRE_WORKSPACE_ERROR */
GBytes *sobre_workspace_load_card_secret (SobreWorkspace *self, GError **error);

/** The address that the cards were last printed for, "HTTP://192.168.1.20:8080"; %NULL before the first print. (transfer full) */
char *sobre_workspace_dup_printed_base (SobreWorkspace *self);
gboolean sobre_workspace_set_printed_base (SobreWorkspace *self, const char *base, GError **error);

/**
 * sobre_workspace_dup_site_base:
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): where guests find the site that was deployed in AWS from here, or published to, "https://d111111abcdef8.cloudfront.net"; %NULL where
 *   there is none
 */
char *sobre_workspace_dup_site_base (SobreWorkspace *self);

/** sobre_workspace_dup_guest_base: Blocks. Returns: (transfer full) (nullable): where cards lead that nobody says anything else of: the workspace's guest_url, else the site in AWS; %NULL where there is neither */
char *sobre_workspace_dup_guest_base (SobreWorkspace *self);

G_END_DECLS
