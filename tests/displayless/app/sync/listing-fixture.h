/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ingest/sobre-ingest.h"
#include "model/sobre-time.h"
#include "sync/sobre-sync-listing.h"

#define BEGIN_MS (G_GINT64_CONSTANT (20600) * SOBRE_DAY_MS)
#define HOUR_MS (SOBRE_DAY_MS / 24)
#define PAGE_OBJECTS 20
#define MAX_WAITING (3 * PAGE_OBJECTS)

#define FAR_TYPE_LAKE (far_lake_get_type ())
G_DECLARE_FINAL_TYPE (FarLake, far_lake, FAR, LAKE, GObject)

/** FarLake: a bucket that lives on while it is looked at. @chance: what happens between requests · @failing: of ten fetches, so many fail · @n_lived: how
 * often something could have happened · @last_list: (nullable): lists that begin behind this key fail · @fetched: (element-type utf8): the keys that were
 * asked for · @n_lists: pages that were given, @n_lists_at_fetch: before the first object was asked for */
struct _FarLake
{
  GObject parent_instance;

  GMutex mutex;
  GTree *objects; /* key → etag */
  GRand *chance;
  gint64 now;
  gint failing;
  gboolean quiet;
  guint n_made;
  guint n_lived;
  const char *last_list;
  GHashTable *fetched;
  guint n_lists;
  guint n_lists_at_fetch;
};

/** Writes an object of the day of @arrival, in any place among its day's keys. */
void far_lake_write (FarLake *self, SobreDataset dataset, gint64 arrival);

/** Writes an object that came up to a day late. */
void far_lake_write_some (FarLake *self);

/** House: a cache beside the lake. @n_windows: how often only the newest days were listed */
typedef struct
{
  FarLake *lake;
  char *root;
  SobreServiceCalendar *calendar;
  SobreCacheWriter *writer;
  guint n_windows;
} House;

void house_set_up (House *house, gconstpointer data);
void house_tear_down (House *house, gconstpointer data);

/** The program begins anew. */
void house_open_again (House *house);

/** Pass: one look at the lake, as a sync does it. @stop_at: (0 for never): the program is killed after so many objects · @n_waiting: the most that were known
 * and not read */
typedef struct
{
  SobreSyncListing *listing;
  GPtrArray *pending;
  GCancellable *cancellable;
  guint stop_at;
  guint n_named;
  guint n_waiting;
  SobreIngestProgress last;
} Pass;

void pass_clear (Pass *self);
void pass_start (Pass *self, House *house);
gboolean pass_read (Pass *self, House *house, GError **error);

/** A pass that has to succeed, but when it is @killed after a few objects: then the program begins anew. */
void house_pass (House *house, gboolean killed);

/** What the lake has is in the ledger after one more pass in which nothing happens and nothing fails. */
void house_check_nothing_is_missed (House *house);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pass, pass_clear)
