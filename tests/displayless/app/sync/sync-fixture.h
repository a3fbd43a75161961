/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records-fixture.h"
#include "scan/sobre-cache-inspection.h"
#include "sync/sobre-sync-pass.h"

#define SYNC_FIXTURE_DAY 20600 /* on which the clock stands at first */
#define SYNC_FIXTURE_RETENTION 25

/** SyncFixture: a workspace in a folder of its own whose clock the test owns, and two programs that sync it: @pass and @other. */
typedef struct
{
  char *root;
  char *path;
  char *raw;   /* in the lake, lake/ */
  char *state; /* .sobremesa */
  SobreClock *clock;
  SobreWorkspace *workspace;
  SobreSyncPass pass;
  SobreSyncPass other;
  GRand *random;
} SyncFixture;

void sync_fixture_set_up (SyncFixture *self, gconstpointer data);
void sync_fixture_tear_down (SyncFixture *self, gconstpointer data);

/** Writes an object of the lake, packed when its key ends in ".gz". */
void sync_fixture_put (SyncFixture *self, const char *key, const char *lines);
void sync_fixture_remove (SyncFixture *self, const char *key);

/** "raw/responses/dt=…/<name>" (transfer full) */
char *sync_fixture_make_key (SobreDataset dataset, gint32 dt, const char *name);

/** Appends to an open segment of responses, which is begun with it. */
void sync_fixture_append (SyncFixture *self, gint32 dt, const char *segment, const char *bytes);
void sync_fixture_close (SyncFixture *self, gint32 dt, const char *segment);

/** One pass that has to succeed. */
SobreSyncReport sync_fixture_run (SyncFixture *self, SobreSyncPass *pass);
SobreCacheInspection sync_fixture_inspect (SyncFixture *self);

/** What a cache says that is built aside, from nothing, of what lake and spool hold now. */
SobreCacheInspection sync_fixture_inspect_rebuilt (SyncFixture *self);

void sync_fixture_forget (SyncFixture *self, const SobreId *id);
