/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

#define SOBRE_TYPE_CLOCK (sobre_clock_get_type ())
G_DECLARE_INTERFACE (SobreClock, sobre_clock, SOBRE, CLOCK, GObject)

/**
 * SobreClockInterface:
 * @now: wall time, milliseconds since the Unix epoch, UTC
 * @monotonic: microseconds that never step back; timers use it
 * @sleep: (transfer full): resolves to %TRUE when that many milliseconds have passed
 *
 * Where time comes from. It is injected, so that a test owns it.
 */
struct _SobreClockInterface
{
  GTypeInterface parent_iface;

  gint64 (*now) (SobreClock *self);
  gint64 (*monotonic) (SobreClock *self);
  DexFuture *(*sleep) (SobreClock *self, gint64 milliseconds);
};

gint64 sobre_clock_now (SobreClock *self);
gint64 sobre_clock_monotonic (SobreClock *self);

/** sobre_clock_sleep: (transfer full): see SobreClockInterface */
DexFuture *sobre_clock_sleep (SobreClock *self, gint64 milliseconds);

/** sobre_system_clock_new: Returns: (transfer full): the machine's clock */
SobreClock *sobre_system_clock_new (void);

/** sobre_manual_clock_new: Returns: (transfer full): a clock that stands at @now_ms until it is moved, or somebody sleeps by it */
SobreClock *sobre_manual_clock_new (gint64 now_ms);
void sobre_manual_clock_advance (SobreClock *self, gint64 milliseconds);

G_END_DECLS
