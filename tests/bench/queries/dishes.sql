-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT item, count(*) AS named, count(score) AS scores, round(avg(score), 2) AS mean, count(*) FILTER (score <= 2) AS low
FROM answers WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store) AND verified AND item IS NOT NULL
GROUP BY item HAVING count(*) >= $least ORDER BY mean NULLS LAST, item
