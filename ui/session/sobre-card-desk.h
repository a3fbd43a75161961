/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "qr/sobre-card-job.h"
#include "workspace/sobre-workspace.h"

/* Cards of a workspace, made and checked off the main thread: the card secret is a file, and reading codes back takes time. */

/**
 * SobreCardSetup: how cards are printed. @base: where guests reach the form · the rest as in SobreCardOrder
 */
typedef struct
{
  const char *base;
  SobreCardPaper paper;
  double offset_x;
  double offset_y;
  double scale;
} SobreCardSetup;

/**
 * sobre_card_desk_prepare:
 * @tables: a GListModel of SobreTable
 *
 * Returns: (transfer full): a future of a boxed SobreCardJob; rejects with %SOBRE_CARD_ERROR or %SOBRE_WORKSPACE_ERROR
 */
DexFuture *sobre_card_desk_prepare (SobreWorkspace *workspace, GListModel *tables, const SobreCardSetup *setup);

/** sobre_card_desk_check: Returns: (transfer full): a future of %TRUE when every code reads back; rejects with %SOBRE_CARD_ERROR */
DexFuture *sobre_card_desk_check (SobreCardJob *job);

/** sobre_card_desk_write: checks and writes. Returns: (transfer full): a future of %TRUE; rejects with %SOBRE_CARD_ERROR */
DexFuture *sobre_card_desk_write (SobreCardJob *job, const char *path);

/** sobre_card_desk_load_printed: Returns: (transfer full): a future of the address last printed, %NULL before the first print */
DexFuture *sobre_card_desk_load_printed (SobreWorkspace *workspace);

/** sobre_card_desk_store_printed: Returns: (transfer full): a future of %TRUE; rejects with %SOBRE_WORKSPACE_ERROR */
DexFuture *sobre_card_desk_store_printed (SobreWorkspace *workspace, const char *base);
