/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cache/sobre-dictionary.h"
#include "cache/sobre-row.h"
#include "lake/sobre-lake-forget.h"
#include "lake/sobre-lake-reader.h"
#include "model/sobre-service-calendar.h"

/**
 * SobreParsed:
 * @batch: responses
 * @events: (element-type SobreEvent): texts lie in @texts
 * @orders: (element-type SobreOrder): likewise
 * @rejects: (element-type SobreReject): at most the first thousand
 * @n_rejects: all of them
 * @n_read: bytes that were read, of plain lines
 * @error: (nullable): why the object as a whole could not be read; the rest is empty then
 *
 * What one object or one piece of a spool segment holds. It belongs to whoever has it.
 */
typedef struct
{
  SobreRowBatch *batch;
  GArray *events;
  GArray *orders;
  GArray *rejects;
  GStringChunk *texts;
  guint64 n_rejects;
  gsize n_read;
  GError *error;
} SobreParsed;

void sobre_parsed_free (SobreParsed *self);

/**
 * SobreParser:
 *
 * Turns bytes into rows: reader, dictionary, calendar. It belongs to one thread.
 */
typedef struct _SobreParser SobreParser;

/**
 * sobre_parser_new:
 * @dictionary: shared with the writer
 * @calendar: gives days and hours
 * @secret: of the cache, for keys of random ids
 * @forgotten: (nullable): ids that do not count; outlives the parser
 */
SobreParser *
sobre_parser_new (SobreDictionary *dictionary, SobreServiceCalendar *calendar, gint64 secret, const SobreForgotten *forgotten);
void sobre_parser_free (SobreParser *self);

/** sobre_parser_read_object: Returns: (transfer full): never %NULL */
SobreParsed *sobre_parser_read_object (SobreParser *self, SobreDataset dataset, gint32 dt, GBytes *bytes);

/** sobre_parser_read_lines: whole lines of a spool segment. Returns: (transfer full): never %NULL */
SobreParsed *sobre_parser_read_lines (SobreParser *self, SobreDataset dataset, gint32 dt, GBytes *lines);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreParsed, sobre_parsed_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreParser, sobre_parser_free)
