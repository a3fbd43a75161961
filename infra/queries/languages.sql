-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Guests by language
-- description: Guests of each language: how many, how long answering took them, and their mean of stars and smileys
-- param: from date today-27 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- chart: bar language mean
WITH guests AS (
  SELECT language, count(*) AS guests, count(comment) AS comments,
         round(1e2 * count(comment) / count(*), 1) AS comments_percent, round(avg(duration_ms) / 1e3, 1) AS mean_seconds
  FROM responses
  WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
    AND service_day BETWEEN :from AND :to
    AND (:store = '' OR store_id = :store)
    AND verified
  GROUP BY language
), scores AS (
  SELECT r.language, count(*) AS scores, round(avg(a.score), 2) AS mean
  FROM responses r
  JOIN answers a ON a.id = r.id
  WHERE r.dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
    AND r.service_day BETWEEN :from AND :to
    AND a.dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
    AND a.service_day BETWEEN :from AND :to
    AND (:store = '' OR r.store_id = :store)
    AND r.verified
    AND a.kind IN ('stars', 'smiley')
  GROUP BY r.language
)
SELECT g.language, g.guests, g.comments, g.comments_percent, g.mean_seconds, s.scores, s.mean
FROM guests g
LEFT JOIN scores s ON s.language = g.language
ORDER BY guests DESC, language
