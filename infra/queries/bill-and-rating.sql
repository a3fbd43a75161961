-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Rating by the size of the bill
-- description: What was ordered at a table within an hour against how that table rated the hour
-- param: from date today-27 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- param: zone varchar @time_zone Time zone of the hours
-- param: step integer 20 Width of a step, in units of the currency
-- chart: bar bill_from mean
WITH bills AS (
  SELECT store_id, table_id, service_day, hour(at_timezone(at, :zone)) AS hour_of_day,
         CAST(round(sum(amount) * 1e2) AS bigint) AS cents
  FROM orders
  WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
    AND service_day BETWEEN :from AND :to
    AND (:store = '' OR store_id = :store)
    AND table_id IS NOT NULL
  GROUP BY 1, 2, 3, 4
), ratings AS (
  SELECT store_id, table_id, service_day, hour(at_timezone(submitted_at, :zone)) AS hour_of_day, count(*) AS scores,
         sum(score) AS total
  FROM answers
  WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
    AND service_day BETWEEN :from AND :to
    AND (:store = '' OR store_id = :store)
    AND verified
    AND kind IN ('stars', 'smiley')
  GROUP BY 1, 2, 3, 4
)
SELECT b.cents / (:step * 100) * :step AS bill_from, count(*) AS bills, sum(r.scores) AS scores,
       round(sum(r.total) / sum(r.scores), 2) AS mean
FROM bills b
JOIN ratings r
  ON r.store_id = b.store_id AND r.table_id = b.table_id AND r.service_day = b.service_day AND r.hour_of_day = b.hour_of_day
WHERE b.cents >= 0
GROUP BY 1
ORDER BY bill_from
