-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Rating by weekday and hour
-- description: Where in the week it goes wrong; Monday is 1, and a night belongs to the evening before
-- param: from date today-27 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- param: zone varchar @time_zone Time zone of the hours
-- chart: table
SELECT day_of_week(service_day) AS weekday, hour(at_timezone(submitted_at, :zone)) AS hour_of_day, count(*) AS scores,
       round(avg(score), 2) AS mean
FROM answers
WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
  AND service_day BETWEEN :from AND :to
  AND (:store = '' OR store_id = :store)
  AND verified
  AND kind IN ('stars', 'smiley')
GROUP BY 1, 2
ORDER BY weekday, hour_of_day
