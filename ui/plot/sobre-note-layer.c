/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-layer.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "model/sobre-note.h"
#include "sobre-format.h"

#define GAP 4.0
#define LONGEST 150.0 /* of words on the chart */
#define N_ROWS 3
#define ROW_HEIGHT 15.0
#define HIT_DISTANCE 5.0

G_DECLARE_FINAL_TYPE (SobreNoteLayer, sobre_note_layer, SOBRE, NOTE_LAYER, SobreLayer)

struct _SobreNoteLayer
{
  SobreLayer parent_instance;
  GListModel *notes;
};

G_DEFINE_FINAL_TYPE (SobreNoteLayer, sobre_note_layer, SOBRE_TYPE_LAYER)

static gboolean
is_inside (const SobreFrame *frame, double x)
{
  return x >= frame->box.x && x <= frame->box.x + frame->box.width;
}

/* Beside the line, on the right where there is room, in the first row that is free. */
static void
draw_words (SobreCanvas *canvas, const SobreFrame *frame, double x, const char *words)
{
  const SobreTextStyle style = { 11, 400, sobre_canvas_get_theme (canvas)->dim };
  double width = MIN (sobre_canvas_measure (canvas, words, &style), LONGEST);

  for (guint i = 0; i < 2 * N_ROWS; i++)
    {
      double left = i % 2 == 0 ? x + GAP : x - GAP - width;
      SobreBox box = { left - 1, frame->box.y + i / 2 * ROW_HEIGHT, width + 2, ROW_HEIGHT };

      if (!sobre_box_contains (&frame->box, &box) || sobre_canvas_is_taken (canvas, &box) ||
          sobre_canvas_is_marked (canvas, &box))
        continue;
      sobre_canvas_draw_text (canvas, words, &style, SOBRE_ALIGN_START, left, box.y + 11, width + 1);
      return;
    }
}

static void
sobre_note_layer_draw (SobreLayer *layer, SobreCanvas *canvas, const SobreFrame *frame)
{
  GListModel *notes = SOBRE_NOTE_LAYER (layer)->notes;
  SobreColor color = sobre_canvas_get_theme (canvas)->dim;

  for (guint i = g_list_model_get_n_items (notes); i > 0; i--)
    {
      g_autoptr (SobreNote) note = g_list_model_get_item (notes, i - 1);
      double x = sobre_frame_get_x (frame, sobre_note_get_day (note));

      if (!is_inside (frame, x))
        continue;
      sobre_canvas_draw_line (canvas, x, frame->box.y, x, frame->box.y + frame->box.height, color, TRUE);
      draw_words (canvas, frame, x, sobre_note_get_text (note));
    }
}

static int
sobre_note_layer_hit_test (SobreLayer *layer, const SobreFrame *frame, double x, double y)
{
  GListModel *notes = SOBRE_NOTE_LAYER (layer)->notes;

  for (guint i = 0; i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (SobreNote) note = g_list_model_get_item (notes, i);

      if (fabs (sobre_frame_get_x (frame, sobre_note_get_day (note)) - x) <= HIT_DISTANCE)
        return (int) i;
    }
  return -1;
}

/* Everything that happened that day. */
static char *
sobre_note_layer_describe (SobreLayer *layer, int point)
{
  GListModel *notes = SOBRE_NOTE_LAYER (layer)->notes;
  g_autoptr (SobreNote) first = g_list_model_get_item (notes, (guint) point);
  gint32 day = sobre_note_get_day (first);
  g_autofree char *when = sobre_format_weekday_and_day (day);
  g_autoptr (GString) words = g_string_new (sobre_note_get_text (first));

  for (guint i = (guint) point + 1; i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (SobreNote) note = g_list_model_get_item (notes, i);

      if (sobre_note_get_day (note) == day)
        g_string_append_printf (words, "; %s", sobre_note_get_text (note));
    }
  /* Translators: a day and what happened on it: "Fri 13 Nov: new menu" */
  return g_strdup_printf (_ ("%s: %s"), when, words->str);
}

static void
sobre_note_layer_finalize (GObject *object)
{
  g_clear_object (&SOBRE_NOTE_LAYER (object)->notes);
  G_OBJECT_CLASS (sobre_note_layer_parent_class)->finalize (object);
}

static void
sobre_note_layer_class_init (SobreNoteLayerClass *klass)
{
  SobreLayerClass *layer_class = SOBRE_LAYER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sobre_note_layer_finalize;
  layer_class->draw = sobre_note_layer_draw;
  layer_class->hit_test = sobre_note_layer_hit_test;
  layer_class->describe = sobre_note_layer_describe;
}

static void
sobre_note_layer_init (SobreNoteLayer *self)
{
}

SobreLayer *
sobre_note_layer_new (GListModel *notes)
{
  SobreNoteLayer *self = g_object_new (sobre_note_layer_get_type (), NULL);

  self->notes = g_object_ref (notes);
  return SOBRE_LAYER (self);
}
