-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
WITH weeks AS (
  SELECT date_trunc('week', service_day)::DATE AS week, count(*) AS scores, avg(score) AS mean, count(*) FILTER (score <= 2) AS low
  FROM answers WHERE service_day BETWEEN date_trunc('week', $from) AND $to AND ($store = '' OR store_id = $store)
    AND verified AND kind IN ('stars', 'smiley')
  GROUP BY 1
)
SELECT w.week, w.scores, round(w.mean, 2) AS mean, w.low, w.scores - b.scores AS scores_change, round(w.mean - b.mean, 2) AS mean_change
FROM weeks w LEFT JOIN weeks b ON b.week = w.week - 7 ORDER BY w.week
