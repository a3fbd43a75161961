/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-document-change.h"

SobreDocumentChange *
sobre_document_change_new (const char *path, JsonNode *before, JsonNode *after)
{
  SobreDocumentChange *self = g_new0 (SobreDocumentChange, 1);

  self->path = g_strdup (path);
  self->before = before != NULL ? json_node_ref (before) : NULL;
  self->after = after != NULL ? json_node_ref (after) : NULL;
  return self;
}

void
sobre_document_change_free (gpointer data)
{
  SobreDocumentChange *self = data;

  g_free (self->path);
  g_clear_pointer (&self->before, json_node_unref);
  g_clear_pointer (&self->after, json_node_unref);
  g_free (self);
}
