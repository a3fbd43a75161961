-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT item, currency, sum(quantity)::BIGINT AS sold, round(sum(amount), 2) AS revenue, count(*) AS lines
FROM orders WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store)
GROUP BY item, currency ORDER BY revenue DESC, item, currency LIMIT $rows
