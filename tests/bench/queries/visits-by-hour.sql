-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT hour(timezone($zone, "at" AT TIME ZONE 'UTC')) AS hour_of_day, count(DISTINCT visit) AS visits, count(*) FILTER (page = 'menu') AS menus_opened,
       count(*) FILTER (page = 'form') AS forms_opened
FROM events WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store) AND action = 'open'
GROUP BY 1 ORDER BY 1
