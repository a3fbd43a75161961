/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scan/sobre-scan-private.h"

#define RESPONSES (1u << SOBRE_TABLE_RESPONSES)
#define ANSWERS (1u << SOBRE_TABLE_ANSWERS)
#define EVENTS (1u << SOBRE_TABLE_EVENTS)
#define ORDERS (1u << SOBRE_TABLE_ORDERS)
#define ALL (RESPONSES | ANSWERS | EVENTS | ORDERS)
#define NO_SOURCE SOBRE_CHUNK_N_COLUMNS
#define NO_DICTIONARY SOBRE_N_DICTIONARIES

/** Column: what is known of a column. @source: in responses and answers */
typedef struct
{
  const char *name;
  guint tables;
  SobreVectorKind kind;
  guint source;
  guint dictionary;
} Column;

static const Column columns[SOBRE_N_SCAN_COLUMNS] = {
  [SOBRE_COLUMN_ID] = { "id", RESPONSES | ANSWERS | EVENTS | ORDERS, SOBRE_VECTOR_ID, SOBRE_CHUNK_IDS, NO_DICTIONARY },
  [SOBRE_COLUMN_SUBMITTED_AT] = { "submitted_at", RESPONSES | ANSWERS, SOBRE_VECTOR_INT64, SOBRE_CHUNK_SUBMITTED,
                                  NO_DICTIONARY },
  [SOBRE_COLUMN_RECEIVED_AT] = { "received_at", RESPONSES | EVENTS, SOBRE_VECTOR_INT64, SOBRE_CHUNK_RECEIVED, NO_DICTIONARY },
  [SOBRE_COLUMN_AT] = { "at", EVENTS | ORDERS, SOBRE_VECTOR_INT64, NO_SOURCE, NO_DICTIONARY },
  [SOBRE_COLUMN_DT] = { "dt", ALL, SOBRE_VECTOR_INT64, SOBRE_CHUNK_DT, NO_DICTIONARY },
  [SOBRE_COLUMN_SERVICE_DAY] = { "service_day", ALL, SOBRE_VECTOR_INT64, SOBRE_CHUNK_DAY, NO_DICTIONARY },
  [SOBRE_COLUMN_STORE_ID] = { "store_id", ALL, SOBRE_VECTOR_CODE, SOBRE_CHUNK_STORE, SOBRE_DICTIONARY_STORE },
  [SOBRE_COLUMN_TABLE_ID] = { "table_id", ALL, SOBRE_VECTOR_CODE, SOBRE_CHUNK_TABLE, SOBRE_DICTIONARY_TABLE },
  [SOBRE_COLUMN_VERIFIED] = { "verified", RESPONSES | ANSWERS, SOBRE_VECTOR_BOOLEAN, SOBRE_CHUNK_VERIFIED, NO_DICTIONARY },
  [SOBRE_COLUMN_FORM_ID] = { "form_id", RESPONSES, SOBRE_VECTOR_CODE, SOBRE_CHUNK_FORM, SOBRE_DICTIONARY_FORM },
  [SOBRE_COLUMN_FORM_VERSION] = { "form_version", RESPONSES, SOBRE_VECTOR_INT64, SOBRE_CHUNK_FORM_VERSION, NO_DICTIONARY },
  [SOBRE_COLUMN_LANGUAGE] = { "language", RESPONSES, SOBRE_VECTOR_CODE, SOBRE_CHUNK_LANGUAGE, SOBRE_DICTIONARY_LANGUAGE },
  [SOBRE_COLUMN_COMMENT] = { "comment", RESPONSES, SOBRE_VECTOR_TEXT, SOBRE_CHUNK_COMMENTS, NO_DICTIONARY },
  [SOBRE_COLUMN_DURATION_MS] = { "duration_ms", RESPONSES, SOBRE_VECTOR_INT64, SOBRE_CHUNK_DURATION, NO_DICTIONARY },
  [SOBRE_COLUMN_CHANNEL] = { "channel", RESPONSES, SOBRE_VECTOR_CODE, SOBRE_CHUNK_CHANNEL, NO_DICTIONARY },
  [SOBRE_COLUMN_QUESTION] = { "question", ANSWERS, SOBRE_VECTOR_CODE, SOBRE_CHUNK_ANSWERS, SOBRE_DICTIONARY_QUESTION },
  [SOBRE_COLUMN_KIND] = { "kind", ANSWERS, SOBRE_VECTOR_CODE, SOBRE_CHUNK_ANSWERS, NO_DICTIONARY },
  [SOBRE_COLUMN_SCORE] = { "score", ANSWERS, SOBRE_VECTOR_DOUBLE, SOBRE_CHUNK_ANSWERS, NO_DICTIONARY },
  [SOBRE_COLUMN_CHOICE] = { "choice", ANSWERS, SOBRE_VECTOR_CODE, SOBRE_CHUNK_ANSWERS, SOBRE_DICTIONARY_CHOICE },
  [SOBRE_COLUMN_TEXT] = { "text", ANSWERS, SOBRE_VECTOR_TEXT, SOBRE_CHUNK_TEXTS, NO_DICTIONARY },
  [SOBRE_COLUMN_ITEM] = { "item", ANSWERS | ORDERS, SOBRE_VECTOR_CODE, SOBRE_CHUNK_ANSWERS, SOBRE_DICTIONARY_ITEM },
  [SOBRE_COLUMN_VISIT] = { "visit", EVENTS, SOBRE_VECTOR_TEXT, NO_SOURCE, NO_DICTIONARY },
  [SOBRE_COLUMN_PAGE] = { "page", EVENTS, SOBRE_VECTOR_CODE, NO_SOURCE, SOBRE_DICTIONARY_PAGE },
  [SOBRE_COLUMN_ACTION] = { "action", EVENTS, SOBRE_VECTOR_CODE, NO_SOURCE, SOBRE_DICTIONARY_ACTION },
  [SOBRE_COLUMN_TARGET] = { "target", EVENTS, SOBRE_VECTOR_CODE, NO_SOURCE, SOBRE_DICTIONARY_TARGET },
  [SOBRE_COLUMN_MS] = { "ms", EVENTS, SOBRE_VECTOR_INT64, NO_SOURCE, NO_DICTIONARY },
  [SOBRE_COLUMN_ITEM_ID] = { "item_id", ORDERS, SOBRE_VECTOR_CODE, NO_SOURCE, SOBRE_DICTIONARY_ITEM },
  [SOBRE_COLUMN_QUANTITY] = { "quantity", ORDERS, SOBRE_VECTOR_INT64, NO_SOURCE, NO_DICTIONARY },
  [SOBRE_COLUMN_AMOUNT] = { "amount", ORDERS, SOBRE_VECTOR_DOUBLE, NO_SOURCE, NO_DICTIONARY },
  [SOBRE_COLUMN_CURRENCY] = { "currency", ORDERS, SOBRE_VECTOR_CODE, NO_SOURCE, SOBRE_DICTIONARY_CURRENCY },
  [SOBRE_COLUMN_LOCAL_HOUR] = { "local_hour", ALL, SOBRE_VECTOR_INT64, SOBRE_CHUNK_HOUR, NO_DICTIONARY },
};

/* What recurs in every answer has a code; names of answer kinds and channels are few and fixed. */
static const SobreText kind_names[] = { { "stars", 5 }, { "nps", 3 }, { "smiley", 6 }, { "choice", 6 }, { "text", 4 } };
static const SobreText channel_names[] = { { "local", 5 }, { "direct", 6 }, { "api", 3 }, { "import", 6 } };

const char *
sobre_scan_column_get_name (SobreScanColumn column)
{
  return columns[column].name;
}

gboolean
sobre_table_has_column (SobreTableKind table, SobreScanColumn column)
{
  return (columns[column].tables & 1u << table) != 0;
}

SobreVectorKind
sobre_scan_column_get_kind (SobreScanColumn column)
{
  return columns[column].kind;
}

SobreChunkColumn
sobre_scan_column_get_source (SobreTableKind table, SobreScanColumn column)
{
  return columns[column].source;
}

const SobreText *
sobre_cache_reader_get_dictionary (SobreCacheReader *reader, SobreScanColumn column, guint *n_entries)
{
  if (column == SOBRE_COLUMN_KIND)
    {
      *n_entries = G_N_ELEMENTS (kind_names);
      return kind_names;
    }
  if (column == SOBRE_COLUMN_CHANNEL)
    {
      *n_entries = G_N_ELEMENTS (channel_names);
      return channel_names;
    }
  g_return_val_if_fail (columns[column].dictionary != NO_DICTIONARY, NULL);
  return sobre_dictionary_get_all (sobre_cache_reader_peek_dictionary (reader), columns[column].dictionary, n_entries);
}
