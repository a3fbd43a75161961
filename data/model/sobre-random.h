/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SOBRE_TYPE_RANDOM (sobre_random_get_type ())
G_DECLARE_INTERFACE (SobreRandom, sobre_random, SOBRE, RANDOM, GObject)

/** SobreRandomInterface: where random bytes come from. It is injected, so that a test can repeat itself. */
struct _SobreRandomInterface
{
  GTypeInterface parent_iface;

  void (*fill) (SobreRandom *self, void *bytes, gsize length);
};

void sobre_random_fill (SobreRandom *self, void *bytes, gsize length);

/** sobre_system_random_new: Returns: (transfer full): getrandom(2) */
SobreRandom *sobre_system_random_new (void);

/** sobre_seeded_random_new: Returns: (transfer full): the same bytes for the same @seed, for tests and samples only */
SobreRandom *sobre_seeded_random_new (guint64 seed);

G_END_DECLS
