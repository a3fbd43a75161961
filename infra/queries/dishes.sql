-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Rating by dish
-- description: What guests say of each dish they named, the lowest first
-- param: from date today-27 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- param: least integer 1 Only dishes named so often
-- chart: bar item mean
SELECT item, count(*) AS named, count(score) AS scores, round(avg(score), 2) AS mean, count_if(score <= 2) AS low
FROM answers
WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
  AND service_day BETWEEN :from AND :to
  AND (:store = '' OR store_id = :store)
  AND verified
  AND item IS NOT NULL
GROUP BY item
HAVING count(*) >= :least
ORDER BY mean, item
