/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/sobre-document.h"

#include "model/sobre-document-reader.h"

static const SobreDocumentTextPair *
find_pair (const SobreDocumentText *self, const char *language)
{
  for (guint i = 0; i < self->n; i++)
    if (g_strcmp0 (self->pairs[i].language, language) == 0)
      return &self->pairs[i];
  return &self->pairs[0];
}

const char *
sobre_document_text_get (const SobreDocumentText *self, const char *language)
{
  return self != NULL ? find_pair (self, language)->text : NULL;
}

const char *
sobre_document_text_get_language (const SobreDocumentText *self, const char *language)
{
  return self != NULL ? find_pair (self, language)->language : NULL;
}

void
sobre_document_text_free (SobreDocumentText *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      g_free (self->pairs[i].language);
      g_free (self->pairs[i].text);
    }
  g_free (self->pairs);
  g_free (self);
}

void
sobre_document_issue_free (SobreDocumentIssue *self)
{
  g_free (self->path);
  g_free (self->message);
  g_free (self);
}
