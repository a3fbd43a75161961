/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stack/sobre-stack-work.h"

G_BEGIN_DECLS

/**
 * SobreDrift: something that is not as it was deployed.
 * @resource: "Transform"
 * @property: (nullable): "/Timeout"; %NULL when the whole resource is gone
 * @wanted: (nullable): what the template says
 * @found: (nullable): what it is
 */
typedef struct
{
  char *stack;
  char *resource;
  char *type;
  char *property;
  char *wanted;
  char *found;
} SobreDrift;

void sobre_drift_free (SobreDrift *self);

/**
 * sobre_stack_find_drift:
 *
 * Has AWS compare a part with its template. Only what the template sets counts, and what a pause does to the guests' door is no drift.
 *
 * Returns: (transfer full): resolves to a GPtrArray of SobreDrift of %G_TYPE_PTR_ARRAY; rejects with %SOBRE_STACK_ERROR_FAILED when AWS cannot compare, and as
 *   sobre_stack_work_describe()
 */
DexFuture *sobre_stack_find_drift (SobreStackWork *work, SobreStackPart part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreDrift, sobre_drift_free)

G_END_DECLS
