/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-intake-server.h"

/* What sobremesa-intake tells whoever started it: one JSON object a line on the status descriptor.
 *
 *   {"state":"listening","port":8080,"addresses":["192.168.1.20"]}        once, when guests can be served
 *   {"state":"counts","accepted":123,"refused":4,"connections":2}         each second in which something changed
 *   {"state":"failed","reason":"port-taken","message":"…"}                once, before exit 1
 *
 * reason is one of port-taken, address, spool, input. When nobody reads any more, intake stops. */

typedef struct _SobreIntakeStatus SobreIntakeStatus;

/** sobre_intake_status_new: @fd: taken over; -1 for nobody · @gone: called in the main context when nobody reads any more */
SobreIntakeStatus *sobre_intake_status_new (int fd, GSourceOnceFunc gone, gpointer user_data);
void sobre_intake_status_free (SobreIntakeStatus *self);

void sobre_intake_status_listening (SobreIntakeStatus *self, guint port, const char *const *addresses);
void sobre_intake_status_counts (SobreIntakeStatus *self, const SobreIntakeCounts *counts);
void sobre_intake_status_failed (SobreIntakeStatus *self, const char *reason, const char *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreIntakeStatus, sobre_intake_status_free)
