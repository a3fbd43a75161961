/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "aws/sobre-sso.h"

G_BEGIN_DECLS

/**
 * sobre_sso_ask:
 * @client: of %SOBRE_AWS_SSO_OIDC, unsigned
 * @members: (array zero-terminated=1): name, value, …; a name that ends in "[]" is an array of one
 *
 * Posts a JSON document. On a fiber.
 *
 * Returns: (transfer full) (nullable): the reply's object; %NULL with %SOBRE_AWS_ERROR
 */
JsonObject *
sobre_sso_ask (SobreAwsClient *client, const char *path, const char *const *members, GCancellable *cancellable, GError **error);

/** sobre_sso_take_token: fills @token from a reply of CreateToken at @now_ms. Returns: %FALSE with %SOBRE_AWS_ERROR_PROTOCOL */
gboolean sobre_sso_take_token (JsonObject *reply, gint64 now_ms, SobreSsoToken *token, GError **error);

/** sobre_sso_get_text: Returns: (nullable): a member that is a text */
const char *sobre_sso_get_text (JsonObject *object, const char *name);

/** sobre_sso_get_number: Returns: a member that is a whole number, else @otherwise */
gint64 sobre_sso_get_number (JsonObject *object, const char *name, gint64 otherwise);

G_END_DECLS
