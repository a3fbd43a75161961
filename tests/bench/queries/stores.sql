-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT question, store_id, count(*) AS scores, round(avg(score), 2) AS mean, round(100.0::DOUBLE * count(*) FILTER (score <= 2) / count(*), 1) AS low_percent
FROM answers WHERE service_day BETWEEN $from AND $to AND verified AND kind IN ('stars', 'smiley')
GROUP BY question, store_id ORDER BY question, mean DESC, store_id
