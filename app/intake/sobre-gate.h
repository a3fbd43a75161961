/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "intake/sobre-id-memory.h"
#include "intake/sobre-places.h"
#include "model/sobre-clock.h"
#include "model/sobre-record.h"

/** SobrePassed: one record that may be stored: its id, and the hash of what the guest said. */
typedef struct
{
  SobreId id;
  SobreBodyHash hash;
} SobrePassed;

/**
 * SobreGateResult:
 * @rule: (nullable): the rule that was broken, static; %NULL when everything passed
 * @line: which line broke it, from 1
 * @lines: what to store: records with a newline behind each
 * @records: (element-type SobrePassed): one each line of @lines
 */
typedef struct
{
  const char *rule;
  guint line;
  GString *lines;
  GArray *records;
} SobreGateResult;

/**
 * SobreGate:
 *
 * Turns what a guest sent into what the lake holds, by the rules of lake/sobre-rules.h: refuses by the rule's name, maps store and
 * table to their ids' own case, checks the card's key, and stamps received_at, verified, channel, v and suspicion.
 *
 * suspicion is a score from 0 to 1 that is stored and never acted on here: 0.7 for a filled honeypot (member "website"), up to 0.3
 * for an answer given in less than two seconds.
 */
typedef struct _SobreGate SobreGate;

/** sobre_gate_new: @places, @clock: borrowed for the gate's life */
SobreGate *sobre_gate_new (const SobrePlaces *places, SobreClock *clock);

/** sobre_gate_set_channel: how records come, as they are stored; local unless it is said */
void sobre_gate_set_channel (SobreGate *self, SobreChannel channel);
void sobre_gate_free (SobreGate *self);

/**
 * sobre_gate_check:
 * @dataset: responses, where @body is one JSON object, or events, where each line is one; one bad line refuses all
 * @body: any bytes
 *
 * Returns: (transfer full): to be cleared with sobre_gate_result_clear()
 */
SobreGateResult sobre_gate_check (SobreGate *self, SobreDataset dataset, const char *body, gsize length);

/**
 * sobre_gate_check_stored:
 * @line: a line of the spool, without its newline
 *
 * Returns: whether @line is a record; @record says which
 */
gboolean sobre_gate_check_stored (SobreGate *self, SobreDataset dataset, const char *line, gsize length, SobrePassed *record);

void sobre_gate_result_clear (SobreGateResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreGate, sobre_gate_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SobreGateResult, sobre_gate_result_clear)
