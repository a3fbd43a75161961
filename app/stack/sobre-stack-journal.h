/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workspace/sobre-workspace-files.h"

G_BEGIN_DECLS

/**
 * SobreStackJournal: what was begun with one stack, as the file NAME.json of the journals' folder.
 * @stack_id: (nullable): names the stack also when it is gone
 * @token: of the calls that were made or are to be made again
 * @change_set: (nullable)
 * @after: (nullable): the last event before it began
 * @is_running: whether AWS was told to go ahead, and nobody has seen the end yet
 * @buckets: (array zero-terminated=1) (nullable): what a removal still has to empty and remove
 */
typedef struct
{
  char *stack_id;
  char *token;
  char *change_set;
  char *after;
  gboolean is_running;
  char **buckets;
} SobreStackJournal;

/** sobre_stack_journal_read: Blocks. Returns: (transfer full): an empty one where there is none or it cannot be read: AWS knows better in any case */
SobreStackJournal *sobre_stack_journal_read (const char *folder, const char *stack);

/** sobre_stack_journal_write: durably. Blocks. Returns: %FALSE with %SOBRE_WORKSPACE_ERROR_FAILED */
gboolean sobre_stack_journal_write (const SobreStackJournal *self, const char *folder, const char *stack, GError **error);

/**
 * sobre_stack_find_name:
 * @folder: of the journals
 * @is_deployed: whether only a stack counts that may be there now
 * @n: (out) (optional): how many there are
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): the one that was begun from there; %NULL for none or several
 */
char *sobre_stack_find_name (const char *folder, gboolean is_deployed, guint *n);
void sobre_stack_journal_free (SobreStackJournal *self);

/**
 * sobre_stack_note_site:
 * @folder: of the journals
 * @name: of the stacks
 * @url: (nullable): where guests find their site; %NULL where there is none, or no longer
 *
 * Writes down what sobre_workspace_dup_site_base() tells. Blocks. What cannot be written is known again after the next deployment.
 */
void sobre_stack_note_site (const char *folder, const char *name, const char *url);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreStackJournal, sobre_stack_journal_free)

G_END_DECLS
