-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Rating by hour
-- description: Mean of stars and smileys by hour of the day
-- param: from date today-27 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- param: zone varchar @time_zone Time zone of the hours
-- chart: line hour_of_day mean
SELECT hour(at_timezone(submitted_at, :zone)) AS hour_of_day, count(*) AS scores, round(avg(score), 2) AS mean,
       count_if(score <= 2) AS low
FROM answers
WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
  AND service_day BETWEEN :from AND :to
  AND (:store = '' OR store_id = :store)
  AND verified
  AND kind IN ('stars', 'smiley')
GROUP BY 1
ORDER BY hour_of_day
