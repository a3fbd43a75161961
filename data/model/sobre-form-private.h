/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "model/sobre-form.h"

#define SOBRE_FORM_NAME_CHARACTERS 80
#define SOBRE_FORM_TEXT_CHARACTERS 400
#define SOBRE_FORM_MAX_LENGTH 2000

typedef struct
{
  char *language;
  char *text;
} SobreFormTextPair;

/* The first pair is of the form's first language. */
struct _SobreFormText
{
  SobreFormTextPair *pairs;
  guint n;
};

struct _SobreForm
{
  GObject parent_instance;

  char *id;
  gint32 version;
  char **languages;
  char *json;
  GPtrArray *questions; /* (element-type SobreFormQuestion) */
  SobreFormText *words[SOBRE_FORM_N_WORDS];
  guint comment_max_length;
  guint contact_days;
  char *review_url;
};

void sobre_form_text_free (SobreFormText *self);
void sobre_form_question_free (SobreFormQuestion *self);

/* SobreFormReader: one check of one document: what it becomes, and what was found. */
typedef struct
{
  SobreForm *form;
  GPtrArray *issues;
  guint n_fatal;
} SobreFormReader;

/* Notes an issue and returns FALSE. The path is @base, then @member behind a dot; either may be empty. */
gboolean sobre_form_reader_refuse (SobreFormReader *self, const char *base, const char *member, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/* Notes an issue that the form can be used with. */
void sobre_form_reader_warn (SobreFormReader *self, const char *base, const char *member, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/* Readers of one member each. A member that is not as it has to be is noted, and the reader goes on. */
void sobre_form_reader_check_members (SobreFormReader *self, JsonObject *object, const char *base, const char *const *known);
JsonObject *sobre_form_reader_get_object (SobreFormReader *self, JsonObject *object, const char *base, const char *member);
JsonArray *sobre_form_reader_get_array (SobreFormReader *self,
                                        JsonObject *object,
                                        const char *base,
                                        const char *member,
                                        guint least,
                                        guint most);
gint64 sobre_form_reader_get_number (SobreFormReader *self,
                                     JsonObject *object,
                                     const char *base,
                                     const char *member,
                                     gint64 minimum,
                                     gint64 maximum,
                                     gint64 otherwise);
gboolean sobre_form_reader_get_boolean (SobreFormReader *self, JsonObject *object, const char *base, const char *member);

/* An id: 1 to 64 letters, digits, dots, dashes and underscores. (transfer full) (nullable) */
char *sobre_form_reader_dup_id (SobreFormReader *self, JsonObject *object, const char *base, const char *member);

/* A text in the form's languages, the first of which it has to have. */
SobreFormText *sobre_form_reader_get_text (SobreFormReader *self,
                                           JsonObject *object,
                                           const char *base,
                                           const char *member,
                                           gboolean required,
                                           gsize max_characters);

/* Likewise, and each has to say {days}. */
SobreFormText *
sobre_form_reader_get_retention_text (SobreFormReader *self, JsonObject *object, const char *base, const char *member);
