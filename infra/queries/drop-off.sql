-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Where guests give up
-- description: Visits that reached each question of the form
-- param: from date today-27 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- chart: bar question visits
SELECT target AS question, count(DISTINCT visit) AS visits
FROM events
WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
  AND service_day BETWEEN :from AND :to
  AND (:store = '' OR store_id = :store)
  AND page = 'form'
  AND action = 'question'
  AND target IS NOT NULL
GROUP BY target
ORDER BY visits DESC, question
