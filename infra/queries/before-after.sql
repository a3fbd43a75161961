-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Before and after a day
-- description: Each question in as many days before a day as from it on: a new menu, a new cook
-- param: day date - The first day after the change
-- param: days integer 28 How many days on each side
-- param: store varchar "" Only this store
-- chart: bar question difference
SELECT question, count_if(service_day < :day) AS scores_before, count_if(service_day >= :day) AS scores_after,
       round(avg(CASE WHEN service_day < :day THEN score END), 2) AS mean_before,
       round(avg(CASE WHEN service_day >= :day THEN score END), 2) AS mean_after,
       round(avg(CASE WHEN service_day >= :day THEN score END) - avg(CASE WHEN service_day < :day THEN score END), 2)
         AS difference
FROM answers
WHERE dt >= CAST(date_add('day', -:days - 1, :day) AS varchar)
  AND service_day >= date_add('day', -:days, :day)
  AND service_day < date_add('day', :days, :day)
  AND (:store = '' OR store_id = :store)
  AND verified
  AND score IS NOT NULL
GROUP BY question
ORDER BY difference, question
