/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-clock.h"
#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_DAY_CLOSER (sobre_day_closer_get_type ())

/**
 * SobreDayCloser:
 *
 * Has closed days of a lake in a bucket written as Parquet behind the window's back, where that is due, which is once a day at most. What fails costs speed and no figure, so nobody is told of it
 * but who calls "lake compact".
 *
 * Property: "progress" (string, nullable, read only): what to show while it works.
 */
G_DECLARE_FINAL_TYPE (SobreDayCloser, sobre_day_closer, SOBRE, DAY_CLOSER, GObject)

/** sobre_day_closer_new: Returns: (transfer full) */
SobreDayCloser *sobre_day_closer_new (SobreWorkspace *workspace, SobreClock *clock);

/** sobre_day_closer_run: Begins after a sync, unless it is at work. */
void sobre_day_closer_run (SobreDayCloser *self);

/** sobre_day_closer_stop: Ends it at the next step; a later run goes on. */
void sobre_day_closer_stop (SobreDayCloser *self);

const char *sobre_day_closer_get_progress (SobreDayCloser *self);

G_END_DECLS
