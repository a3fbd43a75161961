/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

/* Queries and what they give, over small fixed tables of all four kinds. Each case runs with one part and with several, in batches of one
 * row and of all: what comes out must not depend on it. */

#define SQL_CASES_NOW 1767225600000 /* 2026-01-01 00:00:00 UTC, a Thursday */

/** SqlCase: @expected: names and types, then a line a row; or "! code line:column part" of an error, whose message may say more */
typedef struct
{
  const char *sql;
  const char *expected;
} SqlCase;

/** Runs the cases as tests of their own, below @path. */
int sql_cases_run (int argc, char **argv, const char *path, const SqlCase *cases, unsigned int n_cases);
