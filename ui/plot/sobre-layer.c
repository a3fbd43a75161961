/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-layer.h"

G_DEFINE_ABSTRACT_TYPE (SobreLayer, sobre_layer, G_TYPE_OBJECT)

static void
sobre_layer_class_init (SobreLayerClass *klass)
{
}

static void
sobre_layer_init (SobreLayer *self)
{
}

double
sobre_frame_get_x (const SobreFrame *self, double value)
{
  return self->box.x + sobre_scale_map (self->x, value) * self->box.width;
}

double
sobre_frame_get_y (const SobreFrame *self, double value)
{
  return self->box.y + (1 - sobre_scale_map (self->y, value)) * self->box.height;
}

void
sobre_layer_draw (SobreLayer *self, SobreCanvas *canvas, const SobreFrame *frame)
{
  g_return_if_fail (SOBRE_IS_LAYER (self));

  SOBRE_LAYER_GET_CLASS (self)->draw (self, canvas, frame);
}

char *
sobre_layer_hit_test (SobreLayer *self, const SobreFrame *frame, double x, double y)
{
  SobreLayerClass *klass = SOBRE_LAYER_GET_CLASS (self);
  int point;

  if (klass->hit_test == NULL || klass->describe == NULL)
    return NULL;
  point = klass->hit_test (self, frame, x, y);
  return point >= 0 ? klass->describe (self, point) : NULL;
}
