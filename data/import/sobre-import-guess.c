/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "import/sobre-import-guess.h"
#include "import/sobre-import-names.h"

#include <glib/gi18n-lib.h>

#define MAX_QUESTION_BYTES 64
#define SURE 900 /* what the rating of a name is at least that is one of the field's own */
#define MAX_CHOICES 12
#define MAX_CHOICE_BYTES 40
#define LONG_TEXT_BYTES 30

/* Guess: what is being made. @names: of the columns, normalized · @taken: columns that have been given to a field */
typedef struct
{
  const SobreImportSurvey *survey;
  const SobreImportHouse *house;
  SobreImportMapping *mapping;
  GPtrArray *names;
  gboolean *taken;
} Guess;

static const SobreImportColumn *
get_column (const SobreImportSurvey *survey, guint place)
{
  return g_ptr_array_index (survey->columns, place);
}

/* Nine of ten cells: a table may have a few that are torn. */
static gboolean
is_most (guint64 n, const SobreImportColumn *column)
{
  return column->n_filled > 0 && n * 10 >= column->n_filled * 9;
}

/* A column that is called what it is needs half of its cells to be so: the others are rejected, and seen. */
static gboolean
is_enough (guint64 n, const SobreImportColumn *column, guint rating)
{
  return is_most (n, column) || (rating >= SURE && n > 0 && n * 2 >= column->n_filled);
}

static gboolean
can_be (const SobreImportColumn *column, SobreImportFieldKind kind, guint rating)
{
  switch (kind)
    {
    case SOBRE_IMPORT_TIME:
    case SOBRE_IMPORT_STARTED:
      return is_enough (column->n_times, column, rating);
    case SOBRE_IMPORT_CLOCK:
      return is_enough (column->n_clocks, column, rating);
    case SOBRE_IMPORT_QUANTITY:
      return is_enough (column->n_whole, column, rating);
    case SOBRE_IMPORT_AMOUNT:
    case SOBRE_IMPORT_PRICE:
    case SOBRE_IMPORT_DURATION:
      return is_enough (column->n_numbers, column, rating);
    case SOBRE_IMPORT_ID:
      return column->unique && column->n_filled > 0 && !column->counts;
    case SOBRE_IMPORT_ITEM:
      return column->n_filled > 0 && !is_most (column->n_numbers, column);
    case SOBRE_IMPORT_COMMENT:
      return column->n_filled > 0 && !is_most (column->n_numbers, column) && !is_most (column->n_addresses, column);
    default:
      return column->n_filled > 0;
    }
}

static void
give (Guess *self, SobreImportFieldKind kind, guint place)
{
  SobreImportField field = { .kind = kind };
  g_autofree char *name = sobre_import_field_dup_name (&field);

  sobre_import_mapping_set (self->mapping, name, get_column (self->survey, place)->name, NULL, NULL);
  self->taken[place] = TRUE;
}

/* The column that is named best for @kind among those that can be it. */
static void
guess_by_name (Guess *self, SobreImportFieldKind kind)
{
  guint best = 0;
  guint place = 0;

  for (guint i = 0; i < self->survey->columns->len; i++)
    {
      guint rating = sobre_import_name_rate (g_ptr_array_index (self->names, i), kind);

      if (rating > best && !self->taken[i] && can_be (get_column (self->survey, i), kind, rating))
        {
          best = rating;
          place = i;
        }
    }
  if (best > 0)
    give (self, kind, place);
}

/* The only column that can be it, whatever its name. */
static void
guess_by_content (Guess *self, SobreImportFieldKind kind)
{
  guint n = 0;
  guint place = 0;

  for (guint i = 0; i < self->survey->columns->len; i++)
    {
      const SobreImportColumn *column = get_column (self->survey, i);

      if (self->taken[i] || !can_be (column, kind, 0))
        continue;
      place = i;
      n++;
    }
  if (n == 1)
    give (self, kind, place);
}

static void
guess_fields (Guess *self)
{
  /* Those with a content of their own first, then those that many names would fit. */
  static const SobreImportFieldKind order[] = {
    SOBRE_IMPORT_TIME,     SOBRE_IMPORT_STARTED, SOBRE_IMPORT_CLOCK, SOBRE_IMPORT_AMOUNT,   SOBRE_IMPORT_PRICE,
    SOBRE_IMPORT_QUANTITY, SOBRE_IMPORT_TABLE,   SOBRE_IMPORT_STORE, SOBRE_IMPORT_CURRENCY, SOBRE_IMPORT_LANGUAGE,
    SOBRE_IMPORT_DURATION, SOBRE_IMPORT_ID,      SOBRE_IMPORT_ORDER, SOBRE_IMPORT_ITEM_ID,  SOBRE_IMPORT_ITEM,
    SOBRE_IMPORT_COMMENT,  SOBRE_IMPORT_FORM,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      if (!sobre_import_field_belongs (order[i], self->mapping->dataset))
        continue;
      guess_by_name (self, order[i]);
      if (order[i] == SOBRE_IMPORT_TIME && sobre_import_mapping_find (self->mapping, SOBRE_IMPORT_TIME) == NULL)
        guess_by_content (self, SOBRE_IMPORT_TIME);
    }
}

/* The restaurant's own question that a column asks: by its id, or by its name in any language. */
static int
find_question (const Guess *self, const char *name)
{
  SobreForm *form = self->house->form;

  for (guint i = 0; form != NULL && i < sobre_form_get_n_questions (form); i++)
    {
      g_autofree char *id = sobre_import_name_normalize (sobre_form_get_question_id (form, i));

      /* A column holds one score of an answer, and says of no dish. */
      if (sobre_form_get_question (form, i)->dishes)
        continue;
      if (strcmp (id, name) == 0)
        return (int) i;
      for (const char *const *language = sobre_form_get_languages (form); *language != NULL; language++)
        {
          g_autofree char *label = sobre_import_name_normalize (sobre_form_get_question_label (form, i, *language));

          if (strcmp (label, name) == 0)
            return (int) i;
        }
    }
  return -1;
}

/* A score from @least to @most in every cell. */
static gboolean
is_score (const SobreImportColumn *column, double least, double most)
{
  return is_most (column->n_whole, column) && column->minimum >= least && column->maximum <= most && !column->counts;
}

static gboolean
guess_kind (const SobreImportColumn *column, const char *name, SobreAnswerKind *kind)
{
  guint64 average = column->n_filled > 0 ? column->n_bytes / column->n_filled : 0;

  if (is_score (column, 0, 10) && (column->maximum > 5 || sobre_import_name_is_recommendation (name)))
    *kind = SOBRE_ANSWER_NPS;
  else if (is_score (column, 1, 5))
    *kind = SOBRE_ANSWER_STARS;
  else if (!is_most (column->n_numbers, column) && !sobre_import_name_is_staff (name) && column->n_distinct <= MAX_CHOICES &&
           average <= MAX_CHOICE_BYTES && column->n_filled >= 2 * column->n_distinct)
    *kind = SOBRE_ANSWER_CHOICE;
  else
    return FALSE;
  return TRUE;
}

static gboolean
fits_kind (const SobreImportColumn *column, SobreAnswerKind kind)
{
  if (kind == SOBRE_ANSWER_NPS)
    return is_score (column, 0, 10);
  return (kind != SOBRE_ANSWER_STARS && kind != SOBRE_ANSWER_SMILEY) || is_score (column, 1, 5);
}

/* A question's id from a column's name: its words with dashes between, cut behind a character. */
static char *
make_question (const char *name)
{
  char *question = g_strdup (name);

  g_strdelimit (question, " ", '-');
  if (strlen (question) > MAX_QUESTION_BYTES)
    *g_utf8_find_prev_char (question, question + MAX_QUESTION_BYTES + 1) = '\0';
  return question;
}

static void
guess_answer (Guess *self, guint place)
{
  const SobreImportColumn *column = get_column (self->survey, place);
  const char *name = g_ptr_array_index (self->names, place);
  int own = find_question (self, name);
  g_autofree char *question = NULL;
  g_autofree char *field = NULL;
  SobreAnswerKind kind;

  if (self->taken[place] || column->n_filled == 0 || column->counts || is_most (column->n_times, column) ||
      is_most (column->n_clocks, column) || column->n_addresses * 2 > column->n_filled)
    return;
  if (own >= 0 && fits_kind (column, sobre_form_get_question_kind (self->house->form, (guint) own)))
    {
      kind = sobre_form_get_question_kind (self->house->form, (guint) own);
      question = g_strdup (sobre_form_get_question_id (self->house->form, (guint) own));
    }
  else if (name[0] == '\0' || sobre_import_name_is_personal (name) || !guess_kind (column, name, &kind))
    return;
  else
    question = make_question (name);
  field = g_strdup_printf ("%s:%s", sobre_answer_kind_get_name (kind), question);
  sobre_import_mapping_set (self->mapping, field, column->name, NULL, NULL);
  self->taken[place] = TRUE;
}

/* The only column of long texts is the comment, if none is called so. */
static void
guess_comment (Guess *self)
{
  guint n = 0;
  guint place = 0;

  if (sobre_import_mapping_find (self->mapping, SOBRE_IMPORT_COMMENT) != NULL)
    return;
  for (guint i = 0; i < self->survey->columns->len; i++)
    {
      const SobreImportColumn *column = get_column (self->survey, i);

      if (self->taken[i] || !can_be (column, SOBRE_IMPORT_COMMENT, 0) || column->n_bytes < LONG_TEXT_BYTES * column->n_filled ||
          sobre_import_name_is_personal (g_ptr_array_index (self->names, i)))
        continue;
      place = i;
      n++;
    }
  if (n == 1)
    give (self, SOBRE_IMPORT_COMMENT, place);
}

SobreImportMapping *
sobre_import_mapping_guess (const SobreImportSurvey *survey, const SobreImportHouse *house, SobreDataset dataset)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree gboolean *taken = g_new0 (gboolean, survey->columns->len + 1);
  Guess guess = { survey, house, sobre_import_mapping_new (dataset), names, taken };

  for (guint i = 0; i < survey->columns->len; i++)
    g_ptr_array_add (names, sobre_import_name_normalize (get_column (survey, i)->name));
  guess_fields (&guess);
  if (dataset == SOBRE_DATASET_RESPONSES)
    {
      for (guint i = 0; i < survey->columns->len; i++)
        guess_answer (&guess, i);
      guess_comment (&guess);
    }
  return guess.mapping;
}

/* Whether the field's column is called by one of the field's own names. */
static gboolean
is_sure (const SobreImportMapping *mapping, SobreImportFieldKind kind)
{
  const SobreImportField *field = sobre_import_mapping_find (mapping, kind);
  g_autofree char *name = field != NULL ? sobre_import_name_normalize (field->column) : NULL;

  return name != NULL && sobre_import_name_rate (name, kind) >= SURE;
}

static gboolean
asks_for_scores (const SobreImportMapping *answers)
{
  for (guint i = 0; i < answers->fields->len; i++)
    {
      const SobreImportField *field = g_ptr_array_index (answers->fields, i);

      if (field->kind == SOBRE_IMPORT_ANSWER && field->answer != SOBRE_ANSWER_CHOICE)
        return TRUE;
    }
  return sobre_import_mapping_find (answers, SOBRE_IMPORT_COMMENT) != NULL;
}

gboolean
sobre_import_guess_dataset (const SobreImportSurvey *survey,
                            const SobreImportHouse *house,
                            SobreDataset *dataset,
                            GError **error)
{
  g_autoptr (SobreImportMapping) orders = sobre_import_mapping_guess (survey, house, SOBRE_DATASET_ORDERS);
  g_autoptr (SobreImportMapping) answers = sobre_import_mapping_guess (survey, house, SOBRE_DATASET_RESPONSES);
  gboolean sells = sobre_import_mapping_find (orders, SOBRE_IMPORT_ITEM) != NULL &&
                   (sobre_import_mapping_find (orders, SOBRE_IMPORT_AMOUNT) != NULL ||
                    sobre_import_mapping_find (orders, SOBRE_IMPORT_PRICE) != NULL);
  gboolean asks = asks_for_scores (answers);

  /* A quantity or a number from 1 to 5 looks like stars, but an item with a price is sold, whatever stands beside it. */
  if (is_sure (orders, SOBRE_IMPORT_ITEM) && (is_sure (orders, SOBRE_IMPORT_AMOUNT) || is_sure (orders, SOBRE_IMPORT_PRICE)))
    asks = FALSE;
  if (sells == asks)
    {
      g_set_error_literal (
          error, SOBRE_IMPORT_ERROR, SOBRE_IMPORT_ERROR_MAPPING,
          _ ("The columns do not tell whether these are answers or orders; --kind answers or --kind orders does"));
      return FALSE;
    }
  *dataset = sells ? SOBRE_DATASET_ORDERS : SOBRE_DATASET_RESPONSES;
  return TRUE;
}
