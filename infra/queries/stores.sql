-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Stores side by side
-- description: Each question with stars or a smiley in each store
-- param: from date today-27 First service day
-- param: to date today Last service day
-- chart: table
SELECT question, store_id, count(*) AS scores, round(avg(score), 2) AS mean,
       round(1e2 * count_if(score <= 2) / count(*), 1) AS low_percent
FROM answers
WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
  AND service_day BETWEEN :from AND :to
  AND verified
  AND kind IN ('stars', 'smiley')
GROUP BY question, store_id
ORDER BY question, mean DESC, store_id
