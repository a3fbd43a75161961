-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Rating by question
-- description: How each question of the form with a score is answered
-- param: from date today-27 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- chart: bar question mean
SELECT question, kind, count(*) AS scores, round(avg(score), 2) AS mean, min(score) AS lowest,
       round(1e2 * count_if(score <= CASE kind WHEN 'nps' THEN 6 ELSE 2 END) / count(*), 1) AS low_percent
FROM answers
WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
  AND service_day BETWEEN :from AND :to
  AND (:store = '' OR store_id = :store)
  AND verified
  AND score IS NOT NULL
GROUP BY question, kind
ORDER BY kind, mean, question
