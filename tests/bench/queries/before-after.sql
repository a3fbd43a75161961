-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT question, count(*) FILTER (service_day < $day) AS scores_before, count(*) FILTER (service_day >= $day) AS scores_after,
       round(avg(score) FILTER (service_day < $day), 2) AS mean_before, round(avg(score) FILTER (service_day >= $day), 2) AS mean_after,
       round(avg(score) FILTER (service_day >= $day) - avg(score) FILTER (service_day < $day), 2) AS difference
FROM answers
WHERE service_day >= $day - $days AND service_day < $day + $days AND ($store = '' OR store_id = $store) AND verified AND score IS NOT NULL
GROUP BY question ORDER BY difference, question
