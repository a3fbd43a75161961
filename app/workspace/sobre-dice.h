/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <math.h>

#include "model/sobre-random.h"

/** SobreDice: numbers of the usual distributions out of a source of random bytes. */
typedef struct
{
  SobreRandom *random;
} SobreDice;

/** A number from 0 up to, not including, 1. */
static inline double
sobre_dice_unit (SobreDice *self)
{
  guint32 bits;

  sobre_random_fill (self->random, &bits, sizeof bits);
  return bits / 4294967296.0;
}

/** A whole number from 0 up to, not including, @sides. */
static inline guint
sobre_dice_roll (SobreDice *self, guint sides)
{
  return (guint) (sobre_dice_unit (self) * sides);
}

static inline gboolean
sobre_dice_chance (SobreDice *self, double probability)
{
  return sobre_dice_unit (self) < probability;
}

/** A normally distributed number (Box and Muller, 1958). */
static inline double
sobre_dice_normal (SobreDice *self, double mean, double deviation)
{
  double radius = sqrt (-2 * log (1 - sobre_dice_unit (self)));

  return mean + deviation * radius * cos (2 * G_PI * sobre_dice_unit (self));
}

/** An index below @n, each as likely as its weight says. */
static inline guint
sobre_dice_pick (SobreDice *self, const double *weights, guint n)
{
  double sum = 0;
  double left;

  for (guint i = 0; i < n; i++)
    sum += weights[i];
  left = sobre_dice_unit (self) * sum;
  for (guint i = 0; i + 1 < n; i++)
    {
      left -= weights[i];
      if (left < 0)
        return i;
    }
  return n - 1;
}
