/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cache-fixture.h"

#define VISITS_FIRST_DAY 20500
#define VISITS_N_DAYS 20
#define VISITS_N_ORDERS 600

/** Row: of what a guest sent, an event, or an order where @visit is %NULL. */
typedef struct
{
  gint64 at;
  gint64 received_at;
  gint32 day;
  gint hour;
  char visit[8];
  const char *store;
  const char *table;
  const char *page;
  const char *action;
  const char *target;
  int quantity;
} Row;

/** Answered: a response and where it counts. */
typedef struct
{
  MadeResponse response;
  gint32 day;
  gint hour;
} Answered;

/** Sent: @events, @orders: (element-type Row) · @responses: (element-type Answered) */
typedef struct
{
  GArray *events;
  GArray *orders;
  GArray *responses;
} Sent;

/** visits_questions: of the form that they are about, %NULL behind the last */
extern const char *const visits_questions[];

/** visits_send: writes rows at random into the cache. Returns: (transfer full): what was written */
Sent visits_send (CacheFixture *fixture);

/** visits_send_submit: one event more, of a form that was sent somewhere within the days. @visit: whose */
void visits_send_submit (CacheFixture *fixture, const char *visit);

void sent_clear (Sent *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sent, sent_clear)
