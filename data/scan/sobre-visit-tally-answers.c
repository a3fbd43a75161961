/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scan/sobre-visit-tally-private.h"

#include <math.h>

#include "cache/sobre-integers.h"

/* A score of this or less is a complaint, as in the saved queries. */
#define LOW_SCORE 2

/**
 * Feed: what feeding works with.
 * @selected: (array): a byte a row of the chunk
 */
typedef struct
{
  SobreVisitTally *tally;
  SobreCacheReader *reader;
  SobreReaderChunk *chunk;
  guint8 selected[SOBRE_CHUNK_ROWS];
} Feed;

static double
get_score (const SobreAnswerGroup *group, const guint8 *bytes, guint index)
{
  if (group->scores == 0)
    return (double) NAN;
  return group->whole ? ((const gint8 *) bytes)[group->scores + index]
                      : ((const double *) (gconstpointer) (bytes + group->scores))[index];
}

static void
count_score (SobreTallySum *scores, gint64 *low, double score)
{
  scores->n++;
  scores->sum += sobre_cube_get_sum (score);
  *low += score <= LOW_SCORE;
}

static gint64
get_integer (const Feed *feed, SobreChunkColumn column, guint row)
{
  return sobre_integers_get (sobre_reader_chunk_get_integers (feed->chunk, column), row);
}

static void
feed_hour (Feed *feed, guint row, double score)
{
  gint64 hour = get_integer (feed, SOBRE_CHUNK_HOUR, row);
  SobreVisitSlot *slot;

  if (hour < 0 || hour >= 24)
    return;
  slot = sobre_visit_tally_need_slot (feed->tally, (guint32) get_integer (feed, SOBRE_CHUNK_STORE, row),
                                      (gint32) get_integer (feed, SOBRE_CHUNK_DAY, row), (guint) hour);
  count_score (&feed->tally->hours[hour].scores, &feed->tally->hours[hour].low, score);
  count_score (&slot->scores, &slot->low, score);
}

static void
feed_item (Feed *feed, guint32 item, double score)
{
  SobreText text = sobre_dictionary_get (sobre_cache_reader_peek_dictionary (feed->reader), SOBRE_DICTIONARY_ITEM, item);
  SobreVisitDish *dish;

  if (text.data == NULL)
    return;
  dish = sobre_visit_tally_need_dish (feed->tally, text);
  dish->named++;
  if (!isnan (score))
    count_score (&dish->scores, &dish->low, score);
}

static void
feed_group (Feed *feed, const SobreAnswerGroup *group)
{
  const guint8 *bytes = g_bytes_get_data (feed->chunk->chunk.columns[SOBRE_CHUNK_ANSWERS], NULL);
  const guint16 *rows = group->rows != 0 ? (const guint16 *) (gconstpointer) (bytes + group->rows) : NULL;
  gboolean rating = group->kind == SOBRE_ANSWER_STARS || group->kind == SOBRE_ANSWER_SMILEY;
  gboolean by_hour = feed->tally->question.any ? rating : group->question == feed->tally->question.code;

  if (group->items == 0 && !by_hour)
    return;
  for (guint i = 0; i < group->n; i++)
    {
      guint row = rows != NULL ? rows[i] : i;
      guint32 item = group->items != 0 ? (guint32) sobre_integers_get (bytes + group->items, i) : SOBRE_CODE_NONE;
      double score;

      if (!feed->selected[row])
        continue;
      score = get_score (group, bytes, i);
      if (by_hour && !isnan (score))
        feed_hour (feed, row, score);
      if (item != SOBRE_CODE_NONE)
        feed_item (feed, item, score);
    }
}

gboolean
sobre_visit_tally_feed_answers (SobreVisitTally *self, SobreCacheReader *reader, GError **error)
{
  g_autofree Feed *feed = g_new (Feed, 1);

  feed->tally = self;
  feed->reader = reader;
  for (guint i = 0; i < sobre_cache_reader_get_n_chunks (reader); i++)
    {
      feed->chunk = sobre_cache_reader_get_chunk (reader, i, 0, error);
      if (feed->chunk == NULL)
        return FALSE;
      if (feed->chunk->chunk.max_day < self->filter->from || feed->chunk->chunk.min_day > self->filter->to)
        continue;
      feed->chunk =
          sobre_cache_reader_get_chunk (reader, i, SOBRE_TALLY_FILTER_COLUMNS | SOBRE_CHUNK_BIT (SOBRE_CHUNK_ANSWERS), error);
      if (feed->chunk == NULL)
        return FALSE;
      if (sobre_tally_select (self->filter, feed->chunk, self->filter->from, self->filter->to, feed->selected) == 0)
        continue;
      for (guint group = 0; group < feed->chunk->n_groups; group++)
        feed_group (feed, &feed->chunk->groups[group]);
    }
  return TRUE;
}
