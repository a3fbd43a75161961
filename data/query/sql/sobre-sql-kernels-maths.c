/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-kernels-private.h"

#include <math.h>

#include "query/sql/sobre-sql-decimal.h"

/* Numbers. A kernel that has several signatures looks at its argument's type. */

static SobreSqlTypeKind
kind_of (const SobreSqlFrame *frame, guint i)
{
  return frame->expr->children[i]->type.kind;
}

SobreSqlType
sobre_sql_resolve_same (const SobreSqlType *arguments, guint n_arguments)
{
  return arguments[0];
}

SobreSqlType
sobre_sql_resolve_sum_decimal (const SobreSqlType *arguments, guint n_arguments)
{
  return sobre_sql_decimal_type (SOBRE_SQL_MAX_PRECISION, arguments[0].scale);
}

SobreSqlType
sobre_sql_resolve_sign_decimal (const SobreSqlType *arguments, guint n_arguments)
{
  return sobre_sql_decimal_type (1, 0);
}

SobreSqlType
sobre_sql_resolve_whole_decimal (const SobreSqlType *arguments, guint n_arguments)
{
  guint digits = arguments[0].precision - arguments[0].scale + (arguments[0].scale > 0 ? 1 : 0);

  return sobre_sql_decimal_type (CLAMP (digits, 1, SOBRE_SQL_MAX_PRECISION), 0);
}

/* round(x, n) keeps the scale and may carry into one more digit. */
SobreSqlType
sobre_sql_resolve_round_decimal (const SobreSqlType *arguments, guint n_arguments)
{
  if (n_arguments == 1)
    return sobre_sql_resolve_whole_decimal (arguments, n_arguments);
  return sobre_sql_decimal_type (MIN (arguments[0].precision + 1, SOBRE_SQL_MAX_PRECISION), arguments[0].scale);
}

static gboolean
fail_overflow (SobreSqlFrame *frame)
{
  return SOBRE_SQL_FAIL (frame, "the result is too large for its type");
}

SOBRE_SQL_DECLARE_KERNEL (abs)
{
  if (kind_of (frame, 0) == SOBRE_SQL_DOUBLE)
    result->d = fabs (arguments[0].d);
  else if (kind_of (frame, 0) == SOBRE_SQL_DECIMAL)
    result->dec = arguments[0].dec < 0 ? -arguments[0].dec : arguments[0].dec;
  else
    {
      gint64 lowest = kind_of (frame, 0) == SOBRE_SQL_INTEGER ? G_MININT32 : G_MININT64;

      if (arguments[0].i == lowest)
        return fail_overflow (frame);
      result->i = arguments[0].i < 0 ? -arguments[0].i : arguments[0].i;
    }
  return TRUE;
}

/* Towards -1: floor, 0: zero, +1: ceiling. */
static gboolean
to_whole (SobreSqlFrame *frame, const SobreSqlValue *arguments, int direction, SobreSqlValue *result)
{
  if (kind_of (frame, 0) == SOBRE_SQL_DOUBLE)
    result->d = direction < 0 ? floor (arguments[0].d) : direction > 0 ? ceil (arguments[0].d) : trunc (arguments[0].d);
  else if (kind_of (frame, 0) == SOBRE_SQL_DECIMAL)
    {
      SobreSqlInt128 unit = sobre_sql_power_of_ten (frame->expr->children[0]->type.scale);
      SobreSqlInt128 rest = arguments[0].dec % unit;

      result->dec = arguments[0].dec / unit;
      if (direction < 0 && rest < 0)
        result->dec -= 1;
      if (direction > 0 && rest > 0)
        result->dec += 1;
    }
  else
    result->i = arguments[0].i;
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (ceil) { return to_whole (frame, arguments, 1, result); }

SOBRE_SQL_DECLARE_KERNEL (floor) { return to_whole (frame, arguments, -1, result); }

SOBRE_SQL_DECLARE_KERNEL (truncate) { return to_whole (frame, arguments, 0, result); }

/* As Trino rounds a double: by Java's Math.round() of the magnitude times a power of ten, halves away from zero. */
static gboolean
round_double (SobreSqlFrame *frame, double number, gint64 places, double *result)
{
  double factor = pow (10, (double) places);
  double scaled = fabs (number) * factor;

  *result = number;
  if (!isfinite (number))
    return TRUE;
  if (!isfinite (scaled) || scaled >= 9.2e18)
    return SOBRE_SQL_REFUSE (frame, "round() of so large a number to so many places is not available offline");
  /* floor(x + 0.5) would carry 0.49999999999999994 up. */
  scaled = scaled - floor (scaled) >= 0.5 ? floor (scaled) + 1 : floor (scaled);
  *result = number < 0 ? -(scaled / factor) : scaled / factor;
  return TRUE;
}

static gboolean
round_decimal (SobreSqlFrame *frame, const SobreSqlValue *arguments, SobreSqlValue *result)
{
  guint scale = frame->expr->children[0]->type.scale;
  gint64 places = frame->expr->n_children > 1 ? arguments[1].i : 0;
  gint64 drop = (gint64) scale - places;
  SobreSqlInt128 unit;

  if (frame->expr->n_children == 1)
    return sobre_sql_decimal_rescale (arguments[0].dec, scale, 0, &result->dec) || fail_overflow (frame);
  result->dec = arguments[0].dec;
  if (drop <= 0)
    return TRUE;
  if (drop > SOBRE_SQL_MAX_PRECISION)
    {
      result->dec = 0;
      return TRUE;
    }
  unit = sobre_sql_power_of_ten ((guint) drop);
  if (__builtin_mul_overflow (sobre_sql_decimal_divide_rounded (arguments[0].dec, unit), unit, &result->dec) ||
      !sobre_sql_decimal_fits (result->dec, frame->expr->type.precision))
    return fail_overflow (frame);
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (round)
{
  gint64 places = frame->expr->n_children > 1 ? arguments[1].i : 0;

  if (kind_of (frame, 0) == SOBRE_SQL_DOUBLE)
    return round_double (frame, arguments[0].d, places, &result->d);
  if (kind_of (frame, 0) == SOBRE_SQL_DECIMAL)
    return round_decimal (frame, arguments, result);
  if (places < 0)
    return SOBRE_SQL_REFUSE (frame,
                             "round() of a whole number to tens, hundreds, … is not available offline: engines differ in it");
  result->i = arguments[0].i;
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (sign)
{
  if (kind_of (frame, 0) == SOBRE_SQL_DOUBLE)
    result->d = isnan (arguments[0].d) ? arguments[0].d : (arguments[0].d > 0) - (arguments[0].d < 0);
  else if (kind_of (frame, 0) == SOBRE_SQL_DECIMAL)
    result->dec = (arguments[0].dec > 0) - (arguments[0].dec < 0);
  else
    result->i = (arguments[0].i > 0) - (arguments[0].i < 0);
  return TRUE;
}

#define DOUBLE_KERNEL(name, expression)                                                                                        \
  SOBRE_SQL_DECLARE_KERNEL (name)                                                                                              \
  {                                                                                                                            \
    result->d = (expression);                                                                                                  \
    return TRUE;                                                                                                               \
  }

DOUBLE_KERNEL (power, pow (arguments[0].d, arguments[1].d))
DOUBLE_KERNEL (sqrt, sqrt (arguments[0].d))
/* Rounded once, from more digits: the C library's own is off by one for 27. */
DOUBLE_KERNEL (cbrt, (double) cbrtl ((long double) arguments[0].d))
DOUBLE_KERNEL (exp, exp (arguments[0].d))
DOUBLE_KERNEL (ln, log (arguments[0].d))
DOUBLE_KERNEL (log2, log (arguments[0].d) / log (2))
DOUBLE_KERNEL (log10, log10 (arguments[0].d))
DOUBLE_KERNEL (log, log (arguments[1].d) / log (arguments[0].d))
DOUBLE_KERNEL (sin, sin (arguments[0].d))
DOUBLE_KERNEL (cos, cos (arguments[0].d))
DOUBLE_KERNEL (tan, tan (arguments[0].d))
DOUBLE_KERNEL (asin, asin (arguments[0].d))
DOUBLE_KERNEL (acos, acos (arguments[0].d))
DOUBLE_KERNEL (atan, atan (arguments[0].d))
DOUBLE_KERNEL (atan2, atan2 (arguments[0].d, arguments[1].d))
DOUBLE_KERNEL (sinh, sinh (arguments[0].d))
DOUBLE_KERNEL (cosh, cosh (arguments[0].d))
DOUBLE_KERNEL (tanh, tanh (arguments[0].d))
DOUBLE_KERNEL (degrees, arguments[0].d * (180 / G_PI))
DOUBLE_KERNEL (radians, arguments[0].d *(G_PI / 180))
DOUBLE_KERNEL (pi, 3.141592653589793)
DOUBLE_KERNEL (e, 2.718281828459045)
DOUBLE_KERNEL (nan, (double) NAN)
DOUBLE_KERNEL (infinity, (double) INFINITY)

#define WHOLE_KERNEL(name, expression)                                                                                         \
  SOBRE_SQL_DECLARE_KERNEL (name)                                                                                              \
  {                                                                                                                            \
    result->i = (expression);                                                                                                  \
    return TRUE;                                                                                                               \
  }

WHOLE_KERNEL (bitwise_and, arguments[0].i &arguments[1].i)
WHOLE_KERNEL (bitwise_or, arguments[0].i | arguments[1].i)
WHOLE_KERNEL (bitwise_xor, arguments[0].i ^ arguments[1].i)
WHOLE_KERNEL (bitwise_not, ~arguments[0].i)
WHOLE_KERNEL (is_nan, isnan (arguments[0].d) != 0)
WHOLE_KERNEL (is_finite, isfinite (arguments[0].d) != 0)
WHOLE_KERNEL (is_infinite, isinf (arguments[0].d) != 0)

static gboolean
pick (SobreSqlFrame *frame, const SobreSqlValue *arguments, int wanted, SobreSqlValue *result)
{
  *result = arguments[0];
  for (guint i = 1; i < frame->expr->n_children; i++)
    if (sobre_sql_value_compare (frame->expr->type, &arguments[i], result) * wanted > 0)
      *result = arguments[i];
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (greatest) { return pick (frame, arguments, 1, result); }

SOBRE_SQL_DECLARE_KERNEL (least) { return pick (frame, arguments, -1, result); }

SOBRE_SQL_DECLARE_KERNEL (grouping)
{
  result->i = frame->expr->set[arguments[0].i].i;
  return TRUE;
}

/* The bounds may be given in either order: the parts are then counted from the larger one. */
SOBRE_SQL_DECLARE_KERNEL (width_bucket)
{
  double value = arguments[0].d, from = arguments[1].d, to = arguments[2].d;
  double low = MIN (from, to), high = MAX (from, to);
  gint64 n = arguments[3].i;

  if (n <= 0 || n > G_MAXINT32 || isnan (value) || !isfinite (from) || !isfinite (to) || from == to)
    return SOBRE_SQL_FAIL (frame, "width_bucket() takes a number, two different finite bounds, and how many parts there are");
  if (value < low)
    result->i = 0;
  else if (value >= high)
    result->i = n + 1;
  else
    result->i = (gint64) ((double) n * (value - low) / (high - low) + 1);
  if (from > to)
    result->i = n - result->i + 1;
  return TRUE;
}
