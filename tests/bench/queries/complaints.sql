-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT min(a.score) AS lowest, strftime(timezone($zone, r.submitted_at AT TIME ZONE 'UTC'), '%Y-%m-%d %H:%M') AS written_at, r.store_id,
       r.table_id, r.comment, r.id
FROM responses r JOIN answers a ON a.id = r.id
WHERE r.service_day BETWEEN $from AND $to AND ($store = '' OR r.store_id = $store) AND a.service_day BETWEEN $from AND $to AND r.verified AND r.comment IS NOT NULL AND a.kind IN ('stars', 'smiley') AND a.score <= $at_most
GROUP BY r.id, r.submitted_at, r.store_id, r.table_id, r.comment
ORDER BY lowest, written_at DESC, r.id LIMIT $rows
