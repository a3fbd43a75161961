/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "aws/sobre-aws-account.h"
#include "aws/sobre-cloudformation.h"

G_BEGIN_DECLS

/* What collects at scale is two stacks: NAME-lake, which holds the lake and stays, and NAME, which holds all else. Each is deployed by a change set, and
 * a journal says what was begun, so that whoever is closed in the middle goes on where AWS is. */

#define SOBRE_STACK_ERROR (sobre_stack_error_quark ())
GQuark sobre_stack_error_quark (void);

/**
 * SobreStackError:
 * @SOBRE_STACK_ERROR_NAME: the name cannot be one, or a stack that is not ours has it
 * @SOBRE_STACK_ERROR_PARAMETER: no template has such a parameter
 * @SOBRE_STACK_ERROR_MISSING: nothing is deployed under that name
 * @SOBRE_STACK_ERROR_LOSS: data would be lost, and nobody said that it may
 * @SOBRE_STACK_ERROR_FAILED: AWS refused or gave up; the message begins with the first cause
 * @SOBRE_STACK_ERROR_DECLINED: nobody said yes to the plan
 * @SOBRE_STACK_ERROR_STUCK: AWS left the stack so that a person has to decide; the message says what to do
 * @SOBRE_STACK_ERROR_PREFLIGHT: something speaks against deploying, so nothing was begun; the message says what, and what to do
 */
typedef enum
{
  SOBRE_STACK_ERROR_NAME,
  SOBRE_STACK_ERROR_PARAMETER,
  SOBRE_STACK_ERROR_MISSING,
  SOBRE_STACK_ERROR_LOSS,
  SOBRE_STACK_ERROR_FAILED,
  SOBRE_STACK_ERROR_STUCK,
  SOBRE_STACK_ERROR_DECLINED,
  SOBRE_STACK_ERROR_PREFLIGHT,
} SobreStackError;

typedef enum
{
  SOBRE_STACK_LAKE,
  SOBRE_STACK_MAIN,
} SobreStackPart;

#define SOBRE_N_STACK_PARTS 2

/** What our stacks, and everything in them that costs something, are tagged with. */
#define SOBRE_STACK_TAG "sobremesa"

/** SobreStackTell: is told of each event as it comes, on a thread of the pool. @event: valid during the call */
typedef void (*SobreStackTell) (const SobreStackEvent *event, gpointer user_data);

/**
 * SobreStackWork: what deploying works with. Immutable, may cross threads.
 * @name: of the stacks, see sobre_stack_name_is_valid()
 * @templates: the folder of the built templates
 * @journals: the folder of the journals
 * @poll_ms: how long between two looks at AWS
 */
typedef struct
{
  SobreAwsAccount *account;
  char *name;
  char *templates;
  char *journals;
  guint poll_ms;
  SobreStackTell tell;
  gpointer tell_data;
  GDestroyNotify tell_destroy;
  GCancellable *cancellable;
  gatomicrefcount ref_count;
} SobreStackWork;

/** sobre_stack_name_is_valid: Returns: whether @name has 1 to 20 lower-case letters, digits and dashes and begins with a letter */
gboolean sobre_stack_name_is_valid (const char *name);

/** sobre_stack_work_new: @tell: (nullable) · @cancellable: (nullable). Returns: (transfer full) */
SobreStackWork *sobre_stack_work_new (SobreAwsAccount *account,
                                      const char *name,
                                      const char *templates,
                                      const char *journals,
                                      SobreStackTell tell,
                                      gpointer tell_data,
                                      GCancellable *cancellable);

/** sobre_stack_work_new_telling: the same work with somebody else who is told. @tell_data: (transfer full): freed by @tell_destroy. Returns: (transfer full) */
SobreStackWork *
sobre_stack_work_new_telling (const SobreStackWork *work, SobreStackTell tell, gpointer tell_data, GDestroyNotify tell_destroy);
SobreStackWork *sobre_stack_work_ref (SobreStackWork *self);
void sobre_stack_work_unref (SobreStackWork *self);

/** sobre_stack_work_dup_stack: Returns: (transfer full): the name of a part's stack */
char *sobre_stack_work_dup_stack (const SobreStackWork *self, SobreStackPart part);

/** sobre_stack_work_get_client: Returns: (transfer none): of CloudFormation */
SobreAwsClient *sobre_stack_work_get_client (const SobreStackWork *self);

/**
 * sobre_stack_work_describe:
 *
 * Returns: (transfer full): resolves to a SobreStack; rejects with %SOBRE_STACK_ERROR_MISSING, %SOBRE_STACK_ERROR_NAME when the stack is not ours, or
 *   %SOBRE_AWS_ERROR
 */
DexFuture *sobre_stack_work_describe (SobreStackWork *self, SobreStackPart part);

/** sobre_stack_work_sleep: for fibers. @milliseconds: until AWS is looked at again. Returns: %FALSE with %G_IO_ERROR_CANCELLED, as soon as that is so */
gboolean sobre_stack_work_sleep (SobreStackWork *self, guint milliseconds, GError **error);

/** sobre_stack_work_load_template: Blocks. Returns: (transfer full) (nullable): its text; %NULL with a GIOError or GFileError */
char *sobre_stack_work_load_template (const SobreStackWork *self, SobreStackPart part, GError **error);

/** sobre_stack_template_list_parameters: Returns: (transfer full) (element-type utf8): the names of a template's parameters, as a set */
GHashTable *sobre_stack_template_list_parameters (const char *template_body);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreStackWork, sobre_stack_work_unref)

G_END_DECLS
