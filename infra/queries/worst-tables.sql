-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Worst tables
-- description: Mean of stars and smileys by table, the lowest first
-- param: from date today-27 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- param: least integer 5 Only tables with so many scores
-- chart: bar table_id mean
SELECT store_id, table_id, count(*) AS scores, round(avg(score), 2) AS mean, count_if(score <= 2) AS low
FROM answers
WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
  AND service_day BETWEEN :from AND :to
  AND (:store = '' OR store_id = :store)
  AND verified
  AND kind IN ('stars', 'smiley')
GROUP BY store_id, table_id
HAVING count(*) >= :least
ORDER BY mean, store_id, table_id
