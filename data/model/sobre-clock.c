/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/sobre-clock.h"

G_DEFINE_INTERFACE (SobreClock, sobre_clock, G_TYPE_OBJECT)

static void
sobre_clock_default_init (SobreClockInterface *iface)
{
}

gint64
sobre_clock_now (SobreClock *self)
{
  return SOBRE_CLOCK_GET_IFACE (self)->now (self);
}

gint64
sobre_clock_monotonic (SobreClock *self)
{
  return SOBRE_CLOCK_GET_IFACE (self)->monotonic (self);
}

DexFuture *
sobre_clock_sleep (SobreClock *self, gint64 milliseconds)
{
  return SOBRE_CLOCK_GET_IFACE (self)->sleep (self, milliseconds);
}

/* The machine's clock. */

#define SOBRE_TYPE_SYSTEM_CLOCK (sobre_system_clock_get_type ())
G_DECLARE_FINAL_TYPE (SobreSystemClock, sobre_system_clock, SOBRE, SYSTEM_CLOCK, GObject)

struct _SobreSystemClock
{
  GObject parent_instance;
};

static gint64
system_clock_now (SobreClock *clock)
{
  return g_get_real_time () / 1000;
}

static gint64
system_clock_monotonic (SobreClock *clock)
{
  return g_get_monotonic_time ();
}

/* A time-out of libdex rejects when its time has come. */
static DexFuture *
awake_cb (DexFuture *timeout, gpointer user_data)
{
  return dex_future_new_true ();
}

static DexFuture *
system_clock_sleep (SobreClock *clock, gint64 milliseconds)
{
  return dex_future_catch (dex_timeout_new_usec (MAX (milliseconds, 0) * 1000), awake_cb, NULL, NULL);
}

static void
system_clock_iface_init (SobreClockInterface *iface)
{
  iface->now = system_clock_now;
  iface->monotonic = system_clock_monotonic;
  iface->sleep = system_clock_sleep;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SobreSystemClock,
                               sobre_system_clock,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SOBRE_TYPE_CLOCK, system_clock_iface_init))

static void
sobre_system_clock_class_init (SobreSystemClockClass *klass)
{
}

static void
sobre_system_clock_init (SobreSystemClock *self)
{
}

SobreClock *
sobre_system_clock_new (void)
{
  return g_object_new (SOBRE_TYPE_SYSTEM_CLOCK, NULL);
}

/* A clock that a test owns. One thread may move it while others read it; whoever sleeps by it moves it. */

#define SOBRE_TYPE_MANUAL_CLOCK (sobre_manual_clock_get_type ())
G_DECLARE_FINAL_TYPE (SobreManualClock, sobre_manual_clock, SOBRE, MANUAL_CLOCK, GObject)

struct _SobreManualClock
{
  GObject parent_instance;

  gint64 begin_ms;
  gint64 passed_ms;
};

static gint64
manual_clock_now (SobreClock *clock)
{
  SobreManualClock *self = SOBRE_MANUAL_CLOCK (clock);

  return self->begin_ms + __atomic_load_n (&self->passed_ms, __ATOMIC_SEQ_CST);
}

static gint64
manual_clock_monotonic (SobreClock *clock)
{
  SobreManualClock *self = SOBRE_MANUAL_CLOCK (clock);

  return __atomic_load_n (&self->passed_ms, __ATOMIC_SEQ_CST) * 1000;
}

static DexFuture *
manual_clock_sleep (SobreClock *clock, gint64 milliseconds)
{
  sobre_manual_clock_advance (clock, MAX (milliseconds, 0));
  return dex_future_new_true ();
}

static void
manual_clock_iface_init (SobreClockInterface *iface)
{
  iface->now = manual_clock_now;
  iface->monotonic = manual_clock_monotonic;
  iface->sleep = manual_clock_sleep;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SobreManualClock,
                               sobre_manual_clock,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SOBRE_TYPE_CLOCK, manual_clock_iface_init))

static void
sobre_manual_clock_class_init (SobreManualClockClass *klass)
{
}

static void
sobre_manual_clock_init (SobreManualClock *self)
{
}

SobreClock *
sobre_manual_clock_new (gint64 now_ms)
{
  SobreManualClock *self = g_object_new (SOBRE_TYPE_MANUAL_CLOCK, NULL);

  self->begin_ms = now_ms;
  return SOBRE_CLOCK (self);
}

void
sobre_manual_clock_advance (SobreClock *clock, gint64 milliseconds)
{
  SobreManualClock *self = SOBRE_MANUAL_CLOCK (clock);

  g_return_if_fail (milliseconds >= 0);
  __atomic_add_fetch (&self->passed_ms, milliseconds, __ATOMIC_SEQ_CST);
}
