/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sql-cases.h"

/* One case a line: a query, and what it gives. */

static const SqlCase cases[] = {
  /* sub-queries in FROM */
  { "SELECT * FROM (SELECT 1 AS a, 'x' AS b)", "a integer|b varchar\n1|x" },
  { "SELECT t.a + 1 FROM (SELECT 1 AS a) t", "_col0 integer\n2" },
  { "SELECT b, a FROM (SELECT 1, 'x') AS t (a, b)", "b varchar|a integer\nx|1" },
  { "SELECT a FROM (SELECT 1, 'x') AS t (a)", "! name 1:15 \"t\" has 2 columns, but 1 names" },
  { "SELECT x FROM (SELECT 1 AS a) t", "! name 1:8 there is no column \"x\"" },
  { "SELECT u.a FROM (SELECT 1 AS a) t", "! name 1:8 there is no table \"u\"" },
  { "SELECT store_id, n FROM (SELECT store_id, count(*) AS n FROM answers GROUP BY 1) WHERE n > 5 ORDER BY 1",
    "store_id varchar|n bigint\ncentro|7" },
  { "SELECT max(n), sum(n) FROM (SELECT kind, count(*) AS n FROM answers GROUP BY kind)", "_col0 bigint|_col1 bigint\n5|12" },
  { "SELECT avg(s) FROM (SELECT score * 2 AS s, store_id AS t FROM answers WHERE kind = 'stars') WHERE t = 'playa'",
    "_col0 double\n4.5" },
  { "SELECT count(*) FROM (SELECT DISTINCT store_id, table_id FROM answers)", "_col0 bigint\n4" },
  { "SELECT count(*) FROM (SELECT score FROM answers ORDER BY score DESC LIMIT 3) WHERE score < 9", "_col0 bigint\n2" },
  { "SELECT score FROM (SELECT score FROM answers WHERE score IS NOT NULL ORDER BY score OFFSET 2 LIMIT 2) ORDER BY 1",
    "score double\n3.0\n3.5" },
  { "SELECT a FROM (SELECT a FROM (SELECT a FROM (SELECT 1 AS a)))", "a integer\n1" },
  { "SELECT 1 FROM (SELECT 1 / 0 AS x, 2 AS y)", "_col0 integer\n1" },
  { "SELECT service_day, n FROM (SELECT service_day, count(*) AS n FROM answers GROUP BY 1) WHERE service_day = DATE "
    "'2026-01-06'",
    "service_day date|n bigint\n2026-01-06|3" },
  { "SELECT d FROM (SELECT DATE '2026-01-03' - DATE '2026-01-01' AS d) WHERE d > INTERVAL '1' DAY",
    "! unsupported 1:8 an interval as a column" },
  { "SELECT (SELECT d > INTERVAL '1' DAY FROM (SELECT DATE '2026-01-03' - DATE '2026-01-01' AS d))", "_col0 boolean\ntrue" },

  /* WITH */
  { "WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT x, y FROM a, b", "x integer|y integer\n1|2" },
  { "WITH a (x, y) AS (SELECT 1, 2) SELECT y FROM a", "y integer\n2" },
  { "WITH a (x) AS (SELECT 1, 2) SELECT 1", "! name 1:6 \"a\" has 2 columns, but 1 names" },
  { "WITH a AS (SELECT 1), a AS (SELECT 2) SELECT 1", "! name 1:23 WITH has \"a\" twice" },
  { "WITH answers AS (SELECT 1 AS one) SELECT * FROM answers", "one integer\n1" },
  { "WITH a AS (SELECT * FROM answers WHERE score > 4) SELECT count(*), max(score) FROM a",
    "_col0 bigint|_col1 double\n2|9.0" },
  { "WITH s AS (SELECT store_id, count(*) AS n FROM answers GROUP BY 1) SELECT a.store_id, b.store_id FROM s a JOIN s b ON a.n "
    "> "
    "b.n",
    "store_id varchar|store_id varchar\ncentro|playa" },
  { "WITH s AS (SELECT store_id, table_id FROM answers WHERE kind = 'stars') SELECT (SELECT count(*) FROM s), (SELECT "
    "count(DISTINCT "
    "store_id) FROM s WHERE table_id = '1')",
    "_col0 bigint|_col1 bigint\n5|2" },
  { "WITH a AS (SELECT x FROM nothing) SELECT 1", "! name 1:26 there is no table \"nothing\"" },
  { "WITH b AS (SELECT * FROM a), a AS (SELECT 1) SELECT 1", "! name 1:26 there is no table \"a\"" },
  { "WITH a AS (SELECT 1 AS x) SELECT * FROM (WITH b AS (SELECT x + 1 AS y FROM a) SELECT y FROM b), a",
    "y integer|x integer\n2|1" },
  { "WITH a AS (SELECT DISTINCT kind FROM answers) SELECT count(*) FROM a x, a y, a z", "_col0 bigint\n64" },

  /* a text of no letters is no NULL, also where it is looked up in a dictionary */
  { "SELECT x, x IN (SELECT item FROM answers WHERE item IS NOT NULL) AS y FROM (VALUES '', 'paella', 'x', NULL) AS t (x) "
    "ORDER BY x",
    "x varchar|y boolean\n|true\npaella|true\nx|false\nNULL|NULL" },
  { "SELECT count(*) FROM answers WHERE coalesce(item, 'none') IN (SELECT item FROM answers)", "_col0 bigint\n2" },
  { "SELECT a.question FROM answers a JOIN (VALUES '', 'x') AS t (x) ON t.x = a.item", "question varchar\nreason" },

  /* the names of columns are what was written, and small and capital letters are the same */
  { "SELECT Kind, (STORE_ID) AS \"Größe\", 1 AS N, (Table_Id) FROM Answers A WHERE a.KIND = 'nps'",
    "Kind varchar|Größe varchar|N integer|Table_Id varchar\nnps|centro|1|2\nnps|centro|1|2" },
  { "SELECT *, N + 1 FROM (SELECT 1 AS n, 2 AS \"M\") T ORDER BY m, T.N", "n integer|M integer|_col2 integer\n1|2|2" },
  { "WITH W (One, two) AS (SELECT 1, 2) SELECT * FROM w JOIN (SELECT 1 AS ONE) USING (one)", "one integer|two integer\n1|2" },
  { "SELECT 1 AS a UNION SELECT 2 AS B ORDER BY A", "a integer\n1\n2" },
  { "SELECT A FROM (SELECT 1 AS a, 2 AS A)", "! name 1:8 " },

  /* all columns, in the order of the manual */
  { "SELECT * FROM events LIMIT 0",
    "id varchar|at timestamp|received_at timestamp|dt varchar|service_day date|visit varchar|store_id varchar|table_id "
    "varchar|page varchar|action varchar|target varchar|ms bigint" },

  /* inner joins */
  { "SELECT r.language, a.score FROM responses r JOIN answers a ON a.id = r.id WHERE a.question = 'food' ORDER BY a.score",
    "language varchar|score double\nen|1.0\nen|2.0\nde|3.5\nes|5.0" },
  { "SELECT r.language, count(*), avg(a.score) FROM answers a JOIN responses r ON r.id = a.id GROUP BY r.language ORDER BY 1",
    "language varchar|_col1 bigint|_col2 double\nde|3|3.5\nen|4|4.0\nes|5|4.0" },
  { "SELECT o.item, o.quantity, r.language FROM orders o INNER JOIN responses r ON o.store_id = r.store_id AND o.table_id = "
    "r.table_id AND o.service_day = r.service_day ORDER BY 1, 2",
    "item varchar|quantity bigint|language varchar\npaella|1|en\npaella|2|es\nsopa|3|de\ntarta|1|es" },
  { "SELECT count(*) FROM orders o JOIN responses r ON o.store_id = r.store_id", "_col0 bigint\n13" },
  { "SELECT count(*) FROM orders o, responses r", "_col0 bigint\n30" },
  { "SELECT count(*) FROM orders o CROSS JOIN responses r WHERE o.store_id = r.store_id AND o.amount > r.duration_ms / 1000",
    "_col0 bigint\n3" },
  { "SELECT count(*) FROM orders o JOIN responses r ON o.at < r.submitted_at", "_col0 bigint\n22" },
  { "SELECT a.store_id, b.store_id FROM responses a JOIN responses b ON a.table_id = b.table_id AND a.store_id < b.store_id "
    "ORDER BY 1, 2",
    "store_id varchar|store_id varchar\ncentro|playa\ncentro|playa\ncentro|playa" },
  { "SELECT e.target, o.item FROM events e JOIN orders o ON e.target = o.item ORDER BY 1, o.quantity",
    "target varchar|item varchar\npaella|paella\npaella|paella\ntarta|tarta" },
  { "SELECT e.target, o.item FROM orders o JOIN events e ON lower(e.target) = lower(o.item) WHERE e.ms > 1000",
    "target varchar|item varchar\npaella|paella\npaella|paella" },
  { "SELECT count(*) FROM answers a JOIN orders o ON a.choice = o.item", "_col0 bigint\n0" },
  { "SELECT count(*) FROM answers a JOIN answers b ON a.choice = b.choice", "_col0 bigint\n2" },
  { "SELECT count(*) FROM responses r JOIN answers a ON r.id = a.id JOIN orders o ON o.store_id = r.store_id AND o.service_day "
    "= "
    "r.service_day WHERE a.kind = 'stars' AND r.verified",
    "_col0 bigint\n10" },
  { "SELECT r.store_id, s.n, t.q FROM responses r JOIN (SELECT store_id, count(*) AS n FROM answers GROUP BY 1) s ON "
    "s.store_id = "
    "r.store_id JOIN (SELECT store_id, sum(quantity) AS q FROM orders GROUP BY 1) t ON t.store_id = s.store_id WHERE "
    "r.form_version "
    "= 1 ORDER BY r.submitted_at",
    "store_id varchar|n bigint|q bigint\ncentro|7|4\ncentro|7|4" },
  { "SELECT count(*) FROM answers a JOIN responses r ON a.score = r.form_version", "_col0 bigint\n6" },
  { "SELECT count(*) FROM answers a JOIN responses r ON a.verified = r.verified AND a.service_day = r.service_day",
    "_col0 bigint\n17" },
  { "SELECT count(*) FROM responses r JOIN orders o ON TRUE WHERE FALSE", "_col0 bigint\n0" },
  { "SELECT count(*) FROM responses r JOIN orders o ON r.store_id = o.store_id AND r.service_day BETWEEN DATE '2026-01-06' AND "
    "DATE '2026-01-31'",
    "_col0 bigint\n2" },
  { "SELECT count(*) FROM responses r JOIN orders o ON r.service_day = o.service_day WHERE o.service_day >= DATE '2026-01-06'",
    "_col0 bigint\n1" },
  { "SELECT x FROM (SELECT 1 AS x) a JOIN (SELECT 1 AS x) b ON a.x = b.x", "! name 1:8 \"x\" names several columns of FROM" },
  { "SELECT a.x FROM (SELECT 1 AS x) a JOIN (SELECT 'a' AS x) b ON a.x = b.x", "! type 1:67 there is no integer = varchar" },
  { "SELECT 1 FROM responses r JOIN orders o ON 1", "! type 1:44 ON takes a boolean" },
  { "SELECT 1 FROM responses r JOIN orders o ON count(*) > 1", "! type 1:44 cannot stand in ON" },
  { "SELECT 1 FROM responses r JOIN orders o ON z.id = o.id", "! name 1:44 there is no table \"z\"" },
  { "SELECT r.x FROM (SELECT CAST(1 AS bigint) AS x) r JOIN (SELECT 1.0 AS y) s ON r.x = s.y", "x bigint\n1" },
  { "SELECT r.x FROM (SELECT NULL AS x) r JOIN (SELECT 1 AS y) s ON r.x = s.y", "x varchar" },
  { "SELECT a.d, b.d FROM (SELECT 0e0 AS d) a JOIN (SELECT -0e0 AS d) b ON a.d = b.d", "d double|d double\n0.0|-0.0" },
  { "SELECT count(*) FROM (SELECT nan() AS d) a JOIN (SELECT nan() AS d) b ON a.d = b.d", "_col0 bigint\n0" },

  /* outer joins */
  { "SELECT r.store_id, o.item FROM responses r LEFT JOIN orders o ON o.store_id = r.store_id AND o.table_id = r.table_id AND "
    "o.service_day = r.service_day ORDER BY r.submitted_at, o.item",
    "store_id varchar|item "
    "varchar\ncentro|paella\ncentro|tarta\ncentro|paella\nplaya|NULL\nplaya|sopa\ncentro|NULL\nmonte|NULL" },
  { "SELECT count(*), count(o.id) FROM responses r LEFT OUTER JOIN orders o ON o.store_id = r.store_id AND o.quantity > 2",
    "_col0 bigint|_col1 bigint\n6|2" },
  { "SELECT count(*), count(o.id) FROM responses r LEFT JOIN orders o ON r.form_version = 1 AND o.store_id = r.store_id",
    "_col0 bigint|_col1 bigint\n10|6" },
  { "SELECT count(*) FROM responses r LEFT JOIN orders o ON o.store_id = r.store_id AND o.quantity > 2 WHERE o.id IS NULL",
    "_col0 bigint\n4" },
  { "SELECT count(*), count(o.id) FROM responses r LEFT JOIN orders o ON o.at > r.submitted_at",
    "_col0 bigint|_col1 bigint\n10|8" },
  { "SELECT count(*), count(o.id) FROM responses r LEFT JOIN orders o ON FALSE", "_col0 bigint|_col1 bigint\n6|0" },
  { "SELECT s.store_id, coalesce(o.n, 0) FROM (SELECT DISTINCT store_id FROM responses) s LEFT JOIN (SELECT store_id, count(*) "
    "AS n "
    "FROM orders GROUP BY 1) o ON o.store_id = s.store_id ORDER BY 1",
    "store_id varchar|_col1 bigint\ncentro|3\nmonte|0\nplaya|2" },
  { "SELECT r.store_id, x.y FROM (SELECT DISTINCT store_id FROM responses) r LEFT JOIN (SELECT store_id, coalesce(item, "
    "'none') AS y "
    "FROM orders WHERE item = 'sopa') x ON x.store_id = r.store_id ORDER BY 1, 2",
    "store_id varchar|y varchar\ncentro|NULL\nmonte|NULL\nplaya|sopa\nplaya|sopa" },
  { "SELECT o.item, r.store_id FROM responses r RIGHT JOIN orders o ON o.store_id = r.store_id AND o.table_id = r.table_id AND "
    "r.language = 'es' ORDER BY o.id, r.submitted_at",
    "item varchar|store_id varchar\npaella|centro\ntarta|centro\npaella|centro\nsopa|NULL\nsopa|NULL" },
  { "SELECT * FROM (SELECT 1 AS a) x RIGHT JOIN (SELECT 2 AS b) y ON a = b", "a integer|b integer\nNULL|2" },
  { "SELECT * FROM (VALUES 1, 2, 3) x (a) FULL JOIN (VALUES 2, 3, 4) y (b) ON a = b ORDER BY a, b",
    "a integer|b integer\n1|NULL\n2|2\n3|3\nNULL|4" },
  { "SELECT * FROM (VALUES 1, 2) x (a) FULL JOIN (VALUES 2, 3) y (b) ON a = b AND a > 5 ORDER BY a, b",
    "a integer|b integer\n1|NULL\n2|NULL\nNULL|2\nNULL|3" },
  { "SELECT count(*) FROM (VALUES 1, 2) x (a) FULL JOIN (VALUES 2, 3) y (b) ON a = b WHERE b IS NULL OR a IS NULL",
    "_col0 bigint\n2" },
  { "SELECT r.store_id, o.store_id, count(*) FROM (SELECT DISTINCT store_id FROM responses) r FULL OUTER JOIN (SELECT "
    "store_id, item "
    "FROM orders WHERE quantity = 1) o ON r.store_id = o.store_id GROUP BY 1, 2 ORDER BY 1, 2",
    "store_id varchar|store_id varchar|_col2 bigint\ncentro|centro|2\nmonte|NULL|1\nplaya|playa|1" },
  { "SELECT r.store_id, o.item FROM responses r FULL JOIN orders o ON r.table_id = o.item ORDER BY 1, 2, r.id, o.id LIMIT 8 ",
    "store_id varchar|item "
    "varchar\ncentro|NULL\ncentro|NULL\ncentro|NULL\nmonte|NULL\nplaya|NULL\nplaya|NULL\nNULL|paella\nNULL|paella" },
  { "SELECT x.a, y.b, z.c FROM (VALUES 1, 2) x (a) LEFT JOIN (VALUES 2, 3) y (b) ON a = b LEFT JOIN (VALUES 2) z (c) ON c = b "
    "ORDER "
    "BY 1",
    "a integer|b integer|c integer\n1|NULL|NULL\n2|2|2" },
  { "SELECT x.a, y.b, z.c FROM (VALUES 1, 2) x (a) LEFT JOIN ((VALUES 2, 3) y (b) JOIN (VALUES 3) z (c) ON b = c) ON a < b "
    "ORDER BY 1",
    "a integer|b integer|c integer\n1|3|3\n2|3|3" },
  { "SELECT x.a, y.b, z.c FROM (VALUES 1, 2) x (a) LEFT JOIN (VALUES 2, 3) y (b) ON a = b JOIN (VALUES 1, 2) z (c) ON c = a "
    "ORDER BY 1",
    "a integer|b integer|c integer\n1|NULL|1\n2|2|2" },
  { "SELECT * FROM (VALUES 1) w (d) JOIN ((VALUES 1, 2) x (a) FULL JOIN (VALUES 2, 3) y (b) ON a = b) ON TRUE ORDER BY a, b",
    "d integer|a integer|b integer\n1|1|NULL\n1|2|2\n1|NULL|3" },
  { "SELECT * FROM (VALUES 1, 2) x (a) FULL JOIN (VALUES 2, 3) y (b) ON a = b JOIN (VALUES 2, 3) z (c) ON c = b OR c = a + 2 "
    "ORDER BY c, "
    "a",
    "a integer|b integer|c integer\n2|2|2\n1|NULL|3\nNULL|3|3" },

  /* USING */
  { "SELECT * FROM (SELECT 1 AS k, 'a' AS x) l JOIN (SELECT 'b' AS y, 1 AS k) r USING (k)",
    "k integer|x varchar|y varchar\n1|a|b" },
  { "SELECT k, l.x, r.y FROM (VALUES (1, 'a'), (2, 'b')) l (k, x) FULL JOIN (VALUES (2, 'c'), (3, 'd')) r (k, y) USING (k) "
    "ORDER BY k",
    "k integer|x varchar|y varchar\n1|a|NULL\n2|b|c\n3|NULL|d" },
  { "SELECT k, x, y FROM (VALUES (1, 'a'), (2, 'b')) l (k, x) RIGHT JOIN (VALUES (2, 'c'), (3, 'd')) r (k, y) USING (k) ORDER "
    "BY k",
    "k integer|x varchar|y varchar\n2|b|c\n3|NULL|d" },
  { "SELECT l.k FROM (SELECT 1 AS k) l JOIN (SELECT 1 AS k) r USING (k)", "! name 1:8 there is no table \"l\"" },
  { "SELECT 1 FROM (SELECT 1 AS k) l JOIN (SELECT 1 AS j) r USING (k)", "! name 1:33 there is no column \"k\" on the right" },
  { "SELECT store_id, count(*), sum(quantity) FROM responses JOIN orders USING (store_id, table_id) GROUP BY store_id ORDER BY "
    "1",
    "store_id varchar|_col1 bigint|_col2 bigint\ncentro|4|5\nplaya|1|3" },

  /* sub-queries in expressions */
  { "SELECT (SELECT 1), (SELECT max(score) FROM answers), (SELECT 1 WHERE FALSE)",
    "_col0 integer|_col1 double|_col2 integer\n1|9.0|NULL" },
  { "SELECT (SELECT score FROM answers)", "! runtime 1:8 gives several rows" },
  { "SELECT (SELECT 1, 2)", "! type 1:8 gives one column, not 2" },
  { "SELECT question FROM answers WHERE score = (SELECT max(score) FROM answers)", "question varchar\nnps" },
  { "SELECT count(*) FROM answers WHERE score > (SELECT avg(score) FROM answers WHERE kind = 'stars')", "_col0 bigint\n4" },
  { "SELECT store_id, count(*) * 100 / (SELECT count(*) FROM answers) FROM answers GROUP BY store_id ORDER BY 1",
    "store_id varchar|_col1 bigint\ncentro|58\nplaya|41" },
  { "SELECT store_id FROM answers GROUP BY store_id HAVING count(*) > (SELECT count(*) / 2 FROM answers)",
    "store_id varchar\ncentro" },
  { "SELECT sum(score - (SELECT min(score) FROM answers)) FROM answers", "_col0 double\n20.5" },
  { "SELECT count(*) FROM answers WHERE service_day = (SELECT max(service_day) FROM answers)", "_col0 bigint\n2" },
  { "SELECT count(*) FROM answers WHERE id IN (SELECT id FROM responses WHERE language = 'es')", "_col0 bigint\n5" },
  { "SELECT count(*) FROM answers WHERE id NOT IN (SELECT id FROM responses WHERE language = 'es')", "_col0 bigint\n7" },
  { "SELECT 1 IN (SELECT 1), 2 IN (SELECT 1), 2 NOT IN (SELECT 1), NULL IN (SELECT 1), NULL IN (SELECT 1 WHERE FALSE), 1 IN "
    "(VALUES "
    "1, NULL), 2 IN (VALUES 1, NULL), 2 NOT IN (VALUES 1, NULL)",
    "_col0 boolean|_col1 boolean|_col2 boolean|_col3 boolean|_col4 boolean|_col5 boolean|_col6 boolean|_col7 "
    "boolean\ntrue|false|true|NULL|false|true|NULL|NULL" },
  { "SELECT count(*) FROM responses WHERE table_id NOT IN (SELECT choice FROM answers)", "_col0 bigint\n0" },
  { "SELECT count(*) FROM responses WHERE table_id NOT IN (SELECT choice FROM answers WHERE choice IS NOT NULL)",
    "_col0 bigint\n6" },
  { "SELECT count(*) FROM answers WHERE choice IN (SELECT 'yes') OR score IN (SELECT 9)", "_col0 bigint\n2" },
  { "SELECT count_if(store_id IN (SELECT store_id FROM orders WHERE quantity > 2)) FROM responses", "_col0 bigint\n2" },
  { "SELECT 1 IN (SELECT 'a')", "! type 1:10 there is no integer = varchar" },
  { "SELECT count(*) FROM answers WHERE score = ANY (SELECT form_version FROM responses)", "_col0 bigint\n2" },
  { "SELECT EXISTS (SELECT 1 FROM answers), EXISTS (SELECT 1 FROM answers WHERE score > 100), NOT EXISTS (SELECT 1 WHERE "
    "FALSE)",
    "_col0 boolean|_col1 boolean|_col2 boolean\ntrue|false|true" },
  { "SELECT count(*) FROM responses r WHERE EXISTS (SELECT 1 FROM orders o WHERE o.store_id = r.store_id AND o.table_id = "
    "r.table_id)",
    "_col0 bigint\n4" },
  { "SELECT count(*) FROM responses r WHERE NOT EXISTS (SELECT * FROM orders o WHERE o.store_id = r.store_id AND o.table_id = "
    "r.table_id AND o.quantity > 1 LIMIT 1)",
    "_col0 bigint\n4" },
  { "SELECT r.id, EXISTS (SELECT 1 FROM orders WHERE store_id = r.store_id AND at < r.submitted_at) AS x FROM responses r "
    "WHERE "
    "r.form_version = 1 OR r.language = 'fr' ORDER BY 1",
    "id varchar|x boolean\n00000000-0000-7000-8000-000000000001|true\n00000000-0000-7000-8000-000000000002|true\n"
    "00000000-0000-7000-8000-000000000006|false" },
  { "SELECT count(*) FROM responses r WHERE r.comment IS NULL OR r.id IN (SELECT a.id FROM answers a WHERE a.store_id = "
    "r.store_id AND "
    "a.score > 4)",
    "_col0 bigint\n4" },
  { "SELECT x, x IN (SELECT y FROM (VALUES (1, 1), (1, NULL), (2, 5)) t (k, y) WHERE t.k = s.k) FROM (VALUES (1, 1), (1, 2), "
    "(2, 1), (3, "
    "1), (1, NULL), (3, NULL)) s (k, x) ORDER BY s.k, x",
    "x integer|_col1 boolean\n1|true\n2|NULL\nNULL|NULL\n1|false\n1|false\nNULL|false" },
  { "SELECT r.store_id, (SELECT sum(o.quantity) FROM orders o WHERE o.store_id = r.store_id AND o.service_day = r.service_day) "
    "AS q FROM "
    "responses r ORDER BY r.submitted_at",
    "store_id varchar|q bigint\ncentro|4\ncentro|4\nplaya|NULL\nplaya|3\ncentro|NULL\nmonte|NULL" },
  { "SELECT DISTINCT r.store_id, (SELECT count(*) FROM orders o WHERE o.store_id = r.store_id) AS n FROM responses r ORDER BY "
    "1",
    "store_id varchar|n bigint\ncentro|3\nmonte|0\nplaya|2" },
  { "SELECT r.id FROM responses r WHERE (SELECT count(*) FROM answers a WHERE a.id = r.id) = 0",
    "id varchar\n00000000-0000-7000-8000-000000000006" },
  { "SELECT a.question, a.score FROM answers a WHERE a.score = (SELECT max(b.score) FROM answers b WHERE b.question = "
    "a.question) ORDER "
    "BY 1",
    "question varchar|score double\nfood|5.0\nnps|9.0\nservice|4.0" },
  { "SELECT o.item, (SELECT language FROM responses r WHERE r.store_id = o.store_id AND r.table_id = o.table_id AND "
    "r.service_day = "
    "o.service_day) FROM orders o ORDER BY o.id",
    "item varchar|_col1 varchar\npaella|es\ntarta|es\npaella|en\nsopa|de\nsopa|NULL" },
  { "SELECT o.item, (SELECT language FROM responses r WHERE r.store_id = o.store_id) FROM orders o",
    "! runtime 1:16 gives several rows" },
  { "SELECT (SELECT a.score + r.form_version FROM answers a WHERE a.id = r.id) FROM responses r",
    "! unsupported 1:26 depends on the query around it other than by =" },
  { "SELECT (SELECT max(score) FROM answers a WHERE a.score < r.form_version) FROM responses r",
    "! unsupported 1:58 depends on the query around it other than by =" },
  { "SELECT (SELECT score FROM answers a WHERE a.id = r.id LIMIT 1) FROM responses r", "! unsupported 1:9 LIMIT, OFFSET" },
  { "SELECT 1 FROM responses r WHERE EXISTS (SELECT 1 FROM (SELECT 1 FROM answers a WHERE a.id = r.id))",
    "! unsupported 1:93 of a query further out" },
  { "SELECT 1 FROM responses r WHERE EXISTS (SELECT 1 FROM answers a WHERE a.id IN (SELECT o.id FROM orders o WHERE o.id = "
    "r.id))",
    "! unsupported 1:119 of a query further out" },
  { "SELECT 1 FROM responses r, (SELECT r.id)", "! name 1:36 there is no table \"r\"" },
  { "SELECT store_id, (SELECT count(*) FROM orders o WHERE o.store_id = a.store_id) FROM answers a GROUP BY store_id ORDER BY "
    "1",
    "store_id varchar|_col1 bigint\ncentro|3\nplaya|2" },
  { "SELECT store_id, max(score) IN (SELECT 9e0) AS x FROM answers GROUP BY store_id HAVING min(score) IN (SELECT score FROM "
    "answers) "
    "ORDER BY 1",
    "store_id varchar|x boolean\ncentro|true\nplaya|false" },
  { "SELECT store_id FROM responses GROUP BY store_id ORDER BY (SELECT count(*) FROM orders o WHERE o.store_id = "
    "responses.store_id) "
    "DESC",
    "store_id varchar\ncentro\nplaya\nmonte" },

  /* set operations */
  { "SELECT 1 UNION SELECT 1 UNION SELECT 2 ORDER BY 1", "_col0 integer\n1\n2" },
  { "SELECT 1 AS a UNION ALL SELECT 1 UNION ALL SELECT 2 ORDER BY a DESC", "a integer\n2\n1\n1" },
  { "SELECT 1 AS a, 'x' AS b UNION SELECT 2.5, NULL ORDER BY a", "a decimal|b varchar\n1.0|x\n2.5|NULL" },
  { "SELECT NULL UNION SELECT NULL", "_col0 varchar\nNULL" },
  { "(VALUES 1, 1, 2, 3, NULL) INTERSECT (VALUES 1, 3, 4, NULL) ORDER BY 1", "_col0 integer\n1\n3\nNULL" },
  { "(VALUES 1, 1, 1, 2, 3) INTERSECT ALL (VALUES 1, 1, 3, 4) ORDER BY 1", "_col0 integer\n1\n1\n3" },
  { "(VALUES 1, 1, 2, 3, 3, NULL) EXCEPT (VALUES 2, NULL) ORDER BY 1", "_col0 integer\n1\n3" },
  { "(VALUES 1, 1, 1, 2, 3) EXCEPT ALL (VALUES 1, 3, 4) ORDER BY 1", "_col0 integer\n1\n1\n2" },
  { "SELECT 1 UNION SELECT 2 INTERSECT SELECT 2 ORDER BY 1", "_col0 integer\n1\n2" },
  { "(SELECT 1 UNION SELECT 2) INTERSECT SELECT 2", "_col0 integer\n2" },
  { "SELECT store_id FROM responses EXCEPT SELECT store_id FROM orders", "store_id varchar\nmonte" },
  { "SELECT store_id FROM responses INTERSECT SELECT store_id FROM orders ORDER BY store_id LIMIT 1",
    "store_id varchar\ncentro" },
  { "SELECT item FROM orders UNION SELECT target FROM events UNION SELECT choice FROM answers ORDER BY 1",
    "item varchar\nno\npaella\nsopa\ntarta\nyes\nNULL" },
  { "SELECT count(*), count(DISTINCT x) FROM (SELECT item AS x FROM orders UNION ALL SELECT target FROM events)",
    "_col0 bigint|_col1 bigint\n10|3" },
  { "SELECT x, count(*) FROM (SELECT item AS x FROM orders UNION ALL SELECT target FROM events) GROUP BY x ORDER BY 1",
    "x varchar|_col1 bigint\npaella|3\nsopa|2\ntarta|2\nNULL|3" },
  { "SELECT k, sum(n) FROM (SELECT store_id AS k, 1 AS n, at FROM orders UNION ALL SELECT store_id, 10, submitted_at FROM "
    "responses) WHERE k "
    "<> 'monte' GROUP BY k ORDER BY 1",
    "k varchar|_col1 bigint\ncentro|33\nplaya|22" },
  { "(SELECT score FROM answers ORDER BY score DESC LIMIT 1) UNION ALL (SELECT score FROM answers WHERE score IS NOT NULL "
    "ORDER BY score "
    "LIMIT 1) ORDER BY 1",
    "score double\n1.0\n9.0" },
  { "SELECT 1 UNION SELECT 1, 2", "! type 1:10 UNION of 1 and 2 columns" },
  { "SELECT 1 UNION SELECT 'a'", "! type 1:10 column 1 of UNION cannot be integer and varchar" },
  { "SELECT 1 AS a UNION SELECT 2 ORDER BY b", "! name 1:39 there is no column \"b\"" },
  { "SELECT 1 AS a UNION SELECT 2 ORDER BY -a", "a integer\n2\n1" },
  { "SELECT DATE '2026-01-01' UNION SELECT TIMESTAMP '2026-01-01 10:00:00' ORDER BY 1",
    "_col0 timestamp\n2026-01-01 00:00:00.000\n2026-01-01 10:00:00.000" },
  { "SELECT count(*) FROM answers WHERE id IN (SELECT id FROM responses WHERE language = 'es' UNION SELECT id FROM responses "
    "WHERE "
    "language = 'de')",
    "_col0 bigint\n8" },

  /* VALUES */
  { "VALUES (1, 'a'), (2, NULL)", "_col0 integer|_col1 varchar\n1|a\n2|NULL" },
  { "VALUES 1, 2.5 ORDER BY 1 DESC LIMIT 1", "_col0 decimal\n2.5" },
  { "SELECT b, sum(a) FROM (VALUES (1, 'x'), (2, 'y'), (3, 'x')) AS t (a, b) GROUP BY b ORDER BY b",
    "b varchar|_col1 bigint\nx|4\ny|2" },
  { "VALUES (1), (1, 2)", "! type 1:14 the rows of VALUES have 1 and 2 columns" },
  { "VALUES 1, 'a'", "! type 1:11 column 1 of VALUES cannot be integer and varchar" },
  { "VALUES (SELECT 1)", "! unsupported 1:1 a sub-query in VALUES" },
  { "VALUES count(*)", "! type 1:8 cannot stand in VALUES" },
  { "VALUES 1 / 0", "! runtime 1:10 division by zero" },
  { "SELECT o.item, p.price FROM orders o JOIN (VALUES ('sopa', 4.50), ('tarta', 6.00)) AS p (name, price) ON p.name = o.item "
    "ORDER BY "
    "o.id",
    "item varchar|price decimal\ntarta|6.00\nsopa|4.50\nsopa|4.50" },

  /* grouping sets */
  { "SELECT store_id, table_id, count(*) FROM answers GROUP BY ROLLUP (store_id, table_id) ORDER BY 1, 2",
    "store_id varchar|table_id varchar|_col2 "
    "bigint\ncentro|1|3\ncentro|2|4\ncentro|NULL|7\nplaya|1|2\nplaya|2|3\nplaya|NULL|5\nNULL|NULL|12" },
  { "SELECT store_id, table_id, count(*), grouping(store_id, table_id) FROM answers GROUP BY CUBE (store_id, table_id) ORDER "
    "BY 4, 1, 2",
    "store_id varchar|table_id varchar|_col2 bigint|_col3 "
    "integer\ncentro|1|3|0\ncentro|2|4|0\nplaya|1|2|0\nplaya|2|3|0\ncentro|NULL|7|1\nplaya|NULL|5|1\nNULL|1|5|2\nNULL|2|7|"
    "2\nNULL|NULL|12|3" },
  { "SELECT store_id, kind, count(*), avg(score) FROM answers GROUP BY GROUPING SETS ((store_id), (kind), ()) ORDER BY 1, 2",
    "store_id varchar|kind varchar|_col2 bigint|_col3 "
    "double\ncentro|NULL|7|4.6\nplaya|NULL|5|2.25\nNULL|choice|2|NULL\nNULL|nps|2|6.0\nNULL|stars|5|3.1\nNULL|text|3|"
    "NULL\nNULL|NULL|12|"
    "3.9285714285714284" },
  { "SELECT choice, count(*), grouping(choice) FROM answers GROUP BY GROUPING SETS (choice, ()) ORDER BY 3, 1",
    "choice varchar|_col1 bigint|_col2 integer\nno|1|0\nyes|1|0\nNULL|10|0\nNULL|12|1" },
  { "SELECT store_id, table_id, count(DISTINCT id), max(score) FROM answers GROUP BY store_id, ROLLUP (table_id) HAVING "
    "count(*) > 3 ORDER "
    "BY 1, 2",
    "store_id varchar|table_id varchar|_col2 bigint|_col3 double\ncentro|2|2|9.0\ncentro|NULL|3|9.0\nplaya|NULL|2|3.5" },
  { "SELECT store_id, count(*) FROM answers WHERE FALSE GROUP BY ROLLUP (store_id)", "store_id varchar|_col1 bigint\nNULL|0" },
  { "SELECT store_id, count(*) FROM answers WHERE FALSE GROUP BY GROUPING SETS (store_id)", "store_id varchar|_col1 bigint" },
  { "SELECT store_id, count(*) FROM answers GROUP BY GROUPING SETS (store_id, store_id) ORDER BY 1",
    "store_id varchar|_col1 bigint\ncentro|7\ncentro|7\nplaya|5\nplaya|5" },
  { "SELECT store_id, count(*) FROM answers GROUP BY DISTINCT GROUPING SETS (store_id, store_id) ORDER BY 1",
    "store_id varchar|_col1 bigint\ncentro|7\nplaya|5" },
  { "SELECT if(grouping(store_id) = 1, 'all', store_id) AS s, count(*) FROM answers GROUP BY ROLLUP (1) ORDER BY "
    "grouping(store_id), 1",
    "! type 1:11 grouping() takes keys" },
  { "SELECT coalesce(store_id, 'all') AS s, count(*) FROM answers GROUP BY ROLLUP (store_id) ORDER BY grouping(store_id), s",
    "s varchar|_col1 bigint\ncentro|7\nplaya|5\nall|12" },
  { "SELECT count(*) FROM answers GROUP BY ()", "_col0 bigint\n12" },
  { "SELECT grouping(store_id) FROM answers GROUP BY store_id, table_id LIMIT 1", "_col0 integer\n0" },
  { "SELECT grouping(kind) FROM answers GROUP BY store_id", "! type 1:17 keys of GROUP BY only" },
  { "SELECT kind FROM answers GROUP BY ROLLUP (store_id)", "! type 1:8 must be in GROUP BY" },
};
