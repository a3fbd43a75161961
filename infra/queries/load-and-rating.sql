-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Rating by how busy the house was
-- description: Order lines of a store within an hour against how its guests rated that hour
-- param: from date today-27 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- param: zone varchar @time_zone Time zone of the hours
-- param: question varchar service The question that asks for the service
-- param: step integer 10 Width of a step, in order lines
-- chart: line lines_from mean
WITH hours AS (
  SELECT store_id, service_day, hour(at_timezone(at, :zone)) AS hour_of_day, count(*) AS lines
  FROM orders
  WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
    AND service_day BETWEEN :from AND :to
    AND (:store = '' OR store_id = :store)
  GROUP BY 1, 2, 3
), ratings AS (
  SELECT store_id, service_day, hour(at_timezone(submitted_at, :zone)) AS hour_of_day, count(*) AS scores, sum(score) AS total,
         count_if(score <= 2) AS low
  FROM answers
  WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
    AND service_day BETWEEN :from AND :to
    AND (:store = '' OR store_id = :store)
    AND verified
    AND question = :question
    AND score IS NOT NULL
  GROUP BY 1, 2, 3
)
SELECT h.lines / :step * :step AS lines_from, count(*) AS hours, sum(r.scores) AS scores,
       round(sum(r.total) / sum(r.scores), 2) AS mean, sum(r.low) AS low
FROM hours h
JOIN ratings r ON r.store_id = h.store_id AND r.service_day = h.service_day AND r.hour_of_day = h.hour_of_day
GROUP BY 1
ORDER BY lines_from
