/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scan/sobre-figures-private.h"

#include <math.h>
#include <string.h>

#include "cache/sobre-integers.h"
#include "model/sobre-time.h"

/* Filters that no cube has (hour together with table, say) count rows. A byte mask says which rows of a chunk the filter lets
 * through; it is made by comparing packed columns where they lie, which a compiler turns into vector instructions. */

#define NARROW_LOOP(Type, condition)                                                                                           \
  {                                                                                                                            \
    const Type *values = (const Type *) (gconstpointer) (packed + SOBRE_INTEGERS_HEADER);                                      \
    for (guint i = 0; i < n; i++)                                                                                              \
      selected[i] &= (guint8) (condition);                                                                                     \
  }                                                                                                                            \
  break

/* Keeps the rows whose value lies between @low and @high. */
static void
narrow (const guint8 *packed, guint n, gint64 low, gint64 high, guint8 *selected)
{
  guint64 from, span;
  gint64 base;

  memcpy (&base, packed + 8, sizeof base);
  if (high < base || low > high)
    {
      memset (selected, 0, n);
      return;
    }
  from = low > base ? (guint64) low - (guint64) base : 0;
  span = (guint64) high - (guint64) base - from;
  switch (packed[0])
    {
    case 0:
      if (from > 0)
        memset (selected, 0, n);
      break;
    case 1:
      if (from > G_MAXUINT8)
        {
          memset (selected, 0, n);
          break;
        }
      span = MIN (span, G_MAXUINT8);
      NARROW_LOOP (guint8, (guint8) (values[i] - (guint8) from) <= (guint8) span && values[i] >= (guint8) from);
    case 2:
      NARROW_LOOP (guint16, values[i] >= from && values[i] - from <= span);
    case 4:
      NARROW_LOOP (guint32, values[i] >= from && values[i] - from <= span);
    default:
      NARROW_LOOP (guint64, values[i] >= from && values[i] - from <= span);
    }
}

static void
narrow_code (const SobreReaderChunk *chunk, SobreChunkColumn column, SobreTallyCode code, guint8 *selected)
{
  if (!code.any)
    narrow (sobre_reader_chunk_get_integers (chunk, column), chunk->chunk.n_rows, code.code, code.code, selected);
}

#define MANY_DAYS 4096

/* Where a chunk spans few days, as most do, each is looked up in a small table rather than divided by seven. */
static void
narrow_weekday (const SobreTally *self, const SobreReaderChunk *chunk, guint8 *selected)
{
  gint32 first = chunk->chunk.min_day;
  guint n_days = (guint) CLAMP ((gint64) chunk->chunk.max_day - first + 1, 0, MANY_DAYS);
  guint8 wanted[MANY_DAYS];
  g_autofree gint32 *days = g_new (gint32, chunk->chunk.n_rows);

  for (guint i = 0; i < n_days; i++)
    wanted[i] = sobre_day_get_weekday (first + (gint32) i) == self->weekday;
  sobre_integers_decode_int32 (sobre_reader_chunk_get_integers (chunk, SOBRE_CHUNK_DAY), chunk->chunk.n_rows, days);
  for (guint i = 0; i < chunk->chunk.n_rows; i++)
    {
      guint64 place = (guint64) ((gint64) days[i] - first);

      selected[i] &= place < n_days ? wanted[place] : sobre_day_get_weekday (days[i]) == self->weekday;
    }
}

static guint
count_selected (const guint8 *selected, guint n)
{
  guint count = 0;

  for (guint i = 0; i < n; i++)
    count += selected[i];
  return count;
}

/* All of the filter but whether the card's key was right. */
static guint
select_any (const SobreTally *self, const SobreReaderChunk *chunk, gint32 from_day, gint32 to_day, guint8 *selected)
{
  guint n = chunk->chunk.n_rows;

  if (chunk->alive != NULL)
    memcpy (selected, chunk->alive, n);
  else
    memset (selected, 1, n);
  if (chunk->chunk.min_day < from_day || chunk->chunk.max_day > to_day)
    narrow (sobre_reader_chunk_get_integers (chunk, SOBRE_CHUNK_DAY), n, from_day, to_day, selected);
  narrow_code (chunk, SOBRE_CHUNK_STORE, self->store, selected);
  narrow_code (chunk, SOBRE_CHUNK_TABLE, self->table, selected);
  narrow_code (chunk, SOBRE_CHUNK_LANGUAGE, self->language, selected);
  if (self->hour >= 0)
    narrow (sobre_reader_chunk_get_integers (chunk, SOBRE_CHUNK_HOUR), n, self->hour, self->hour, selected);
  if (self->weekday >= 0)
    narrow_weekday (self, chunk, selected);
  return count_selected (selected, n);
}

guint
sobre_tally_select (const SobreTally *self, const SobreReaderChunk *chunk, gint32 from_day, gint32 to_day, guint8 *selected)
{
  guint n = select_any (self, chunk, from_day, to_day, selected);

  if (n == 0 || self->unverified)
    return n;
  narrow (sobre_reader_chunk_get_integers (chunk, SOBRE_CHUNK_VERIFIED), chunk->chunk.n_rows, 1, 1, selected);
  return count_selected (selected, chunk->chunk.n_rows);
}

/**
 * Feed: what feeding works with.
 * @rows: (array length=n_rows): the selected ones of the chunk, in order
 */
typedef struct
{
  SobreTally *tally;
  SobreReaderChunk *chunk;
  guint n_rows;
  guint8 selected[SOBRE_CHUNK_ROWS];
  guint16 rows[SOBRE_CHUNK_ROWS];
  gint32 days[SOBRE_CHUNK_ROWS];
  guint8 hours[SOBRE_CHUNK_ROWS];
  gint32 stores[SOBRE_CHUNK_ROWS];
  gint32 tables[SOBRE_CHUNK_ROWS];
} Feed;

static void
list_rows (Feed *feed)
{
  feed->n_rows = 0;
  for (guint i = 0; i < feed->chunk->chunk.n_rows; i++)
    {
      feed->rows[feed->n_rows] = (guint16) i;
      feed->n_rows += feed->selected[i];
    }
}

static void
feed_heat (Feed *feed)
{
  const SobreReaderChunk *chunk = feed->chunk;

  sobre_integers_decode_uint8 (sobre_reader_chunk_get_integers (chunk, SOBRE_CHUNK_HOUR), chunk->chunk.n_rows, feed->hours);
  for (guint i = 0; i < feed->n_rows; i++)
    {
      guint row = feed->rows[i];
      SobreTallySum *cell;

      if (feed->days[row] < feed->tally->from || feed->hours[row] >= 24)
        continue;
      cell = &feed->tally->heat[sobre_day_get_weekday (feed->days[row])][feed->hours[row]];
      cell->n += chunk->rating_counts[row];
      cell->sum += chunk->rating_sums[row];
      feed->tally->heat_rated[sobre_day_get_weekday (feed->days[row])][feed->hours[row]] += chunk->rating_counts[row] > 0;
    }
}

static void
feed_tables (Feed *feed)
{
  const SobreReaderChunk *chunk = feed->chunk;
  SobreTallyTable *last[64] = { NULL };

  sobre_integers_decode_int32 (sobre_reader_chunk_get_integers (chunk, SOBRE_CHUNK_STORE), chunk->chunk.n_rows, feed->stores);
  sobre_integers_decode_int32 (sobre_reader_chunk_get_integers (chunk, SOBRE_CHUNK_TABLE), chunk->chunk.n_rows, feed->tables);
  for (guint i = 0; i < feed->n_rows; i++)
    {
      guint row = feed->rows[i];
      guint32 store = (guint32) feed->stores[row], table = (guint32) feed->tables[row];
      guint n_tables = feed->tally->tables->len;
      SobreTallyTable **slot = &last[(table ^ store << 5) & 63], *entry;

      if (feed->days[row] < feed->tally->from || chunk->rating_counts[row] == 0)
        continue;
      entry = *slot;
      if (entry == NULL || entry->store != store || entry->table != table)
        entry = sobre_tally_need_table (feed->tally, store, table);
      if (feed->tally->tables->len != n_tables) /* the entries may have moved */
        memset (last, 0, sizeof last);
      *slot = entry;
      entry->rated++;
      entry->scores.n += chunk->rating_counts[row];
      entry->scores.sum += chunk->rating_sums[row];
    }
}

static void
feed_score (SobreTally *tally, SobreTallyQuestion *question, gint32 day, double score, gboolean rating)
{
  gint64 sum = sobre_cube_get_sum (score);
  guint bin = sobre_cube_get_bin (score);

  question->days[day - tally->first].n++;
  question->days[day - tally->first].sum += sum;
  if (day >= tally->previous)
    {
      gboolean now = day >= tally->from;
      SobreTallySum *total = now ? &question->now : &question->previous;

      total->n++;
      total->sum += sum;
      (now ? question->histogram : question->previous_histogram)[bin]++;
    }
  if (rating)
    {
      SobreTallyDay *own = &tally->days[day - tally->first];

      own->scores.n++;
      own->scores.sum += sum;
      own->squares += (gint64) (bin * bin);
    }
}

static double
get_score (const SobreAnswerGroup *group, const guint8 *bytes, guint index)
{
  return group->whole ? ((const gint8 *) bytes)[group->scores + index]
                      : ((const double *) (gconstpointer) (bytes + group->scores))[index];
}

/* Where each row has one answer, the selected rows lead to theirs; otherwise the answers are gone through. */
static void
feed_group (Feed *feed, const SobreAnswerGroup *group)
{
  const guint8 *bytes = g_bytes_get_data (feed->chunk->chunk.columns[SOBRE_CHUNK_ANSWERS], NULL);
  const guint16 *rows = group->rows != 0 ? (const guint16 *) (gconstpointer) (bytes + group->rows) : NULL;
  gboolean rating = group->kind == SOBRE_ANSWER_STARS || group->kind == SOBRE_ANSWER_SMILEY;
  SobreTallyQuestion *question = sobre_tally_need_question (feed->tally, group->question, group->kind);

  for (guint i = 0; i < (rows != NULL ? group->n : feed->n_rows); i++)
    {
      guint row = rows != NULL ? rows[i] : feed->rows[i];
      double score;

      if (!feed->selected[row])
        continue;
      score = get_score (group, bytes, rows != NULL ? i : row);
      if (!isnan (score))
        feed_score (feed->tally, question, feed->days[row], score, rating);
    }
}

/* Counts of responses; on return the unverified ones are not selected any more, unless they count. */
static void
feed_responses (Feed *feed)
{
  const SobreReaderChunk *chunk = feed->chunk;
  const guint8 *verified = sobre_reader_chunk_get_integers (chunk, SOBRE_CHUNK_VERIFIED);
  guint n_kept = 0;

  for (guint i = 0; i < feed->n_rows; i++)
    {
      guint row = feed->rows[i];
      SobreTallyDay *day = &feed->tally->days[feed->days[row] - feed->tally->first];

      if (sobre_integers_get (verified, row) == 0)
        {
          day->unverified++;
          feed->selected[row] = (guint8) feed->tally->unverified;
        }
      feed->rows[n_kept] = (guint16) row;
      n_kept += feed->selected[row];
      day->responses += feed->selected[row];
      day->rated += feed->selected[row] && chunk->rating_counts[row] > 0;
    }
  feed->n_rows = n_kept;
}

static void
feed_chunk (Feed *feed, SobreTallyParts parts)
{
  SobreReaderChunk *chunk = feed->chunk;
  gint32 from = (parts & SOBRE_TALLY_DAYS) != 0 ? feed->tally->first : feed->tally->from;

  if (select_any (feed->tally, chunk, from, feed->tally->to, feed->selected) == 0)
    return;
  sobre_reader_chunk_need_ratings (chunk);
  sobre_integers_decode_int32 (sobre_reader_chunk_get_integers (chunk, SOBRE_CHUNK_DAY), chunk->chunk.n_rows, feed->days);
  if ((parts & SOBRE_TALLY_DAYS) == 0 && !feed->tally->unverified)
    narrow (sobre_reader_chunk_get_integers (chunk, SOBRE_CHUNK_VERIFIED), chunk->chunk.n_rows, 1, 1, feed->selected);
  list_rows (feed);
  if ((parts & SOBRE_TALLY_DAYS) != 0)
    feed_responses (feed);

  for (guint i = 0; (parts & SOBRE_TALLY_DAYS) != 0 && i < chunk->n_groups; i++)
    {
      if (chunk->groups[i].scores != 0)
        feed_group (feed, &chunk->groups[i]);
    }
  if ((parts & SOBRE_TALLY_HEAT) != 0)
    feed_heat (feed);
  if ((parts & SOBRE_TALLY_TABLES) != 0)
    feed_tables (feed);
}

gboolean
sobre_tally_feed_from_chunks (SobreTally *self, SobreCacheReader *reader, SobreTallyParts parts, GError **error)
{
  gint32 from = (parts & SOBRE_TALLY_DAYS) != 0 ? self->first : self->from;
  g_autofree Feed *feed = g_new (Feed, 1);

  feed->tally = self;
  for (guint i = 0; parts != 0 && i < sobre_cache_reader_get_n_chunks (reader); i++)
    {
      feed->chunk = sobre_cache_reader_get_chunk (reader, i, 0, error);
      if (feed->chunk == NULL)
        return FALSE;
      if (feed->chunk->chunk.max_day < from || feed->chunk->chunk.min_day > self->to)
        continue;
      feed->chunk =
          sobre_cache_reader_get_chunk (reader, i, SOBRE_TALLY_FILTER_COLUMNS | SOBRE_CHUNK_BIT (SOBRE_CHUNK_ANSWERS), error);
      if (feed->chunk == NULL)
        return FALSE;
      feed_chunk (feed, parts);
    }
  return TRUE;
}
