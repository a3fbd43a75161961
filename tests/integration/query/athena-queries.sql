-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Queries as they are written for Athena, over the four tables of a made-up lake. Each begins with "-- query: NAME" and has
--
--   -- types: name type, …        the columns of its result
--   -- duckdb: same               what DuckDB gives for the same text, or for the one below this line
--   -- gives: cell | cell         a row, where DuckDB means something else or a value is known: NULL is a cell too
--   -- because: …                 where that value is known from
--   -- refused: code part         that it is refused, and by which name
--   -- further                    that it was written after the engine was finished
--
-- Trino is asked them all, and those of trino-queries.sql, by trino_parity.py.
--
-- Every order is total.

-- query: rows of each table
-- types: name varchar, n bigint
SELECT 'answers' AS name, count(*) AS n FROM answers
UNION ALL SELECT 'events', count(*) FROM events
UNION ALL SELECT 'orders', count(*) FROM orders
UNION ALL SELECT 'responses', count(*) FROM responses
ORDER BY 1
-- duckdb: same

-- query: answers by store
-- types: store_id varchar, n bigint, mean double
SELECT store_id, count(*) AS n, round(avg(score), 4) AS mean FROM answers GROUP BY store_id ORDER BY store_id
-- duckdb: same

-- query: answers by day
-- types: service_day date, n bigint
SELECT service_day, count(*) AS n FROM answers GROUP BY 1 ORDER BY 1
-- duckdb: same

-- query: a partition
-- types: n bigint
SELECT count(*) AS n FROM responses WHERE dt = '2025-10-12'
-- duckdb:
SELECT count(*) AS n FROM responses WHERE dt = DATE '2025-10-12'

-- query: partitions between two days
-- types: dt varchar, n bigint
SELECT dt, count(*) AS n FROM responses WHERE dt BETWEEN '2025-10-10' AND '2025-10-16' GROUP BY dt ORDER BY dt
-- duckdb:
SELECT CAST(dt AS varchar) AS dt, count(*) AS n FROM responses WHERE dt BETWEEN DATE '2025-10-10' AND DATE '2025-10-16' GROUP BY 1 ORDER BY 1

-- query: worst tables with enough answers
-- types: store_id varchar, table_id varchar, n bigint, mean double
SELECT store_id, table_id, count(*) AS n, round(avg(score), 3) AS mean
FROM answers WHERE verified AND kind IN ('stars', 'smiley')
GROUP BY store_id, table_id HAVING count(*) >= 20 ORDER BY mean, store_id, table_id
-- duckdb: same

-- query: share of low scores
-- types: question varchar, low bigint, n bigint, percent double
SELECT question, count_if(score <= 2) AS low, count(score) AS n, round(100.0e0 * count_if(score <= 2) / count(score), 2) AS percent
FROM answers WHERE score IS NOT NULL GROUP BY question ORDER BY question
-- duckdb:
SELECT question, count(*) FILTER (WHERE score <= 2) AS low, count(score) AS n,
  round(100.0::double * count(*) FILTER (WHERE score <= 2) / count(score), 2) AS percent
FROM answers WHERE score IS NOT NULL GROUP BY question ORDER BY question

-- query: filter beside an aggregate
-- types: store_id varchar, good bigint, bad bigint
SELECT store_id, count(*) FILTER (WHERE score >= 4) AS good, count(*) FILTER (WHERE score <= 2) AS bad
FROM answers WHERE kind = 'stars' GROUP BY store_id ORDER BY 1
-- duckdb: same

-- query: net promoter score
-- types: month date, n bigint, nps double
SELECT date_trunc('month', service_day) AS month, count(*) AS n,
  round(100e0 * (count_if(score >= 9) - count_if(score <= 6)) / count(*), 1) AS nps
FROM answers WHERE kind = 'nps' GROUP BY 1 ORDER BY 1
-- duckdb:
SELECT CAST(date_trunc('month', service_day) AS date) AS month, count(*) AS n,
  round(100::double * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6)) / count(*), 1) AS nps
FROM answers WHERE kind = 'nps' GROUP BY 1 ORDER BY 1

-- query: hours of a zone
-- types: hour bigint, n bigint
SELECT hour(submitted_at AT TIME ZONE 'Europe/Berlin') AS hour, count(*) AS n FROM responses GROUP BY 1 ORDER BY 1
-- duckdb:
SELECT hour(timezone('Europe/Berlin', submitted_at AT TIME ZONE 'UTC')) AS hour, count(*) AS n FROM responses GROUP BY 1 ORDER BY 1

-- query: weekdays
-- types: dow bigint, n bigint
SELECT day_of_week(service_day) AS dow, count(*) AS n FROM responses GROUP BY 1 ORDER BY 1
-- duckdb:
SELECT isodow(service_day) AS dow, count(*) AS n FROM responses GROUP BY 1 ORDER BY 1

-- query: iso weeks
-- types: year bigint, week bigint, n bigint
SELECT year_of_week(service_day) AS year, week(service_day) AS week, count(*) AS n FROM responses GROUP BY 1, 2 ORDER BY 1, 2
-- duckdb:
SELECT isoyear(service_day) AS year, weekofyear(service_day) AS week, count(*) AS n FROM responses GROUP BY 1, 2 ORDER BY 1, 2

-- query: quarters and years by extract
-- types: y bigint, q bigint, m bigint, n bigint
SELECT EXTRACT(YEAR FROM service_day) AS y, EXTRACT(QUARTER FROM service_day) AS q, EXTRACT(MONTH FROM service_day) AS m, count(*) AS n
FROM orders GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
-- duckdb: same

-- query: mondays of weeks
-- types: week date, n bigint
SELECT date_trunc('week', service_day) AS week, count(*) AS n FROM events GROUP BY 1 ORDER BY 1
-- duckdb:
SELECT CAST(date_trunc('week', service_day) AS date) AS week, count(*) AS n FROM events GROUP BY 1 ORDER BY 1

-- query: the last seven days
-- types: n bigint
SELECT count(*) AS n FROM answers WHERE service_day > DATE '2025-11-04' - INTERVAL '7' DAY AND service_day <= DATE '2025-11-04'
-- duckdb: same

-- query: days between orders and the end
-- types: days bigint, n bigint
SELECT date_diff('day', service_day, DATE '2025-11-10') AS days, count(*) AS n FROM orders WHERE service_day >= DATE '2025-11-01' GROUP BY 1 ORDER BY 1
-- duckdb: same

-- query: the next month
-- types: d date, n bigint
SELECT date_add('month', 1, date_trunc('month', service_day)) AS d, count(*) AS n FROM orders GROUP BY 1 ORDER BY 1
-- duckdb:
SELECT CAST(date_trunc('month', service_day) + INTERVAL 1 MONTH AS date) AS d, count(*) AS n FROM orders GROUP BY 1 ORDER BY 1

-- query: distinct visits
-- types: page varchar, visits bigint
SELECT page, count(DISTINCT visit) AS visits FROM events GROUP BY page ORDER BY page
-- duckdb: same

-- query: approximate distinct is exact here
-- types: visits bigint
SELECT approx_distinct(visit) AS visits FROM events
-- duckdb:
SELECT count(DISTINCT visit) AS visits FROM events

-- query: funnel by conditional counts
-- types: store_id varchar, opened bigint, began bigint, sent bigint
SELECT store_id,
  count(DISTINCT CASE WHEN action = 'open' AND page = 'form' THEN visit END) AS opened,
  count(DISTINCT CASE WHEN action = 'start' THEN visit END) AS began,
  count(DISTINCT CASE WHEN action = 'submit' THEN visit END) AS sent
FROM events GROUP BY store_id ORDER BY store_id
-- duckdb: same

-- query: sums of money
-- types: item varchar, quantity bigint, amount double
SELECT item, sum(quantity) AS quantity, round(sum(amount), 2) AS amount FROM orders GROUP BY item ORDER BY item
-- duckdb:
SELECT item, CAST(sum(quantity) AS bigint) AS quantity, round(sum(amount), 2) AS amount FROM orders GROUP BY item ORDER BY item

-- query: smallest and largest
-- types: low double, high double, first date, last date
SELECT min(amount) AS low, max(amount) AS high, min(service_day) AS first, max(service_day) AS last FROM orders
-- duckdb: same

-- query: spread of amounts
-- types: sd double, var double, sdp double
SELECT round(stddev(amount), 6) AS sd, round(variance(amount), 6) AS var, round(stddev_pop(amount), 6) AS sdp FROM orders
-- duckdb: same

-- query: correlation
-- types: c double, slope double, intercept double
SELECT round(corr(amount, quantity), 6) AS c, round(regr_slope(amount, quantity), 6) AS slope, round(regr_intercept(amount, quantity), 6) AS intercept
FROM orders
-- duckdb: same

-- query: median by nearest rank
-- types: kind varchar, median double
SELECT kind, approx_percentile(score, 0.5) AS median FROM answers WHERE score IS NOT NULL GROUP BY kind ORDER BY kind
-- duckdb:
SELECT kind, quantile_disc(score, 0.5) AS median FROM answers WHERE score IS NOT NULL GROUP BY kind ORDER BY kind

-- query: the dish of the largest order
-- types: store_id varchar, most double
SELECT store_id, max_by(amount, quantity * 1000 + amount) AS most FROM orders GROUP BY store_id ORDER BY store_id
-- duckdb: same

-- query: first and last answer of each table
-- types: table_id varchar, first varchar, last varchar
SELECT table_id, min_by(id, submitted_at) AS first, max_by(id, submitted_at) AS last FROM responses WHERE store_id = 'market' GROUP BY table_id ORDER BY table_id
-- duckdb: same

-- query: whether all and whether one
-- types: language varchar, every boolean, any boolean
SELECT language, bool_and(verified) AS every, bool_or(verified) AS any FROM responses GROUP BY language ORDER BY language
-- duckdb: same

-- query: joined names
-- types: store_id varchar, languages varchar
SELECT store_id, listagg(DISTINCT language, ',') WITHIN GROUP (ORDER BY language) AS languages FROM responses GROUP BY store_id ORDER BY store_id
-- duckdb:
SELECT store_id, string_agg(DISTINCT language, ',' ORDER BY language) AS languages FROM responses GROUP BY store_id ORDER BY store_id

-- query: distinct pairs
-- types: store_id varchar, table_id varchar
SELECT DISTINCT store_id, table_id FROM orders ORDER BY store_id, table_id
-- duckdb: same

-- query: nulls come last
-- types: comment varchar, id varchar
SELECT comment, id FROM responses ORDER BY comment, id LIMIT 20
-- duckdb: same

-- query: nulls come last in falling order too
-- types: table_id varchar, n bigint
SELECT table_id, count(*) AS n FROM orders GROUP BY table_id ORDER BY table_id DESC
-- duckdb: same

-- query: nulls first where it says so
-- types: item_id varchar, n bigint
SELECT item_id, count(*) AS n FROM orders GROUP BY item_id ORDER BY item_id NULLS FIRST
-- duckdb: same

-- query: offset and limit
-- types: id varchar
SELECT id FROM orders ORDER BY id OFFSET 10 LIMIT 5
-- duckdb:
SELECT id FROM orders ORDER BY id LIMIT 5 OFFSET 10

-- query: fetch first
-- types: id varchar
SELECT id FROM orders ORDER BY id DESC FETCH FIRST 3 ROWS ONLY
-- duckdb:
SELECT id FROM orders ORDER BY id DESC LIMIT 3

-- query: comments with a word
-- types: n bigint
SELECT count(*) AS n FROM responses WHERE lower(comment) LIKE '%soup%'
-- duckdb: same

-- query: like with an escape
-- types: n bigint
SELECT count(*) AS n FROM responses WHERE comment LIKE '!=1+%' ESCAPE '!' OR comment LIKE '%!%%' ESCAPE '!'
-- refused: runtime the escape character stands before

-- query: not like
-- types: comment varchar, n bigint
SELECT comment, count(*) AS n FROM responses WHERE comment NOT LIKE '%o%' GROUP BY comment ORDER BY comment
-- duckdb: same

-- query: comments by a regular expression
-- types: comment varchar, n bigint
SELECT comment, count(*) AS n FROM responses WHERE regexp_like(comment, '(?i)slow|cold') GROUP BY comment ORDER BY comment
-- duckdb:
SELECT comment, count(*) AS n FROM responses WHERE regexp_matches(comment, '(?i)slow|cold') GROUP BY comment ORDER BY comment

-- query: what a regular expression takes out
-- types: digits varchar, n bigint
SELECT regexp_extract(comment, '[0-9]+') AS digits, count(*) AS n FROM responses WHERE comment IS NOT NULL GROUP BY 1 ORDER BY 1
-- duckdb:
SELECT nullif(regexp_extract(comment, '[0-9]+'), '') AS digits, count(*) AS n FROM responses WHERE comment IS NOT NULL GROUP BY 1 ORDER BY 1

-- query: what a regular expression replaces
-- types: item varchar, plain varchar
SELECT DISTINCT item, regexp_replace(lower(item), '[^a-z]+', '-') AS plain FROM orders ORDER BY item
-- duckdb:
SELECT DISTINCT item, regexp_replace(lower(item), '[^a-z]+', '-', 'g') AS plain FROM orders ORDER BY item

-- query: texts
-- types: item varchar, n bigint, u varchar, s varchar, p bigint, r varchar
SELECT DISTINCT item, length(item) AS n, upper(item) AS u, substr(item, 2, 3) AS s, strpos(item, 'e') AS p, reverse(item) AS r FROM orders ORDER BY item
-- duckdb: same

-- query: parts of texts
-- types: word varchar, n bigint
SELECT split_part(item, '-', 1) AS word, count(*) AS n FROM orders GROUP BY 1 ORDER BY 1
-- duckdb: same

-- query: padded texts
-- types: t varchar, n bigint
SELECT store_id || '/' || lpad(table_id, 3, '0') AS t, count(*) AS n FROM responses GROUP BY 1 ORDER BY 1
-- duckdb: same

-- query: coalesce and nullif
-- types: item varchar, n bigint
SELECT coalesce(item_id, '(' || nullif(item, '') || ')') AS item, count(*) AS n FROM orders GROUP BY 1 ORDER BY 1
-- duckdb: same

-- query: bands by case
-- types: band varchar, n bigint
SELECT CASE WHEN amount < 0 THEN 'refund' WHEN amount < 10 THEN 'small' WHEN amount < 25 THEN 'middle' ELSE 'large' END AS band, count(*) AS n
FROM orders GROUP BY 1 ORDER BY 1
-- duckdb: same

-- query: bands by if
-- types: late boolean, n bigint
SELECT if(hour(at) >= 20, TRUE, FALSE) AS late, count(*) AS n FROM orders GROUP BY 1 ORDER BY 1
-- duckdb:
SELECT hour("at") >= 20 AS late, count(*) AS n FROM orders GROUP BY 1 ORDER BY 1

-- query: buckets of ten seconds
-- types: bucket bigint, n bigint
SELECT duration_ms / 10000 AS bucket, count(*) AS n FROM responses WHERE duration_ms IS NOT NULL GROUP BY 1 ORDER BY 1
-- duckdb:
SELECT duration_ms // 10000 AS bucket, count(*) AS n FROM responses WHERE duration_ms IS NOT NULL GROUP BY 1 ORDER BY 1

-- query: buckets by width_bucket
-- types: bucket bigint, n bigint
SELECT width_bucket(amount, 0, 50, 5) AS bucket, count(*) AS n FROM orders GROUP BY 1 ORDER BY 1
-- duckdb:
SELECT CASE WHEN amount < 0 THEN 0 WHEN amount >= 50 THEN 6 ELSE CAST(floor(amount / 10) AS bigint) + 1 END AS bucket, count(*) AS n FROM orders GROUP BY 1 ORDER BY 1

-- query: money as decimals
-- types: currency varchar, amount decimal
SELECT currency, sum(CAST(amount AS decimal(12, 2))) AS amount FROM orders GROUP BY currency ORDER BY currency
-- duckdb: same

-- query: inner join
-- types: item varchar, n bigint, mean double
SELECT o.item, count(*) AS n, round(avg(a.score), 3) AS mean
FROM orders o JOIN answers a ON a.item = o.item_id AND a.service_day = o.service_day GROUP BY o.item ORDER BY o.item
-- duckdb: same

-- query: left join
-- types: table_id varchar, orders bigint, answers bigint
SELECT o.table_id, o.n AS orders, coalesce(a.n, 0) AS answers
FROM (SELECT table_id, count(*) AS n FROM orders WHERE store_id = 'harbour' GROUP BY table_id) o
LEFT JOIN (SELECT table_id, count(*) AS n FROM responses WHERE store_id = 'harbour' AND NOT verified GROUP BY table_id) a ON a.table_id = o.table_id
ORDER BY o.table_id
-- duckdb: same

-- query: right join
-- types: language varchar, n bigint
SELECT r.language, count(a.id) AS n FROM answers a RIGHT JOIN responses r ON r.id = a.id AND a.kind = 'choice' GROUP BY r.language ORDER BY r.language
-- duckdb: same

-- query: full join
-- types: service_day date, orders bigint, responses bigint
SELECT coalesce(o.service_day, r.service_day) AS service_day, coalesce(o.n, 0) AS orders, coalesce(r.n, 0) AS responses
FROM (SELECT service_day, count(*) AS n FROM orders WHERE item = '=cake' GROUP BY service_day) o
FULL JOIN (SELECT service_day, count(*) AS n FROM responses WHERE language = 'ar' GROUP BY service_day) r ON o.service_day = r.service_day ORDER BY 1
-- duckdb: same

-- query: join using
-- types: store_id varchar, service_day date, n bigint
SELECT store_id, service_day, count(*) AS n FROM responses JOIN (SELECT DISTINCT store_id, service_day FROM orders WHERE quantity = 3) o USING (store_id, service_day)
GROUP BY store_id, service_day ORDER BY store_id, service_day
-- duckdb: same

-- query: join of ranges
-- types: low integer, n bigint
SELECT b.low, count(*) AS n FROM orders o JOIN (VALUES (0, 10), (10, 20), (20, 1000)) AS b (low, high) ON o.amount >= b.low AND o.amount < b.high
GROUP BY b.low ORDER BY b.low
-- duckdb: same

-- query: semi-join
-- types: n bigint
SELECT count(*) AS n FROM responses WHERE id IN (SELECT id FROM answers WHERE score = 1)
-- duckdb: same

-- query: anti-join
-- types: n bigint
SELECT count(*) AS n FROM responses WHERE id NOT IN (SELECT id FROM answers WHERE kind = 'choice')
-- duckdb: same

-- query: exists
-- types: store_id varchar, n bigint
SELECT store_id, count(*) AS n FROM responses r WHERE EXISTS (SELECT 1 FROM answers a WHERE a.id = r.id AND a.score <= 2) GROUP BY store_id ORDER BY store_id
-- duckdb: same

-- query: not exists
-- types: n bigint
SELECT count(*) AS n FROM events e WHERE e.action = 'open' AND NOT EXISTS (SELECT 1 FROM events s WHERE s.visit = e.visit AND s.action = 'submit')
-- duckdb: same

-- query: a scalar sub-query
-- types: n bigint
SELECT count(*) AS n FROM answers WHERE score < (SELECT avg(score) FROM answers WHERE kind = 'stars') AND kind = 'stars'
-- duckdb: same

-- query: a scalar sub-query beside each row
-- types: store_id varchar, day date, share double
SELECT store_id, service_day AS day, round(count(*) * 1e0 / (SELECT count(*) FROM responses r WHERE r.store_id = o.store_id), 6) AS share
FROM responses o WHERE service_day >= DATE '2025-11-01' GROUP BY store_id, service_day ORDER BY 1, 2
-- duckdb: same

-- query: with
-- types: store_id varchar, best varchar
WITH by_table AS (SELECT store_id, table_id, avg(score) AS mean FROM answers WHERE kind = 'stars' GROUP BY store_id, table_id),
ranked AS (SELECT store_id, table_id, row_number() OVER (PARTITION BY store_id ORDER BY mean DESC, table_id) AS place FROM by_table)
SELECT store_id, table_id AS best FROM ranked WHERE place = 1 ORDER BY store_id
-- duckdb: same

-- query: running total
-- types: service_day date, n bigint, total bigint
SELECT service_day, count(*) AS n, sum(count(*)) OVER (ORDER BY service_day) AS total FROM responses WHERE service_day < DATE '2025-09-20' GROUP BY service_day ORDER BY 1
-- duckdb:
SELECT service_day, count(*) AS n, CAST(sum(count(*)) OVER (ORDER BY service_day) AS bigint) AS total FROM responses WHERE service_day < DATE '2025-09-20' GROUP BY service_day ORDER BY 1

-- query: moving mean of seven rows
-- types: service_day date, mean double
SELECT service_day, round(avg(n) OVER (ORDER BY service_day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW), 6) AS mean
FROM (SELECT service_day, count(*) AS n FROM responses GROUP BY service_day) t ORDER BY 1
-- duckdb: same

-- query: moving sum of seven days
-- types: service_day date, total bigint
SELECT service_day, sum(n) OVER (ORDER BY service_day RANGE BETWEEN INTERVAL '6' DAY PRECEDING AND CURRENT ROW) AS total
FROM (SELECT service_day, count(*) AS n FROM orders WHERE item = 'riesling' GROUP BY service_day) t ORDER BY 1
-- duckdb:
SELECT service_day, CAST(sum(n) OVER (ORDER BY service_day RANGE BETWEEN INTERVAL 6 DAY PRECEDING AND CURRENT ROW) AS bigint) AS total
FROM (SELECT service_day, count(*) AS n FROM orders WHERE item = 'riesling' GROUP BY service_day) t ORDER BY 1

-- query: ranks
-- types: item varchar, r bigint, d bigint, p double
SELECT item, rank() OVER (ORDER BY n DESC) AS r, dense_rank() OVER (ORDER BY n DESC) AS d, round(percent_rank() OVER (ORDER BY n DESC), 6) AS p
FROM (SELECT item, count(*) AS n FROM orders GROUP BY item) t ORDER BY r, item
-- duckdb: same

-- query: week over week
-- types: week date, n bigint, change bigint
SELECT week, n, n - lag(n) OVER (ORDER BY week) AS change FROM (SELECT date_trunc('week', service_day) AS week, count(*) AS n FROM responses GROUP BY 1) t ORDER BY week
-- duckdb:
SELECT week, n, n - lag(n) OVER (ORDER BY week) AS change FROM (SELECT CAST(date_trunc('week', service_day) AS date) AS week, count(*) AS n FROM responses GROUP BY 1) t ORDER BY week

-- query: first and last of a window
-- types: table_id varchar, first date, last date
SELECT DISTINCT table_id, first_value(service_day) OVER w AS first, last_value(service_day) OVER w AS last FROM responses WHERE store_id = 'market'
WINDOW w AS (PARTITION BY table_id ORDER BY service_day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) ORDER BY 1
-- duckdb: same

-- query: share of the whole
-- types: language varchar, share double
SELECT language, round(100e0 * count(*) / sum(count(*)) OVER (), 4) AS share FROM responses GROUP BY language ORDER BY language
-- duckdb: same

-- query: quartiles
-- types: part bigint, low bigint, high bigint
SELECT part, min(duration_ms) AS low, max(duration_ms) AS high FROM (SELECT duration_ms, ntile(4) OVER (ORDER BY duration_ms, id) AS part FROM responses WHERE duration_ms IS NOT NULL) t
GROUP BY part ORDER BY part
-- duckdb: same

-- query: rollup
-- types: store_id varchar, language varchar, n bigint
SELECT store_id, language, count(*) AS n FROM responses GROUP BY ROLLUP (store_id, language) ORDER BY store_id, language
-- duckdb: same

-- query: cube with grouping
-- types: store_id varchar, kind varchar, g integer, n bigint
SELECT store_id, kind, grouping(store_id, kind) AS g, count(*) AS n FROM answers GROUP BY CUBE (store_id, kind) ORDER BY g, store_id, kind
-- duckdb:
SELECT store_id, kind, CAST(grouping(store_id, kind) AS integer) AS g, count(*) AS n FROM answers GROUP BY CUBE (store_id, kind) ORDER BY g, store_id, kind

-- query: grouping sets
-- types: page varchar, action varchar, n bigint
SELECT page, action, count(*) AS n FROM events GROUP BY GROUPING SETS ((page, action), (page), ()) ORDER BY page, action
-- duckdb: same

-- query: union
-- types: id varchar
SELECT table_id AS id FROM orders UNION SELECT table_id FROM responses ORDER BY id
-- duckdb: same

-- query: intersect
-- types: item varchar
SELECT item_id AS item FROM orders INTERSECT SELECT item FROM answers ORDER BY 1
-- duckdb: same

-- query: except
-- types: item varchar
SELECT DISTINCT target AS item FROM events WHERE action = 'item' EXCEPT SELECT item FROM orders WHERE amount > 30 ORDER BY 1
-- duckdb: same

-- query: a calendar
-- types: d date, n bigint
SELECT c.d, count(r.id) AS n FROM UNNEST(sequence(DATE '2025-08-30', DATE '2025-09-12', INTERVAL '1' DAY)) AS c (d)
LEFT JOIN responses r ON r.service_day = c.d GROUP BY c.d ORDER BY c.d
-- duckdb:
SELECT c.d, count(r.id) AS n FROM (SELECT CAST(unnest(generate_series(DATE '2025-08-30', DATE '2025-09-12', INTERVAL 1 DAY)) AS date) AS d) c
LEFT JOIN responses r ON r.service_day = c.d GROUP BY c.d ORDER BY c.d

-- query: words of comments
-- types: word varchar, n bigint
SELECT word, count(*) AS n FROM responses CROSS JOIN UNNEST(split(lower(comment), ' ')) AS t (word) GROUP BY word ORDER BY n DESC, word
-- duckdb:
SELECT word, count(*) AS n FROM (SELECT unnest(string_split(lower(comment), ' ')) AS word FROM responses) t GROUP BY word ORDER BY n DESC, word

-- query: rows that are written down
-- types: name varchar, n bigint
SELECT v.name, count(a.id) AS n FROM (VALUES ('food', 'Food'), ('service', 'Service'), ('none', 'None')) AS v (question, name)
LEFT JOIN answers a ON a.question = v.question GROUP BY v.name ORDER BY v.name
-- duckdb: same

-- query: time between two events of a visit
-- types: visits bigint, longest bigint
SELECT count(*) AS visits, max(date_diff('second', opened, sent)) AS longest FROM (
  SELECT visit, min(at) FILTER (WHERE action = 'open' AND page = 'form') AS opened, max(at) FILTER (WHERE action = 'submit') AS sent FROM events GROUP BY visit) t
WHERE sent IS NOT NULL
-- duckdb:
SELECT count(*) AS visits, max(date_diff('second', opened, sent)) AS longest FROM (
  SELECT visit, min("at") FILTER (WHERE action = 'open' AND page = 'form') AS opened, max("at") FILTER (WHERE action = 'submit') AS sent FROM events GROUP BY visit) t
WHERE sent IS NOT NULL

-- query: times as text
-- types: minute varchar, n bigint
SELECT date_format(submitted_at, '%Y-%m-%d %H:%i') AS minute, count(*) AS n FROM responses WHERE dt = '2025-10-03' GROUP BY 1 ORDER BY 1
-- duckdb:
SELECT strftime(submitted_at, '%Y-%m-%d %H:%M') AS minute, count(*) AS n FROM responses WHERE dt = DATE '2025-10-03' GROUP BY 1 ORDER BY 1

-- query: is distinct from
-- types: n bigint
SELECT count(*) AS n FROM orders WHERE item_id IS DISTINCT FROM item
-- duckdb: same

-- query: any of a sub-query
-- types: n bigint
SELECT count(*) AS n FROM orders WHERE item = ANY (SELECT item FROM answers WHERE score = 5)
-- duckdb: same

-- query: whole numbers divide to whole numbers
-- types: a integer, b integer, c integer, d integer
SELECT 7 / 2 AS a, -7 / 2 AS b, 7 % 3 AS c, -7 % 3 AS d
-- gives: 3 | -3 | 1 | -1
-- because: Trino divides integers towards zero, and the rest has the sign of the dividend

-- query: decimals divide to decimals
-- types: a decimal, b decimal, c decimal
SELECT 1.0 / 3 AS a, 10.00 / 3.0 AS b, 2.5 * 1.25 AS c
-- gives: 0.3 | 3.33 | 3.125
-- because: the scale of a quotient is the larger of the two scales, of a product their sum

-- query: a mean of decimals keeps their scale
-- types: m decimal
SELECT avg(x) AS m FROM (VALUES 1.25, 1.30) AS t (x)
-- gives: 1.28
-- because: avg(decimal(p, s)) is decimal(p, s), rounded half up

-- query: doubles do not fail
-- types: a double, b boolean
SELECT 1e0 / 0 AS a, is_nan(0e0 / 0) AS b
-- gives: inf | true
-- because: doubles are those of IEEE 754

-- query: division by zero
SELECT 1 / (count(*) - count(*)) AS a FROM orders
-- refused: runtime division by zero

-- query: rounding
-- types: a decimal, b decimal, c double, d double
SELECT round(2.5) AS a, round(-2.5) AS b, round(2.5e0) AS c, round(-0.5e0) AS d
-- gives: 3 | -3 | 3.0 | -1.0
-- because: halves go away from zero

-- query: casts of doubles to text
-- types: a varchar, b varchar, c varchar
SELECT CAST(1e0 AS varchar) AS a, CAST(123456789e0 AS varchar) AS b, CAST(0.5e0 AS varchar) AS c
-- gives: 1.0E0 | 1.23456789E8 | 5.0E-1
-- because: Trino writes doubles in scientific notation

-- query: casts round halves away from zero
-- types: a integer, b bigint, c bigint
SELECT CAST(2.5 AS integer) AS a, CAST(-2.5e0 AS bigint) AS b, CAST(3.49 AS bigint) AS c
-- gives: 3 | -3 | 3
-- because: casts to whole numbers round half up by magnitude

-- query: months are cut to their last day
-- types: a date, b date, c bigint
SELECT DATE '2026-01-31' + INTERVAL '1' MONTH AS a, date_add('year', 1, DATE '2024-02-29') AS b, date_diff('month', DATE '2026-01-31', DATE '2026-02-28') AS c
-- gives: 2026-02-28 | 2025-02-28 | 1
-- because: a step of months that leaves the month ends on its last day, and 31 January and one such step is 28 February

-- query: the end of summer time
-- types: a bigint, b bigint
SELECT hour(TIMESTAMP '2025-10-26 00:30:00' AT TIME ZONE 'Europe/Berlin') AS a, hour(TIMESTAMP '2025-10-26 01:30:00' AT TIME ZONE 'Europe/Berlin') AS b
-- gives: 2 | 2
-- because: a timestamp without a zone is in UTC, and both 00:30 and 01:30 UTC are half past two in Berlin that night

-- query: concatenation with NULL
-- types: a varchar, b varchar
SELECT 'a' || CAST(NULL AS varchar) AS a, concat_ws('-', 'a', NULL, 'b') AS b
-- gives: NULL | a-b
-- because: NULL makes || NULL, and concat_ws leaves NULLs out

-- query: greatest and least with NULL
-- types: a integer, b integer
SELECT greatest(1, CAST(NULL AS integer), 3) AS a, least(2, 1) AS b
-- gives: NULL | 1
-- because: one NULL makes the result NULL

-- query: in with NULL
-- types: a boolean, b boolean
SELECT 1 IN (2, NULL) AS a, 1 IN (1, NULL) AS b
-- gives: NULL | true
-- because: SQL's three-valued logic

-- query: numbers and texts do not mix
SELECT count(*) FROM orders WHERE quantity = '2'
-- refused: type there is no bigint = varchar

-- query: json in a column
SELECT json_extract_scalar(comment, '$.a') FROM responses
-- refused: unsupported json_extract_scalar() is not available offline yet

-- query: an array of each group
SELECT store_id, array_agg(id) FROM responses GROUP BY store_id
-- refused: unsupported array_agg() is not available offline yet

-- query: a table in a schema
SELECT count(*) FROM "awsdatacatalog"."restaurant"."answers"
-- refused: unsupported a catalogue or schema

-- query: a table sample
SELECT count(*) FROM answers TABLESAMPLE BERNOULLI (10)
-- refused: unsupported TABLESAMPLE

-- query: dishes ordered together
-- further
-- types: one varchar, other varchar, n bigint
SELECT a.item AS one, b.item AS other, count(*) AS n FROM orders a
JOIN orders b ON a.store_id = b.store_id AND a.table_id = b.table_id AND a.service_day = b.service_day AND a.item < b.item
GROUP BY a.item, b.item ORDER BY n DESC, one, other LIMIT 5
-- duckdb: same

-- query: tables whose mean fell
-- further
-- types: table_id varchar, before double, after double
WITH halves AS (
  SELECT table_id, service_day < DATE '2025-10-06' AS is_first, score FROM answers WHERE store_id = 'harbour' AND kind = 'stars' AND score IS NOT NULL)
SELECT table_id, round(avg(score) FILTER (WHERE is_first), 3) AS before, round(avg(score) FILTER (WHERE NOT is_first), 3) AS after
FROM halves GROUP BY table_id HAVING avg(score) FILTER (WHERE is_first) > avg(score) FILTER (WHERE NOT is_first) ORDER BY table_id
-- duckdb: same

-- query: longest gap between answers
-- further
-- types: store_id varchar, days bigint
SELECT store_id, max(gap) AS days FROM (
  SELECT store_id, date_diff('day', lag(service_day) OVER (PARTITION BY store_id ORDER BY service_day), service_day) AS gap
  FROM (SELECT DISTINCT store_id, service_day FROM responses) d) g GROUP BY store_id ORDER BY store_id
-- duckdb: same

-- query: streaks of days without a low score
-- further
-- types: first date, last date, days bigint
WITH good AS (SELECT service_day FROM answers WHERE kind = 'smiley' GROUP BY service_day HAVING min(score) > 1),
numbered AS (SELECT service_day, date_add('day', -row_number() OVER (ORDER BY service_day), service_day) AS streak FROM good)
SELECT min(service_day) AS first, max(service_day) AS last, count(*) AS days FROM numbered GROUP BY streak ORDER BY days DESC, first LIMIT 3
-- duckdb:
WITH good AS (SELECT service_day FROM answers WHERE kind = 'smiley' GROUP BY service_day HAVING min(score) > 1),
numbered AS (SELECT service_day, service_day - CAST(row_number() OVER (ORDER BY service_day) AS integer) AS streak FROM good)
SELECT min(service_day) AS first, max(service_day) AS last, count(*) AS days FROM numbered GROUP BY streak ORDER BY days DESC, first LIMIT 3

-- query: shares of languages by store, as columns
-- further
-- types: store_id varchar, en double, de double, other double
SELECT store_id, round(avg(if(language = 'en', 1e0, 0e0)), 4) AS en, round(avg(if(language = 'de', 1e0, 0e0)), 4) AS de,
  round(avg(if(language NOT IN ('en', 'de'), 1e0, 0e0)), 4) AS other FROM responses GROUP BY store_id ORDER BY store_id
-- duckdb:
SELECT store_id, round(avg(CASE WHEN language = 'en' THEN 1.0 ELSE 0 END), 4) AS en, round(avg(CASE WHEN language = 'de' THEN 1.0 ELSE 0 END), 4) AS de,
  round(avg(CASE WHEN language NOT IN ('en', 'de') THEN 1.0 ELSE 0 END), 4) AS other FROM responses GROUP BY store_id ORDER BY store_id

-- query: top dish of each weekday
-- further
-- types: dow bigint, item varchar, n bigint
SELECT dow, item, n FROM (
  SELECT day_of_week(service_day) AS dow, item, count(*) AS n, rank() OVER (PARTITION BY day_of_week(service_day) ORDER BY count(*) DESC, item) AS place
  FROM orders GROUP BY 1, 2) t WHERE place = 1 ORDER BY dow
-- duckdb:
SELECT dow, item, n FROM (
  SELECT isodow(service_day) AS dow, item, count(*) AS n, rank() OVER (PARTITION BY isodow(service_day) ORDER BY count(*) DESC, item) AS place
  FROM orders GROUP BY 1, 2) t WHERE place = 1 ORDER BY dow

-- query: percent of the day's sales by hour
-- further
-- types: h bigint, share double
SELECT hour(at) AS h, round(100e0 * sum(amount) / sum(sum(amount)) OVER (), 3) AS share FROM orders WHERE quantity > 0 GROUP BY hour(at) ORDER BY h
-- duckdb:
SELECT hour("at") AS h, round(100 * sum(amount) / sum(sum(amount)) OVER (), 3) AS share FROM orders WHERE quantity > 0 GROUP BY hour("at") ORDER BY h

-- query: answers beside the comment of their response
-- further
-- types: comment varchar, n bigint, mean double
SELECT r.comment, count(*) AS n, round(avg(a.score), 4) AS mean FROM answers a JOIN responses r ON a.id = r.id WHERE r.comment IS NOT NULL AND a.kind = 'stars'
GROUP BY r.comment ORDER BY mean, r.comment
-- duckdb: same

-- query: visits that looked at more than two dishes
-- further
-- types: n bigint, most bigint
SELECT count(*) AS n, max(dishes) AS most FROM (SELECT visit, count(DISTINCT target) AS dishes FROM events WHERE action = 'item' GROUP BY visit HAVING count(DISTINCT target) > 2) t
-- duckdb: same

-- query: months as text
-- further
-- types: month varchar, n bigint
SELECT date_format(date_trunc('month', at), '%Y-%m') AS month, count(*) AS n FROM events GROUP BY 1 ORDER BY 1
-- duckdb:
SELECT strftime("at", '%Y-%m') AS month, count(*) AS n FROM events GROUP BY 1 ORDER BY 1

-- query: nested with and union
-- further
-- types: source varchar, n bigint
WITH a AS (SELECT id FROM responses WHERE language = 'es'), b AS (SELECT id FROM a UNION SELECT id FROM answers WHERE score = 10), c AS (SELECT 'both' AS source, count(*) AS n FROM b)
SELECT source, n FROM c UNION ALL SELECT 'one', count(*) FROM a ORDER BY source
-- duckdb: same

-- query: typed conditions on numbers
-- further
-- types: n bigint
SELECT count(*) AS n FROM orders WHERE amount BETWEEN 4.35 AND 7.45 AND quantity NOT IN (2, 3) AND NOT (amount = 7.45)
-- duckdb: same

-- query: cumulative share of customers
-- further
-- types: c double, n bigint
SELECT round(cume_dist() OVER (ORDER BY n), 6) AS c, n FROM (SELECT table_id, count(*) AS n FROM responses WHERE store_id = 'market' GROUP BY table_id) t ORDER BY n, c
-- duckdb: same

-- query: hours without orders
-- further
-- types: h bigint
SELECT h FROM UNNEST(sequence(0, 23)) AS t (h) WHERE NOT EXISTS (SELECT 1 FROM orders WHERE hour(at) = h) ORDER BY h
-- duckdb:
SELECT h FROM (SELECT unnest(range(0, 24)) AS h) t WHERE NOT EXISTS (SELECT 1 FROM orders WHERE hour("at") = h) ORDER BY h

-- query: the second word
-- further
-- types: word varchar, n bigint
SELECT regexp_extract(comment, '^[A-Za-z]+,? ([A-Za-z]+)', 1) AS word, count(*) AS n FROM responses WHERE comment LIKE '% %' GROUP BY 1 ORDER BY 1
-- duckdb:
SELECT nullif(regexp_extract(comment, '^[A-Za-z]+,? ([A-Za-z]+)', 1), '') AS word, count(*) AS n FROM responses WHERE comment LIKE '% %' GROUP BY 1 ORDER BY 1

-- query: a pivot by map
-- further
SELECT store_id, map_agg(language, id) FROM responses GROUP BY store_id
-- refused: unsupported map_agg() is not available offline yet

-- query: lateral
-- further
SELECT r.id, t.n FROM responses r CROSS JOIN LATERAL (SELECT count(*) AS n FROM answers a WHERE a.id = r.id) t
-- refused: unsupported LATERAL

-- query: a histogram
-- further
SELECT histogram(score) FROM answers
-- refused: unsupported histogram() is not available offline yet

-- query: a recursive calendar
-- further
WITH RECURSIVE d (day) AS (SELECT DATE '2026-01-01' UNION ALL SELECT day + INTERVAL '1' DAY FROM d WHERE day < DATE '2026-01-08') SELECT * FROM d
-- refused: unsupported WITH RECURSIVE

-- query: all of a sub-query
-- further
SELECT count(*) FROM orders WHERE amount >= ALL (SELECT amount FROM orders)
-- refused: unsupported ANY, ALL or SOME
