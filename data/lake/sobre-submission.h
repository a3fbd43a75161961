/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lake/sobre-rules.h"
#include "model/sobre-record.h"

#define SOBRE_SUBMISSION_DIGEST_LENGTH 32

/**
 * SobreSubmission:
 *
 * A record as a guest's page sends it: checked against the rules, not yet stamped by the collector. It owns its data and belongs
 * to one thread at a time.
 */
typedef struct _SobreSubmission SobreSubmission;

/**
 * sobre_submission_parse:
 * @rules: what a valid record is
 * @dataset: responses or events
 * @json: one JSON object, @length bytes of untrusted text
 * @reason: (out): the name of the broken rule, static, when %NULL is returned
 *
 * Checks a record. Members that only the collector sets need not be there, and those that are there are dropped.
 *
 * Returns: (transfer full) (nullable): the record, %NULL when it is none
 */
SobreSubmission *
sobre_submission_parse (const SobreRules *rules, SobreDataset dataset, const char *json, gsize length, const char **reason);

/**
 * sobre_submission_parse_stored:
 * @line: a line that sobre_submission_format() made
 *
 * Reads a stored record back into what was submitted, so that its digest can be compared with that of another try.
 *
 * Returns: (transfer full) (nullable): %NULL when the line is no valid stored record
 */
SobreSubmission *sobre_submission_parse_stored (const SobreRules *rules,
                                                SobreDataset dataset,
                                                const char *line,
                                                gsize length,
                                                const char **reason);
void sobre_submission_free (SobreSubmission *self);

const SobreId *sobre_submission_get_id (const SobreSubmission *self);

/** When the guest says it was made: "submitted_at" of a response, "at" of an event. Milliseconds since the epoch. */
gint64 sobre_submission_get_time (const SobreSubmission *self);

/** Milliseconds the guest took ("duration_ms"), -1 when not said. */
gint64 sobre_submission_get_duration (const SobreSubmission *self);

/** A text member of the record, "store_id" say, or "key", which is not stored; valid as long as @self. %SOBRE_TEXT_NONE if absent. */
SobreText sobre_submission_get_text (const SobreSubmission *self, const char *member);

/** Replaces a text member, keeping its place; used to write a table's id as tables.csv has it. */
void sobre_submission_set_text (SobreSubmission *self, const char *member, const char *text);

/** How much the record looks like a machine's, 0–1. Stored as "suspicion", beside the answers; nothing is dropped for it. */
void sobre_submission_set_suspicion (SobreSubmission *self, double suspicion);

/**
 * sobre_submission_get_digest:
 * @digest: (out): SHA-256 over all members that the collector did not set
 *
 * Two tries of one answer have the same digest; the same id with another digest is another body.
 */
void sobre_submission_get_digest (const SobreSubmission *self, guint8 digest[SOBRE_SUBMISSION_DIGEST_LENGTH]);

/**
 * sobre_submission_format:
 * @received_at: the collector's clock, milliseconds since the epoch
 * @verified: whether the card's key is right; events have no such member
 * @channel: how it came; events have no such member
 * @length: (out): bytes of the line
 *
 * Returns: (transfer full): the lake's line for this record: compact JSON on one line, and a newline behind it
 */
char *sobre_submission_format (const SobreSubmission *self,
                               gint64 received_at,
                               gboolean verified,
                               SobreChannel channel,
                               gsize *length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSubmission, sobre_submission_free)
