/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "model/sobre-record.h"

/**
 * SobreReject:
 * @line: line number in the object, from 1
 * @offset: byte offset of the line in the unpacked object
 * @reason: a rule's name as sobre-rules.h lists them ("json", "utf8", "depth", "id.form", "submitted_at.range", …), static
 * @text: the line itself, cut to 1 KiB; may hold any bytes
 */
typedef struct
{
  guint64 line;
  guint64 offset;
  const char *reason;
  SobreText text;
} SobreReject;

/** SobreRecordSink: called once a record or reject, in the object's order. Members for datasets that are not read may be %NULL. */
typedef struct
{
  void (*response) (const SobreResponse *response, gpointer user_data);
  void (*event) (const SobreEvent *event, gpointer user_data);
  void (*order) (const SobreOrder *order, gpointer user_data);
  void (*reject) (const SobreReject *reject, gpointer user_data);
} SobreRecordSink;

/**
 * SobreLakeReader:
 *
 * Turns the bytes of lake objects into records. It holds the buffers, so it belongs to one thread at a time and is made once
 * for many objects. The lake is hostile input: whatever a line holds, it is either a valid record or a reject with a reason, and
 * the lines beside it are read.
 */
typedef struct _SobreLakeReader SobreLakeReader;

SobreLakeReader *sobre_lake_reader_new (void);
void sobre_lake_reader_free (SobreLakeReader *self);

/**
 * sobre_lake_reader_read:
 * @dataset: what the object's lines are
 * @packed: the object: gzip (any number of members) or plain, told by its magic
 * @length: bytes of @packed
 * @sink: takes the records
 * @user_data: for @sink
 *
 * Reads one whole object. A last line without a newline is read too; an empty object has no lines; blank lines do not count as
 * records. Records that follow each other on one line are each read. Caps: 256 MiB packed, 2 GiB unpacked, ratio 200 after the first
 * MiB, 65,536 gzip members, 1 MiB a line, JSON depth 32. Memory stays below 64 MiB beside @packed, whatever it holds.
 *
 * Returns: %FALSE with %SOBRE_LAKE_ERROR_DAMAGED (truncated or corrupt gzip, junk behind it) or %SOBRE_LAKE_ERROR_REFUSED
 *   (a cap on the object); @sink may have been called by then, and what it took has to be dropped
 */
gboolean sobre_lake_reader_read (SobreLakeReader *self,
                                 SobreDataset dataset,
                                 const guint8 *packed,
                                 gsize length,
                                 const SobreRecordSink *sink,
                                 gpointer user_data,
                                 GError **error);

/**
 * sobre_lake_reader_read_lines:
 *
 * The same for plain lines that are already in memory, such as a piece of an open spool segment. Bytes behind the last newline are left alone.
 *
 * Returns: how many bytes were read: up to and including the last newline
 */
gsize sobre_lake_reader_read_lines (SobreLakeReader *self,
                                    SobreDataset dataset,
                                    const guint8 *lines,
                                    gsize length,
                                    const SobreRecordSink *sink,
                                    gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreLakeReader, sobre_lake_reader_free)
