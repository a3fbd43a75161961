/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-document-reader.h"
#include "model/sobre-form.h"

#define SOBRE_FORM_MAX_LENGTH 2000
#define SOBRE_FORM_DISH_KIND "dish"

struct _SobreForm
{
  GObject parent_instance;

  char *id;
  gint32 version;
  char **languages;
  char *json;
  GPtrArray *questions; /* (element-type SobreFormQuestion) */
  SobreDocumentText *words[SOBRE_FORM_N_WORDS];
  guint comment_max_length;
  guint contact_days;
  char *review_url;
};

void sobre_form_question_free (SobreFormQuestion *self);
