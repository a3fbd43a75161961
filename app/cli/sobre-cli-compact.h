/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/sobre-cli.h"
#include "sync/sobre-compact.h"

/**
 * sobre_cli_open_bucket:
 * @refusal: what is said of a lake in a folder
 * @lake: (out) (transfer none): the workspace's
 * @status: (out): the exit status when %NULL, after saying why
 *
 * Returns: (transfer full) (nullable): a workspace whose lake is in a bucket
 */
SobreWorkspace *sobre_cli_open_bucket (SobreCli *self,
                                       const SobreCliCommand *command,
                                       const char *refusal,
                                       SobreS3Lake **lake,
                                       SobreCliStatus *status);

/** sobre_cli_compact_after_sync: compacts where that is due, and says what became of it; whatever that is, the sync is done. */
void sobre_cli_compact_after_sync (SobreCli *self, SobreWorkspace *workspace);
