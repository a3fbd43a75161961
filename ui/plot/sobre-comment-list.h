/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-drawing.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_COMMENT_LIST (sobre_comment_list_get_type ())

/** SobreCommentList: guests' words, each with a line in the colour of its score and where and when it was said. */
G_DECLARE_FINAL_TYPE (SobreCommentList, sobre_comment_list, SOBRE, COMMENT_LIST, SobreDrawing)

/** SobreTone: of a comment, by its score: under 3, about 3 or unknown, 4 and more. */
typedef enum
{
  SOBRE_TONE_LOW,
  SOBRE_TONE_MIDDLE,
  SOBRE_TONE_HIGH,
} SobreTone;

/** sobre_comment_list_new: @max_lines: of a comment, 0 for all of them */
SobreCommentList *sobre_comment_list_new (guint max_lines);

/** Adds a comment under those that are there. @place: where, when and with which score, formatted */
void sobre_comment_list_add (SobreCommentList *self, const char *text, const char *place, SobreTone tone);
guint sobre_comment_list_get_n_comments (SobreCommentList *self);

/**
 * sobre_comment_list_draw_part:
 * @first: the first comment to draw
 * @draw: %FALSE only counts
 *
 * Draws comments without the titles, for a list that goes over pages.
 *
 * Returns: how many from @first on are whole within @height; @used is what they take
 */
guint sobre_comment_list_draw_part (SobreCommentList *self,
                                    SobreCanvas *canvas,
                                    guint first,
                                    double width,
                                    double height,
                                    gboolean draw,
                                    double *used);

G_END_DECLS
