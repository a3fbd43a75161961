-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Recommendation by month
-- description: Net promoter score: per cent of nines and tens less per cent of zeros to sixes
-- param: from date today-364 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- chart: line month nps
SELECT date_trunc('month', service_day) AS month, count(*) AS scores, count_if(score >= 9) AS promoters,
       count_if(score <= 6) AS detractors,
       round(1e2 * (count_if(score >= 9) - count_if(score <= 6)) / count(*), 1) AS nps
FROM answers
WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
  AND service_day BETWEEN :from AND :to
  AND (:store = '' OR store_id = :store)
  AND verified
  AND kind = 'nps'
GROUP BY 1
ORDER BY month
