/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "model/sobre-document.h"
#include "model/sobre-record.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_FORM (sobre_form_get_type ())

/** SobreForm: form.json, checked. Immutable. docs/form.md describes the document. */
G_DECLARE_FINAL_TYPE (SobreForm, sobre_form, SOBRE, FORM, GObject)

/** What the answer to an earlier question has to be for a question to be asked. */
typedef enum
{
  SOBRE_FORM_ALWAYS,
  SOBRE_FORM_AT_MOST,  /* its score is at most @score */
  SOBRE_FORM_AT_LEAST, /* its score is at least @score */
  SOBRE_FORM_IS,       /* its score is @score, or @choice is chosen */
} SobreFormRule;

/** SobreFormChoice: @id: as the lake holds it; @label: as the guest reads it */
typedef struct
{
  char *id;
  SobreDocumentText *label;
} SobreFormChoice;

/**
 * SobreFormQuestion:
 * @label: its short name, "Service", as dashboards show it
 * @text: (nullable): the question as guests are asked it, where that is not the label
 * @multiple: several choices may be taken
 * @dishes: asked of each dish of the published menu that the guest had, and not at all where no menu is published: form.json's kind
 *   “dish”. Its answers are stars with the dish as their item
 * @max_length: characters of a text
 * @low: (nullable): words under the lowest score of an NPS scale
 * @high: (nullable): words under the highest
 * @choices: (element-type SobreFormChoice): empty unless the kind is choice
 * @shown_after: the earlier question that @rule is about
 * @choice: (nullable): the choice that @rule is about
 */
typedef struct
{
  char *id;
  SobreAnswerKind kind;
  gboolean required;
  gboolean multiple;
  gboolean dishes;
  guint max_length;
  SobreDocumentText *label;
  SobreDocumentText *text;
  SobreDocumentText *low;
  SobreDocumentText *high;
  GPtrArray *choices;
  SobreFormRule rule;
  guint shown_after;
  gint score;
  char *choice;
} SobreFormQuestion;

/** SobreFormWords: the texts of a form that are no question; all but title, thanks and privacy may be %NULL. */
typedef enum
{
  SOBRE_FORM_TITLE,           /* the headline */
  SOBRE_FORM_INTRO,           /* a line under it */
  SOBRE_FORM_COMMENT,         /* asks for the open comment; without it the form has none */
  SOBRE_FORM_CONSENT,         /* a box that has to be ticked to send */
  SOBRE_FORM_PRIVACY,         /* what is kept, for how long ({days}) and why */
  SOBRE_FORM_THANKS,          /* the headline after sending */
  SOBRE_FORM_CONTACT,         /* asks whether the guest wants a reply; without it no contact is asked for */
  SOBRE_FORM_CONTACT_CONSENT, /* the box that has to be ticked beside an address; says for how long it is kept ({days}) */
  SOBRE_FORM_REVIEW,          /* the words of the review link */
} SobreFormWords;

#define SOBRE_FORM_N_WORDS 9

/**
 * sobre_form_parse:
 * @issues: (out) (optional) (element-type SobreDocumentIssue) (transfer full): everything found, fatal or not
 *
 * Reads and checks a form. It refuses a rule that shows the review link by score (F9), unknown kinds, doubled ids, skip
 * logic that looks forward or goes nowhere, and missing texts of the first language.
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_SETTINGS_ERROR when anything fatal was found
 */
SobreForm *sobre_form_parse (const char *json, gssize length, GPtrArray **issues, GError **error);

const char *sobre_form_get_id (SobreForm *self);
gint32 sobre_form_get_version (SobreForm *self);

/** The checked document, compact JSON. (transfer none) */
const char *sobre_form_get_json (SobreForm *self);
const char *const *sobre_form_get_languages (SobreForm *self);

/** sobre_form_get_words: Returns: (transfer none) (nullable): the text in @language, falling back to the first language */
const char *sobre_form_get_words (SobreForm *self, SobreFormWords words, const char *language);

/** Characters that the open comment may have. */
guint sobre_form_get_comment_max_length (SobreForm *self);

/** Days that a contact address is kept, 0 when the form asks for none. */
guint sobre_form_get_contact_days (SobreForm *self);

/** sobre_form_get_review_url: (transfer none) (nullable): shown to every guest after sending (F9) */
const char *sobre_form_get_review_url (SobreForm *self);

/** sobre_form_get_question: (transfer none) */
const SobreFormQuestion *sobre_form_get_question (SobreForm *self, guint question);
guint sobre_form_get_n_questions (SobreForm *self);
const char *sobre_form_get_question_id (SobreForm *self, guint question);
SobreAnswerKind sobre_form_get_question_kind (SobreForm *self, guint question);

/** sobre_form_question_get_kind_name: "stars", "dish", …: as form.json says it. (transfer none) */
const char *sobre_form_question_get_kind_name (const SobreFormQuestion *self);

/** sobre_form_find_dish_question: Returns: (transfer none) (nullable): the one question that is asked of dishes */
const SobreFormQuestion *sobre_form_find_dish_question (SobreForm *self);

/** sobre_form_get_dish_question_id: (transfer none): under which question the menu's page rates dishes: that one, else "dish" */
const char *sobre_form_get_dish_question_id (SobreForm *self);

/** The question's short name in @language, falling back to the first language: "Service". */
const char *sobre_form_get_question_label (SobreForm *self, guint question, const char *language);

G_END_DECLS
