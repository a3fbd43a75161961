-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: How long answering takes
-- description: Guests by the time they needed for the form, in steps of ten seconds; two minutes and more are one step
-- param: from date today-27 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- chart: bar from_second guests
SELECT least(duration_ms / 10000, 12) * 10 AS from_second, count(*) AS guests, count(comment) AS comments
FROM responses
WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
  AND service_day BETWEEN :from AND :to
  AND (:store = '' OR store_id = :store)
  AND verified
  AND duration_ms IS NOT NULL
GROUP BY 1
ORDER BY from_second
