/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sql-cases.h"

/* One case a line: a query, and what it gives. */

#define T "(VALUES ('a', 1), ('a', 2), ('a', 2), ('a', 4), ('b', 5), ('b', NULL)) AS t (k, x)"

static const SqlCase cases[] = {
  /* ranking */
  { "SELECT k, x, row_number() OVER (PARTITION BY k ORDER BY x), rank() OVER (PARTITION BY k ORDER BY x), dense_rank() OVER "
    "(PARTITION BY k "
    "ORDER BY x) FROM " T " ORDER BY 1, 3",
    "k varchar|x integer|_col2 bigint|_col3 bigint|_col4 "
    "bigint\na|1|1|1|1\na|2|2|2|2\na|2|3|2|2\na|4|4|4|3\nb|5|1|1|1\nb|NULL|2|2|2" },
  { "SELECT x, percent_rank() OVER (ORDER BY x), cume_dist() OVER (ORDER BY x) FROM (VALUES 1, 2, 2, 4) t (x) ORDER BY 1",
    "x integer|_col1 double|_col2 double\n1|0.0|0.25\n2|0.3333333333333333|0.75\n2|0.3333333333333333|0.75\n4|1.0|1.0" },
  { "SELECT x, percent_rank() OVER (ORDER BY x) FROM (VALUES 1) t (x)", "x integer|_col1 double\n1|0.0" },
  { "SELECT x, ntile(2) OVER (ORDER BY x), ntile(3) OVER (ORDER BY x), ntile(9) OVER (ORDER BY x) FROM (VALUES 1, 2, 3, 4, 5) "
    "t (x) ORDER BY "
    "1",
    "x integer|_col1 bigint|_col2 bigint|_col3 bigint\n1|1|1|1\n2|1|1|2\n3|1|2|3\n4|2|2|4\n5|2|3|5" },
  { "SELECT ntile(0) OVER () FROM (VALUES 1) t (x)", "! runtime 1:8 ntile() takes a number above 0" },
  { "SELECT rank() OVER (), row_number() OVER () FROM (VALUES 1, 1) t (x) ORDER BY 2", "_col0 bigint|_col1 bigint\n1|1\n1|2" },
  { "SELECT x, rank() OVER (ORDER BY x DESC), rank() OVER (ORDER BY x DESC NULLS FIRST) FROM (VALUES 1, 2, NULL) t (x) ORDER "
    "BY x",
    "x integer|_col1 bigint|_col2 bigint\n1|2|3\n2|1|2\nNULL|3|1" },
  /* neighbours */
  { "SELECT x, lag(x) OVER (ORDER BY x), lead(x) OVER (ORDER BY x), lag(x, 2) OVER (ORDER BY x), lag(x, 2, 0) OVER (ORDER BY "
    "x), lead(x, 0) "
    "OVER (ORDER BY x) FROM (VALUES 1, 2, 3) t (x) ORDER BY 1",
    "x integer|_col1 integer|_col2 integer|_col3 integer|_col4 integer|_col5 "
    "integer\n1|NULL|2|NULL|0|1\n2|1|3|NULL|0|2\n3|2|NULL|1|1|3" },
  { "SELECT k, x, lag(x) OVER (PARTITION BY k ORDER BY x) FROM " T " ORDER BY 1, 2, 3",
    "k varchar|x integer|_col2 integer\na|1|NULL\na|2|1\na|2|2\na|4|2\nb|5|NULL\nb|NULL|5" },
  { "SELECT i, lag(x) IGNORE NULLS OVER (ORDER BY i), lead(x, 1, -1) IGNORE NULLS OVER (ORDER BY i), first_value(x) IGNORE "
    "NULLS OVER (ORDER "
    "BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) FROM (VALUES (1, 10), (2, NULL), (3, NULL), (4, 40)) t (i, x) "
    "ORDER BY i",
    "i integer|_col1 integer|_col2 integer|_col3 integer\n1|NULL|40|10\n2|10|40|40\n3|10|40|40\n4|10|-1|40" },
  { "SELECT lag(x, -1) OVER (ORDER BY x) FROM (VALUES 1) t (x)", "! runtime 1:8 an offset that is not negative" },
  { "SELECT x, lag(x, CAST(NULL AS bigint), 7) OVER (ORDER BY x) FROM (VALUES 1) t (x)", "x integer|_col1 integer\n1|NULL" },
  { "SELECT lag(x) OVER () FROM (VALUES 1) t (x)", "! type 1:20 need a window with ORDER BY" },
  { "SELECT lag(x) OVER (ORDER BY x ROWS 1 PRECEDING) FROM (VALUES 1) t (x)", "! type 1:20 without a frame" },
  { "SELECT lag(s, 1, 'none') OVER (ORDER BY s) FROM (VALUES 'b', 'a') t (s) ORDER BY s", "_col0 varchar\nnone\na" },
  { "SELECT lag(x, 1, 'a') OVER (ORDER BY x) FROM (VALUES 1) t (x)", "! type 1:18 there is no lag(" },
  { "SELECT x, first_value(x) OVER (ORDER BY x), last_value(x) OVER (ORDER BY x), last_value(x) OVER (ORDER BY x ROWS BETWEEN "
    "UNBOUNDED "
    "PRECEDING AND UNBOUNDED FOLLOWING), nth_value(x, 2) OVER (ORDER BY x) FROM (VALUES 1, 2, 2, 3) t (x) ORDER BY 1",
    "x integer|_col1 integer|_col2 integer|_col3 integer|_col4 integer\n1|1|1|3|NULL\n2|1|2|3|2\n2|1|2|3|2\n3|1|3|3|2" },
  { "SELECT nth_value(x, 0) OVER (ORDER BY x) FROM (VALUES 1) t (x)", "! runtime 1:8 counts from 1" },
  { "SELECT first_value(x) OVER (ORDER BY x ROWS BETWEEN 2 FOLLOWING AND 3 FOLLOWING) FROM (VALUES 1, 2, 3) t (x) ORDER BY 1",
    "_col0 integer\n3\nNULL\nNULL" },
  /* aggregates over frames */
  { "SELECT k, x, sum(x) OVER (PARTITION BY k), count(*) OVER (PARTITION BY k), count(x) OVER (), avg(x) OVER (PARTITION BY k) "
    "FROM " T " ORDER BY 1, 2",
    "k varchar|x integer|_col2 bigint|_col3 bigint|_col4 bigint|_col5 "
    "double\na|1|9|4|5|2.25\na|2|9|4|5|2.25\na|2|9|4|5|2.25\na|4|9|4|5|2.25\nb|5|5|2|5|5.0\nb|NULL|5|2|5|5.0" },
  { "SELECT x, sum(x) OVER (ORDER BY x), sum(x) OVER (ORDER BY x ROWS UNBOUNDED PRECEDING), sum(x) OVER (ORDER BY x DESC) FROM "
    "(VALUES 1, 2, "
    "2, 4) t (x) ORDER BY 1, 3",
    "x integer|_col1 bigint|_col2 bigint|_col3 bigint\n1|1|1|9\n2|5|3|8\n2|5|5|8\n4|9|9|4" },
  { "SELECT x, sum(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), max(x) OVER (ORDER BY x ROWS 1 PRECEDING), "
    "count(*) OVER "
    "(ORDER BY x ROWS BETWEEN 2 FOLLOWING AND UNBOUNDED FOLLOWING) FROM (VALUES 1, 2, 3, 5) t (x) ORDER BY 1",
    "x integer|_col1 bigint|_col2 integer|_col3 bigint\n1|3|1|2\n2|6|2|1\n3|10|3|0\n5|8|5|0" },
  { "SELECT x, sum(x) OVER (ORDER BY x ROWS BETWEEN 3 PRECEDING AND 2 PRECEDING) FROM (VALUES 1, 2, 3, 5) t (x) ORDER BY 1",
    "x integer|_col1 bigint\n1|NULL\n2|NULL\n3|1\n5|3" },
  { "SELECT x, sum(x) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND CURRENT ROW), count(*) OVER (ORDER BY x DESC RANGE "
    "BETWEEN CURRENT ROW AND "
    "2 FOLLOWING) FROM (VALUES 1, 2, 2, 5, NULL) t (x) ORDER BY 1",
    "x integer|_col1 bigint|_col2 bigint\n1|1|1\n2|5|3\n2|5|3\n5|5|1\nNULL|NULL|1" },
  { "SELECT d, sum(n) OVER (ORDER BY d RANGE BETWEEN INTERVAL '2' DAY PRECEDING AND CURRENT ROW) FROM (VALUES (DATE "
    "'2026-01-01', 1), (DATE "
    "'2026-01-02', 2), (DATE '2026-01-05', 4), (DATE '2026-01-07', 8)) t (d, n) ORDER BY 1",
    "d date|_col1 bigint\n2026-01-01|1\n2026-01-02|3\n2026-01-05|4\n2026-01-07|12" },
  { "SELECT x, sum(x) OVER (ORDER BY x RANGE BETWEEN 1.5 PRECEDING AND 0.5 FOLLOWING) FROM (VALUES 1, 2, 3) t (x) ORDER BY 1",
    "x integer|_col1 bigint\n1|1\n2|3\n3|5" },
  { "SELECT sum(x) OVER (ORDER BY x RANGE 'a' PRECEDING) FROM (VALUES 1) t (x)", "! type 1:38 there is no integer - varchar" },
  { "SELECT sum(x) OVER (ORDER BY x, k RANGE 1 PRECEDING) FROM " T, "! type 1:20 needs ORDER BY of one key" },
  { "SELECT sum(x) OVER (ROWS -1 PRECEDING) FROM " T, "! runtime 1:8 neither negative nor NULL" },
  { "SELECT sum(x) OVER (ROWS 'a' PRECEDING) FROM " T, "! type 1:26 neither negative nor NULL" },
  { "SELECT x, count(*) FILTER (WHERE x > 1) OVER (ORDER BY x), sum(x) FILTER (WHERE k = 'a') OVER () FROM " T " ORDER BY 1, 2",
    "x integer|_col1 bigint|_col2 bigint\n1|0|9\n2|2|9\n2|2|9\n4|3|9\n5|4|9\nNULL|4|9" },
  { "SELECT x, min(s) OVER (ORDER BY x) FROM (VALUES (1, 'c'), (2, 'a'), (3, 'b')) t (x, s) ORDER BY 1",
    "x integer|_col1 varchar\n1|c\n2|a\n3|a" },
  { "SELECT listagg(s) WITHIN GROUP (ORDER BY s) OVER (ORDER BY x) FROM (VALUES (1, 'c')) t (x, s)",
    "! unsupported 1:45 listagg() over a window" },
  { "SELECT x, approx_percentile(x, 0.5) OVER (ORDER BY x), approx_distinct(x) OVER (ORDER BY x) FROM (VALUES 1, 2, 2, 7) t "
    "(x) ORDER BY 1",
    "x integer|_col1 bigint|_col2 bigint\n1|1|1\n2|2|2\n2|2|2\n7|2|3" },
  { "SELECT count(DISTINCT x) OVER () FROM " T, "! unsupported 1:8 with DISTINCT over a window" },
  { "SELECT x, stddev_pop(x) OVER (ORDER BY x), max_by(k, x) OVER (), bool_or(x > 2) OVER (ORDER BY x) FROM " T
    " WHERE k = 'a' ORDER BY 1, 2",
    "x integer|_col1 double|_col2 varchar|_col3 "
    "boolean\n1|0.0|a|false\n2|0.4714045207910317|a|false\n2|0.4714045207910317|a|false\n4|"
    "1.0897247358851685|a|true" },
  /* with groups, HAVING, ORDER BY, DISTINCT */
  { "SELECT store_id, count(*), sum(count(*)) OVER (), rank() OVER (ORDER BY count(*) DESC) FROM answers GROUP BY store_id "
    "ORDER BY 1",
    "store_id varchar|_col1 bigint|_col2 bigint|_col3 bigint\ncentro|7|12|1\nplaya|5|12|2" },
  { "SELECT kind, count(*) AS n, 100.0 * count(*) / sum(count(*)) OVER () AS share FROM answers GROUP BY kind HAVING count(*) "
    "> 2 ORDER BY n "
    "DESC",
    "kind varchar|n bigint|share decimal\nstars|5|62.5\ntext|3|37.5" },
  { "SELECT store_id, kind, rank() OVER (PARTITION BY store_id ORDER BY count(*) DESC, kind) AS r FROM answers GROUP BY "
    "store_id, kind ORDER BY "
    "1, 3 LIMIT 3",
    "store_id varchar|kind varchar|r bigint\ncentro|stars|1\ncentro|nps|2\ncentro|text|3" },
  { "SELECT DISTINCT k, max(x) OVER (PARTITION BY k) FROM " T " ORDER BY 1", "k varchar|_col1 integer\na|4\nb|5" },
  { "SELECT k, x FROM " T " ORDER BY rank() OVER (PARTITION BY k ORDER BY x DESC), k LIMIT 2",
    "k varchar|x integer\na|4\nb|5" },
  { "SELECT * FROM (SELECT store_id, question, score, row_number() OVER (PARTITION BY store_id ORDER BY score DESC, question) "
    "AS n FROM answers "
    "WHERE score IS NOT NULL) WHERE n <= 2 ORDER BY store_id, n",
    "store_id varchar|question varchar|score double|n "
    "bigint\ncentro|nps|9.0|1\ncentro|food|5.0|2\nplaya|food|3.5|1\nplaya|food|1.0|2" },
  { "WITH d AS (SELECT service_day, count(*) AS n FROM answers GROUP BY 1) SELECT service_day, n, n - lag(n) OVER (ORDER BY "
    "service_day) AS "
    "change, avg(n) OVER (ORDER BY service_day ROWS 2 PRECEDING) AS mean FROM d ORDER BY 1",
    "service_day date|n bigint|change bigint|mean double\n2026-01-05|7|NULL|7.0\n2026-01-06|3|-4|5.0\n2026-02-28|2|-1|4.0" },
  { "SELECT r.language, count(*), rank() OVER (ORDER BY avg(a.score) DESC) FROM answers a JOIN responses r ON r.id = a.id "
    "GROUP BY r.language "
    "ORDER BY 3, 1",
    "language varchar|_col1 bigint|_col2 bigint\nen|4|1\nes|5|1\nde|3|3" },
  { "SELECT store_id, grouping(store_id), rank() OVER (PARTITION BY grouping(store_id) ORDER BY count(*)) FROM answers GROUP "
    "BY ROLLUP "
    "(store_id) ORDER BY 2, 3",
    "store_id varchar|_col1 integer|_col2 bigint\nplaya|0|1\ncentro|0|2\nNULL|1|1" },
  { "SELECT x, rank() OVER (ORDER BY x), x IN (SELECT 2) FROM (VALUES 1, 2) t (x) ORDER BY 1",
    "x integer|_col1 bigint|_col2 boolean\n1|1|false\n2|2|true" },
  { "SELECT store_id, sum(count(*)) OVER (), (SELECT count(*) FROM orders o WHERE o.store_id = a.store_id) FROM answers a "
    "GROUP BY store_id "
    "ORDER BY 1",
    "store_id varchar|_col1 bigint|_col2 bigint\ncentro|12|3\nplaya|12|2" },
  { "SELECT rank() OVER (ORDER BY x) + 1, -rank() OVER (ORDER BY x) FROM (VALUES 1) t (x)", "_col0 bigint|_col1 bigint\n2|-1" },
  { "SELECT count(*) FROM (SELECT rank() OVER (ORDER BY score) FROM answers)", "_col0 bigint\n12" },
  { "SELECT row_number() OVER (ORDER BY score) FROM answers WHERE FALSE", "_col0 bigint" },
  /* named windows */
  { "SELECT x, sum(x) OVER w, rank() OVER (w ORDER BY x), count(*) OVER (v ROWS 1 PRECEDING) FROM " T
    " WHERE k = 'a' WINDOW w AS (PARTITION BY k), v AS (w ORDER BY x) ORDER BY 1, 4",
    "x integer|_col1 bigint|_col2 bigint|_col3 bigint\n1|9|1|1\n2|9|2|2\n2|9|2|2\n4|9|4|2" },
  { "SELECT sum(x) OVER nothing FROM " T, "! name 1:15 there is no window \"nothing\"" },
  { "SELECT sum(x) OVER (w PARTITION BY x) FROM " T " WINDOW w AS ()", "! type 1:20 may add an order" },
  { "SELECT sum(x) OVER (w ORDER BY x) FROM " T " WINDOW w AS (ORDER BY k)", "! type 1:20 may add an order" },
  /* where they cannot stand */
  { "SELECT 1 FROM " T " WHERE rank() OVER (ORDER BY x) = 1", "! type 1:104 cannot stand in WHERE" },
  { "SELECT 1 FROM " T " GROUP BY k HAVING rank() OVER (ORDER BY k) = 1", "! type 1:116 cannot stand in HAVING" },
  { "SELECT 1 FROM " T " GROUP BY rank() OVER (ORDER BY x)", "! type 1:107 cannot stand in GROUP BY" },
  { "SELECT sum(rank() OVER (ORDER BY x)) FROM " T, "! type 1:12 stands inside another aggregate" },
  { "SELECT sum(x) OVER (ORDER BY rank() OVER (ORDER BY x)) FROM " T, "! type 1:30 stands inside another window" },
  { "SELECT rank() FROM " T, "! type 1:8 needs a window" },
  { "SELECT abs(x) OVER () FROM " T, "! type 1:8 takes no window" },
  { "SELECT sum(x) IGNORE NULLS OVER () FROM " T, "! type 1:8 takes no IGNORE NULLS" },
  { "SELECT x, sum(x) OVER () FROM " T " GROUP BY k", "! type 1:8 must be in GROUP BY" },
  { "SELECT k, sum(x) OVER () FROM " T " GROUP BY k", "! type 1:15 must be in GROUP BY" },
  { "SELECT 1 FROM responses r WHERE EXISTS (SELECT rank() OVER (ORDER BY score) FROM answers a WHERE a.id = r.id)",
    "! unsupported 1:41 windows" },
  /* further aggregates */
  { "SELECT max_by(question, score), min_by(question, score), max_by(store_id, choice), max_by(choice, score) FROM answers",
    "_col0 varchar|_col1 varchar|_col2 varchar|_col3 varchar\nnps|food|playa|NULL" },
  { "SELECT kind, max_by(score, submitted_at) FROM answers GROUP BY kind ORDER BY 1",
    "kind varchar|_col1 double\nchoice|NULL\nnps|3.0\nstars|3.5\ntext|NULL" },
  { "SELECT round(corr(y, x), 6), covar_pop(y, x), round(covar_samp(y, x), 6), regr_slope(y, x), round(regr_intercept(y, x), "
    "6) FROM (VALUES "
    "(1, 1), (2, 2), (4, 3), (NULL, 9), (9, NULL)) t (y, x)",
    "_col0 double|_col1 double|_col2 double|_col3 double|_col4 double\n0.981981|1.0|1.5|1.5|-0.666667" },
  { "SELECT corr(y, x), covar_samp(y, x), covar_pop(y, x) FROM (VALUES (1, 1)) t (y, x)",
    "_col0 double|_col1 double|_col2 double\nNULL|NULL|0.0" },
  { "SELECT round(geometric_mean(x), 6), geometric_mean(CAST(NULL AS double)) FROM (VALUES 1, 2, 4) t (x)",
    "_col0 double|_col1 double\n2.0|NULL" },
  { "SELECT listagg(question, ', ') WITHIN GROUP (ORDER BY score DESC, question), listagg(DISTINCT kind) WITHIN GROUP (ORDER "
    "BY kind), "
    "listagg(choice, '+') WITHIN GROUP (ORDER BY choice DESC) FROM answers WHERE store_id = 'playa'",
    "_col0 varchar|_col1 varchar|_col2 varchar\nfood, food, again, again, reason|choicestarstext|yes+no" },
  { "SELECT store_id, listagg(table_id, ',') WITHIN GROUP (ORDER BY submitted_at) FILTER (WHERE kind = 'nps') FROM answers "
    "GROUP BY 1 ORDER BY 1",
    "store_id varchar|_col1 varchar\ncentro|2,2\nplaya|NULL" },
  { "SELECT listagg(kind, question) WITHIN GROUP (ORDER BY kind) FROM answers",
    "! type 1:22 the separator of listagg() is a text literal" },
  { "SELECT listagg(DISTINCT kind) WITHIN GROUP (ORDER BY score) FROM answers",
    "! type 1:54 listagg() with DISTINCT sorts by its first argument only" },
  { "SELECT listagg(kind, ',') FROM answers", "! type 1:8 needs WITHIN GROUP" },
  { "SELECT sum(score ORDER BY score) FROM answers", "! unsupported 1:8 sum() with ORDER BY" },
  { "SELECT max_by(question, score, 2) FROM answers", "! type 1:8 there is no max_by(" },
};
