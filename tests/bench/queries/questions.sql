-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT question, kind, count(*) AS scores, round(avg(score), 2) AS mean, min(score) AS lowest,
       round(100.0::DOUBLE * count(*) FILTER (score <= CASE kind WHEN 'nps' THEN 6 ELSE 2 END) / count(*), 1) AS low_percent
FROM answers WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store) AND verified AND score IS NOT NULL
GROUP BY question, kind ORDER BY kind, mean, question
