/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "model/sobre-random.h"

G_DEFINE_INTERFACE (SobreRandom, sobre_random, G_TYPE_OBJECT)

static void
sobre_random_default_init (SobreRandomInterface *iface)
{
}

void
sobre_random_fill (SobreRandom *self, void *bytes, gsize length)
{
  SOBRE_RANDOM_GET_IFACE (self)->fill (self, bytes, length);
}

/* The kernel's random numbers. */

#define SOBRE_TYPE_SYSTEM_RANDOM (sobre_system_random_get_type ())
G_DECLARE_FINAL_TYPE (SobreSystemRandom, sobre_system_random, SOBRE, SYSTEM_RANDOM, GObject)

struct _SobreSystemRandom
{
  GObject parent_instance;
};

static void
system_random_fill (SobreRandom *random, void *bytes, gsize length)
{
  guint8 *at = bytes;

  while (length > 0)
    {
      ssize_t n = getrandom (at, MIN (length, 256), 0);

      if (n < 0 && errno == EINTR)
        continue;
      /* Made-up ids and secrets would be worse than none. */
      if (n < 0)
        g_error ("The kernel gives no random numbers: %s", g_strerror (errno));
      at += n;
      length -= (gsize) n;
    }
}

static void
system_random_iface_init (SobreRandomInterface *iface)
{
  iface->fill = system_random_fill;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SobreSystemRandom,
                               sobre_system_random,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SOBRE_TYPE_RANDOM, system_random_iface_init))

static void
sobre_system_random_class_init (SobreSystemRandomClass *klass)
{
}

static void
sobre_system_random_init (SobreSystemRandom *self)
{
}

SobreRandom *
sobre_system_random_new (void)
{
  return g_object_new (SOBRE_TYPE_SYSTEM_RANDOM, NULL);
}

/* SplitMix64 (G. Steele, D. Lea, C. Flood: "Fast Splittable Pseudorandom Number Generators", 2014). The bytes are taken from the
 * 64-bit numbers in little-endian order, whatever lengths are asked for. Belongs to one thread at a time. */

#define SOBRE_TYPE_SEEDED_RANDOM (sobre_seeded_random_get_type ())
G_DECLARE_FINAL_TYPE (SobreSeededRandom, sobre_seeded_random, SOBRE, SEEDED_RANDOM, GObject)

struct _SobreSeededRandom
{
  GObject parent_instance;

  guint64 state;
  guint64 number;
  guint n_left; /* bytes of @number that were not given yet */
};

static guint64
next_number (SobreSeededRandom *self)
{
  guint64 z = self->state += G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);

  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94D049BB133111EB);
  return z ^ z >> 31;
}

static void
seeded_random_fill (SobreRandom *random, void *bytes, gsize length)
{
  SobreSeededRandom *self = SOBRE_SEEDED_RANDOM (random);
  guint8 *at = bytes;

  for (gsize i = 0; i < length; i++)
    {
      if (self->n_left == 0)
        {
          self->number = next_number (self);
          self->n_left = sizeof self->number;
        }
      at[i] = (guint8) self->number;
      self->number >>= 8;
      self->n_left--;
    }
}

static void
seeded_random_iface_init (SobreRandomInterface *iface)
{
  iface->fill = seeded_random_fill;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SobreSeededRandom,
                               sobre_seeded_random,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SOBRE_TYPE_RANDOM, seeded_random_iface_init))

static void
sobre_seeded_random_class_init (SobreSeededRandomClass *klass)
{
}

static void
sobre_seeded_random_init (SobreSeededRandom *self)
{
}

SobreRandom *
sobre_seeded_random_new (guint64 seed)
{
  SobreSeededRandom *self = g_object_new (SOBRE_TYPE_SEEDED_RANDOM, NULL);

  self->state = seed;
  return SOBRE_RANDOM (self);
}
