-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Dishes by revenue
-- description: What the till sold most of, in money
-- param: from date today-27 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- param: rows integer 25 At most so many
-- chart: bar item revenue
SELECT item, currency, sum(quantity) AS sold, round(sum(amount), 2) AS revenue, count(*) AS lines
FROM orders
WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
  AND service_day BETWEEN :from AND :to
  AND (:store = '' OR store_id = :store)
GROUP BY item, currency
ORDER BY revenue DESC, item, currency
LIMIT :rows
