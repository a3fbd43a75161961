/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "scan/sobre-figures-private.h"
#include "scan/sobre-scan.h"
#include "scan/sobre-visit-figures.h"

/* What is counted of events, orders and answers before it becomes figures. A visit counts once at each step, question, dish and hour,
 * however often it came there; which ones it came to is kept as pairs that are sorted in the end, so that a page that sends a million events
 * costs no more than a million pages that send one. */

/* The longest text of an event or order that is counted by, bytes (data/lake/rules.json). */
#define SOBRE_VISIT_MAX_TEXT 256

/** SobreVisitDish: @scores: over all answers that name it */
typedef struct
{
  gint64 sold;
  gint64 named;
  gint64 low;
  SobreTallySum scores;
} SobreVisitDish;

/** SobreVisitHour: @lines: of orders */
typedef struct
{
  gint64 menus;
  gint64 forms;
  gint64 lines;
  gint64 low;
  SobreTallySum scores;
} SobreVisitHour;

/** SobreVisitSlot: an hour of a store on a service day. */
typedef struct
{
  gint64 lines;
  gint64 low;
  SobreTallySum scores;
} SobreVisitSlot;

/**
 * SobreVisitTally:
 * @filter: (unowned): with the dictionary's codes; its counters are not used
 * @question: whose scores are set against the orders
 * @visits: text → number from 1
 * @marks: (element-type guint32): of each visit, a bit for each step it came to
 * @hours_open: (element-type guint32): of each visit, a bit for each hour in which it opened a page
 * @questions: text → number from 1
 * @dishes: text → number from 1
 * @question_names: (array): the text of each number
 * @dish_names: likewise
 * @question_visits: (element-type guint64): question << 32 | visit, with repeats
 * @dish_visits: likewise
 * @dish_tallies: (element-type SobreVisitDish): by number, less 1
 * @slots: (element-type gint64 SobreVisitSlot): by store, day and hour
 */
typedef struct
{
  SobreTally *filter;
  SobreTallyCode question;
  GStringChunk *texts;
  GHashTable *visits;
  GArray *marks;
  GArray *hours_open;
  GHashTable *questions;
  GPtrArray *question_names;
  GArray *question_visits;
  GHashTable *dishes;
  GPtrArray *dish_names;
  GArray *dish_visits;
  GArray *dish_tallies;
  SobreVisitHour hours[24];
  GHashTable *slots;
  gint64 n_lines;
} SobreVisitTally;

/** @filter: stays the caller's and has to outlive the tally */
SobreVisitTally *sobre_visit_tally_new (SobreCacheReader *reader, SobreTally *filter, const SobreVisitQuery *query);
void sobre_visit_tally_free (SobreVisitTally *self);

/** The entry of a dish, made if need be; valid until the next one is made. */
SobreVisitDish *sobre_visit_tally_need_dish (SobreVisitTally *self, SobreText item);
SobreVisitSlot *sobre_visit_tally_need_slot (SobreVisitTally *self, guint32 store, gint32 day, guint hour);

/** Each counts what the filter lets through. Returns: %FALSE with %SOBRE_CACHE_ERROR */
gboolean sobre_visit_tally_feed_events (SobreVisitTally *self, SobreCacheReader *reader, GError **error);
gboolean sobre_visit_tally_feed_orders (SobreVisitTally *self, SobreCacheReader *reader, GError **error);
gboolean sobre_visit_tally_feed_answers (SobreVisitTally *self, SobreCacheReader *reader, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreVisitTally, sobre_visit_tally_free)
