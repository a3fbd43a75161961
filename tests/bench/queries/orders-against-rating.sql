-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
WITH loads AS (
  SELECT hour(timezone($zone, "at" AT TIME ZONE 'UTC')) AS hour_of_day, count(*) AS lines FROM orders WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store) GROUP BY ALL
), ratings AS (
  SELECT hour(timezone($zone, submitted_at AT TIME ZONE 'UTC')) AS hour_of_day, count(*) AS scores, round(avg(score), 2) AS mean, count(*) FILTER (score <= 2) AS low
  FROM answers WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store) AND verified AND question = $question AND score IS NOT NULL GROUP BY ALL
)
SELECT hour_of_day, coalesce(lines, 0) AS lines, coalesce(scores, 0) AS scores, mean, coalesce(low, 0) AS low
FROM loads FULL JOIN ratings USING (hour_of_day)
ORDER BY 1
