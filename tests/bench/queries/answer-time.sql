-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT least(duration_ms // 10000, 12) * 10 AS from_second, count(*) AS guests, count(comment) AS comments
FROM responses WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store) AND verified AND duration_ms IS NOT NULL
GROUP BY 1 ORDER BY 1
