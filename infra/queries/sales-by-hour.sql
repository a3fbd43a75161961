-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Sales by hour
-- description: Order lines and revenue by weekday and hour; Monday is 1
-- param: from date today-27 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- param: zone varchar @time_zone Time zone of the hours
-- chart: table
SELECT day_of_week(service_day) AS weekday, hour(at_timezone(at, :zone)) AS hour_of_day, count(*) AS lines,
       sum(quantity) AS sold, round(sum(amount), 2) AS revenue
FROM orders
WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
  AND service_day BETWEEN :from AND :to
  AND (:store = '' OR store_id = :store)
GROUP BY 1, 2
ORDER BY weekday, hour_of_day
