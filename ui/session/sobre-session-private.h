/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/sobre-day-closer.h"
#include "session/sobre-session.h"
#include "sync/sobre-sync.h"

G_BEGIN_DECLS

struct _SobreSession
{
  GObject parent_instance;

  SobreWorkspace *workspace;
  SobreCollector *collector;
  SobreClock *clock;
  SobreNoteBook *note_book;
  SobreSiteCourier *site_courier;
  SobreFigureSource *source;
  SobreVisitCounter *visit_counter;
  SobreCodeDesk *code_desk;
  SobreSync *sync;
  SobreDayCloser *day_closer;
  SobreFigures *figures;
  SobreFilter *filter;
  SobrePeriod period;
  char *message;
  gboolean damaged;
  char *progress;
  char *names; /* (nullable): the hash of what questions and dishes are called */
  gboolean started;
  gboolean computing;
  gboolean syncing;
  gboolean outdated;
};

/** Says what went wrong with the figures or the cache. */
void sobre_session_report (SobreSession *self, const GError *error);

/** Computes the figures, when those under way are done. */
void sobre_session_compute (SobreSession *self);

/** sobre_session_make_weak_ref: for a callback that may come when the session is gone. Returns: (transfer full): for sobre_session_free_weak_ref() */
GWeakRef *sobre_session_make_weak_ref (SobreSession *self);
void sobre_session_free_weak_ref (gpointer ref);

/* In sobre-session-sync.c. */

/** Listens to what keeps the cache up to date, once it is there. */
void sobre_session_connect_sync (SobreSession *self);

/** Brings the cache up to date, unless that is under way. */
void sobre_session_synchronise (SobreSession *self, SobreSyncFlags flags);

G_END_DECLS
