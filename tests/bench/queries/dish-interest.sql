-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
WITH looks AS (
  SELECT target AS item, count(DISTINCT visit) AS visits
  FROM events WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store) AND page = 'menu' AND action = 'item' AND target IS NOT NULL GROUP BY target
), sales AS (
  SELECT item_id AS item, sum(quantity)::BIGINT AS sold FROM orders WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store) AND item_id IS NOT NULL GROUP BY item_id
), ratings AS (
  SELECT item, count(score) AS scores, round(avg(score), 2) AS mean
  FROM answers WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store) AND verified AND item IS NOT NULL GROUP BY item
)
SELECT item, coalesce(visits, 0) AS visits, coalesce(sold, 0) AS sold, coalesce(scores, 0) AS scores, mean
FROM looks FULL JOIN ratings USING (item) LEFT JOIN sales USING (item) ORDER BY visits DESC, item
