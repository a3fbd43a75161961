/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-aws-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-retry.h"

#define MAX_SERVICE_MESSAGE 300 /* characters */

typedef struct
{
  char *aws_code;
  guint status;
} SobreAwsErrorPrivate;

static void
sobre_aws_error_private_init (SobreAwsErrorPrivate *priv)
{
  *priv = (SobreAwsErrorPrivate) { NULL, 0 };
}

static void
sobre_aws_error_private_copy (const SobreAwsErrorPrivate *source, SobreAwsErrorPrivate *target)
{
  target->aws_code = g_strdup (source->aws_code);
  target->status = source->status;
}

static void
sobre_aws_error_private_clear (SobreAwsErrorPrivate *priv)
{
  g_free (priv->aws_code);
}

G_DEFINE_EXTENDED_ERROR (SobreAwsError, sobre_aws_error)

GError *
sobre_aws_error_new (SobreAwsErrorCode code, guint status, const char *aws_code, const char *format, ...)
{
  SobreAwsErrorPrivate *priv;
  GError *error;
  va_list arguments;

  va_start (arguments, format);
  error = g_error_new_valist (SOBRE_AWS_ERROR, code, format, arguments);
  va_end (arguments);
  priv = sobre_aws_error_get_private (error);
  priv->aws_code = g_strdup (aws_code);
  priv->status = status;
  return error;
}

static gboolean
is_one_of (const char *word, const char *const *words)
{
  return word != NULL && g_strv_contains (words, word);
}

static SobreAwsErrorCode
classify (guint status, const char *aws_code)
{
  static const char *const credentials[] = { "ExpiredToken",
                                             "ExpiredTokenException",
                                             "InvalidAccessKeyId",
                                             "InvalidClientTokenId",
                                             "UnrecognizedClientException",
                                             "SignatureDoesNotMatch",
                                             "InvalidSignatureException",
                                             "IncompleteSignature",
                                             "MissingAuthenticationToken",
                                             "AuthFailure",
                                             "InvalidToken",
                                             "RequestExpired",
                                             "RequestTimeTooSkewed",
                                             "UnauthorizedException",
                                             NULL };
  static const char *const denied[] = { "AccessDenied",
                                        "AccessDeniedException",
                                        "UnauthorizedOperation",
                                        "AuthorizationError",
                                        "Forbidden",
                                        "NotAuthorizedException",
                                        NULL };
  static const char *const missing[] = {
    "NoSuchKey",    "NoSuchBucket", "NotFound",          "ResourceNotFoundException", "EntityNotFoundException",
    "NoSuchUpload", "NoSuchEntity", "ParameterNotFound", "ChangeSetNotFound",         NULL
  };
  static const char *const conflicts[] = { "PreconditionFailed",      "ConditionalRequestConflict",
                                           "OperationAborted",        "AlreadyExistsException",
                                           "BucketAlreadyOwnedByYou", "BucketAlreadyExists",
                                           "ResourceExistsException", NULL };

  if (is_one_of (aws_code, credentials))
    return SOBRE_AWS_ERROR_CREDENTIALS;
  if (is_one_of (aws_code, denied))
    return SOBRE_AWS_ERROR_DENIED;
  if (is_one_of (aws_code, missing) || (status == 404 && aws_code == NULL))
    return SOBRE_AWS_ERROR_NOT_FOUND;
  if (is_one_of (aws_code, conflicts) || status == 412 || status == 409)
    return SOBRE_AWS_ERROR_CONFLICT;
  /* What was worth another try then is worth one later, whatever its status. */
  if (sobre_retry_classify (status, aws_code) != SOBRE_RETRY_NEVER || status >= 500)
    return SOBRE_AWS_ERROR_UNAVAILABLE;
  if (status == 401 || status == 403)
    return SOBRE_AWS_ERROR_DENIED;
  return status >= 400 ? SOBRE_AWS_ERROR_REFUSED : SOBRE_AWS_ERROR_PROTOCOL;
}

/* A service's words are shown to people: one line of them, without what steers a terminal or turns the writing direction. */
static char *
tame (const char *message)
{
  g_autofree char *valid = g_utf8_make_valid (message, -1);
  GString *tamed = g_string_new (NULL);
  guint n = 0;

  for (const char *at = valid; *at != '\0' && n < MAX_SERVICE_MESSAGE; at = g_utf8_next_char (at), n++)
    {
      gunichar c = g_utf8_get_char (at);
      gboolean turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);

      g_string_append_unichar (tamed, g_unichar_iscntrl (c) || turns ? ' ' : c);
    }
  return g_string_free_and_steal (tamed);
}

GError *
sobre_aws_error_new_for_reply (const char *service, guint status, const char *aws_code, const char *message)
{
  g_autofree char *said = message != NULL && message[0] != '\0' ? tame (message) : NULL;
  g_autofree char *code = aws_code != NULL ? tame (aws_code) : g_strdup_printf ("HTTP %u", status);

  if (said != NULL)
    return sobre_aws_error_new (classify (status, aws_code), status, aws_code, _ ("%s answered %s: %s"), service, code, said);
  return sobre_aws_error_new (classify (status, aws_code), status, aws_code, _ ("%s answered %s"), service, code);
}

const char *
sobre_aws_error_get_aws_code (const GError *error)
{
  const SobreAwsErrorPrivate *priv;

  if (error == NULL || error->domain != SOBRE_AWS_ERROR)
    return NULL;
  priv = sobre_aws_error_get_private (error);
  return priv != NULL ? priv->aws_code : NULL;
}

guint
sobre_aws_error_get_status (const GError *error)
{
  const SobreAwsErrorPrivate *priv;

  if (error == NULL || error->domain != SOBRE_AWS_ERROR)
    return 0;
  priv = sobre_aws_error_get_private (error);
  return priv != NULL ? priv->status : 0;
}
