-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Interest in dishes against their rating
-- description: How many visits looked at each dish of the menu, how many were sold, and what guests said of it
-- param: from date today-27 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- chart: bar item visits
WITH looks AS (
  SELECT target AS item, count(DISTINCT visit) AS visits
  FROM events
  WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
    AND service_day BETWEEN :from AND :to
    AND (:store = '' OR store_id = :store)
    AND page = 'menu'
    AND action = 'item'
    AND target IS NOT NULL
  GROUP BY target
), sales AS (
  SELECT item_id AS item, sum(quantity) AS sold
  FROM orders
  WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
    AND service_day BETWEEN :from AND :to
    AND (:store = '' OR store_id = :store)
    AND item_id IS NOT NULL
  GROUP BY item_id
), ratings AS (
  SELECT item, count(score) AS scores, round(avg(score), 2) AS mean
  FROM answers
  WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
    AND service_day BETWEEN :from AND :to
    AND (:store = '' OR store_id = :store)
    AND verified
    AND item IS NOT NULL
  GROUP BY item
)
SELECT coalesce(l.item, r.item) AS item, coalesce(l.visits, 0) AS visits, coalesce(s.sold, 0) AS sold,
       coalesce(r.scores, 0) AS scores, r.mean
FROM looks l
FULL JOIN ratings r ON r.item = l.item
LEFT JOIN sales s ON s.item = coalesce(l.item, r.item)
ORDER BY visits DESC, item
