-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Comments with a word
-- description: What guests wrote that has a word in it, the newest first
-- param: word varchar - The word, upper or lower case
-- param: from date today-27 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- param: zone varchar @time_zone Time zone of the times
-- param: rows integer 50 At most so many
-- chart: table
SELECT date_format(at_timezone(submitted_at, :zone), '%Y-%m-%d %H:%i') AS written_at, store_id, table_id, language, comment, id
FROM responses
WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
  AND service_day BETWEEN :from AND :to
  AND (:store = '' OR store_id = :store)
  AND verified
  AND strpos(lower(comment), lower(:word)) > 0
ORDER BY written_at DESC, id
LIMIT :rows
