/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-drawing.h"

G_BEGIN_DECLS

/**
 * SobreBar:
 * @name: what it is of
 * @value: its number, formatted
 * @note: (nullable): a few words beside the number, as much as fits
 * @words: the whole in a sentence, for a tooltip
 * @length: of the longest bar, 0–1
 * @lost: what goes before it and is not in it any more, 0–1; drawn pale behind @length
 * @warn: the note warns
 * @apart: it begins another group
 */
typedef struct
{
  const char *name;
  const char *value;
  const char *note;
  const char *words;
  double length;
  double lost;
  gboolean warn;
  gboolean apart;
} SobreBar;

#define SOBRE_TYPE_BAR_LIST (sobre_bar_list_get_type ())

/** SobreBarList: a bar a line, each under its name and number; what was lost on the way to it is pale behind it. */
G_DECLARE_FINAL_TYPE (SobreBarList, sobre_bar_list, SOBRE, BAR_LIST, SobreDrawing)

/**
 * sobre_bar_list_new:
 * @header: (array zero-terminated=1): titles of three columns: name, number, note
 * @empty: what to say without a bar
 */
SobreBarList *sobre_bar_list_new (const char *const *header, const char *empty);

/** Adds a bar under those that are there. @bar: its texts are copied */
void sobre_bar_list_add (SobreBarList *self, const SobreBar *bar);

/** sobre_bar_list_set_summary: @summary: what the bars show, translated */
void sobre_bar_list_set_summary (SobreBarList *self, const char *summary);

G_END_DECLS
