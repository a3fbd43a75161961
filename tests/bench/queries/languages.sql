-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
WITH guests AS (
  SELECT language, count(*) AS guests, count(comment) AS comments, round(100.0::DOUBLE * count(comment) / count(*), 1) AS comments_percent,
         round(avg(duration_ms) / 1000, 1) AS mean_seconds
  FROM responses WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store) AND verified GROUP BY language
), scores AS (
  SELECT r.language, count(*) AS scores, round(avg(a.score), 2) AS mean
  FROM responses r JOIN answers a ON a.id = r.id
  WHERE r.service_day BETWEEN $from AND $to AND ($store = '' OR r.store_id = $store) AND a.service_day BETWEEN $from AND $to AND r.verified AND a.kind IN ('stars', 'smiley') GROUP BY r.language
)
SELECT g.*, s.scores, s.mean FROM guests g LEFT JOIN scores s USING (language) ORDER BY guests DESC, language
