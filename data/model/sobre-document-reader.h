/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "model/sobre-document.h"

#define SOBRE_DOCUMENT_NAME_CHARACTERS 80
#define SOBRE_DOCUMENT_TEXT_CHARACTERS 400

typedef struct
{
  char *language;
  char *text;
} SobreDocumentTextPair;

/* The first pair is of the document's first language. */
struct _SobreDocumentText
{
  SobreDocumentTextPair *pairs;
  guint n;
};

void sobre_document_text_free (SobreDocumentText *self);

/**
 * SobreDocumentReader: one check of one document that people edit by hand.
 * @languages: (nullable): those of the document, the first is the one that every text has to have; borrowed
 * @issues: (element-type SobreDocumentIssue): what was found; borrowed
 * @n_fatal: how many of them are fatal
 */
typedef struct
{
  char **languages;
  GPtrArray *issues;
  guint n_fatal;
} SobreDocumentReader;

/**
 * sobre_document_reader_parse:
 *
 * What has to hold before a member is looked at: at most @max_bytes of UTF-8, nesting that a parser can recurse into, no escaped NUL,
 * valid JSON, no member twice in one object, one object as the whole.
 *
 * Returns: (transfer full) (nullable): a node that holds an object; %NULL after noting why not
 */
JsonNode *sobre_document_reader_parse (SobreDocumentReader *self, const char *json, gsize length, gsize max_bytes);

/** sobre_document_reader_dup_languages: the root's member "languages". Returns: (transfer full) (nullable): %NULL after noting why not */
char **sobre_document_reader_dup_languages (SobreDocumentReader *self, JsonObject *root);

/** Makes a %SOBRE_SETTINGS_ERROR of the first fatal issue, if there is one. Returns: whether there is none */
gboolean sobre_document_reader_finish (const SobreDocumentReader *self, GError **error);

/* Notes an issue and returns FALSE. The path is @base, then @member behind a dot; either may be empty. */
gboolean sobre_document_reader_refuse (SobreDocumentReader *self, const char *base, const char *member, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/* Notes an issue that the form can be used with. */
void sobre_document_reader_warn (SobreDocumentReader *self, const char *base, const char *member, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/* Readers of one member each. A member that is not as it has to be is noted, and the reader goes on. */
void
sobre_document_reader_check_members (SobreDocumentReader *self, JsonObject *object, const char *base, const char *const *known);
JsonObject *
sobre_document_reader_get_object (SobreDocumentReader *self, JsonObject *object, const char *base, const char *member);
JsonArray *sobre_document_reader_get_array (SobreDocumentReader *self,
                                            JsonObject *object,
                                            const char *base,
                                            const char *member,
                                            guint least,
                                            guint most);
gint64 sobre_document_reader_get_number (SobreDocumentReader *self,
                                         JsonObject *object,
                                         const char *base,
                                         const char *member,
                                         gint64 minimum,
                                         gint64 maximum,
                                         gint64 otherwise);
gboolean
sobre_document_reader_get_boolean (SobreDocumentReader *self, JsonObject *object, const char *base, const char *member);

/* An id: 1 to 64 letters, digits, dots, dashes and underscores. (transfer full) (nullable) */
char *sobre_document_reader_dup_id (SobreDocumentReader *self, JsonObject *object, const char *base, const char *member);

/* A text in the document's languages, the first of which it has to have. */
SobreDocumentText *sobre_document_reader_get_text (SobreDocumentReader *self,
                                                   JsonObject *object,
                                                   const char *base,
                                                   const char *member,
                                                   gboolean required,
                                                   gsize max_characters);

/* Likewise, and each has to say {days}. */
SobreDocumentText *
sobre_document_reader_get_retention_text (SobreDocumentReader *self, JsonObject *object, const char *base, const char *member);
