/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync/sobre-sync.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Before that what has come says little about what is to come. */
#define MIN_ELAPSED_US (G_USEC_PER_SEC / 2)

double
sobre_sync_progress_get_rate (const SobreSyncProgress *self)
{
  if (self->elapsed_us < MIN_ELAPSED_US || self->done_bytes == 0)
    return NAN;
  return (double) self->done_bytes * G_USEC_PER_SEC / (double) self->elapsed_us;
}

double
sobre_sync_progress_get_share (const SobreSyncProgress *self)
{
  return self->listed && self->total_bytes > 0 ? (double) self->done_bytes / (double) self->total_bytes : NAN;
}

double
sobre_sync_progress_get_seconds_left (const SobreSyncProgress *self)
{
  if (!self->listed)
    return NAN;
  return (double) (self->total_bytes - MIN (self->done_bytes, self->total_bytes)) / sobre_sync_progress_get_rate (self);
}

/* Rounded up, so that the end is not promised too early. */
static char *
format_duration (double seconds)
{
  guint rounded = (guint) MIN (ceil (seconds), 359999);

  if (rounded < 60)
    /* Translators: a duration in seconds */
    return g_strdup_printf (_ ("%u s"), rounded);
  if (rounded < 3600)
    /* Translators: a duration in minutes and seconds */
    return g_strdup_printf (_ ("%u min %u s"), rounded / 60, rounded % 60);
  /* Translators: a duration in hours and minutes */
  return g_strdup_printf (_ ("%u h %u min"), rounded / 3600, rounded / 60 % 60);
}

char *
sobre_sync_progress_dup_text (const SobreSyncProgress *self)
{
  double rate = sobre_sync_progress_get_rate (self);
  g_autofree char *speed = NULL;
  g_autofree char *left = NULL;

  if (isnan (rate))
    return NULL;
  speed = g_format_size ((guint64) rate);
  if (!self->listed)
    {
      g_autofree char *size = g_format_size (self->done_bytes);

      /* Translators: how fast something is read, and how much of it was, where it is not known yet how much there is: "8.1 MB/s, 120 MB so far" */
      return g_strdup_printf (_ ("%s/s, %s so far"), speed, size);
    }
  left = format_duration (sobre_sync_progress_get_seconds_left (self));
  /* Translators: how fast something is read and how long it will take: "8.1 MB/s, 6 s left" */
  return g_strdup_printf (_ ("%s/s, %s left"), speed, left);
}
