/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-relay.h"

struct _SobreRelay
{
  GWeakRef object;
  SobreRelayFunc func;
  GDestroyNotify free_message;
};

/** Parcel: a message on its way. */
typedef struct
{
  SobreRelay *relay;
  gpointer message;
} Parcel;

static void
clear_relay (gpointer data)
{
  g_weak_ref_clear (&((SobreRelay *) data)->object);
}

SobreRelay *
sobre_relay_new (gpointer object, SobreRelayFunc func, GDestroyNotify free_message)
{
  SobreRelay *self = g_atomic_rc_box_new0 (SobreRelay);

  g_weak_ref_init (&self->object, object);
  self->func = func;
  self->free_message = free_message;
  return self;
}

SobreRelay *
sobre_relay_ref (SobreRelay *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_relay_unref (SobreRelay *self)
{
  g_atomic_rc_box_release_full (self, clear_relay);
}

static void
parcel_free (gpointer data)
{
  Parcel *self = data;

  self->relay->free_message (self->message);
  sobre_relay_unref (self->relay);
  g_free (self);
}

static gboolean
deliver_cb (gpointer data)
{
  Parcel *self = data;
  g_autoptr (GObject) object = g_weak_ref_get (&self->relay->object);

  if (object != NULL)
    self->relay->func (object, self->message);
  return G_SOURCE_REMOVE;
}

/* The source keeps the parcel: whoever ends the loop before it is delivered loses nothing but the message. */
void
sobre_relay_send (SobreRelay *self, gpointer message)
{
  Parcel *parcel = g_new (Parcel, 1);

  *parcel = (Parcel) { sobre_relay_ref (self), message };
  g_idle_add_full (G_PRIORITY_DEFAULT, deliver_cb, parcel, parcel_free);
}
