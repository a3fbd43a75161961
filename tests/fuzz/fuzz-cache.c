/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The blobs of a cache. Each has a CRC, which a hostile file can have right: whatever a column says, nothing is read outside of it. The
 * input is the number of rows in two bytes, then columns, each a length of two bytes and bytes; or it is a row of the tail, or a cube. */

#include "cache/sobre-chunk.h"
#include "cache/sobre-cube.h"
#include "cache/sobre-integers.h"
#include "cache/sobre-row.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static GBytes *
take (const guint8 **data, size_t *size)
{
  gsize length = *size >= 2 ? (gsize) (*data)[0] | (gsize) (*data)[1] << 8 : 0;
  GBytes *bytes;

  *data += MIN (*size, 2);
  *size -= MIN (*size, 2);
  length = MIN (length, *size);
  bytes = g_bytes_new (*data, length);
  *data += length;
  *size -= length;
  return bytes;
}

static void
check_chunk (const guint8 *data, size_t size)
{
  g_autoptr (SobreChunk) chunk = g_new0 (SobreChunk, 1);
  guint n_groups;

  chunk->n_rows = 1 + ((guint) data[0] | (guint) data[1] << 8) % SOBRE_CHUNK_ROWS;
  data += 2;
  size -= 2;
  for (guint column = 0; column < SOBRE_CHUNK_N_COLUMNS; column++)
    chunk->columns[column] = take (&data, &size);
  for (guint column = 0; column < SOBRE_CHUNK_N_COLUMNS; column++)
    {
      g_autoptr (GBytes) unpacked = sobre_chunk_unpack (chunk->columns[column]);
      gsize length;
      const guint8 *bytes = g_bytes_get_data (chunk->columns[column], &length);

      sobre_chunk_get_groups (chunk->columns[column], chunk->n_rows, &n_groups);
      if (bytes != NULL && sobre_integers_measure (bytes, length, chunk->n_rows) > 0)
        sobre_integers_get (bytes, chunk->n_rows - 1);
    }
  for (guint row = 0; row < chunk->n_rows; row += 1 + row / 2)
    {
      g_autoptr (SobreRowBatch) batch = sobre_row_batch_new ();
      SobreRow numbers;

      sobre_chunk_decode_numbers (chunk, row, &numbers);
      sobre_chunk_decode_row (chunk, row, batch);
    }
}

static void
check_row (const guint8 *data, size_t size)
{
  g_autoptr (SobreRowBatch) batch = sobre_row_batch_new ();
  g_autoptr (GBytes) written = NULL;

  if (!sobre_row_deserialize (batch, data, size))
    return;
  written = sobre_row_serialize (batch, sobre_row_batch_get (batch, 0));
  g_assert_cmpuint (g_bytes_get_size (written), <=, size);
}

static void
check_cube (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) merged = sobre_cube_merge (data, size, NULL, 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  if (size < 2)
    return 0;
  check_chunk (data, size);
  check_row (data, size);
  check_cube (data, size);
  return 0;
}
