-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT isodow(service_day) AS weekday, hour(timezone($zone, "at" AT TIME ZONE 'UTC')) AS hour_of_day, count(*) AS lines, sum(quantity)::BIGINT AS sold, round(sum(amount), 2) AS revenue
FROM orders WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store)
GROUP BY 1, 2 ORDER BY 1, 2
