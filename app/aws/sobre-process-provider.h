/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-aws-error.h"
#include "aws/sobre-credentials.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_PROCESS_PROVIDER (sobre_process_provider_get_type ())

/**
 * SobreProcessProvider:
 *
 * Runs the program that a profile names as credential_process and reads the JSON document that it prints (AWS SDKs and Tools Reference Guide,
 * "Process credential provider"). In a Flatpak's sandbox the host's programs cannot run; then the error says so.
 */
G_DECLARE_FINAL_TYPE (SobreProcessProvider, sobre_process_provider, SOBRE, PROCESS_PROVIDER, GObject)

/** sobre_process_provider_new: @command: as a shell would split it; no shell runs it · @profile: for messages */
SobreCredentialsProvider *sobre_process_provider_new (const char *command, const char *profile);

/**
 * sobre_process_provider_parse:
 *
 * Returns: (transfer full) (nullable): the credentials of a document; %NULL with %SOBRE_AWS_ERROR_CREDENTIALS, without a word of the document
 */
SobreCredentials *sobre_process_provider_parse (const char *document, gsize length, const char *profile, GError **error);

G_END_DECLS
