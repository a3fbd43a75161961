/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-site-courier.h"

#include <glib/gi18n-lib.h>

#include "aws/sobre-aws-error.h"

struct _SobreSiteCourier
{
  GObject parent_instance;

  SobreWorkspace *workspace;
  SobreCourierState state;
  SobreSiteSight *sight;
  char *message;
  SobreSiteParts waiting; /* what is to be sent */
  SobreSiteParts sending; /* what is being sent */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SobreSiteCourier, sobre_site_courier, G_TYPE_OBJECT)

static void
set_state (SobreSiteCourier *self, SobreCourierState state, const char *message)
{
  self->state = state;
  g_set_str (&self->message, message);
  g_signal_emit_by_name (self, "changed");
}

static void send_next (SobreSiteCourier *self);

/* What was published before anybody had looked goes as soon as it is known that there is a site. */
static void
settle (SobreSiteCourier *self, const SobreSiteSight *sight)
{
  set_state (self, sight != NULL ? SOBRE_COURIER_RESTING : SOBRE_COURIER_NOWHERE, NULL);
  if (sight == NULL)
    self->waiting = 0;
  else if (self->waiting != 0)
    send_next (self);
}

static DexFuture *
looked_cb (DexFuture *future, gpointer user_data)
{
  SobreSiteCourier *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  SobreSiteSight *sight = value != NULL ? g_value_get_boxed (value) : NULL;

  if (self->state == SOBRE_COURIER_SENDING)
    return NULL;
  if (value != NULL)
    {
      g_clear_pointer (&self->sight, sobre_site_sight_unref);
      self->sight = sight != NULL ? sobre_site_sight_ref (sight) : NULL;
    }
  /* That something was not sent is more than that it could not be looked at. */
  if (self->state == SOBRE_COURIER_FAILED && self->waiting != 0)
    g_signal_emit_by_name (self, "changed");
  else if (value == NULL)
    {
      /* Translators: why, a sentence */
      g_autofree char *message = g_strdup_printf (_ ("The site in AWS could not be asked. %s"), error->message);

      set_state (self, SOBRE_COURIER_FAILED, message);
    }
  else
    settle (self, sight);
  return NULL;
}

/* Somebody else's form is no reason to try again: it has to be looked at. */
static char *
explain (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup (_ ("Sending was stopped. Guests there get whole pages, some of them of before; send it again to finish."));
  if (g_error_matches (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_CONFLICT))
    return g_strdup (_ ("Somebody else has published another form there at the same moment. It was not replaced; look at it, "
                        "then send yours again."));
  /* Translators: why something did not arrive, a sentence */
  return g_strdup_printf (_ ("What is published here is not at the site yet. %s"), error->message);
}

static DexFuture *
sent_cb (DexFuture *future, gpointer user_data)
{
  SobreSiteCourier *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  const SobreSiteSent *sent = value != NULL ? g_value_get_boxed (value) : NULL;

  g_clear_object (&self->cancellable);
  if (sent == NULL)
    {
      g_autofree char *message = explain (error);

      self->waiting |= self->sending;
      self->sending = 0;
      set_state (self, SOBRE_COURIER_FAILED, message);
      return NULL;
    }
  self->sending = 0;
  if (sent->site != NULL)
    g_signal_emit_by_name (self, "sent", sent->site);
  self->state = sent->site != NULL ? SOBRE_COURIER_RESTING : SOBRE_COURIER_NOWHERE;
  if (self->waiting != 0)
    send_next (self);
  else
    dex_future_disown (sobre_site_courier_look (self));
  return NULL;
}

static void
send_next (SobreSiteCourier *self)
{
  self->sending = self->waiting;
  self->waiting = 0;
  self->cancellable = g_cancellable_new ();
  set_state (self, SOBRE_COURIER_SENDING, NULL);
  dex_future_disown (
      dex_future_finally (sobre_stack_send_site (self->workspace, NULL, self->sending, NULL, NULL, self->cancellable), sent_cb,
                          g_object_ref (self), g_object_unref));
}

static void
sobre_site_courier_finalize (GObject *object)
{
  SobreSiteCourier *self = SOBRE_SITE_COURIER (object);

  g_object_unref (self->workspace);
  g_clear_pointer (&self->sight, sobre_site_sight_unref);
  g_clear_object (&self->cancellable);
  g_free (self->message);
  G_OBJECT_CLASS (sobre_site_courier_parent_class)->finalize (object);
}

static void
sobre_site_courier_class_init (SobreSiteCourierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_site_courier_finalize;
  g_signal_new ("changed", SOBRE_TYPE_SITE_COURIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("sent", SOBRE_TYPE_SITE_COURIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, SOBRE_TYPE_STACK_SITE);
}

static void
sobre_site_courier_init (SobreSiteCourier *self)
{
}

SobreSiteCourier *
sobre_site_courier_new (SobreWorkspace *workspace)
{
  SobreSiteCourier *self = g_object_new (SOBRE_TYPE_SITE_COURIER, NULL);

  self->workspace = g_object_ref (workspace);
  return self;
}

SobreCourierState
sobre_site_courier_get_state (SobreSiteCourier *self)
{
  return self->state;
}

const char *
sobre_site_courier_get_message (SobreSiteCourier *self)
{
  return self->message;
}

const SobreSiteSight *
sobre_site_courier_get_sight (SobreSiteCourier *self)
{
  return self->sight;
}

DexFuture *
sobre_site_courier_look (SobreSiteCourier *self)
{
  if (self->state == SOBRE_COURIER_SENDING)
    return dex_future_new_true ();
  if (self->state == SOBRE_COURIER_FAILED && self->waiting == 0)
    set_state (self, SOBRE_COURIER_LOOKING, NULL);
  return dex_future_finally (sobre_stack_look_at_site (self->workspace, NULL), looked_cb, g_object_ref (self), g_object_unref);
}

void
sobre_site_courier_send (SobreSiteCourier *self, SobreSiteParts parts)
{
  self->waiting |= parts;
  if (self->state == SOBRE_COURIER_NOWHERE)
    dex_future_disown (sobre_site_courier_look (self));
  else if (self->state != SOBRE_COURIER_SENDING)
    send_next (self);
}

void
sobre_site_courier_retry (SobreSiteCourier *self)
{
  if (self->waiting != 0 && self->state != SOBRE_COURIER_SENDING)
    send_next (self);
  else
    dex_future_disown (sobre_site_courier_look (self));
}

void
sobre_site_courier_cancel (SobreSiteCourier *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

gboolean
sobre_site_courier_is_behind (SobreSiteCourier *self)
{
  return self->waiting != 0 || self->sending != 0;
}
