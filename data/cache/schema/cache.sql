-- SPDX-FileCopyrightText: The Sobremesa developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The cache, version 6. Blobs and the dictionary's texts carry the CRC-32 of their bytes: SQLite does not notice a flipped bit in one.
-- It is derived from the lake and may be deleted at any time; docs/cache.md describes it.

-- fingerprint, secret, forgotten; and commits, the number of the state, which grows with each transaction.
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;

-- What has been read: lake objects by key, spool segments by name with `cursor` bytes of them read.
CREATE TABLE ledger (
  key TEXT PRIMARY KEY, etag TEXT NOT NULL, size INTEGER NOT NULL, dataset INTEGER NOT NULL, cursor INTEGER NOT NULL,
  rows INTEGER NOT NULL, rejects INTEGER NOT NULL, failure TEXT
) WITHOUT ROWID;

CREATE TABLE dictionary (
  kind INTEGER NOT NULL, code INTEGER NOT NULL, crc INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (kind, code)
) WITHOUT ROWID;

-- Where each response is: row = chunk << 13 | index. `seen_again` holds the few whose key another id has already.
CREATE TABLE seen (key INTEGER PRIMARY KEY, row INTEGER NOT NULL);
CREATE TABLE seen_again (id BLOB PRIMARY KEY, row INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE chunk (
  id INTEGER PRIMARY KEY, n_rows INTEGER NOT NULL, n_answers INTEGER NOT NULL, min_day INTEGER NOT NULL, max_day INTEGER NOT NULL,
  min_dt INTEGER NOT NULL, max_dt INTEGER NOT NULL, max_received INTEGER NOT NULL
);
CREATE TABLE chunk_column (id INTEGER PRIMARY KEY, crc INTEGER NOT NULL, data BLOB NOT NULL); -- id = chunk << 5 | column
CREATE TABLE dead (row INTEGER PRIMARY KEY);                        -- rows of chunks that another copy has replaced
CREATE TABLE tail (row INTEGER PRIMARY KEY, crc INTEGER NOT NULL, data BLOB NOT NULL); -- rows of the chunk that is not sealed yet

-- Three cubes, one row a day each: 0 by table, 1 by local hour, 2 by language; every cell also by store, question and verified.
CREATE TABLE cube (id INTEGER PRIMARY KEY, crc INTEGER NOT NULL, data BLOB NOT NULL); -- id = day << 2 | cube

CREATE VIRTUAL TABLE comment USING fts5 (text, content = '', contentless_delete = 0, detail = none, columnsize = 0);

CREATE TABLE event (
  id BLOB PRIMARY KEY, at INTEGER NOT NULL, received_at INTEGER NOT NULL, dt INTEGER NOT NULL, day INTEGER NOT NULL, hour INTEGER NOT NULL,
  visit TEXT NOT NULL, store INTEGER NOT NULL, place INTEGER NOT NULL, page INTEGER NOT NULL, action INTEGER NOT NULL,
  target INTEGER NOT NULL, ms INTEGER, body INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX event_day ON event (day);                              -- days grow, so it grows at its end
CREATE TABLE purchase (
  id BLOB PRIMARY KEY, at INTEGER NOT NULL, dt INTEGER NOT NULL, day INTEGER NOT NULL, hour INTEGER NOT NULL, store INTEGER NOT NULL,
  place INTEGER NOT NULL, item_id INTEGER NOT NULL, item INTEGER NOT NULL, quantity INTEGER NOT NULL, amount REAL NOT NULL,
  currency INTEGER NOT NULL, body INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX purchase_day ON purchase (day);

-- The rows of a service day of events (id = day << 1) or orders (id = day << 1 | 1) once more, as columns. A day of which some have changed
-- since is read from its rows.
CREATE TABLE sheet (id INTEGER PRIMARY KEY, n_rows INTEGER NOT NULL, n_changed INTEGER NOT NULL);
CREATE INDEX sheet_changed ON sheet (id) WHERE n_changed > 0;
CREATE TABLE sheet_column (id INTEGER PRIMARY KEY, crc INTEGER NOT NULL, data BLOB NOT NULL); -- id = sheet << 24 | number << 4 | column

CREATE TABLE conflict (id BLOB NOT NULL, body INTEGER NOT NULL, object TEXT NOT NULL, PRIMARY KEY (id, body)) WITHOUT ROWID;
CREATE TABLE quarantine (
  object TEXT NOT NULL, line INTEGER NOT NULL, offset INTEGER NOT NULL, reason TEXT NOT NULL, text BLOB, PRIMARY KEY (object, line)
) WITHOUT ROWID;
