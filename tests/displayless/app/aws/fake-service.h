/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-aws-client.h"

/** FakeService: a service on loopback whose every byte the test writes. A connection takes one request. */
typedef struct _FakeService FakeService;

/**
 * FakeServiceFunction: called on a thread of the server, one request at a time.
 * @number: of the request, from 1
 * @head: request line and headers, as they came
 * @body: the request's body
 * @reply: (inout): the bytes to send; then the connection is closed
 */
typedef void (*FakeServiceFunction) (guint number, const char *head, const char *body, GString *reply, gpointer user_data);

FakeService *fake_service_new (FakeServiceFunction function, gpointer user_data);
void fake_service_free (FakeService *self);

/** "http://127.0.0.1:PORT" */
const char *fake_service_get_endpoint (FakeService *self);
guint fake_service_get_n_requests (FakeService *self);

/** fake_service_append: a whole reply. @headers: (nullable): lines with their ends */
void fake_service_append (GString *reply, guint status, const char *headers, const char *body);

/** A header's value of a request. (transfer full) (nullable) */
char *fake_service_dup_header (const char *head, const char *name);

/** Provider of the keys AKIDEXAMPLE, and of AKIDRENEWED once it was asked to renew them; counts how often it was. */
SobreCredentialsProvider *fixed_provider_new (void);

/** Its keys are nobody's to renew, as those of the environment are. */
void fixed_provider_stay (SobreCredentialsProvider *provider);
guint fixed_provider_get_n_renewed (SobreCredentialsProvider *provider);

/** Means: a network, a manual clock at @now_ms and seeded chance. */
SobreAwsMeans *fake_means_new (gint64 now_ms);
void fake_means_free (SobreAwsMeans *self);

/** Waits for a future. Returns: (transfer none): its value, else NULL with @error */
const GValue *wait_for (DexFuture *future, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeService, fake_service_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreAwsMeans, fake_means_free)
