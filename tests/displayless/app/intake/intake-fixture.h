/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "intake/sobre-places.h"
#include "model/sobre-clock.h"
#include "model/sobre-random.h"

/* A small house for the tests of intake: store "Centro" with tables "T1" and "t-2", a known secret, a clock that stands at
 * 2026-11-24 12:00 UTC and a folder of its own. */

#define FIXTURE_NOW G_GINT64_CONSTANT (1795521600000)
#define FIXTURE_EPOCH 3

typedef struct
{
  SobrePlaces *places;
  GBytes *secret;
  SobreClock *clock;
  SobreRandom *random;
  char *folder;
  char *spool;
} Fixture;

Fixture *fixture_new (void);
void fixture_free (Fixture *self);

/** fixture_make_body: @id: number that the id is made of. Returns: (transfer full): a body that passes, with @comment */
char *fixture_make_body (Fixture *self, guint id, const char *comment);

/** Runs the main context until *@flag is set. */
void fixture_wait (const gboolean *flag);

/** fixture_read_spool: Returns: (transfer full): all lines of a dataset's folder in the spool, in name order, as one text */
char *fixture_read_spool (Fixture *self, const char *dataset);

/** fixture_list_spool: Returns: (transfer full): paths of all segments below the spool, sorted */
GPtrArray *fixture_list_spool (Fixture *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)
