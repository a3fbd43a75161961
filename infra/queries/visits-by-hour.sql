-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Visits by hour
-- description: Phones that opened the menu or the form, by hour of the day
-- param: from date today-27 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- param: zone varchar @time_zone Time zone of the hours
-- chart: line hour_of_day visits
SELECT hour(at_timezone(at, :zone)) AS hour_of_day, count(DISTINCT visit) AS visits,
       count_if(page = 'menu') AS menus_opened, count_if(page = 'form') AS forms_opened
FROM events
WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
  AND service_day BETWEEN :from AND :to
  AND (:store = '' OR store_id = :store)
  AND action = 'open'
GROUP BY 1
ORDER BY hour_of_day
