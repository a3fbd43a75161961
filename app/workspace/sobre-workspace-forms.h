/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workspace/sobre-workspace-documents.h"

G_BEGIN_DECLS

/* The forms that a restaurant has published: form.json is the one that guests answer, and published/form/form.<version>.json are all that
 * were published from here, never changed, never removed. A version is never used twice, because every answer names the one that it answers:
 * going back publishes the earlier questions as a new version. */

/**
 * SobreFormEntry: a version.
 * @at: when its file was written, milliseconds since the epoch
 * @current: whether guests answer it
 */
typedef struct
{
  guint version;
  gint64 at;
  guint n_questions;
  gboolean current;
} SobreFormEntry;

/** sobre_workspace_list_forms: Blocks. Returns: (transfer full) (element-type SobreFormEntry): the newest first */
GPtrArray *sobre_workspace_list_forms (SobreWorkspace *self);

/** sobre_workspace_load_published_form: Blocks. Returns: (transfer full) (nullable): form.json; %NULL with %SOBRE_WORKSPACE_ERROR */
JsonNode *sobre_workspace_load_published_form (SobreWorkspace *self, GError **error);

/** Whether two forms ask the same, whatever their versions. */
gboolean sobre_form_is_same (JsonNode *a, JsonNode *b);

/**
 * sobre_workspace_publish_form:
 * @root: what is to be asked; its version has to be that of form.json, which it was made from
 *
 * Makes it form.json with the next version, and forgets what was being written. Where it asks the same already nothing is changed. Blocks.
 *
 * Returns: the version, 0 with %SOBRE_WORKSPACE_ERROR_CHANGED where form.json is another than @root was made from, %SOBRE_SETTINGS_ERROR where
 *   guests could not use it, or as sobre_workspace_load_published_form(); form.json is as it was then
 */
guint sobre_workspace_publish_form (SobreWorkspace *self, JsonNode *root, GError **error);

/**
 * sobre_workspace_roll_back_form:
 * @version: of an earlier form
 *
 * Asks what an earlier version asked, as a new version. What is being written stays. Blocks.
 *
 * Returns: the new version, 0 with an error as sobre_workspace_publish_form()
 */
guint sobre_workspace_roll_back_form (SobreWorkspace *self, guint version, GError **error);

/** sobre_workspace_discard_form: forgets what is being written. Blocks. Returns: %FALSE with %SOBRE_WORKSPACE_ERROR_FAILED */
gboolean sobre_workspace_discard_form (SobreWorkspace *self, GError **error);

G_END_DECLS
