-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Orders against rating by hour
-- description: Order lines of each hour of the day beside how guests rated that hour
-- param: from date today-27 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- param: zone varchar @time_zone Time zone of the hours
-- param: question varchar service The question that asks for the service
-- chart: line hour_of_day mean
WITH loads AS (
  SELECT hour(at_timezone(at, :zone)) AS hour_of_day, count(*) AS lines
  FROM orders
  WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
    AND service_day BETWEEN :from AND :to
    AND (:store = '' OR store_id = :store)
  GROUP BY 1
), ratings AS (
  SELECT hour(at_timezone(submitted_at, :zone)) AS hour_of_day, count(*) AS scores, round(avg(score), 2) AS mean,
         count_if(score <= 2) AS low
  FROM answers
  WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
    AND service_day BETWEEN :from AND :to
    AND (:store = '' OR store_id = :store)
    AND verified
    AND question = :question
    AND score IS NOT NULL
  GROUP BY 1
)
SELECT coalesce(l.hour_of_day, r.hour_of_day) AS hour_of_day, coalesce(l.lines, 0) AS lines, coalesce(r.scores, 0) AS scores,
       r.mean, coalesce(r.low, 0) AS low
FROM loads l
FULL JOIN ratings r ON r.hour_of_day = l.hour_of_day
ORDER BY hour_of_day
