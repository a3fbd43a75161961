-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Day by day
-- description: Guests' scores of each service day
-- param: from date today-27 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- chart: line service_day mean
SELECT service_day, count(*) AS scores, round(avg(score), 2) AS mean, count_if(score <= 2) AS low
FROM answers
WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
  AND service_day BETWEEN :from AND :to
  AND (:store = '' OR store_id = :store)
  AND verified
  AND kind IN ('stars', 'smiley')
GROUP BY service_day
ORDER BY service_day
