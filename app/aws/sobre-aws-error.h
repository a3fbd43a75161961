/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SOBRE_AWS_ERROR (sobre_aws_error_quark ())
GQuark sobre_aws_error_quark (void);

/**
 * SobreAwsErrorCode: what a caller can do about it. AWS's own word for it travels beside, see sobre_aws_error_get_aws_code().
 * @SOBRE_AWS_ERROR_CONFIGURATION: the shared configuration cannot be understood, or names what is not there
 * @SOBRE_AWS_ERROR_CREDENTIALS: nobody is signed in, or no longer; the message says how to sign in
 * @SOBRE_AWS_ERROR_DENIED: the account may not do this
 * @SOBRE_AWS_ERROR_NOT_FOUND: the thing is not there
 * @SOBRE_AWS_ERROR_CONFLICT: the thing is there already, or is not what it was
 * @SOBRE_AWS_ERROR_UNAVAILABLE: the network or the service failed, after all retries; later may be better
 * @SOBRE_AWS_ERROR_REFUSED: the service does not take the request as it is
 * @SOBRE_AWS_ERROR_PROTOCOL: the reply is not what the service's protocol says, or breaks a cap
 */
typedef enum
{
  SOBRE_AWS_ERROR_CONFIGURATION,
  SOBRE_AWS_ERROR_CREDENTIALS,
  SOBRE_AWS_ERROR_DENIED,
  SOBRE_AWS_ERROR_NOT_FOUND,
  SOBRE_AWS_ERROR_CONFLICT,
  SOBRE_AWS_ERROR_UNAVAILABLE,
  SOBRE_AWS_ERROR_REFUSED,
  SOBRE_AWS_ERROR_PROTOCOL,
} SobreAwsErrorCode;

/**
 * sobre_aws_error_new:
 * @status: HTTP status of the reply, 0 where there was none
 * @aws_code: (nullable): the service's own code, "NoSuchKey"
 *
 * Returns: (transfer full): an error in SOBRE_AWS_ERROR
 */
GError *sobre_aws_error_new (SobreAwsErrorCode code, guint status, const char *aws_code, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/**
 * sobre_aws_error_new_for_reply:
 * @service: "s3", for the message
 * @status: HTTP status
 * @aws_code: (nullable)
 * @message: (nullable): what the service says; shown to people, so control characters are dropped and it is cut at 300 characters
 *
 * Returns: (transfer full): the error that a reply of that kind is, once no retry is left
 */
GError *sobre_aws_error_new_for_reply (const char *service, guint status, const char *aws_code, const char *message);

/** sobre_aws_error_get_aws_code: Returns: (nullable): "NoSuchKey", when @error is of SOBRE_AWS_ERROR and came from a reply */
const char *sobre_aws_error_get_aws_code (const GError *error);

/** sobre_aws_error_get_status: Returns: the HTTP status that @error came with, else 0 */
guint sobre_aws_error_get_status (const GError *error);

G_END_DECLS
