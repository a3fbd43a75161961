/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-plan.h"

G_BEGIN_DECLS

/* What the parts of the binder share. Functions that return an expression return %NULL with the error set. */

typedef struct
{
  SobreSqlArena *arena;
  SobreSqlZones *zones;
  const SobreQuery *query;
  gint64 now_ms;
  GError **error;
  const SobreSqlSelect *select;
  SobreSqlPlan *plan;
  GArray *columns;    /* SobreScanColumn: slots handed out so far */
  GArray *aggregates; /* SobreSqlAggregate */
  const char *clause; /* the clause that aggregates cannot stand in, or NULL */
  gboolean in_aggregate;
  SobreSqlExpr **outputs; /* while binding ORDER BY: what aliases stand for */
  guint n_outputs;
  guint next_id;
} SobreSqlBinder;

SobreSqlExpr *sobre_sql_bind_node (SobreSqlBinder *self, const SobreSqlNode *node);

/** A call of a scalar function, an aggregate or a special form. */
SobreSqlExpr *sobre_sql_bind_call (SobreSqlBinder *self, const SobreSqlNode *node);

/** A literal, a parameter. */
SobreSqlExpr *sobre_sql_bind_literal (SobreSqlBinder *self, const SobreSqlNode *node);

/** A column of the source, or while binding ORDER BY perhaps of the result. */
SobreSqlExpr *sobre_sql_bind_column (SobreSqlBinder *self, const SobreSqlNode *node);
SobreSqlExpr *sobre_sql_bind_scan_column (SobreSqlBinder *self, SobreScanColumn column, SobreSqlPosition position);

/** CAST, and the conversions that happen by themselves. */
SobreSqlExpr *sobre_sql_bind_cast (SobreSqlBinder *self, const SobreSqlNode *node);
SobreSqlExpr *sobre_sql_binder_cast (SobreSqlBinder *self, SobreSqlExpr *expr, SobreSqlType type);

SobreSqlExpr *sobre_sql_binder_new (SobreSqlBinder *self,
                                    SobreSqlExprKind kind,
                                    SobreSqlType type,
                                    SobreSqlPosition position,
                                    SobreSqlExpr **children,
                                    guint n_children);

/** Works out whether the finished @expr can fail, and its value where that is constant. */
SobreSqlExpr *sobre_sql_binder_finish (SobreSqlBinder *self, SobreSqlExpr *expr);
SobreSqlExpr *
sobre_sql_binder_constant (SobreSqlBinder *self, SobreSqlType type, SobreSqlValue value, SobreSqlPosition position);

/** Comparison of two expressions, made one type first. */
SobreSqlExpr *sobre_sql_binder_compare (SobreSqlBinder *self,
                                        SobreSqlOperator op,
                                        SobreSqlExpr *left,
                                        SobreSqlExpr *right,
                                        SobreSqlPosition position);
SobreSqlExpr *sobre_sql_binder_arithmetic (SobreSqlBinder *self,
                                           SobreSqlOperator op,
                                           SobreSqlExpr *left,
                                           SobreSqlExpr *right,
                                           SobreSqlPosition position);

/** CASE of pairs of condition and value, perhaps with an ELSE at the end: makes the values one type. */
SobreSqlExpr *
sobre_sql_binder_case (SobreSqlBinder *self, SobreSqlExpr **children, guint n_children, SobreSqlPosition position);

/** AT TIME ZONE. */
SobreSqlExpr *
sobre_sql_binder_at_zone (SobreSqlBinder *self, SobreSqlExpr *value, SobreSqlExpr *zone, SobreSqlPosition position);

/** The function of this name whose signature fits the children, as a call with them converted. */
SobreSqlExpr *sobre_sql_binder_call (SobreSqlBinder *self,
                                     const char *name,
                                     SobreSqlExpr **children,
                                     guint n_children,
                                     SobreSqlPosition position);

/** UTC, as a zone. */
const SobreSqlZone *sobre_sql_binder_get_utc (SobreSqlBinder *self);

/** Whether @expr is boolean, or NULL; else the error is set. */
gboolean sobre_sql_binder_check_condition (SobreSqlBinder *self, SobreSqlExpr **expr, const char *what);

/** sobre_sql_suggest: Returns: (nullable): which of @names is meant by @name, if one is near */
const char *sobre_sql_suggest (const char *name, const char *const *names, guint n_names);

/** The bounds of service_day that follow from WHERE. In sobre-sql-bind-bounds.c. */
void sobre_sql_find_day_bounds (SobreSqlPlan *plan);

/**
 * sobre_sql_fold:
 *
 * Computes an expression of constants. In sobre-sql-eval.c.
 *
 * Returns: %FALSE when it fails; it is then computed, and fails, when a row needs it
 */
gboolean sobre_sql_fold (const SobreSqlExpr *expr, SobreSqlArena *arena, SobreSqlValue *value);

G_END_DECLS
