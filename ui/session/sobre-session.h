/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "intake/sobre-collector.h"
#include "model/sobre-clock.h"
#include "session/sobre-code-desk.h"
#include "session/sobre-figure-source.h"
#include "session/sobre-note-book.h"
#include "session/sobre-period.h"
#include "session/sobre-site-courier.h"
#include "session/sobre-visit-counter.h"
#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

#define SOBRE_SESSION_MAX_COMMENTS 200

#define SOBRE_TYPE_FILTER (sobre_filter_get_type ())
GType sobre_filter_get_type (void);

#define SOBRE_TYPE_SESSION (sobre_session_get_type ())

/**
 * SobreSession:
 *
 * What a window looks at: one workspace, one filter and the figures of both. Every page binds to it and none to another page.
 * It keeps the cache up to date while it lives, so an answer that a guest posts is in the figures within two seconds. Figures are
 * computed on another thread; those of a filter that was left in the meantime are dropped.
 *
 * Properties, notified on the main thread: "workspace", "collector" (both construct-only in effect), "period" (string, see
 * sobre_period_get_name()), "filter" (SobreFilter, read-only), "figures" (SobreFigures, nullable, read-only), "message" (string,
 * nullable, read-only: what went wrong with the figures or the cache, translated), "damaged" (boolean, read-only: making the cache anew
 * helps against it, trying again does not), "progress" (string, nullable, read-only: what a long
 * synchronisation is doing, translated).
 */
G_DECLARE_FINAL_TYPE (SobreSession, sobre_session, SOBRE, SESSION, GObject)

/** sobre_session_new: @clock: says what today is. Nothing runs before sobre_session_start(). Returns: (transfer full) */
SobreSession *sobre_session_new (SobreWorkspace *workspace, SobreClock *clock);

/** Begins to keep the cache up to date and to publish figures. */
void sobre_session_start (SobreSession *self);

/** Ends what runs; figures stay as they are. Dropping the last reference does it too. */
void sobre_session_stop (SobreSession *self);

SobreWorkspace *sobre_session_get_workspace (SobreSession *self);
SobreCollector *sobre_session_get_collector (SobreSession *self);
SobreClock *sobre_session_get_clock (SobreSession *self);
SobreNoteBook *sobre_session_get_note_book (SobreSession *self);
SobreSiteCourier *sobre_session_get_site_courier (SobreSession *self);

/** The visits of the figures' filter, a moment after them. (transfer none) */
SobreVisitCounter *sobre_session_get_visit_counter (SobreSession *self);
const SobreFilter *sobre_session_get_filter (SobreSession *self);
SobrePeriod sobre_session_get_period (SobreSession *self);

/** (transfer none) (nullable): %NULL until the first ones are there */
SobreFigures *sobre_session_get_figures (SobreSession *self);

void sobre_session_set_period (SobreSession *self, SobrePeriod period);

/** @store_id: (nullable): %NULL for all; the table filter goes with it */
void sobre_session_set_store (SobreSession *self, const char *store_id);

/** @table_id: (nullable): one table of @store_id; %NULL for all */
void sobre_session_set_table (SobreSession *self, const char *store_id, const char *table_id);

/** @weekday: 0 for Monday to 6, @hour: 0–23; both -1 for all. */
void sobre_session_set_cell (SobreSession *self, int weekday, int hour);

/** sobre_session_get_code_desk: Returns: (transfer none): where calls to AWS of this workspace wait for the code of an MFA device */
SobreCodeDesk *sobre_session_get_code_desk (SobreSession *self);

/** Looks for new answers now, computes again, and reads the notes again. */
void sobre_session_refresh (SobreSession *self);

/** Makes the cache anew from the lake, with progress; figures stay readable meanwhile. */
void sobre_session_rebuild (SobreSession *self);

/** Stops a synchronisation or rebuild in its way; what was committed stays. */
void sobre_session_cancel (SobreSession *self);

/**
 * sobre_session_search:
 * @text: words as typed
 *
 * Returns: (transfer full): a future of a boxed GPtrArray of SobreComment within the filter; rejects with %SOBRE_CACHE_ERROR
 */
DexFuture *sobre_session_search (SobreSession *self, const char *text);

/** The figures of the service day that goes on, whatever the filter is. @max_comments: how many comments come along. (transfer full) */
DexFuture *sobre_session_compute_today (SobreSession *self, guint max_comments);

/** Figures say what questions and dishes are called by now, whoever has changed that. */
void sobre_session_update_names (SobreSession *self);

/** Moves the period on when the service day has changed. */
void sobre_session_update_day (SobreSession *self);

/** The service day that goes on, days since the epoch. */
gint32 sobre_session_get_today (SobreSession *self);

/**
 * sobre_session_dup_guest_base:
 *
 * Where guests reach the form, for cards: the workspace's guest_url, else the site in AWS, else what the intake says while it listens, else what the computer's
 * address in the local network would give.
 *
 * Returns: (transfer full): "HTTP://192.168.1.20:8080"
 */
char *sobre_session_dup_guest_base (SobreSession *self);

G_END_DECLS
