-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Week over week
-- description: Mean of stars and smileys of each week beside the week before; weeks begin on Monday
-- param: from date today-90 A day of the first week
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- chart: line week mean
WITH weeks AS (
  SELECT date_trunc('week', service_day) AS week, count(*) AS scores, avg(score) AS mean, count_if(score <= 2) AS low
  FROM answers
  WHERE dt >= CAST(date_trunc('week', :from) - INTERVAL '1' DAY AS varchar)
    AND service_day BETWEEN date_trunc('week', :from) AND :to
    AND (:store = '' OR store_id = :store)
    AND verified
    AND kind IN ('stars', 'smiley')
  GROUP BY 1
)
SELECT w.week, w.scores, round(w.mean, 2) AS mean, w.low, w.scores - b.scores AS scores_change,
       round(w.mean - b.mean, 2) AS mean_change
FROM weeks w
LEFT JOIN weeks b ON b.week = w.week - INTERVAL '7' DAY
ORDER BY week
