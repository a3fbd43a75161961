/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-cached-provider.h"

#include <string.h>

#define AHEAD_MS (5 * 60 * 1000)
#define SPREAD_MS (60 * 1000)
#define AGAIN_MS (10 * 1000) /* after a renewal that failed, while the old keys hold */

struct _SobreCachedProvider
{
  GObject parent_instance;

  SobreCredentialsProvider *source;
  SobreClock *clock;
  SobreRandom *random;
  GMutex mutex; /* guards what follows */
  SobreCredentials *kept;
  gint64 renew_at;
  DexFuture *asking; /* one at a time; the others wait for it */
};

static DexFuture *cached_provider_provide (SobreCredentialsProvider *provider);
static void cached_provider_renew (SobreCredentialsProvider *provider, const SobreCredentials *refused);

static void
provider_iface_init (SobreCredentialsProviderInterface *iface)
{
  iface->provide = cached_provider_provide;
  iface->renew = cached_provider_renew;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SobreCachedProvider,
                               sobre_cached_provider,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SOBRE_TYPE_CREDENTIALS_PROVIDER, provider_iface_init))

/* The moment at which what holds until @expires_at is renewed: five to six minutes before, but not before half of its time is over. */
static gint64
choose_moment (SobreCachedProvider *self, gint64 expires_at)
{
  gint64 now = sobre_clock_now (self->clock);
  guint32 number;

  if (expires_at == SOBRE_CREDENTIALS_NEVER)
    return SOBRE_CREDENTIALS_NEVER;
  sobre_random_fill (self->random, &number, sizeof number);
  return MAX (expires_at - AHEAD_MS - (gint64) (number % SPREAD_MS), now + (expires_at - now) / 2);
}

static DexFuture *
ask_fiber (gpointer data)
{
  SobreCachedProvider *self = data;
  GError *error = NULL;
  SobreCredentials *given = dex_await_boxed (sobre_credentials_provider_provide (self->source), &error);
  SobreCredentials *kept = NULL;

  g_mutex_lock (&self->mutex);
  dex_clear (&self->asking);
  if (given != NULL)
    {
      g_clear_pointer (&self->kept, sobre_credentials_unref);
      self->kept = sobre_credentials_ref (given);
      self->renew_at = choose_moment (self, sobre_credentials_get_expires_at (given));
    }
  else if (self->kept != NULL && sobre_credentials_get_expires_at (self->kept) > sobre_clock_now (self->clock))
    {
      kept = sobre_credentials_ref (self->kept);
      self->renew_at = sobre_clock_now (self->clock) + AGAIN_MS;
    }
  g_mutex_unlock (&self->mutex);

  if (given == NULL && kept == NULL)
    return dex_future_new_for_error (error);
  g_clear_error (&error);
  return dex_future_new_take_boxed (SOBRE_TYPE_CREDENTIALS, given != NULL ? given : kept);
}

static DexFuture *
cached_provider_provide (SobreCredentialsProvider *provider)
{
  SobreCachedProvider *self = SOBRE_CACHED_PROVIDER (provider);
  DexFuture *future;

  g_mutex_lock (&self->mutex);
  if (self->kept != NULL && sobre_clock_now (self->clock) < self->renew_at)
    future = dex_future_new_take_boxed (SOBRE_TYPE_CREDENTIALS, sobre_credentials_ref (self->kept));
  else
    {
      if (self->asking == NULL)
        self->asking =
            dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, ask_fiber, g_object_ref (self), g_object_unref);
      future = dex_ref (self->asking);
    }
  g_mutex_unlock (&self->mutex);
  return future;
}

/* Of many calls under way each is refused when the keys run out; only the first of them drops what is kept, the others would drop what came instead. */
static void
cached_provider_renew (SobreCredentialsProvider *provider, const SobreCredentials *refused)
{
  SobreCachedProvider *self = SOBRE_CACHED_PROVIDER (provider);

  g_mutex_lock (&self->mutex);
  if (self->kept != NULL &&
      strcmp (sobre_credentials_get_access_key_id (self->kept), sobre_credentials_get_access_key_id (refused)) == 0)
    g_clear_pointer (&self->kept, sobre_credentials_unref);
  g_mutex_unlock (&self->mutex);
}

static void
sobre_cached_provider_finalize (GObject *object)
{
  SobreCachedProvider *self = SOBRE_CACHED_PROVIDER (object);

  g_clear_object (&self->source);
  g_clear_object (&self->clock);
  g_clear_object (&self->random);
  g_clear_pointer (&self->kept, sobre_credentials_unref);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (sobre_cached_provider_parent_class)->finalize (object);
}

static void
sobre_cached_provider_class_init (SobreCachedProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_cached_provider_finalize;
}

static void
sobre_cached_provider_init (SobreCachedProvider *self)
{
  g_mutex_init (&self->mutex);
}

SobreCredentialsProvider *
sobre_cached_provider_new (SobreCredentialsProvider *source, SobreClock *clock, SobreRandom *random)
{
  SobreCachedProvider *self = g_object_new (SOBRE_TYPE_CACHED_PROVIDER, NULL);

  self->source = g_object_ref (source);
  self->clock = g_object_ref (clock);
  self->random = g_object_ref (random);
  return SOBRE_CREDENTIALS_PROVIDER (self);
}
