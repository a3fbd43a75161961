-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: From the menu to the answer
-- description: Visits by how far they came, from the menu to an answer that was sent
-- param: from date today-27 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- chart: bar step visits
WITH steps (place, step, page, action) AS (
  VALUES (1, 'menu opened', 'menu', 'open'), (2, 'dish looked at', 'menu', 'item'), (3, 'form opened', 'form', 'open'),
         (4, 'form begun', 'form', 'start'), (5, 'question reached', 'form', 'question'), (6, 'answer sent', 'form', 'submit')
), reached AS (
  SELECT page, action, count(DISTINCT visit) AS visits
  FROM events
  WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
    AND service_day BETWEEN :from AND :to
    AND (:store = '' OR store_id = :store)
  GROUP BY page, action
)
SELECT s.place, s.step, coalesce(r.visits, 0) AS visits
FROM steps s
LEFT JOIN reached r ON r.page = s.page AND r.action = s.action
ORDER BY place
