/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/**
 * SobreServiceCalendar:
 *
 * Maps instants to the restaurant's own days: the local time zone, and a cut-off (04:00, say) before which a night still
 * belongs to the evening it began in. Immutable; may be used from any thread.
 */
typedef struct _SobreServiceCalendar SobreServiceCalendar;

/** SobreServiceTime: where an instant lies. @day: service day, days since the epoch · @hour: local wall-clock hour, 0–23. */
typedef struct
{
  gint32 day;
  gint8 hour;
} SobreServiceTime;

/**
 * sobre_service_calendar_new:
 * @time_zone: an IANA name
 * @cutoff_minutes: minutes after local midnight at which the service day begins, 0–1439
 *
 * Returns: (transfer full) (nullable): %NULL when there is no such zone or cut-off
 */
SobreServiceCalendar *sobre_service_calendar_new (const char *time_zone, guint cutoff_minutes);
SobreServiceCalendar *sobre_service_calendar_ref (SobreServiceCalendar *self);
void sobre_service_calendar_unref (SobreServiceCalendar *self);

SobreServiceTime sobre_service_calendar_locate (const SobreServiceCalendar *self, gint64 time_ms);

/** The offset of local time from UTC at @time_ms, milliseconds east. */
gint64 sobre_service_calendar_get_offset (const SobreServiceCalendar *self, gint64 time_ms);

const char *sobre_service_calendar_get_time_zone (const SobreServiceCalendar *self);
guint sobre_service_calendar_get_cutoff (const SobreServiceCalendar *self);

/**
 * sobre_service_calendar_clamp:
 *
 * The instant that a record counts at: @submitted_at, or @received_at where @submitted_at lies more than 5 minutes after it
 * or more than 30 days before it, because then the guest's clock is wrong.
 */
gint64 sobre_service_calendar_clamp (gint64 submitted_at, gint64 received_at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreServiceCalendar, sobre_service_calendar_unref)
