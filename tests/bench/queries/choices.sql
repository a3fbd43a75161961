-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT question, choice, count(*) AS answers
FROM answers WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store) AND verified AND choice IS NOT NULL
GROUP BY question, choice ORDER BY question, answers DESC, choice
