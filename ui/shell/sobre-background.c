/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shell/sobre-background.h"

#include <libportal/portal.h>

/* Asked: one question on its way. @status: (nullable) */
typedef struct
{
  XdpPortal *portal;
  DexPromise *promise;
  char *status;
} Asked;

static void
asked_free (Asked *self)
{
  g_object_unref (self->portal);
  dex_unref (self->promise);
  g_free (self->status);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

/* A desktop without such a list says so; nothing depends on it. */
static void
status_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!xdp_portal_set_background_status_finish (XDP_PORTAL (source), result, &error))
    g_debug ("the desktop does not show what goes on: %s", error->message);
}

/* The portal's "no" is a cancellation, or a failure with no more to it. */
static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asked) self = user_data;
  GError *error = NULL;
  gboolean allowed = xdp_portal_request_background_finish (self->portal, result, &error);

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      dex_promise_reject (self->promise, error);
      return;
    }
  g_clear_error (&error);
  if (allowed && self->status != NULL)
    xdp_portal_set_background_status (self->portal, self->status, NULL, status_set_cb, NULL);
  dex_promise_resolve_boolean (self->promise, allowed);
}

DexFuture *
sobre_background_ask (const char *reason, const char *status)
{
  Asked *asked;
  DexPromise *promise;

  if (!xdp_portal_running_under_sandbox ())
    return dex_future_new_for_boolean (TRUE);
  promise = dex_promise_new ();
  asked = g_new0 (Asked, 1);
  asked->portal = xdp_portal_new ();
  asked->promise = dex_ref (promise);
  asked->status = g_strdup (status);
  xdp_portal_request_background (asked->portal, NULL, (char *) reason, NULL, XDP_BACKGROUND_FLAG_NONE, NULL, answered_cb,
                                 asked);
  return DEX_FUTURE (promise);
}
