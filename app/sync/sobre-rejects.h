/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-aws-client.h"
#include "intake/sobre-places.h"
#include "model/sobre-record.h"
#include "query/sobre-query-engine.h"

G_BEGIN_DECLS

/* What the gate in AWS refused lies below errors/<dataset>/…, as Firehose keeps it: a JSON object a line, {"arrivalTimestamp": ms, "rawData": base64, …}. The gate
 * here follows the same rules, so it names the rule that is broken, and after a fix it says what passes now. */

/**
 * SobreReject: a record that was refused.
 * @key: of the object that holds it
 * @arrived: milliseconds since the epoch
 * @rule: static: what it breaks; %NULL when it passes now
 * @line: which line of it breaks the rule, from 1
 * @n_bytes: how long it is
 */
typedef struct
{
  char *key;
  SobreDataset dataset;
  gint64 arrived;
  const char *rule;
  guint line;
  gsize n_bytes;
} SobreReject;

/**
 * SobreRejects: what was found, and done.
 * @n_objects: how many objects of errors/ there are
 * @n_records: how many records they hold
 * @n_passing: of these, how many pass now
 * @n_unreadable: lines that Firehose did not write
 * @n_replayed: how many lines of them were brought to the lake
 * @n_known: how many lines were not, because the lake has a record with their id
 * @n_removed: how many objects were removed, because everything in them is in the lake
 * @rules: (element-type utf8 GUINT): how many records break which rule
 * @first: (element-type SobreReject): the first thousand
 */
typedef struct
{
  guint64 n_objects;
  guint64 n_records;
  guint64 n_passing;
  guint64 n_unreadable;
  guint64 n_replayed;
  guint64 n_known;
  guint64 n_removed;
  GHashTable *rules;
  GPtrArray *first;
} SobreRejects;

#define SOBRE_TYPE_REJECTS (sobre_rejects_get_type ())
GType sobre_rejects_get_type (void);
SobreRejects *sobre_rejects_ref (SobreRejects *self);
void sobre_rejects_unref (SobreRejects *self);

/** SobreRejectsTell: is told after each object, on a thread of the pool. @so_far: valid during the call; its numbers may be read, its tables may not */
typedef void (*SobreRejectsTell) (const SobreRejects *so_far, gpointer user_data);

/**
 * sobre_rejects_read:
 * @s3: of %SOBRE_AWS_S3
 * @bucket: the lake's
 * @places: kept until the end
 * @channel: how what is replayed came
 * @cache: (nullable): of the lake, brought up to date beforehand: what passes now and is not in it is brought to the lake; %NULL to bring nothing
 * @clock: says which day it is
 * @tell: (nullable)
 * @tell_data: kept until the end
 *
 * Reads every object below errors/. A record whose id the lake has is not brought there again: of two that are alike the one that arrived first counts, and which one that
 * is must not change for days that were compacted. What is replayed is written to today's folder of the lake, stamped with the time of its arrival, under a name that its bytes give it; an object whose records
 * all pass is removed then. Whoever is broken off replays some twice, which is once: records have ids.
 *
 * Returns: (transfer full): resolves to a SobreRejects; rejects with %SOBRE_AWS_ERROR, %SOBRE_QUERY_ERROR or %G_IO_ERROR_CANCELLED
 */
DexFuture *sobre_rejects_read (SobreAwsClient *s3,
                               const char *bucket,
                               const SobrePlaces *places,
                               SobreChannel channel,
                               SobreQueryEngine *cache,
                               SobreClock *clock,
                               SobreRejectsTell tell,
                               gpointer tell_data,
                               GCancellable *cancellable);

/** sobre_reject_dup_words: @rule: as sobre-rules.h names it. Returns: (transfer full): what breaks it, for a reader */
char *sobre_reject_dup_words (const char *rule);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreRejects, sobre_rejects_unref)

G_END_DECLS
