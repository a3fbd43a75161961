/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stack/sobre-stack-test.h"

/** SobreGuestTest: @guest: (nullable): a guest's keys · @identity: (nullable): whom they are of · @object: (nullable): what of the lake holds the answer, as it lies there · @started: ms since the epoch */
typedef struct
{
  SobreStackWork *work;
  char *record;
  char *id;
  gboolean prove;
  SobreStack *stack;
  SobreCredentialsProvider *guest;
  char *identity;
  GBytes *object;
  gint64 started;
  SobreCheckTell tell;
  gpointer tell_data;
  GPtrArray *checks;
} SobreGuestTest;

/** Returns: whether it holds. @detail: (transfer full) (nullable) */
gboolean sobre_guest_test_note (SobreGuestTest *self, const char *name, const char *words, SobreCheckState state, char *detail);

/** sobre_guest_test_begin: says what is looked at now. */
void sobre_guest_test_begin (SobreGuestTest *self, const char *name, const char *words);

/** sobre_guest_test_client: Returns: (transfer full): a client that signs as @provider does, (nullable) for nobody */
SobreAwsClient *sobre_guest_test_client (SobreGuestTest *self, SobreAwsService service, SobreCredentialsProvider *provider);

/** sobre_guest_test_call: a call of a JSON protocol. @body: (transfer full). Returns: (transfer full) (nullable): its reply */
SobreHttpReply *
sobre_guest_test_call (SobreAwsClient *client, SobreAwsService service, const char *operation, char *body, GError **error);

/** sobre_guest_test_put: sends as a guest. Returns: %FALSE with an error */
gboolean sobre_guest_test_put (SobreGuestTest *self, const char *body, GError **error);

/**
 * sobre_guest_test_find:
 * @prefix: "raw/responses/"
 * @needle: text that the object holds
 *
 * Waits for an object that was written since the test began.
 *
 * Returns: (transfer full) (nullable): its bytes as they lie there; %NULL with @error, or without one when the time was up
 */
GBytes *sobre_guest_test_find (SobreGuestTest *self, const char *prefix, const char *needle, GError **error);

/** What nobody has seen on real AWS yet. */
void sobre_guest_test_prove (SobreGuestTest *self);
