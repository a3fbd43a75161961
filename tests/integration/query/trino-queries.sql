-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- More queries as they are written for Athena, of which only Trino is asked what they give, by trino_parity.py. Each has the lines that athena-queries.sql tells of.

-- query: median and ninetieth of durations
-- types: store_id varchar, median bigint, ninetieth bigint
SELECT store_id, approx_percentile(duration_ms, 0.5) AS median, approx_percentile(duration_ms, 0.9) AS ninetieth FROM responses WHERE store_id <> 'edge' GROUP BY store_id ORDER BY store_id

-- query: approximate visits of each store
-- types: store_id varchar, visits bigint, tables bigint
SELECT store_id, approx_distinct(visit) AS visits, approx_distinct(table_id) AS tables FROM events GROUP BY store_id ORDER BY store_id

-- query: names of weekdays and months
-- types: weekday varchar, month varchar, short varchar
SELECT DISTINCT date_format(submitted_at, '%W') AS weekday, date_format(submitted_at, '%M %Y') AS month, format_datetime(submitted_at, 'EEE') AS short FROM responses ORDER BY 1, 2, 3

-- query: hours as local instants
-- types: hour timestamp with time zone, n bigint
SELECT date_trunc('hour', submitted_at AT TIME ZONE 'Europe/Berlin') AS hour, count(*) AS n FROM responses WHERE dt BETWEEN '2025-10-25' AND '2025-10-27' GROUP BY 1 ORDER BY 1

-- query: local hours as text
-- types: hour varchar, quantity bigint
SELECT format_datetime(at AT TIME ZONE 'Europe/Berlin', 'yyyy-MM-dd HH') AS hour, sum(quantity) AS quantity FROM orders WHERE service_day = DATE '2025-10-26' GROUP BY 1 ORDER BY 1

-- query: everything of one table
-- types: id varchar, at timestamp, dt varchar, service_day date, store_id varchar, table_id varchar, item_id varchar, item varchar, quantity bigint, amount double, currency varchar
SELECT * FROM orders WHERE store_id = 'edge' ORDER BY id

-- query: empty texts are not NULL
-- types: missing boolean, empty boolean, short boolean, n bigint
SELECT comment IS NULL AS missing, comment = '' AS empty, length(comment) = 0 AS short, count(*) AS n FROM responses WHERE store_id = 'edge' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3

-- query: trimmed and changed letters
-- types: id varchar, t varchar, u varchar, l varchar, n bigint, r varchar
SELECT id, trim(comment) AS t, upper(comment) AS u, lower(comment) AS l, length(comment) AS n, reverse(comment) AS r FROM responses WHERE store_id = 'edge' AND comment IS NOT NULL ORDER BY id

-- query: parts from the end
-- types: item varchar, tail varchar, rest varchar, second varchar, place bigint
SELECT DISTINCT item, substr(item, -3) AS tail, substr(item, 2) AS rest, split_part(item, ' ', 2) AS second, strpos(item, 'ie') AS place FROM orders ORDER BY item

-- query: money by currency exactly
-- types: currency varchar, amount decimal, mean decimal, n bigint
SELECT currency, sum(CAST(amount AS decimal(18, 4))) AS amount, avg(CAST(amount AS decimal(18, 4))) AS mean, count(*) AS n FROM orders GROUP BY currency ORDER BY currency

-- query: prices of a piece
-- types: id varchar, price double, exact decimal, sevenths bigint, rest bigint
SELECT id, amount / quantity AS price, CAST(amount AS decimal(20, 6)) / quantity AS exact, quantity / 7 AS sevenths, quantity % 7 AS rest FROM orders WHERE store_id = 'edge' ORDER BY id

-- query: numbers of mixed types
-- types: a decimal, b double, c bigint, d decimal, e decimal, f bigint
SELECT 1 + 1.5 AS a, 1 + 1.5e0 AS b, 2 * quantity AS c, quantity + 0.5 AS d, form_version + 1.0 AS e, -quantity AS f
FROM orders o CROSS JOIN (SELECT 7 AS form_version) v WHERE o.store_id = 'edge' AND quantity = 1 AND amount > 0.05 AND currency = 'EUR'

-- query: one type of several
-- types: a decimal, b double, c bigint, d bigint, e bigint
SELECT coalesce(quantity, 1.5) AS a, CASE WHEN quantity > 0 THEN 1 ELSE 2.5e0 END AS b, if(quantity > 0, quantity, 0) AS c, nullif(quantity, -1000000) AS d, greatest(quantity, 1) AS e
FROM orders WHERE store_id = 'edge' ORDER BY id

-- query: a union of types
-- types: n double
SELECT 1 AS n UNION ALL SELECT 2.5e0 UNION ALL SELECT quantity FROM orders WHERE store_id = 'edge' ORDER BY 1

-- query: numbers as text
-- types: id varchar, a varchar, q varchar, d varchar, t varchar, s varchar
SELECT id, CAST(amount AS varchar) AS a, CAST(quantity AS varchar) AS q, CAST(CAST(amount AS decimal(20, 2)) AS varchar) AS d, CAST(at AS varchar) AS t, CAST(service_day AS varchar) AS s
FROM orders WHERE store_id = 'edge' ORDER BY id

-- query: text that may be a number
-- types: table_id varchar, number integer, nothing integer
SELECT table_id, try_cast(table_id AS integer) AS number, try(CAST(table_id AS integer) / 0) AS nothing FROM (SELECT DISTINCT table_id FROM orders) t ORDER BY table_id

-- query: doubles round
-- types: a double, b double, c double, d double, e double, f double, g double, h double
SELECT round(amount) AS a, round(amount, 1) AS b, round(amount, -1) AS c, floor(amount) AS d, ceil(amount) AS e, truncate(amount) AS f, abs(amount) AS g, sign(amount) AS h
FROM orders WHERE store_id = 'edge' ORDER BY id

-- query: what is not a number
-- types: x double, same boolean, more boolean, bad boolean
SELECT x, x = x AS same, x > 1 AS more, is_nan(x) AS bad FROM (VALUES nan(), 1e0, infinity(), -infinity(), NULL) AS t (x) ORDER BY x

-- query: the spread of one is none
-- types: id varchar, a double, b double, c double, d double
SELECT id, stddev(amount) AS a, variance(amount) AS b, stddev_pop(amount) AS c, corr(amount, quantity) AS d FROM orders WHERE store_id = 'edge' GROUP BY id ORDER BY id

-- query: aggregates of nothing
-- types: n bigint, s double, a double, i varchar, d date, v boolean, x bigint, c bigint
SELECT count(*) AS n, sum(score) AS s, avg(score) AS a, min(id) AS i, max(service_day) AS d, bool_and(verified) AS v, approx_distinct(id) AS x, count_if(verified) AS c FROM answers WHERE store_id = 'none'

-- query: having without groups
-- types: n bigint
SELECT count(*) AS n FROM orders HAVING count(*) > 100

-- query: seconds since 1970
-- types: id varchar, seconds double, iso varchar, again timestamp
SELECT id, to_unixtime(at) AS seconds, to_iso8601(at) AS iso, CAST(from_unixtime(to_unixtime(at)) AS timestamp(3)) AS again FROM orders WHERE store_id = 'edge' ORDER BY id

-- query: between instants
-- types: minutes bigint, n bigint
SELECT date_diff('minute', submitted_at, received_at) AS minutes, count(*) AS n FROM responses GROUP BY 1 ORDER BY n DESC, minutes LIMIT 10

-- query: instants with intervals
-- types: id varchar, later timestamp, before timestamp, just timestamp, minute timestamp
SELECT id, submitted_at + INTERVAL '90' MINUTE AS later, submitted_at - INTERVAL '1' MONTH AS before, date_add('second', -1, submitted_at) AS just, date_trunc('minute', submitted_at) AS minute
FROM responses WHERE store_id = 'edge' ORDER BY id

-- query: instants as dates
-- types: utc date, local date, service_day date
SELECT DISTINCT CAST(submitted_at AS date) AS utc, CAST(submitted_at AT TIME ZONE 'Europe/Berlin' AS date) AS local, service_day FROM responses WHERE store_id = 'edge' ORDER BY 1, 2, 3

-- query: the days until today
-- types: some boolean
SELECT count(*) > 0 AS some FROM responses WHERE service_day < current_date AND submitted_at < now() AND submitted_at < current_timestamp

-- query: neighbours where they have something
-- types: id varchar, before bigint, next varchar, some varchar
SELECT id, lag(duration_ms) IGNORE NULLS OVER (ORDER BY id) AS before, lead(comment, 2, 'end') OVER (ORDER BY id) AS next, first_value(comment) IGNORE NULLS OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS some
FROM responses WHERE store_id = 'edge' ORDER BY id

-- query: places with NULLs first
-- types: id varchar, first bigint, last bigint
SELECT id, rank() OVER (ORDER BY duration_ms NULLS FIRST) AS first, dense_rank() OVER (ORDER BY duration_ms DESC) AS last FROM responses WHERE store_id = 'edge' ORDER BY id

-- query: several windows at once
-- types: service_day date, n bigint, total bigint, mean double, most bigint, days bigint
SELECT service_day, n, sum(n) OVER w AS total, avg(n) OVER (ORDER BY service_day ROWS 2 PRECEDING) AS mean, max(n) OVER () AS most, count(*) OVER w AS days
FROM (SELECT service_day, count(*) AS n FROM events WHERE store_id = 'market' GROUP BY service_day) t WINDOW w AS (ORDER BY service_day) ORDER BY service_day

-- query: words with their places
-- types: word varchar, place bigint, n bigint
SELECT word, place, count(*) AS n FROM responses CROSS JOIN UNNEST(split(comment, ' ')) WITH ORDINALITY AS t (word, place) GROUP BY word, place ORDER BY n DESC, word, place LIMIT 15

-- query: counted by regular expressions
-- types: comment varchar, vowels bigint, second varchar, moved varchar, place integer
SELECT comment, regexp_count(comment, '[aeiou]') AS vowels, regexp_extract(comment, '([A-Za-z]+)\s+([A-Za-z]+)', 2) AS second, regexp_replace(comment, '([A-Z])([a-z]*)', '$2$1') AS moved, regexp_position(comment, 'o+') AS place
FROM (SELECT DISTINCT comment FROM responses WHERE comment IS NOT NULL AND store_id <> 'edge') t ORDER BY comment

-- query: code points
-- types: face varchar, e integer, n bigint, l varchar, d bigint, sharp boolean, u varchar
SELECT chr(128512) AS face, codepoint('é') AS e, length('🍕é') AS n, lpad('🍕', 3, 'é') AS l, levenshtein_distance('kitten', 'sitting') AS d, 'ß' < 't' AS sharp, upper('ß') AS u

-- query: order of texts is by code points
-- types: item varchar
SELECT DISTINCT item FROM orders ORDER BY item

-- query: order of texts from behind
-- types: target varchar, n bigint
SELECT target, count(*) AS n FROM events GROUP BY target ORDER BY target DESC NULLS FIRST

-- query: not in what may be NULL
-- types: n bigint
SELECT count(*) AS n FROM orders WHERE item NOT IN (SELECT item_id FROM orders)

-- query: in what may be NULL
-- types: n bigint
SELECT count(*) AS n FROM orders WHERE coalesce(item_id, 'none') IN (SELECT item FROM answers WHERE kind = 'stars')

-- query: tables that only one store has
-- types: table_id varchar
SELECT table_id FROM responses WHERE store_id = 'harbour' EXCEPT SELECT table_id FROM responses WHERE store_id = 'market' ORDER BY 1

-- query: intersect all
-- types: table_id varchar
SELECT table_id FROM orders WHERE service_day = DATE '2025-10-15' INTERSECT ALL SELECT table_id FROM responses WHERE service_day = DATE '2025-10-15' ORDER BY 1

-- query: quoted names
-- types: Größe, "m²" varchar, n bigint
SELECT store_id AS "Größe, ""m²""", count(*) AS "n" FROM responses GROUP BY store_id ORDER BY "Größe, ""m²"""

-- query: columns without a name
-- types: _col0 bigint, _col1 date, _col2 varchar
SELECT count(*), max(service_day), 'x' FROM answers

-- query: names in capitals
-- types: STORE_ID varchar, N bigint
SELECT STORE_ID, Count(*) AS N FROM Responses GROUP BY Store_Id ORDER BY sTORE_iD

-- query: the best of each store by several keys
-- types: store_id varchar, dearest varchar, cheapest varchar, latest varchar
SELECT store_id, max_by(item, amount) AS dearest, min_by(id, amount) AS cheapest, max_by(currency, id) AS latest FROM orders WHERE amount <> 0 AND store_id = 'edge' GROUP BY store_id ORDER BY store_id

-- query: joined texts of a filter
-- types: store_id varchar, items varchar
SELECT store_id, listagg(item, ' | ') WITHIN GROUP (ORDER BY item, id) AS items FROM orders WHERE service_day = DATE '2025-10-15' AND quantity > 1 GROUP BY store_id ORDER BY store_id

-- query: shares that sum to one
-- types: kind varchar, share double, part decimal
SELECT kind, round(CAST(count(*) AS double) / sum(count(*)) OVER (), 6) AS share, CAST(count(*) AS decimal(10, 3)) / 7 AS part FROM answers GROUP BY kind ORDER BY kind

-- query: retention by week of the first visit
-- types: first_week date, later bigint, tables bigint
WITH firsts AS (SELECT table_id, min(date_trunc('week', service_day)) AS first_week FROM responses WHERE store_id = 'harbour' GROUP BY table_id),
weeks AS (SELECT DISTINCT table_id, date_trunc('week', service_day) AS week FROM responses WHERE store_id = 'harbour')
SELECT f.first_week, date_diff('week', f.first_week, w.week) AS later, count(*) AS tables FROM firsts f JOIN weeks w ON w.table_id = f.table_id GROUP BY 1, 2 ORDER BY 1, 2

-- query: promoters by quarter and store
-- types: store_id varchar, y bigint, q bigint, nps double, mean double
SELECT store_id, year(service_day) AS y, quarter(service_day) AS q, round(100e0 * (count_if(score >= 9) - count_if(score <= 6)) / count(*), 2) AS nps, avg(score) AS mean
FROM answers WHERE kind = 'nps' GROUP BY store_id, year(service_day), quarter(service_day) ORDER BY 1, 2, 3

-- query: every day of the calendar, with zeros
-- types: day date, store_id varchar, n bigint
WITH days AS (SELECT day FROM UNNEST(sequence(DATE '2025-10-20', DATE '2025-11-02')) AS t (day))
SELECT d.day, s.store_id, coalesce(r.n, 0) AS n FROM days d CROSS JOIN (SELECT DISTINCT store_id FROM responses) s
LEFT JOIN (SELECT service_day, store_id, count(*) AS n FROM responses GROUP BY 1, 2) r ON r.service_day = d.day AND r.store_id = s.store_id ORDER BY d.day, s.store_id

-- query: grouped by a boolean and by NULL
-- types: verified boolean, untimed boolean, language varchar, n bigint, comments bigint, different bigint
SELECT verified, duration_ms IS NULL AS untimed, language, count(*) AS n, count(comment) AS comments, count(DISTINCT comment) AS different FROM responses GROUP BY 1, 2, 3 ORDER BY 1, 2, 3

-- query: totals of totals
-- types: store varchar, currency varchar, quantity bigint, g integer
SELECT coalesce(store_id, 'all') AS store, coalesce(currency, 'all') AS currency, sum(quantity) AS quantity, grouping(store_id, currency) AS g FROM orders GROUP BY GROUPING SETS ((store_id, currency), (store_id), ()) ORDER BY g, store, currency

-- query: bits and hashes of numbers
-- types: a bigint, b bigint, c bigint, d integer, e double, f double, g double, h double, i double, j double, k double
SELECT bitwise_and(5, 6) AS a, bitwise_or(5, 6) AS b, bitwise_xor(5, 6) AS c, mod(-7, 3) AS d, power(2, 10) AS e, sqrt(2) AS f, ln(10) AS g, log10(1000) AS h, cbrt(27) AS i, degrees(pi()) AS j, atan2(1, 2) AS k

-- query: large numbers
-- types: a bigint, b bigint, c double, d decimal, e double, f bigint, g bigint
SELECT 9223372036854775807 AS a, -9223372036854775807 - 1 AS b, 1e308 * 10 AS c, 12345678901234567890.12 AS d, CAST(9007199254740993 AS double) AS e, max(duration_ms) AS f, sum(duration_ms) AS g FROM responses WHERE store_id = 'edge'

-- query: dates far away
-- types: a date, b date, c bigint, d bigint, e bigint, f date
SELECT DATE '0001-01-01' AS a, DATE '9999-12-31' AS b, date_diff('day', DATE '0001-01-01', DATE '9999-12-31') AS c, day_of_week(DATE '1582-10-10') AS d, year_of_week(DATE '2021-01-03') AS e, last_day_of_month(DATE '2024-02-10') AS f

-- query: instants of a zone with two offsets
-- types: x timestamp, local timestamp with time zone, wall timestamp
SELECT x, x AT TIME ZONE 'Europe/Berlin' AS local, CAST(x AT TIME ZONE 'Europe/Berlin' AS timestamp(3)) AS wall
FROM (VALUES TIMESTAMP '2025-10-25 23:30:00', TIMESTAMP '2025-10-26 00:30:00', TIMESTAMP '2025-10-26 01:30:00') AS t (x) ORDER BY x

-- query: letters of a class
SELECT DISTINCT regexp_replace(item, '\w', 'x') AS x FROM orders ORDER BY 1
-- refused: unsupported \w and \b in a text with letters beyond ASCII

-- query: an instant of a zone, written down
SELECT TIMESTAMP '2025-10-27 00:00:00 Europe/Berlin' AS t
-- refused: unsupported a TIMESTAMP with a zone

-- query: arrays in a column
SELECT split(comment, ' ') AS words FROM responses
-- refused: unsupported array

-- query: the frame of groups
SELECT count(*) OVER (ORDER BY service_day GROUPS 1 PRECEDING) FROM responses
-- refused: unsupported GROUPS

-- query: hashes
SELECT md5(to_utf8(id)) FROM responses
-- refused: unsupported md5

-- query: lists of a lambda
SELECT transform(ARRAY[1, 2], x -> x + 1)
-- refused: unsupported a lambda
