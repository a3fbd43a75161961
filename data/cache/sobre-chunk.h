/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cache/sobre-row.h"

/* A chunk: up to 8,192 responses as columns, each column one blob. Answers lie question by question, because that is how they are read:
 *
 *   ANSWERS   guint32 n_groups, guint32 0, then a SobreAnswerGroup each; the groups' arrays follow at their offsets
 *   a group   the answers to one question of one kind: row indices (guint16 each, left out when every row has exactly one),
 *             scores (gint8 each where all are whole numbers from 0 to 127, else double), and, where any answer has one, choices, items and
 *             text lengths as integer columns. Each array begins at a multiple of 8.
 *   COMMENTS  guint32 raw bytes, guint32 packed bytes, then DEFLATE (RFC 1951) of: lengths as an integer column, then the texts
 *   TEXTS     the same shape for the answers' texts, in the order of groups; the lengths are in the groups, so there are none here
 *
 * Blobs are read from a file that may have been damaged, so everything is measured before it is believed. */

#define SOBRE_CHUNK_ROWS 8192
#define SOBRE_CHUNK_SHIFT 13

typedef enum
{
  SOBRE_CHUNK_IDS, /* 16 bytes a row */
  SOBRE_CHUNK_BODY,
  SOBRE_CHUNK_SUBMITTED,
  SOBRE_CHUNK_RECEIVED, /* less submitted_at */
  SOBRE_CHUNK_DT,
  SOBRE_CHUNK_DAY,
  SOBRE_CHUNK_HOUR,
  SOBRE_CHUNK_STORE,
  SOBRE_CHUNK_TABLE,
  SOBRE_CHUNK_VERIFIED,
  SOBRE_CHUNK_FORM,
  SOBRE_CHUNK_FORM_VERSION,
  SOBRE_CHUNK_LANGUAGE,
  SOBRE_CHUNK_DURATION,
  SOBRE_CHUNK_CHANNEL,
  SOBRE_CHUNK_COMMENTS,
  SOBRE_CHUNK_ANSWERS,
  SOBRE_CHUNK_TEXTS,
} SobreChunkColumn;

#define SOBRE_CHUNK_N_COLUMNS (SOBRE_CHUNK_TEXTS + 1)
#define SOBRE_CHUNK_COLUMN_SHIFT 5

/**
 * SobreChunk: a chunk's blobs and what is known of it without reading them. Dead rows still lie in the blobs.
 * @raw_comments: (nullable): COMMENTS unpacked, once sobre_chunk_decode_row() has needed them
 * @raw_texts: (nullable): likewise
 */
typedef struct
{
  gint64 id;
  guint n_rows;
  guint n_answers;
  gint32 min_day;
  gint32 max_day;
  gint32 min_dt;
  gint32 max_dt;
  gint64 max_received;
  GBytes *columns[SOBRE_CHUNK_N_COLUMNS];
  GBytes *raw_comments;
  GBytes *raw_texts;
} SobreChunk;

/**
 * sobre_chunk_encode:
 * @batch: the rows
 * @picked: (array length=n_picked): which of them, in the order they get
 *
 * Returns: (transfer full): a chunk with all its columns
 */
SobreChunk *sobre_chunk_encode (const SobreRowBatch *batch, const guint32 *picked, guint n_picked);
void sobre_chunk_free (SobreChunk *self);

/** SobreAnswerGroup: offsets from the blob's begin; 0 where the group has no such array (row indices: where each row has one answer). */
typedef struct
{
  guint32 question;
  guint32 kind;
  guint32 n;
  guint32 rows;
  guint32 scores;
  guint32 choices;
  guint32 items;
  guint32 lengths;
  guint32 whole; /* 1 where scores are gint8, 0 where they are double */
  guint32 texts; /* where this group's texts begin in TEXTS, bytes */
} SobreAnswerGroup;

/**
 * sobre_chunk_get_groups:
 * @blob: an ANSWERS column
 * @n_rows: of the chunk
 * @n_groups: (out): how many
 *
 * Returns: (transfer none) (array) (nullable): the groups, all of whose arrays lie inside @blob; %NULL when the blob is damaged
 */
const SobreAnswerGroup *sobre_chunk_get_groups (GBytes *blob, guint n_rows, guint *n_groups);

/** The text blobs unpacked. Returns: (transfer full) (nullable): %NULL when the blob is damaged */
GBytes *sobre_chunk_unpack (GBytes *blob);

/** The part of a row that has no texts and no answers. Returns: %FALSE when the chunk is damaged */
gboolean sobre_chunk_decode_numbers (const SobreChunk *self, guint index, SobreRow *row);

/**
 * sobre_chunk_decode_row:
 *
 * One row as it went in, for the rare moments when a row has to be taken out again: a copy that wins, a guest who wants to be forgotten.
 *
 * Returns: %FALSE when the chunk is damaged
 */
gboolean sobre_chunk_decode_row (SobreChunk *self, guint index, SobreRowBatch *batch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreChunk, sobre_chunk_free)
