/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "cache/sobre-cache.h"
#include "lake/sobre-dir-lake.h"
#include "model/sobre-clock.h"
#include "model/sobre-form.h"
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
 */
typedef enum
{
  SOBRE_WORKSPACE_ERROR_MISSING,
  SOBRE_WORKSPACE_ERROR_EXISTS,
  SOBRE_WORKSPACE_ERROR_INVALID,
  SOBRE_WORKSPACE_ERROR_FAILED,
} SobreWorkspaceError;

#define SOBRE_TYPE_WORKSPACE (sobre_workspace_get_type ())

/** SobreWorkspace: a folder of plain files, read and checked; the composition root that names concrete lakes, engines and collectors. */
G_DECLARE_FINAL_TYPE (SobreWorkspace, sobre_workspace, SOBRE, WORKSPACE, GObject)

/**
 * sobre_workspace_resolve_path:
 * @option: (nullable): what --workspace gave
 *
 * Returns: (transfer full): @option, else $SOBREMESA_WORKSPACE, else the default below the user's data folder
 */
char *sobre_workspace_resolve_path (const char *option);

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
SobreDirLake *sobre_workspace_get_lake (SobreWorkspace *self);
SobreServiceCalendar *sobre_workspace_get_calendar (SobreWorkspace *self);
const char *sobre_workspace_get_cache_folder (SobreWorkspace *self);
const char *sobre_workspace_get_spool_folder (SobreWorkspace *self);

/** sobre_workspace_load_card_secret: Returns: (transfer full): the 32 bytes of .sobremesa/card.key; %NULL with %SOBRE_WORKSPACE_ERROR */
GBytes *sobre_workspace_load_card_secret (SobreWorkspace *self, GError **error);

/** The address that the cards were last printed for, "HTTP://192.168.1.20:8080"; %NULL before the first print. (transfer full) */
char *sobre_workspace_dup_printed_base (SobreWorkspace *self);
gboolean sobre_workspace_set_printed_base (SobreWorkspace *self, const char *base, GError **error);

G_END_DECLS
