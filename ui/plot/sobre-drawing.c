/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-drawing-private.h"

typedef struct
{
  char *title;
  char *note;
  char *short_note;
} SobreDrawingPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SobreDrawing, sobre_drawing, G_TYPE_OBJECT)

static void
sobre_drawing_finalize (GObject *object)
{
  SobreDrawingPrivate *priv = sobre_drawing_get_instance_private (SOBRE_DRAWING (object));

  g_free (priv->title);
  g_free (priv->note);
  g_free (priv->short_note);
  G_OBJECT_CLASS (sobre_drawing_parent_class)->finalize (object);
}

static void
sobre_drawing_class_init (SobreDrawingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_drawing_finalize;
}

static void
sobre_drawing_init (SobreDrawing *self)
{
  SobreDrawingPrivate *priv = sobre_drawing_get_instance_private (self);

  priv->title = g_strdup ("");
  priv->note = g_strdup ("");
}

const char *
sobre_drawing_get_title (SobreDrawing *self)
{
  SobreDrawingPrivate *priv = sobre_drawing_get_instance_private (self);

  return priv->title;
}

const char *
sobre_drawing_get_note (SobreDrawing *self)
{
  SobreDrawingPrivate *priv = sobre_drawing_get_instance_private (self);

  return priv->note;
}

void
sobre_drawing_set_titles (SobreDrawing *self, const char *title, const char *note)
{
  SobreDrawingPrivate *priv = sobre_drawing_get_instance_private (self);

  g_set_str (&priv->title, title);
  g_set_str (&priv->note, note);
}

void
sobre_drawing_set_short_note (SobreDrawing *self, const char *short_note)
{
  SobreDrawingPrivate *priv = sobre_drawing_get_instance_private (self);

  g_set_str (&priv->short_note, short_note);
}

double
sobre_drawing_draw_titles (SobreDrawing *self, SobreCanvas *canvas, double width)
{
  SobreDrawingPrivate *priv = sobre_drawing_get_instance_private (self);
  const SobreTheme *theme = sobre_canvas_get_theme (canvas);
  const SobreTextStyle title = { 14, 600, theme->ink };
  const SobreTextStyle note = { 11, 400, theme->dim };
  double room = width - sobre_canvas_measure (canvas, priv->title, &title) - 12;
  gboolean shorten = priv->short_note != NULL && sobre_canvas_measure (canvas, priv->note, &note) > room;
  gboolean mirrored = sobre_canvas_is_mirrored (canvas);

  sobre_canvas_draw_from_start (canvas, priv->title, &title, 0, 12, width, width);
  if (!shorten || sobre_canvas_measure (canvas, priv->short_note, &note) <= room)
    sobre_canvas_draw_text (canvas, shorten ? priv->short_note : priv->note, &note,
                            mirrored ? SOBRE_ALIGN_START : SOBRE_ALIGN_END, mirrored ? 0 : width, 12, room);
  return SOBRE_DRAWING_TITLES_HEIGHT;
}

void
sobre_drawing_draw_empty (SobreCanvas *canvas, const char *words, double width, double top, double height)
{
  const SobreTextStyle style = { 13, 400, sobre_canvas_get_theme (canvas)->dim };

  if (sobre_canvas_measure (canvas, words, &style) <= width)
    sobre_canvas_draw_text (canvas, words, &style, SOBRE_ALIGN_CENTER, width / 2, top + MAX (height / 2, 12), width);
  else
    sobre_canvas_draw_paragraph (canvas, words, &style, 0, top, width, (guint) MAX (height / 18, 1), TRUE);
}

void
sobre_drawing_draw (SobreDrawing *self, SobreCanvas *canvas, double width, double height)
{
  cairo_t *cr = sobre_canvas_get_cr (canvas);

  g_return_if_fail (SOBRE_IS_DRAWING (self));

  if (width <= 0 || height <= 0)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  SOBRE_DRAWING_GET_CLASS (self)->draw (self, canvas, width, height);
  cairo_restore (cr);
}

double
sobre_drawing_get_height (SobreDrawing *self, SobreCanvas *canvas, double width)
{
  g_return_val_if_fail (SOBRE_IS_DRAWING (self), 0);

  return SOBRE_DRAWING_GET_CLASS (self)->get_height (self, canvas, width);
}

char *
sobre_drawing_hit_test (SobreDrawing *self, SobreCanvas *canvas, double width, double height, double x, double y)
{
  g_return_val_if_fail (SOBRE_IS_DRAWING (self), NULL);

  if (SOBRE_DRAWING_GET_CLASS (self)->hit_test == NULL || x < 0 || y < 0 || x >= width || y >= height)
    return NULL;
  return SOBRE_DRAWING_GET_CLASS (self)->hit_test (self, canvas, width, height, x, y);
}

char *
sobre_drawing_make_summary (SobreDrawing *self)
{
  g_return_val_if_fail (SOBRE_IS_DRAWING (self), NULL);

  return SOBRE_DRAWING_GET_CLASS (self)->make_summary (self);
}

SobreDataTable *
sobre_drawing_make_table (SobreDrawing *self)
{
  g_return_val_if_fail (SOBRE_IS_DRAWING (self), NULL);

  return SOBRE_DRAWING_GET_CLASS (self)->make_table (self);
}

gboolean
sobre_drawing_find_cell (SobreDrawing *self,
                         SobreCanvas *canvas,
                         double width,
                         double height,
                         double x,
                         double y,
                         int *row,
                         int *column)
{
  SobreDrawingClass *klass = SOBRE_DRAWING_GET_CLASS (self);

  return klass->find_cell != NULL && klass->find_cell (self, canvas, width, height, x, y, row, column);
}

gboolean
sobre_drawing_get_cell_box (SobreDrawing *self,
                            SobreCanvas *canvas,
                            double width,
                            double height,
                            int row,
                            int column,
                            SobreBox *box)
{
  SobreDrawingClass *klass = SOBRE_DRAWING_GET_CLASS (self);

  return klass->get_cell_box != NULL && klass->get_cell_box (self, canvas, width, height, row, column, box);
}

gboolean
sobre_drawing_step_cell (SobreDrawing *self,
                         SobreCanvas *canvas,
                         double width,
                         double height,
                         int down,
                         int right,
                         int *row,
                         int *column)
{
  SobreDrawingClass *klass = SOBRE_DRAWING_GET_CLASS (self);

  return klass->step_cell != NULL && klass->step_cell (self, canvas, width, height, down, right, row, column);
}

SobreDataTable *
sobre_data_table_new (const char *const *header)
{
  SobreDataTable *self = g_new0 (SobreDataTable, 1);

  self->header = g_strdupv ((char **) header);
  self->n_names = 1;
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  return self;
}

void
sobre_data_table_add (SobreDataTable *self, const char *const *cells)
{
  g_return_if_fail (g_strv_length ((char **) cells) == g_strv_length (self->header));

  g_ptr_array_add (self->rows, g_strdupv ((char **) cells));
}

SobreDataTable *
sobre_data_table_copy (const SobreDataTable *self)
{
  SobreDataTable *copy = sobre_data_table_new ((const char *const *) self->header);

  copy->n_names = self->n_names;
  for (guint i = 0; i < self->rows->len; i++)
    sobre_data_table_add (copy, g_ptr_array_index (self->rows, i));
  return copy;
}

void
sobre_data_table_free (SobreDataTable *self)
{
  g_strfreev (self->header);
  g_ptr_array_unref (self->rows);
  g_free (self);
}
