/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

/** SobreDocumentChange: one place of a document. @path: of it · @before, @after: (nullable): what stands there, %NULL for nothing */
typedef struct
{
  char *path;
  JsonNode *before;
  JsonNode *after;
} SobreDocumentChange;

/** sobre_document_change_new: Returns: (transfer full) */
SobreDocumentChange *sobre_document_change_new (const char *path, JsonNode *before, JsonNode *after);

/** sobre_document_change_free: @data: (transfer full): a change, as containers free it */
void sobre_document_change_free (gpointer data);
