-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT strftime(timezone($zone, submitted_at AT TIME ZONE 'UTC'), '%Y-%m-%d %H:%M') AS written_at, store_id, table_id, language, comment, id
FROM responses WHERE service_day BETWEEN $from AND $to AND ($store = '' OR store_id = $store) AND verified AND contains(lower(comment), lower($word))
ORDER BY written_at DESC, id LIMIT $rows
