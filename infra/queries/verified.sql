-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: With and without a valid card
-- description: Answers whose card key was right beside those whose key was not, which figures leave out
-- param: from date today-27 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- chart: bar verified mean
SELECT verified, count(*) AS scores, round(avg(score), 2) AS mean,
       count_if(score <= 2) AS low
FROM answers
WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
  AND service_day BETWEEN :from AND :to
  AND (:store = '' OR store_id = :store)
  AND kind IN ('stars', 'smiley')
GROUP BY verified
ORDER BY verified DESC
