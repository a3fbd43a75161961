-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
WITH bills AS (
  SELECT store_id, table_id, service_day, hour(timezone($zone, "at" AT TIME ZONE 'UTC')) AS hour_of_day, round(sum(amount) * 100)::BIGINT AS cents
  FROM orders WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store) AND table_id IS NOT NULL GROUP BY ALL
), ratings AS (
  SELECT store_id, table_id, service_day, hour(timezone($zone, submitted_at AT TIME ZONE 'UTC')) AS hour_of_day, count(*) AS scores, sum(score) AS total
  FROM answers WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store) AND verified AND kind IN ('stars', 'smiley') GROUP BY ALL
)
SELECT cents // ($step * 100) * $step AS bill_from, count(*) AS bills, sum(scores)::BIGINT AS scores, round(sum(total) / sum(scores), 2) AS mean
FROM bills JOIN ratings USING (store_id, table_id, service_day, hour_of_day) WHERE cents >= 0
GROUP BY 1 ORDER BY 1
