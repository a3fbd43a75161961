/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-layer.h"

G_DECLARE_FINAL_TYPE (SobreNoteLayer, sobre_note_layer, SOBRE, NOTE_LAYER, SobreLayer)

struct _SobreNoteLayer
{
  SobreLayer parent_instance;
  double x;
  char *words;
};

G_DEFINE_FINAL_TYPE (SobreNoteLayer, sobre_note_layer, SOBRE_TYPE_LAYER)

static void
sobre_note_layer_draw (SobreLayer *layer, SobreCanvas *canvas, const SobreFrame *frame)
{
  SobreNoteLayer *self = SOBRE_NOTE_LAYER (layer);
  const SobreTheme *theme = sobre_canvas_get_theme (canvas);
  const SobreTextStyle style = { 11, 400, theme->dim };
  double x = sobre_frame_get_x (frame, self->x);
  double width = sobre_canvas_measure (canvas, self->words, &style);
  double right = frame->box.x + frame->box.width;
  SobreBox box;

  if (x < frame->box.x || x > right)
    return;
  sobre_canvas_draw_line (canvas, x, frame->box.y, x, frame->box.y + frame->box.height, theme->dim, TRUE);
  box = (SobreBox) { x + 4 + width <= right ? x + 4 : x - 4 - width, frame->box.y, width, 13 };
  if (box.x >= frame->box.x && !sobre_canvas_is_taken (canvas, &box))
    sobre_canvas_draw_text (canvas, self->words, &style, SOBRE_ALIGN_START, box.x, frame->box.y + 10, width + 1);
}

static void
sobre_note_layer_finalize (GObject *object)
{
  g_free (SOBRE_NOTE_LAYER (object)->words);
  G_OBJECT_CLASS (sobre_note_layer_parent_class)->finalize (object);
}

static void
sobre_note_layer_class_init (SobreNoteLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_note_layer_finalize;
  SOBRE_LAYER_CLASS (klass)->draw = sobre_note_layer_draw;
}

static void
sobre_note_layer_init (SobreNoteLayer *self)
{
}

SobreLayer *
sobre_note_layer_new (double x, const char *words)
{
  SobreNoteLayer *self = g_object_new (sobre_note_layer_get_type (), NULL);

  self->x = x;
  self->words = g_strdup (words);
  return SOBRE_LAYER (self);
}
