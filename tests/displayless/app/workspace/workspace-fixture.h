/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workspace/sobre-workspace.h"

/** WorkspaceFixture: a folder of its own for each test. @clock stands at Tuesday 24 November 2026, 09:00 UTC. */
typedef struct
{
  char *folder;
  char *path; /* of a workspace to be, in @folder */
  SobreClock *clock;
  SobreRandom *random;
} WorkspaceFixture;

void workspace_fixture_set_up (WorkspaceFixture *self, gconstpointer data);
void workspace_fixture_tear_down (WorkspaceFixture *self, gconstpointer data);

/** Makes the workspace of @self->path; the test fails when it cannot. */
SobreWorkspace *workspace_fixture_create (WorkspaceFixture *self, gboolean sample);

/** Puts @text into the file @name of the workspace. */
void workspace_fixture_write (WorkspaceFixture *self, const char *name, const char *text);

/** The names in @folder, sorted, with commas between. */
char *workspace_fixture_list (const char *folder);
