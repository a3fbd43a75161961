/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

static const SqlCase cases[] = {
  /* sequence(): both ends are in it; the step is 1, or -1 where it counts down. */
  { "SELECT * FROM UNNEST(sequence(1, 4)) AS t (n)", "n bigint\n1\n2\n3\n4" },
  { "SELECT n FROM UNNEST(sequence(3, 1)) AS t (n)", "n bigint\n3\n2\n1" },
  { "SELECT n FROM UNNEST(sequence(1, 10, 4)) AS t (n)", "n bigint\n1\n5\n9" },
  { "SELECT n FROM UNNEST(sequence(5, -5, -5)) AS t (n)", "n bigint\n5\n0\n-5" },
  { "SELECT n FROM UNNEST(sequence(7, 7)) AS t (n)", "n bigint\n7" },
  { "SELECT d FROM UNNEST(sequence(DATE '2026-02-27', DATE '2026-03-02')) AS t (d)",
    "d date\n2026-02-27\n2026-02-28\n2026-03-01\n2026-03-02" },
  { "SELECT d FROM UNNEST(sequence(DATE '2026-01-05', DATE '2026-01-01', INTERVAL '-2' DAY)) AS t (d)",
    "d date\n2026-01-05\n2026-01-03\n2026-01-01" },
  /* Months are counted from the start, so the day comes back after a short month. */
  { "SELECT d FROM UNNEST(sequence(DATE '2026-01-31', DATE '2026-05-01', INTERVAL '1' MONTH)) AS t (d)",
    "d date\n2026-01-31\n2026-02-28\n2026-03-31\n2026-04-30" },
  { "SELECT d FROM UNNEST(sequence(DATE '2024-02-29', DATE '2026-03-01', INTERVAL '1' YEAR)) AS t (d)",
    "d date\n2024-02-29\n2025-02-28\n2026-02-28" },
  { "SELECT h FROM UNNEST(sequence(TIMESTAMP '2026-01-01 22:00:00', TIMESTAMP '2026-01-02 01:00:00', INTERVAL '90' MINUTE)) AS "
    "t "
    "(h)",
    "h timestamp\n2026-01-01 22:00:00.000\n2026-01-01 23:30:00.000\n2026-01-02 01:00:00.000" },
  { "SELECT h FROM UNNEST(sequence(TIMESTAMP '2026-01-31 22:00:00', TIMESTAMP '2026-03-01 00:00:00', INTERVAL '1' MONTH)) AS t "
    "(h)",
    "h timestamp\n2026-01-31 22:00:00.000\n2026-02-28 22:00:00.000" },
  { "SELECT count(*), min(n), max(n) FROM UNNEST(sequence(1, 10000)) AS t (n)",
    "_col0 bigint|_col1 bigint|_col2 bigint\n10000|1|10000" },
  { "SELECT n FROM UNNEST(sequence(1, 10001)) AS t (n)", "! runtime 1:22 at most 10000 elements" },
  { "SELECT n FROM UNNEST(sequence(-9223372036854775807, 9223372036854775807)) AS t (n)", "! runtime 1:22 at most 10000" },
  { "SELECT n FROM UNNEST(sequence(1, 5, 0)) AS t (n)", "! runtime 1:22 is not 0" },
  { "SELECT n FROM UNNEST(sequence(1, 5, -1)) AS t (n)", "! runtime 1:22 leads away from its end" },
  { "SELECT d FROM UNNEST(sequence(DATE '2026-01-01', DATE '2026-01-02', INTERVAL '1' HOUR)) AS t (d)",
    "! runtime 1:22 whole days" },
  { "SELECT d FROM UNNEST(sequence(DATE '2026-01-01', DATE '2026-01-02', 1)) AS t (d)",
    "! type 1:22 there is no sequence(date, date, integer)" },
  { "SELECT n FROM UNNEST(sequence(1, NULL)) AS t (n)", "n bigint" },
  { "SELECT sequence(1, 3)", "! unsupported 1:8 sequence() gives an array, which is available in UNNEST only" },
  { "SELECT d, :from_day FROM UNNEST(sequence(:from_day, :from_day + INTERVAL '2' DAY)) AS t (d) WHERE d > :from_day",
    "d date|_col1 date\n2026-01-07|2026-01-06\n2026-01-08|2026-01-06" },

  /* ARRAY, several lists beside each other, WITH ORDINALITY. */
  { "SELECT x, y FROM UNNEST(ARRAY[1, 2.5, NULL]) AS t (x) CROSS JOIN UNNEST(ARRAY['a', 'b']) AS u (y)",
    "x decimal|y varchar\n1.0|a\n1.0|b\n2.5|a\n2.5|b\nNULL|a\nNULL|b" },
  { "SELECT x, y, n FROM UNNEST(ARRAY['a', 'b', 'c'], sequence(1, 2)) WITH ORDINALITY AS t (x, y, n)",
    "x varchar|y bigint|n bigint\na|1|1\nb|2|2\nc|NULL|3" },
  { "SELECT t.n * 2, x FROM UNNEST(ARRAY[TRUE, FALSE]) WITH ORDINALITY t (x, n) WHERE x", "_col0 bigint|x boolean\n2|true" },
  { "SELECT x FROM UNNEST(ARRAY[1, 'a']) AS t (x)", "! type 1:31 an ARRAY cannot be of integer and varchar" },
  { "SELECT x FROM UNNEST(store_id) AS t (x)", "! unsupported 1:22 UNNEST of anything but ARRAY" },
  { "SELECT x, y FROM UNNEST(ARRAY[1]) AS t (x, y)", "! name 1:18 has 1 columns, but 2 names" },
  { "SELECT ARRAY[1, 2]", "! unsupported 1:8 ARRAY outside UNNEST" },

  /* A calendar that is joined: days without answers are there too. */
  { "SELECT d, count(a.id) FROM UNNEST(sequence(DATE '2026-01-04', DATE '2026-01-07')) AS t (d) LEFT JOIN answers a ON "
    "a.service_day = d GROUP BY d ORDER BY d",
    "d date|_col1 bigint\n2026-01-04|0\n2026-01-05|7\n2026-01-06|3\n2026-01-07|0" },
  { "SELECT d, count(*) FROM answers, UNNEST(sequence(DATE '2026-01-01', DATE '2026-03-31')) AS t (d) WHERE service_day = d "
    "GROUP "
    "BY d ORDER BY d",
    "d date|_col1 bigint\n2026-01-05|7\n2026-01-06|3\n2026-02-28|2" },
  { "WITH days (d) AS (SELECT d FROM UNNEST(sequence(DATE '2026-01-05', DATE '2026-01-06')) AS t (d)) SELECT a.d, b.d FROM "
    "days a "
    "JOIN days b ON a.d <= b.d ORDER BY 1, 2",
    "d date|d date\n2026-01-05|2026-01-05\n2026-01-05|2026-01-06\n2026-01-06|2026-01-06" },
  { "SELECT count(*) FROM answers WHERE service_day IN (SELECT d FROM UNNEST(sequence(DATE '2026-01-06', DATE '2026-01-31')) "
    "AS t "
    "(d))",
    "_col0 bigint\n3" },

  /* Lists that hang on the rows before them. */
  { "SELECT item, n FROM orders CROSS JOIN UNNEST(sequence(1, quantity)) AS t (n) ORDER BY item, orders.id, n",
    "item varchar|n bigint\npaella|1\npaella|2\npaella|1\nsopa|1\nsopa|2\nsopa|3\nsopa|1\ntarta|1" },
  { "SELECT word, count(*) FROM answers CROSS JOIN UNNEST(split(lower(text), ' ')) AS t (word) GROUP BY word ORDER BY word",
    "word varchar|_col1 bigint\n100%|1\n=1+1|1\ngood|1\nsí|1\nvery|1\nñandú|1" },
  { "SELECT x, w, n FROM (VALUES ('a,b'), (''), (NULL), ('c')) v (x) LEFT JOIN UNNEST(split(x, ',')) WITH ORDINALITY AS t (w, "
    "n) "
    "ON TRUE ORDER BY x, n",
    "x varchar|w varchar|n bigint\n||1\na,b|a|1\na,b|b|2\nc|c|1\nNULL|NULL|NULL" },
  { "SELECT x, w FROM (VALUES ('a,b'), (NULL)) v (x) JOIN UNNEST(split(x, ',')) AS t (w) ON TRUE WHERE w <> 'a'",
    "x varchar|w varchar\na,b|b" },
  { "SELECT w FROM UNNEST(split('a, b, c', ', ')) AS t (w)", "w varchar\na\nb\nc" },
  { "SELECT w FROM UNNEST(split(',a,', ',')) AS t (w)", "w varchar\n\na\n" },
  { "SELECT w FROM UNNEST(split('a,b,c', ',', 2)) AS t (w)", "w varchar\na\nb,c" },
  { "SELECT w FROM UNNEST(split('a,b', ',', 1)) AS t (w)", "w varchar\na,b" },
  { "SELECT w FROM UNNEST(split('a', '')) AS t (w)", "! runtime 1:22 is not empty" },
  { "SELECT w FROM UNNEST(split('a', ',', 0)) AS t (w)", "! runtime 1:22 above 0" },
  { "SELECT a.x, b.y FROM (VALUES 2, 1) v (k) CROSS JOIN UNNEST(sequence(1, k)) AS a (x) CROSS JOIN UNNEST(sequence(x, k)) AS "
    "b "
    "(y) ORDER BY k, 1, 2",
    "x bigint|y bigint\n1|1\n1|1\n1|2\n2|2" },
  { "SELECT sum(n) OVER (PARTITION BY item ORDER BY orders.id, n) AS s FROM orders, UNNEST(sequence(1, quantity)) AS t (n) "
    "WHERE "
    "item = 'sopa' ORDER BY 1",
    "s bigint\n1\n3\n6\n7" },

  { "SELECT 1 FROM answers LEFT JOIN UNNEST(ARRAY[1]) AS t (x) ON x = score", "! unsupported 1:23 ON TRUE only" },
  { "SELECT 1 FROM answers RIGHT JOIN UNNEST(ARRAY[1]) AS t (x) ON TRUE", "! unsupported 1:23 ON TRUE only" },
  { "SELECT 1 FROM answers a WHERE EXISTS (SELECT 1 FROM UNNEST(split(a.text, ' ')) AS t (w) WHERE w = 'x')",
    "! unsupported 1:66 hangs on the query around it" },
  { "SELECT 1 FROM UNNEST(sequence(1, (SELECT 3))) AS t (x)", "! unsupported 1:15 a sub-query in UNNEST" },
  { "SELECT 1 FROM UNNEST(sequence(1, count(*))) AS t (x)", "! type 1:34 cannot stand in UNNEST" },
};
