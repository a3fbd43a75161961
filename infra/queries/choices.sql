-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: What guests chose
-- description: How often each choice of the form was taken: what went wrong, say
-- param: from date today-27 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- chart: bar choice answers
SELECT question, choice, count(*) AS answers
FROM answers
WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
  AND service_day BETWEEN :from AND :to
  AND (:store = '' OR store_id = :store)
  AND verified
  AND choice IS NOT NULL
GROUP BY question, choice
ORDER BY question, answers DESC, choice
