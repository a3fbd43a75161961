/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "workspace/sobre-workspace-forms.h"

G_BEGIN_DECLS

/* The form of a workspace between the one who writes it and the guests: looked at, checked and published off the main thread. */

/**
 * SobreFormState: what a form that is being written is worth beside the one that guests answer. Immutable.
 * @form: (nullable): what is being written; %NULL where guests could not use it
 * @issues: (element-type SobreDocumentIssue): what was found, as “form check” says it
 * @published: (nullable): form.json
 * @version: of form.json, 0 where it cannot be read
 * @history: (element-type SobreFormEntry): the newest first
 * @differs: whether both ask something else
 */
typedef struct
{
  SobreForm *form;
  GPtrArray *issues;
  JsonNode *published;
  guint version;
  GPtrArray *history;
  gboolean differs;
} SobreFormState;

#define SOBRE_TYPE_FORM_STATE (sobre_form_state_get_type ())
GType sobre_form_state_get_type (void);
SobreFormState *sobre_form_state_ref (SobreFormState *self);
void sobre_form_state_unref (SobreFormState *self);

/** sobre_form_desk_check: @root: immutable. Returns: (transfer full): a future of a SobreFormState; never rejects */
DexFuture *sobre_form_desk_check (SobreWorkspace *workspace, JsonNode *root);

/** sobre_form_desk_publish: Returns: (transfer full): a future of the version, an unsigned int; see sobre_workspace_publish_form() */
DexFuture *sobre_form_desk_publish (SobreWorkspace *workspace, JsonNode *root);

/** sobre_form_desk_roll_back: Returns: (transfer full): a future of the new version, an unsigned int; see sobre_workspace_roll_back_form() */
DexFuture *sobre_form_desk_roll_back (SobreWorkspace *workspace, guint version);

/** sobre_form_desk_discard: Returns: (transfer full): a future of %TRUE; see sobre_workspace_discard_form() */
DexFuture *sobre_form_desk_discard (SobreWorkspace *workspace);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreFormState, sobre_form_state_unref)

G_END_DECLS
