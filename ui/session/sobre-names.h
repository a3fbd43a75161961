/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

/**
 * SobreNames: what questions and dishes are called by now. Immutable.
 * @form: (nullable): form.json; %NULL where it cannot be used
 * @menu: (nullable): menu.json, likewise
 * @hash: of both files
 */
typedef struct
{
  SobreForm *form;
  SobreMenu *menu;
  char *hash;
} SobreNames;

#define SOBRE_TYPE_NAMES (sobre_names_get_type ())
GType sobre_names_get_type (void);
SobreNames *sobre_names_ref (SobreNames *self);
void sobre_names_unref (SobreNames *self);

/** sobre_names_read: Returns: (transfer full): a future of a SobreNames; never rejects */
DexFuture *sobre_names_read (SobreWorkspace *workspace);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreNames, sobre_names_unref)

G_END_DECLS
