/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <math.h>

#include "cache/sobre-row.h"

/* Counts of answers, kept as answers come in, so that a dashboard adds up cells instead of reading answers. There are three cubes, each with
 * one set of cells a service day:
 *
 *   TABLE     store × table × question      HOUR  store × local hour × question      LANGUAGE  store × language × question
 *
 * each also by kind and by whether the card's key was right. The cell of question 0 counts responses, the others count scored answers.
 * In the file a day's cells are varints (LEB128), sorted, so equal counts are equal bytes. */

typedef enum
{
  SOBRE_CUBE_TABLE,
  SOBRE_CUBE_HOUR,
  SOBRE_CUBE_LANGUAGE,
} SobreCubeKind;

#define SOBRE_N_CUBES 3
#define SOBRE_CUBE_SCORES 11
#define SOBRE_CUBE_SUM_UNIT 1000000.0

/**
 * SobreCubeCell:
 * @place: table's code, hour or language's code, as the cube says
 * @question: code, or 0 for the responses themselves
 * @n: how many; never negative in a file
 * @sum: of the scores, in millionths, so that it does not depend on the order of adding; of responses: how many have a star or smiley
 *   score
 * @histogram: by score, rounded, 0–10
 */
typedef struct
{
  guint32 store;
  guint32 place;
  guint32 question;
  guint8 kind;
  guint8 verified;
  guint8 padding[2];
  gint64 n;
  gint64 sum;
  gint32 histogram[SOBRE_CUBE_SCORES];
} SobreCubeCell;

/** A score in millionths. Almost all scores are whole numbers, which need no rounding. */
static inline gint64
sobre_cube_get_sum (double score)
{
  gint64 whole = (gint64) score;

  return (double) whole == score ? whole * (gint64) SOBRE_CUBE_SUM_UNIT : llround (score * SOBRE_CUBE_SUM_UNIT);
}

/** Where a score counts in a histogram. */
static inline guint
sobre_cube_get_bin (double score)
{
  gint64 whole = (gint64) score;

  return (guint) CLAMP ((double) whole == score ? whole : lround (score), 0, SOBRE_CUBE_SCORES - 1);
}

/** SobreCubes: the cells of any number of days. */
typedef struct _SobreCubes SobreCubes;

SobreCubes *sobre_cubes_new (void);
void sobre_cubes_free (SobreCubes *self);

/** Adds a response and its answers to all cubes, or takes them away (@sign −1). */
void sobre_cubes_count (SobreCubes *self, const SobreRowBatch *batch, const SobreRow *row, gint sign);

/** Forgets all cells. */
void sobre_cubes_clear (SobreCubes *self);

/**
 * sobre_cubes_foreach_day:
 * @function: gets a day's cells of one cube, in no order
 */
typedef gboolean (*SobreCubesFunction) (gint32 day,
                                        SobreCubeKind cube,
                                        const SobreCubeCell *cells,
                                        guint n_cells,
                                        gpointer user_data,
                                        GError **error);
gboolean sobre_cubes_foreach_day (SobreCubes *self, SobreCubesFunction function, gpointer user_data, GError **error);

/** A day's cells as bytes: those of @old (nullable) with @cells added. Returns: (transfer full) (nullable): %NULL when @old is damaged */
GBytes *sobre_cube_merge (const guint8 *old, gsize length, const SobreCubeCell *cells, guint n_cells);

/** Appends the cells in @bytes to @cells (of SobreCubeCell). Returns: %FALSE when they are damaged */
gboolean sobre_cube_decode (const guint8 *bytes, gsize length, GArray *cells);

/** A file's row id for a day and a cube, and back. */
static inline gint64
sobre_cube_get_id (gint32 day, SobreCubeKind cube)
{
  return (gint64) day * 4 + (gint64) cube;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreCubes, sobre_cubes_free)
