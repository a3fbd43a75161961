/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "pages/overview/sobre-comment-item.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_COMMENT_ROW (sobre_comment_row_get_type ())

/** SobreCommentRow: shows the SobreCommentItem "item". */
G_DECLARE_FINAL_TYPE (SobreCommentRow, sobre_comment_row, SOBRE, COMMENT_ROW, AdwBin)

G_END_DECLS
