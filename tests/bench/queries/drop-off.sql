-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT target AS question, count(DISTINCT visit) AS visits
FROM events WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store) AND page = 'form' AND action = 'question' AND target IS NOT NULL
GROUP BY target ORDER BY visits DESC, question
