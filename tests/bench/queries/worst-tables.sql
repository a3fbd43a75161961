-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT store_id, table_id, count(*) AS scores, round(avg(score), 2) AS mean, count(*) FILTER (score <= 2) AS low
FROM answers WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store) AND verified AND kind IN ('stars', 'smiley')
GROUP BY store_id, table_id HAVING count(*) >= $least ORDER BY mean, store_id, table_id
