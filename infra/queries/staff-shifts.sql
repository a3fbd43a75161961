-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- title: Service by shift
-- description: How the service was rated at lunch and at dinner of each weekday; Monday is 1
-- param: from date today-27 First service day
-- param: to date today Last service day
-- param: store varchar "" Only this store
-- param: zone varchar @time_zone Time zone of the hours
-- param: question varchar service The question that asks for the service
-- param: dinner integer 17 The hour at which dinner begins
-- chart: table
SELECT day_of_week(service_day) AS weekday,
       CASE WHEN hour(at_timezone(submitted_at, :zone)) BETWEEN 6 AND :dinner - 1 THEN 'lunch' ELSE 'dinner' END AS shift,
       count(*) AS scores, round(1e0 * count(*) / count(DISTINCT service_day), 1) AS scores_a_day, round(avg(score), 2) AS mean,
       count_if(score <= 2) AS low
FROM answers
WHERE dt >= CAST(:from - INTERVAL '1' DAY AS varchar)
  AND service_day BETWEEN :from AND :to
  AND (:store = '' OR store_id = :store)
  AND verified
  AND question = :question
  AND score IS NOT NULL
GROUP BY 1, 2
ORDER BY weekday, shift DESC
