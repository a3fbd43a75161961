-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT isodow(service_day) AS weekday, CASE WHEN hour(timezone($zone, submitted_at AT TIME ZONE 'UTC')) BETWEEN 6 AND $dinner - 1 THEN 'lunch' ELSE 'dinner' END AS shift,
       count(*) AS scores, round(count(*)::DOUBLE / count(DISTINCT service_day), 1) AS scores_a_day, round(avg(score), 2) AS mean,
       count(*) FILTER (score <= 2) AS low
FROM answers WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store) AND verified AND question = $question AND score IS NOT NULL
GROUP BY 1, 2 ORDER BY 1, 2 DESC
