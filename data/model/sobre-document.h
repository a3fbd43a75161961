/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/**
 * SobreDocumentText:
 *
 * One text in the languages of its document, form.json or menu.json.
 */
typedef struct _SobreDocumentText SobreDocumentText;

/** The text in @language, falling back to the document's first language; %NULL if @self is. (transfer none) (nullable) */
const char *sobre_document_text_get (const SobreDocumentText *self, const char *language);

/** The language of what sobre_document_text_get() returns; %NULL if @self is. (transfer none) (nullable) */
const char *sobre_document_text_get_language (const SobreDocumentText *self, const char *language);

/**
 * SobreDocumentIssue:
 * @path: where in the document, "questions[2].choices[0].label.de"
 * @fatal: whether the document cannot be used with it
 * @message: what is wrong and what to do, translated
 */
typedef struct
{
  char *path;
  gboolean fatal;
  char *message;
} SobreDocumentIssue;

void sobre_document_issue_free (SobreDocumentIssue *self);
