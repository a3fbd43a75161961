/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-comment-list.h"

#include <glib/gi18n-lib.h>

#include "sobre-drawing-private.h"

#define BAR_WIDTH 3.0
#define INDENT 12.0
#define PLACE_HEIGHT 17.0
#define GAP 14.0
#define EMPTY_HEIGHT 60.0

typedef struct
{
  char *text;
  char *place;
  SobreTone tone;
} Comment;

struct _SobreCommentList
{
  SobreDrawing parent_instance;
  GPtrArray *comments;
  guint max_lines;
};

G_DEFINE_FINAL_TYPE (SobreCommentList, sobre_comment_list, SOBRE_TYPE_DRAWING)

static void
comment_free (Comment *comment)
{
  g_free (comment->text);
  g_free (comment->place);
  g_free (comment);
}

static SobreColor
get_tone_color (const SobreTheme *theme, SobreTone tone)
{
  return tone == SOBRE_TONE_LOW ? theme->warning : tone == SOBRE_TONE_HIGH ? theme->data : theme->dim;
}

static double
put_comment (SobreCommentList *self, SobreCanvas *canvas, const Comment *comment, double top, double width, gboolean draw)
{
  const SobreTheme *theme = sobre_canvas_get_theme (canvas);
  const SobreTextStyle text = { 13, 500, theme->ink };
  const SobreTextStyle place = { 11, 400, theme->dim };
  cairo_t *cr = sobre_canvas_get_cr (canvas);
  gboolean mirrored = sobre_canvas_is_right_to_left (canvas, comment->text);
  double height = sobre_canvas_draw_paragraph (canvas, comment->text, &text, mirrored ? 0 : INDENT, top, width - INDENT,
                                               self->max_lines, draw);

  if (draw)
    {
      sobre_canvas_draw_text (canvas, comment->place, &place, mirrored ? SOBRE_ALIGN_END : SOBRE_ALIGN_START,
                              mirrored ? width - INDENT : INDENT, top + height + 12, width - INDENT);
      sobre_color_set (get_tone_color (theme, comment->tone), cr);
      cairo_rectangle (cr, mirrored ? width - BAR_WIDTH : 0, top + 1, BAR_WIDTH, height + PLACE_HEIGHT - 2);
      cairo_fill (cr);
    }
  return height + PLACE_HEIGHT;
}

guint
sobre_comment_list_draw_part (SobreCommentList *self,
                              SobreCanvas *canvas,
                              guint first,
                              double width,
                              double height,
                              gboolean draw,
                              double *used)
{
  double top = 0;
  guint i;

  *used = 0;
  for (i = first; i < self->comments->len; i++)
    {
      const Comment *comment = g_ptr_array_index (self->comments, i);
      double comment_height = put_comment (self, canvas, comment, top, width, FALSE);

      if (top + comment_height > height)
        break;
      if (draw)
        put_comment (self, canvas, comment, top, width, TRUE);
      *used = top + comment_height;
      top = *used + GAP;
    }
  return i - first;
}

static void
sobre_comment_list_draw (SobreDrawing *drawing, SobreCanvas *canvas, double width, double height)
{
  SobreCommentList *self = SOBRE_COMMENT_LIST (drawing);
  double top = sobre_drawing_draw_titles (drawing, canvas, width);
  double used;

  if (self->comments->len == 0)
    {
      sobre_drawing_draw_empty (canvas, _ ("No comments in this period"), width, top, height - top);
      return;
    }
  sobre_canvas_push (canvas, 0, top);
  sobre_comment_list_draw_part (self, canvas, 0, width, height - top, TRUE, &used);
  sobre_canvas_pop (canvas);
}

static double
sobre_comment_list_get_height (SobreDrawing *drawing, SobreCanvas *canvas, double width)
{
  SobreCommentList *self = SOBRE_COMMENT_LIST (drawing);
  double used;

  sobre_comment_list_draw_part (self, canvas, 0, width, G_MAXDOUBLE, FALSE, &used);
  return SOBRE_DRAWING_TITLES_HEIGHT + (self->comments->len > 0 ? used : EMPTY_HEIGHT);
}

static char *
sobre_comment_list_make_summary (SobreDrawing *drawing)
{
  guint n = SOBRE_COMMENT_LIST (drawing)->comments->len;

  if (n == 0)
    return g_strdup (_ ("No comments in this period"));
  return g_strdup_printf (ngettext ("%u comment", "%u comments", n), n);
}

static SobreDataTable *
sobre_comment_list_make_table (SobreDrawing *drawing)
{
  SobreCommentList *self = SOBRE_COMMENT_LIST (drawing);
  const char *header[] = { _ ("Comment"), _ ("Where and when"), NULL };
  SobreDataTable *table = sobre_data_table_new (header);

  for (guint i = 0; i < self->comments->len; i++)
    {
      const Comment *comment = g_ptr_array_index (self->comments, i);

      sobre_data_table_add (table, (const char *[]) { comment->text, comment->place, NULL });
    }
  return table;
}

static void
sobre_comment_list_finalize (GObject *object)
{
  g_ptr_array_unref (SOBRE_COMMENT_LIST (object)->comments);
  G_OBJECT_CLASS (sobre_comment_list_parent_class)->finalize (object);
}

static void
sobre_comment_list_class_init (SobreCommentListClass *klass)
{
  SobreDrawingClass *drawing_class = SOBRE_DRAWING_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sobre_comment_list_finalize;
  drawing_class->draw = sobre_comment_list_draw;
  drawing_class->get_height = sobre_comment_list_get_height;
  drawing_class->make_summary = sobre_comment_list_make_summary;
  drawing_class->make_table = sobre_comment_list_make_table;
}

static void
sobre_comment_list_init (SobreCommentList *self)
{
  self->comments = g_ptr_array_new_with_free_func ((GDestroyNotify) comment_free);
}

SobreCommentList *
sobre_comment_list_new (guint max_lines)
{
  SobreCommentList *self = g_object_new (SOBRE_TYPE_COMMENT_LIST, NULL);

  self->max_lines = max_lines;
  return self;
}

void
sobre_comment_list_add (SobreCommentList *self, const char *text, const char *place, SobreTone tone)
{
  Comment *comment = g_new0 (Comment, 1);

  comment->text = g_strdup (text);
  comment->place = g_strdup (place);
  comment->tone = tone;
  g_ptr_array_add (self->comments, comment);
}

guint
sobre_comment_list_get_n_comments (SobreCommentList *self)
{
  return self->comments->len;
}
