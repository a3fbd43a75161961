/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-id.h"
#include "stack/sobre-stack-test.h"
#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

/** SobreStackMark: an answer to be followed with sobre_stack_test(). It has no card's key, so it is unverified and no figure counts it. @record: as a guest's page sends it */
typedef struct
{
  char id[SOBRE_ID_STRING_LENGTH + 1];
  char *record;
} SobreStackMark;

/** sobre_stack_mark_new: for the workspace's first table. Returns: (transfer full) */
SobreStackMark *sobre_stack_mark_new (SobreWorkspace *workspace, SobreClock *clock, SobreRandom *random);
void sobre_stack_mark_free (SobreStackMark *self);

/**
 * sobre_stack_mark_find:
 * @id: of an answer that lies in the lake
 *
 * Goes the rest of the way: synchronises the cache and looks whether the answer is there. A workspace that reads another lake leaves that unseen.
 *
 * Returns: (transfer full): resolves to a SobreStackCheck "cache"; rejects as sobre_stack_work_describe(), sobre_sync_run() and sobre_query_engine_run()
 */
DexFuture *sobre_stack_mark_find (SobreStackWork *work, SobreWorkspace *workspace, const char *id);

/** sobre_stack_mark_get_words: Returns: (transfer none): what sobre_stack_mark_find() looks at, translated */
const char *sobre_stack_mark_get_words (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreStackMark, sobre_stack_mark_free)

G_END_DECLS
