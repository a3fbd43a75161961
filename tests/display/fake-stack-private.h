/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fake-stack.h"

/** What a guest's keys are called. */
#define FAKE_GUEST_KEY "ASIAGUEST0000000"
#define FAKE_LAKE "sobremesa-lake-bucket"
#define FAKE_STREAM "sobremesa-Responses"

/** fake_stack_format_ago: Returns: (transfer full): a moment, as AWS writes it */
char *fake_stack_format_ago (gint64 seconds);

/** fake_stack_is_lake: Returns: whether a call is about the lake's stack */
gboolean fake_stack_is_lake (const char *body);

/** fake_stack_get_status: Returns: (nullable): of the stack that a call is about; %NULL where it is not there */
const char *fake_stack_get_status (FakeStack *self, const char *body);

/** fake_stack_answer_deploy: a call that deploys. Returns: (transfer full) (nullable): what is inside the reply; %NULL for another call */
char *fake_stack_answer_deploy (FakeStack *self, const char *action, const char *body);

/** fake_stack_answer_lake: a call of S3. @head: request line and headers */
void fake_stack_answer_lake (FakeStack *self, const char *head, GString *reply);

/** fake_stack_answer_json: a call of one of the protocols in JSON: Cognito, Firehose, QuickSight and what guests try beside. Returns: %FALSE for another protocol */
gboolean fake_stack_answer_json (FakeStack *self, const char *head, const char *body, GString *reply);
