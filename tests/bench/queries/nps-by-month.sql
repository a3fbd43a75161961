-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT date_trunc('month', service_day)::DATE AS month, count(*) AS scores, count(*) FILTER (score >= 9) AS promoters,
       count(*) FILTER (score <= 6) AS detractors,
       round(100.0::DOUBLE * (count(*) FILTER (score >= 9) - count(*) FILTER (score <= 6)) / count(*), 1) AS nps
FROM answers WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store) AND verified AND kind = 'nps'
GROUP BY 1 ORDER BY 1
