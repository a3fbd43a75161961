/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stack/sobre-stack-site.h"
#include "stack/sobre-stack-talk.h"
#include "stack/sobre-stack-wish.h"
#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

/**
 * SobreStackDeployment: what a deployment made. Immutable.
 * @stack: the main stack as it stands
 * @site: (nullable): what was brought to the site; %NULL without one
 * @tables_from: the first day that the tables on Athena read, days since the epoch; where @tables_problem is %NULL
 * @tables_problem: (nullable): why there are no tables for queries on Athena yet; "lake tables" makes them later
 */
typedef struct
{
  SobreStack *stack;
  SobreStackSite *site;
  gint32 tables_from;
  char *tables_problem;
} SobreStackDeployment;

#define SOBRE_TYPE_STACK_DEPLOYMENT (sobre_stack_deployment_get_type ())
GType sobre_stack_deployment_get_type (void);
SobreStackDeployment *sobre_stack_deployment_ref (SobreStackDeployment *self);
void sobre_stack_deployment_unref (SobreStackDeployment *self);

/**
 * sobre_stack_plan:
 * @work: sobre_stack_work_open() makes it. Its tell is not called: @listener is
 * @workspace: what it says now counts
 * @wish: copied
 * @listener: copied. It is told of the identity, the preflight and both plans, and asked nothing
 *
 * Has AWS say what deploying would do, and leaves nothing behind. Plans are made where something speaks against deploying, too, as far as that goes.
 *
 * Returns: (transfer full): resolves to a GPtrArray of SobreStackPlan of %G_TYPE_PTR_ARRAY, the lake's first; rejects as sobre_stack_prepare() and
 *   sobre_stack_preflight()
 */
DexFuture *sobre_stack_plan (SobreStackWork *work,
                             SobreWorkspace *workspace,
                             const SobreStackWish *wish,
                             const SobreStackListener *listener);

/**
 * sobre_stack_deploy:
 * @work: sobre_stack_work_open() makes it. Its tell is not called: @listener is. Its cancellable ends the flow: AWS goes on with what it was told, and a later call
 *   goes on from there; sobre_stack_take_back() has AWS take it back
 * @workspace: what it says when this is called counts
 * @wish: copied
 * @listener: copied
 *
 * Makes what is in AWS what the workspace and @wish say: looks at what speaks against it, deploys the lake and then the rest, each after its plan was told and said yes
 * to, stores the cards' key and the tables for the gate, publishes form and menu, and makes the tables for queries. Doing it twice does it once; whoever was closed
 * or cancelled in the middle does it again to go on, and follows what AWS is doing meanwhile.
 *
 * Returns: (transfer full): resolves to a SobreStackDeployment; rejects with %SOBRE_STACK_ERROR_PREFLIGHT, %SOBRE_STACK_ERROR_DECLINED or %SOBRE_STACK_ERROR_LOSS
 *   where nobody said the word, %SOBRE_STACK_ERROR_FAILED, whose message begins with the first cause, and as sobre_stack_prepare(), sobre_stack_publish_site()
 *   and the listener's ask do
 */
DexFuture *sobre_stack_deploy (SobreStackWork *work,
                               SobreWorkspace *workspace,
                               const SobreStackWish *wish,
                               const SobreStackListener *listener);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreStackDeployment, sobre_stack_deployment_unref)

G_END_DECLS
