/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lake/sobre-rules-private.h"

/** SobreRuleValue: a member that passed. @text: of a text · the union by the member's type; a text with values has its index. */
typedef struct
{
  SobreText text;
  union
  {
    gint64 integer;
    double number;
    SobreId id;
    yyjson_val *array;
  };
} SobreRuleValue;

/** SobreCheckedObject: the members of one object, by their place in the rules, and which of them are there. */
typedef struct
{
  guint32 present;
  SobreRuleValue values[SOBRE_RULES_MAX_MEMBERS];
} SobreCheckedObject;

/**
 * SobreRecordChecker:
 * @rules: what is checked
 * @record: the last record that passed
 * @items: (nullable): the items of its array, @n_items of them, in order
 * @item_present: which members each item has
 * @item_width: values that each item takes in @items
 *
 * Reads JSON texts and holds them against the rules, with one buffer for all. Belongs to one thread at a time. Everything that it
 * hands out points into its buffers and lives until the next call.
 */
typedef struct
{
  SobreRules *rules;
  SobreCheckedObject record;
  SobreRuleValue *items;
  guint32 *item_present;
  guint n_items;
  guint item_width;
  guint max_items;

  const char *line; /* borrowed: what @text was copied from */
  char *text;
  gsize text_size;
  gsize text_length;
  void *pool;
  gsize pool_size;
  gboolean has_escapes;
  guint8 record_order[SOBRE_N_DATASETS][SOBRE_RULES_MAX_MEMBERS];
  guint8 item_order[SOBRE_RULES_MAX_MEMBERS];
} SobreRecordChecker;

SobreRecordChecker *sobre_record_checker_new (SobreRules *rules);
void sobre_record_checker_free (SobreRecordChecker *self);

/**
 * sobre_record_checker_load:
 *
 * Takes one line in: copies it and scans it for depth. @line has to stay until its last record was read.
 *
 * Returns: (nullable): %NULL, or the name of the rule that the line as a whole breaks
 */
const char *sobre_record_checker_load (SobreRecordChecker *self, const char *line, gsize length);

/**
 * sobre_record_checker_read:
 * @offset: (inout): where in the loaded line a record begins; behind it and the white space after it on return
 * @submitted: whether the record comes from a guest, without the collector's members
 * @root: (out) (optional): the record's JSON, in the checker's buffers
 *
 * Reads the next record of the loaded line. More than one may stand on a line: a stream that was written without newlines loses
 * nothing by it.
 *
 * Returns: (nullable): %NULL and the record in @self, or the name of the broken rule
 */
const char *sobre_record_checker_read (SobreRecordChecker *self,
                                       SobreDataset dataset,
                                       gboolean submitted,
                                       gsize *offset,
                                       yyjson_val **root);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreRecordChecker, sobre_record_checker_free)
