/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sobre-query-error.h"
#include "query/sql/sobre-sql-arena.h"

G_BEGIN_DECLS

/**
 * SobreSqlTokenKind:
 * @SOBRE_SQL_TOKEN_END: behind the last one
 * @SOBRE_SQL_TOKEN_WORD: a bare word: keyword or identifier, in lower case
 * @SOBRE_SQL_TOKEN_QUOTED: an identifier in double quotes, in lower case, the quotes gone
 * @SOBRE_SQL_TOKEN_STRING: a text in single quotes, doubled quotes undone
 * @SOBRE_SQL_TOKEN_INTEGER: digits only
 * @SOBRE_SQL_TOKEN_DECIMAL: digits with a point
 * @SOBRE_SQL_TOKEN_DOUBLE: with an exponent
 * @SOBRE_SQL_TOKEN_PARAMETER: :name, the colon gone
 * @SOBRE_SQL_TOKEN_SYMBOL: an operator or a bracket
 */
typedef enum
{
  SOBRE_SQL_TOKEN_END,
  SOBRE_SQL_TOKEN_WORD,
  SOBRE_SQL_TOKEN_QUOTED,
  SOBRE_SQL_TOKEN_STRING,
  SOBRE_SQL_TOKEN_INTEGER,
  SOBRE_SQL_TOKEN_DECIMAL,
  SOBRE_SQL_TOKEN_DOUBLE,
  SOBRE_SQL_TOKEN_PARAMETER,
  SOBRE_SQL_TOKEN_SYMBOL,
} SobreSqlTokenKind;

/** SobreSqlToken: @text: terminated, of a name in small letters; lives in the arena · @length: bytes, a string may not hold NUL · @position: its first character ·
 * @spelled: as it was written */
typedef struct
{
  SobreSqlTokenKind kind;
  const char *text;
  gsize length;
  SobreSqlPosition position;
  const char *spelled;
} SobreSqlToken;

#define SOBRE_SQL_MAX_LENGTH 100000 /* bytes of SQL text */

/**
 * sobre_sql_tokenize:
 * @sql: the text, @length bytes
 * @arena: owns the tokens' texts
 * @error: SOBRE_QUERY_ERROR_SYNTAX, _UNSUPPORTED or _LIMIT
 *
 * Returns: (transfer full) (element-type SobreSqlToken) (nullable): the tokens, the last one of kind END
 */
GArray *sobre_sql_tokenize (const char *sql, gsize length, SobreSqlArena *arena, GError **error);

G_END_DECLS
