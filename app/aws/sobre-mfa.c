/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-mfa.h"

struct _SobreMfa
{
  SobreMfaFunction function;
  gpointer user_data;
  GDestroyNotify destroy;
};

static void
clear (gpointer data)
{
  SobreMfa *self = data;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
}

SobreMfa *
sobre_mfa_new (SobreMfaFunction function, gpointer user_data, GDestroyNotify destroy)
{
  SobreMfa *self = g_atomic_rc_box_new0 (SobreMfa);

  self->function = function;
  self->user_data = user_data;
  self->destroy = destroy;
  return self;
}

SobreMfa *
sobre_mfa_ref (SobreMfa *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_mfa_unref (SobreMfa *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

DexFuture *
sobre_mfa_ask (SobreMfa *self, const char *serial, const char *problem)
{
  return self->function (serial, problem, self->user_data);
}
