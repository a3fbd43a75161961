/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cache/sobre-cache-reader-private.h"
#include "scan/sobre-figures.h"

/* A tally is what is counted before it becomes figures. The cubes and the chunks feed the same tally: which of the two has the wanted
 * filter decides who feeds which part. */

#define SOBRE_TALLY_BAND_WEEKS 8
#define SOBRE_TALLY_SPARK_DAYS 30

/** Parts of a tally. */
typedef enum
{
  SOBRE_TALLY_DAYS = 1 << 0, /* days, questions and counts of responses */
  SOBRE_TALLY_HEAT = 1 << 1,
  SOBRE_TALLY_TABLES = 1 << 2,
} SobreTallyParts;

/** The columns that sobre_tally_select() reads. */
#define SOBRE_TALLY_FILTER_COLUMNS                                                                                             \
  (SOBRE_CHUNK_BIT (SOBRE_CHUNK_DAY) | SOBRE_CHUNK_BIT (SOBRE_CHUNK_HOUR) | SOBRE_CHUNK_BIT (SOBRE_CHUNK_STORE) |              \
   SOBRE_CHUNK_BIT (SOBRE_CHUNK_TABLE) | SOBRE_CHUNK_BIT (SOBRE_CHUNK_LANGUAGE) | SOBRE_CHUNK_BIT (SOBRE_CHUNK_VERIFIED))

/** SobreTallySum: @sum: in millionths. */
typedef struct
{
  gint64 n;
  gint64 sum;
} SobreTallySum;

/** SobreTallyDay: @squares: of the whole-number scores, for their spread. */
typedef struct
{
  gint64 responses;
  gint64 unverified;
  gint64 rated;
  SobreTallySum scores;
  gint64 squares;
} SobreTallyDay;

/** SobreTallyQuestion: @days: (array): one a day, like SobreTally.days. */
typedef struct
{
  guint32 question;
  guint32 kind;
  SobreTallySum now;
  SobreTallySum previous;
  gint64 histogram[SOBRE_CUBE_SCORES];
  gint64 previous_histogram[SOBRE_CUBE_SCORES];
  SobreTallySum *days;
} SobreTallyQuestion;

typedef struct
{
  guint32 store;
  guint32 table;
  gint64 rated;
  SobreTallySum scores;
} SobreTallyTable;

/** SobreTallyCode: @any: every value counts. Otherwise only @code, which is 0 where the cache has no such text: nothing counts. */
typedef struct
{
  gboolean any;
  guint32 code;
} SobreTallyCode;

/**
 * SobreTally:
 * @first: the first day that is counted at all, for sparks, bands and the period before
 * @from: the first day of the filter; @to: its last
 * @previous: the first day of the period before, which ends the day before @from
 * @days: (array): from @first to @to
 * @questions: (element-type SobreTallyQuestion)
 * @heat: scores by weekday and hour; @heat_rated: the responses that they are of
 * @tables: (element-type SobreTallyTable): likewise
 * @table_index: store << 32 | table → index + 1
 * @last_table: the index that was fed last
 */
typedef struct
{
  gint32 first;
  gint32 from;
  gint32 to;
  gint32 previous;
  SobreTallyCode store;
  SobreTallyCode table;
  SobreTallyCode language;
  gint weekday;
  gint hour;
  gboolean unverified;
  SobreTallyDay *days;
  GPtrArray *questions;
  SobreTallySum heat[7][24];
  gint64 heat_rated[7][24];
  GArray *tables;
  GHashTable *table_index;
  guint last_table;
} SobreTally;

static inline gboolean
sobre_tally_code_matches (SobreTallyCode self, guint32 code)
{
  return self.any || self.code == code;
}

/** The question's entry, made if need be. */
SobreTallyQuestion *sobre_tally_need_question (SobreTally *self, guint32 question, guint32 kind);
SobreTallyTable *sobre_tally_need_table (SobreTally *self, guint32 store, guint32 table);

/** Counts cells of a cube into @parts. Returns: %FALSE with %SOBRE_CACHE_ERROR */
gboolean sobre_tally_feed_from_cube (SobreTally *self,
                                     SobreCacheReader *reader,
                                     SobreCubeKind cube,
                                     SobreTallyParts parts,
                                     GError **error);

/** Counts rows of chunks into @parts. Returns: %FALSE with %SOBRE_CACHE_ERROR */
gboolean sobre_tally_feed_from_chunks (SobreTally *self, SobreCacheReader *reader, SobreTallyParts parts, GError **error);

/**
 * sobre_tally_select:
 *
 * Marks the rows of a chunk that the filter counts between two days, a byte each; unverified ones only when they count.
 *
 * Returns: how many
 */
guint
sobre_tally_select (const SobreTally *self, const SobreReaderChunk *chunk, gint32 from_day, gint32 to_day, guint8 *selected);

/** Puts the expected band and outliers into @days, which begin on @from and are a part of the tally's. */
void sobre_tally_make_band (const SobreTally *self, gint32 from, GArray *days);

/** The newest comments that the filter lets through. (transfer full) (element-type SobreComment) (nullable) */
GPtrArray *sobre_tally_list_comments (const SobreTally *self, SobreCacheReader *reader, guint limit, GError **error);

/** A comment of a chunk, masked. */
SobreComment *sobre_tally_make_comment (SobreCacheReader *reader, SobreReaderChunk *chunk, guint row);
void sobre_comment_free (SobreComment *self);

/** Opens a tally for a filter. */
SobreTally *sobre_tally_new (SobreCacheReader *reader, const SobreFilter *filter);
void sobre_tally_free (SobreTally *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreTally, sobre_tally_free)
