/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sobre-query-error.h"

typedef struct
{
  SobreSqlPosition position;
} SobreQueryErrorPrivate;

static void
sobre_query_error_private_init (SobreQueryErrorPrivate *priv)
{
  priv->position = SOBRE_SQL_NOWHERE;
}

static void
sobre_query_error_private_copy (const SobreQueryErrorPrivate *source, SobreQueryErrorPrivate *target)
{
  target->position = source->position;
}

static void
sobre_query_error_private_clear (SobreQueryErrorPrivate *priv)
{
}

G_DEFINE_EXTENDED_ERROR (SobreQueryError, sobre_query_error)

const char *
sobre_query_error_get_name (SobreQueryErrorCode code)
{
  static const char *const names[SOBRE_N_QUERY_ERRORS] = {
    "syntax", "unsupported", "name", "type", "runtime", "limit", "timeout", "cache", "failed",
  };

  return (guint) code < SOBRE_N_QUERY_ERRORS ? names[code] : "failed";
}

gboolean
sobre_query_error_set (GError **error, SobreQueryErrorCode code, SobreSqlPosition position, const char *format, ...)
{
  GError *made;
  va_list arguments;

  if (error == NULL)
    return FALSE;
  va_start (arguments, format);
  made = g_error_new_valist (SOBRE_QUERY_ERROR, code, format, arguments);
  va_end (arguments);
  sobre_query_error_get_private (made)->position = position;
  g_propagate_error (error, made);
  return FALSE;
}

SobreSqlPosition
sobre_query_error_get_position (const GError *error)
{
  SobreQueryErrorPrivate *priv;

  if (error == NULL || error->domain != SOBRE_QUERY_ERROR)
    return SOBRE_SQL_NOWHERE;
  priv = sobre_query_error_get_private (error);
  return priv != NULL ? priv->position : SOBRE_SQL_NOWHERE;
}
