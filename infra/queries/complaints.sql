-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Complaints
-- description: Comments of guests who gave a low score, the lowest first
-- param: from date today-27 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- param: at_most integer 2 The highest score that counts as low
-- param: zone varchar @time_zone Time zone of the times
-- param: rows integer 50 At most so many
-- chart: table
SELECT min(a.score) AS lowest, date_format(at_timezone(r.submitted_at, :zone), '%Y-%m-%d %H:%i') AS written_at, r.store_id,
       r.table_id, r.comment, r.id
FROM responses r
JOIN answers a ON a.id = r.id
WHERE r.dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
  AND r.service_day BETWEEN :from AND :to
  AND a.dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
  AND a.service_day BETWEEN :from AND :to
  AND (:store = '' OR r.store_id = :store)
  AND r.verified
  AND r.comment IS NOT NULL
  AND a.kind IN ('stars', 'smiley')
  AND a.score <= :at_most
GROUP BY r.id, r.submitted_at, r.store_id, r.table_id, r.comment
ORDER BY lowest, written_at DESC, id
LIMIT :rows
