/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "intake/sobre-places.h"
#include "intake/sobre-spool-writer.h"

/* The most that one request may carry, bytes. */
#define SOBRE_INBOX_BODY_MAX (16 * 1024)

/**
 * SobreVerdict: what became of a body.
 * @SOBRE_VERDICT_STORED: it is on disk
 * @SOBRE_VERDICT_KNOWN: the same was on disk already
 * @SOBRE_VERDICT_CONFLICT: another body with this id is on disk; this one was not stored
 * @SOBRE_VERDICT_REFUSED: it breaks a rule
 * @SOBRE_VERDICT_FAILED: the disk refused; it may be sent again
 */
typedef enum
{
  SOBRE_VERDICT_STORED,
  SOBRE_VERDICT_KNOWN,
  SOBRE_VERDICT_CONFLICT,
  SOBRE_VERDICT_REFUSED,
  SOBRE_VERDICT_FAILED,
} SobreVerdict;

/**
 * SobreOutcome:
 * @verdict: what became of the body
 * @rule: (nullable): the broken rule's name, static, with %SOBRE_VERDICT_REFUSED
 * @line: the line that broke it, from 1
 * @n_stored: records that are new on disk
 * @id: of a response that was not refused
 */
typedef struct
{
  SobreVerdict verdict;
  const char *rule;
  guint line;
  guint n_stored;
  SobreId id;
} SobreOutcome;

/** SobreInboxDone: called once, in the inbox's main context. */
typedef void (*SobreInboxDone) (const SobreOutcome *outcome, gpointer user_data);

/**
 * SobreInbox:
 *
 * The way of an answer from its body to the disk: gate, memory of ids, spool writer. An answer is told STORED or KNOWN only when
 * it is durable: one that comes again while its first try is on the way waits for that try.
 */
typedef struct _SobreInbox SobreInbox;

/**
 * sobre_inbox_new:
 * @folder: the spool; it is put in order, and its ids are remembered
 * @places: borrowed for the inbox's life
 * @limits: (nullable): when a segment is closed, %NULL for the usual
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): %NULL with a GIOError, %G_IO_ERROR_BUSY when another intake has the spool
 */
SobreInbox *sobre_inbox_new (const char *folder,
                             const SobrePlaces *places,
                             SobreClock *clock,
                             SobreRandom *random,
                             const SobreSpoolLimits *limits,
                             GError **error);

/** sobre_inbox_free: writes what is on its way and closes the spool; the outstanding #SobreInboxDone are called. Blocks. */
void sobre_inbox_free (SobreInbox *self);

/**
 * sobre_inbox_submit:
 * @dataset: responses or events
 * @body: any bytes, @length at most %SOBRE_INBOX_BODY_MAX
 * @done: may be called before this returns, when the disk is not needed
 */
void sobre_inbox_submit (SobreInbox *self,
                         SobreDataset dataset,
                         const char *body,
                         gsize length,
                         SobreInboxDone done,
                         gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreInbox, sobre_inbox_free)
