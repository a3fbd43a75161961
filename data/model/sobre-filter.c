/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/sobre-filter.h"

SobreFilter *
sobre_filter_new (gint32 from_day, gint32 to_day)
{
  SobreFilter *self = g_new0 (SobreFilter, 1);

  self->from_day = from_day;
  self->to_day = to_day;
  self->weekday = -1;
  self->hour = -1;
  return self;
}

SobreFilter *
sobre_filter_copy (const SobreFilter *self)
{
  SobreFilter *copy = g_memdup2 (self, sizeof *self);

  copy->store_id = g_strdup (self->store_id);
  copy->table_id = g_strdup (self->table_id);
  copy->language = g_strdup (self->language);
  return copy;
}

void
sobre_filter_free (SobreFilter *self)
{
  g_free (self->store_id);
  g_free (self->table_id);
  g_free (self->language);
  g_free (self);
}

gboolean
sobre_filter_equal (const SobreFilter *a, const SobreFilter *b)
{
  return a->from_day == b->from_day && a->to_day == b->to_day && a->weekday == b->weekday && a->hour == b->hour &&
         !a->unverified == !b->unverified && g_strcmp0 (a->store_id, b->store_id) == 0 &&
         g_strcmp0 (a->table_id, b->table_id) == 0 && g_strcmp0 (a->language, b->language) == 0;
}
