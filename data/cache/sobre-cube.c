/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cache/sobre-cube.h"

#include <string.h>

#define KEY_BYTES G_STRUCT_OFFSET (SobreCubeCell, n)

/** Day: an open-addressing table of cells, found by the bytes of their keys. An unused slot is 0 in @slots, a used one the index + 1. */
typedef struct
{
  gint32 day;
  SobreCubeKind cube;
  GArray *cells;
  guint32 *slots;
  guint n_slots; /* a power of two */
} Day;

struct _SobreCubes
{
  GHashTable *days; /* gint64* id → Day */
  Day *last[SOBRE_N_CUBES];
};

static void
day_free (gpointer data)
{
  Day *day = data;

  g_array_unref (day->cells);
  g_free (day->slots);
  g_free (day);
}

SobreCubes *
sobre_cubes_new (void)
{
  SobreCubes *self = g_new0 (SobreCubes, 1);

  self->days = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, day_free);
  return self;
}

void
sobre_cubes_free (SobreCubes *self)
{
  g_hash_table_unref (self->days);
  g_free (self);
}

void
sobre_cubes_clear (SobreCubes *self)
{
  g_hash_table_remove_all (self->days);
  memset (self->last, 0, sizeof self->last);
}

static Day *
get_day (SobreCubes *self, gint32 number, SobreCubeKind cube)
{
  gint64 id = sobre_cube_get_id (number, cube);
  Day *day = self->last[cube];

  if (day != NULL && day->day == number)
    return day;
  day = g_hash_table_lookup (self->days, &id);
  if (day == NULL)
    {
      day = g_new0 (Day, 1);
      day->day = number;
      day->cube = cube;
      day->cells = g_array_new (FALSE, TRUE, sizeof (SobreCubeCell));
      day->n_slots = 64;
      day->slots = g_new0 (guint32, day->n_slots);
      g_hash_table_insert (self->days, g_memdup2 (&id, sizeof id), day);
    }
  self->last[cube] = day;
  return day;
}

static guint32
hash_key (const SobreCubeCell *cell)
{
  guint64 hash = ((guint64) cell->store << 32 | cell->place) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  hash ^=
      ((guint64) cell->question << 16 | (guint64) cell->kind << 8 | cell->verified) * G_GUINT64_CONSTANT (0xc2b2ae3d27d4eb4f);
  return (guint32) (hash ^ (hash >> 29) ^ (hash >> 47));
}

static void
grow (Day *day)
{
  day->n_slots *= 2;
  g_free (day->slots);
  day->slots = g_new0 (guint32, day->n_slots);
  for (guint i = 0; i < day->cells->len; i++)
    {
      guint32 slot = hash_key (&g_array_index (day->cells, SobreCubeCell, i)) & (day->n_slots - 1);

      while (day->slots[slot] != 0)
        slot = (slot + 1) & (day->n_slots - 1);
      day->slots[slot] = i + 1;
    }
}

/* Returns: the cell's index, which stays as it is while cells are added */
static guint
find_cell (Day *day, const SobreCubeCell *key)
{
  guint32 slot = hash_key (key) & (day->n_slots - 1);

  while (day->slots[slot] != 0)
    {
      SobreCubeCell *cell = &g_array_index (day->cells, SobreCubeCell, day->slots[slot] - 1);

      if (memcmp (cell, key, KEY_BYTES) == 0)
        return day->slots[slot] - 1;
      slot = (slot + 1) & (day->n_slots - 1);
    }
  g_array_append_val (day->cells, *key);
  day->slots[slot] = day->cells->len;
  if (day->cells->len * 2 > day->n_slots)
    grow (day);
  return day->cells->len - 1;
}

static void
count_answer (Day *day, SobreCubeCell *key, const SobreRowAnswer *answer, gint sign)
{
  SobreCubeCell *cell;
  guint index;

  key->question = answer->question;
  key->kind = (guint8) answer->kind;
  index = find_cell (day, key);
  cell = &g_array_index (day->cells, SobreCubeCell, index);
  cell->n += sign;
  cell->sum += sign * sobre_cube_get_sum (answer->score);
  cell->histogram[sobre_cube_get_bin (answer->score)] += sign;
}

void
sobre_cubes_count (SobreCubes *self, const SobreRowBatch *batch, const SobreRow *row, gint sign)
{
  const guint32 places[SOBRE_N_CUBES] = { row->table, row->hour, row->language };

  for (guint cube = 0; cube < SOBRE_N_CUBES; cube++)
    {
      SobreCubeCell key = { .store = row->store, .place = places[cube], .verified = row->verified };
      Day *day = get_day (self, row->day, cube);
      guint response = find_cell (day, &key);
      gboolean rated = FALSE;

      for (guint i = 0; i < row->n_answers; i++)
        {
          const SobreRowAnswer *answer = sobre_row_batch_get_answer (batch, row, i);

          if (!isnan (answer->score))
            count_answer (day, &key, answer, sign);
          rated = rated || sobre_row_answer_is_rating (answer);
        }
      g_array_index (day->cells, SobreCubeCell, response).n += sign;
      g_array_index (day->cells, SobreCubeCell, response).sum += rated ? sign : 0;
    }
}

gboolean
sobre_cubes_foreach_day (SobreCubes *self, SobreCubesFunction function, gpointer user_data, GError **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->days);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Day *day = value;

      if (!function (day->day, day->cube, (const SobreCubeCell *) (gconstpointer) day->cells->data, day->cells->len, user_data,
                     error))
        return FALSE;
    }
  return TRUE;
}

static void
put_varint (GByteArray *bytes, guint64 value)
{
  do
    {
      guint8 byte = (guint8) ((value & 0x7f) | (value > 0x7f ? 0x80 : 0));

      g_byte_array_append (bytes, &byte, 1);
      value >>= 7;
    }
  while (value > 0);
}

static guint64
zigzag (gint64 value)
{
  return (guint64) value << 1 ^ (guint64) (value >> 63);
}

static gboolean
get_varint (const guint8 **at, const guint8 *end, guint64 *value)
{
  *value = 0;
  for (guint shift = 0; shift < 64 && *at < end; shift += 7)
    {
      guint8 byte = *(*at)++;

      *value |= (guint64) (byte & 0x7f) << shift;
      if (byte < 0x80)
        return TRUE;
    }
  return FALSE;
}

static void
encode_cell (GByteArray *bytes, const SobreCubeCell *cell)
{
  guint32 mask = 0;

  put_varint (bytes, cell->store);
  put_varint (bytes, cell->place);
  put_varint (bytes, cell->question);
  put_varint (bytes, (guint64) cell->kind << 1 | cell->verified);
  put_varint (bytes, zigzag (cell->n));
  put_varint (bytes, zigzag (cell->sum));
  for (guint score = 0; score < SOBRE_CUBE_SCORES; score++)
    mask |= cell->histogram[score] != 0 ? 1u << score : 0;
  put_varint (bytes, mask);
  for (guint score = 0; score < SOBRE_CUBE_SCORES; score++)
    {
      if (cell->histogram[score] != 0)
        put_varint (bytes, zigzag (cell->histogram[score]));
    }
}

static gboolean
decode_cell (const guint8 **at, const guint8 *end, SobreCubeCell *cell)
{
  guint64 numbers[7], count;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      if (!get_varint (at, end, &numbers[i]))
        return FALSE;
    }
  memset (cell, 0, sizeof *cell);
  cell->store = (guint32) numbers[0];
  cell->place = (guint32) numbers[1];
  cell->question = (guint32) numbers[2];
  cell->kind = (guint8) (numbers[3] >> 1);
  cell->verified = numbers[3] & 1;
  cell->n = (gint64) (numbers[4] >> 1) ^ -(gint64) (numbers[4] & 1);
  cell->sum = (gint64) (numbers[5] >> 1) ^ -(gint64) (numbers[5] & 1);
  for (guint score = 0; score < SOBRE_CUBE_SCORES; score++)
    {
      if ((numbers[6] & 1u << score) == 0)
        continue;
      if (!get_varint (at, end, &count))
        return FALSE;
      cell->histogram[score] = (gint32) ((gint64) (count >> 1) ^ -(gint64) (count & 1));
    }
  return TRUE;
}

gboolean
sobre_cube_decode (const guint8 *bytes, gsize length, GArray *cells)
{
  const guint8 *at = bytes, *end = bytes + length;
  SobreCubeCell cell;

  while (at < end)
    {
      if (!decode_cell (&at, end, &cell))
        return FALSE;
      g_array_append_val (cells, cell);
    }
  return TRUE;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, KEY_BYTES);
}

GBytes *
sobre_cube_merge (const guint8 *old, gsize length, const SobreCubeCell *cells, guint n_cells)
{
  g_autoptr (GArray) merged = g_array_sized_new (FALSE, FALSE, sizeof (SobreCubeCell), n_cells);
  GByteArray *bytes = g_byte_array_new ();

  if (!sobre_cube_decode (old, length, merged))
    {
      g_byte_array_unref (bytes);
      return NULL;
    }
  g_array_append_vals (merged, cells, n_cells);
  g_array_sort (merged, compare_keys);
  for (guint i = 0; i < merged->len;)
    {
      SobreCubeCell sum = g_array_index (merged, SobreCubeCell, i);

      for (i++; i < merged->len && compare_keys (&sum, &g_array_index (merged, SobreCubeCell, i)) == 0; i++)
        {
          const SobreCubeCell *other = &g_array_index (merged, SobreCubeCell, i);

          /* Counts that a file made up may not fit: they wrap. */
          __builtin_add_overflow (sum.n, other->n, &sum.n);
          __builtin_add_overflow (sum.sum, other->sum, &sum.sum);
          for (guint score = 0; score < SOBRE_CUBE_SCORES; score++)
            __builtin_add_overflow (sum.histogram[score], other->histogram[score], &sum.histogram[score]);
        }
      if (sum.n != 0)
        encode_cell (bytes, &sum);
    }
  return g_byte_array_free_to_bytes (bytes);
}
