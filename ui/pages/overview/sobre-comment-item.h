/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-service-calendar.h"
#include "scan/sobre-figures.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_COMMENT_ITEM (sobre_comment_item_get_type ())

/**
 * SobreCommentItem: one comment as a row shows it. Immutable. Properties: "text" (string, in quotation marks), "place" (string:
 * when, where and the score, translated), "mood" (string: "low", "middle", "high" or "none").
 */
G_DECLARE_FINAL_TYPE (SobreCommentItem, sobre_comment_item, SOBRE, COMMENT_ITEM, GObject)

/** sobre_comment_item_new: @calendar: puts the comment on the restaurant's clock. Returns: (transfer full) */
SobreCommentItem *sobre_comment_item_new (const SobreComment *comment, const SobreServiceCalendar *calendar);

G_END_DECLS
