-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
WITH hours AS (
  SELECT store_id, service_day, hour(timezone($zone, "at" AT TIME ZONE 'UTC')) AS hour_of_day, count(*) AS lines FROM orders WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store) GROUP BY ALL
), ratings AS (
  SELECT store_id, service_day, hour(timezone($zone, submitted_at AT TIME ZONE 'UTC')) AS hour_of_day, count(*) AS scores, sum(score) AS total, count(*) FILTER (score <= 2) AS low
  FROM answers WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store) AND verified AND question = $question AND score IS NOT NULL GROUP BY ALL
)
SELECT lines // $step * $step AS lines_from, count(*) AS hours, sum(scores)::BIGINT AS scores, round(sum(total) / sum(scores), 2) AS mean,
       sum(low)::BIGINT AS low
FROM hours JOIN ratings USING (store_id, service_day, hour_of_day)
GROUP BY 1 ORDER BY 1
