-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
WITH steps (place, step, page, action) AS (
  VALUES (1, 'menu opened', 'menu', 'open'), (2, 'dish looked at', 'menu', 'item'), (3, 'form opened', 'form', 'open'),
         (4, 'form begun', 'form', 'start'), (5, 'question reached', 'form', 'question'), (6, 'answer sent', 'form', 'submit')
), reached AS (
  SELECT page, action, count(DISTINCT visit) AS visits FROM events WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store) GROUP BY page, action
)
SELECT place, step, coalesce(visits, 0) AS visits FROM steps LEFT JOIN reached USING (page, action) ORDER BY place
