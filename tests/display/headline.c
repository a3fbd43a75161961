/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The sentence over the figures: it names the largest fall, claims nothing that chance gives, and says when there is too little. */

#include "pages/overview/sobre-headline.h"

#include <math.h>

static void
question_free (gpointer data)
{
  SobreQuestionFigures *question = data;

  g_free (question->question);
  g_free (question);
}

/* @n answers of which half lie one under and half one over @mean, so that the variance is one. */
static SobreQuestionFigures
make_question (const char *name, gint64 n, int mean, double previous_mean)
{
  SobreQuestionFigures question = {
    .question = g_strdup (name),
    .kind = SOBRE_ANSWER_STARS,
    .n = n,
    .mean = mean,
    .nps = NAN,
    .previous_n = n,
    .previous_mean = previous_mean,
    .previous_nps = NAN,
  };

  question.histogram[mean - 1] = n / 2;
  question.histogram[mean + 1] = n / 2;
  return question;
}

static void
add_question (SobreFigures *figures, const char *name, gint64 n, int mean, double previous_mean)
{
  SobreQuestionFigures *question = g_new0 (SobreQuestionFigures, 1);

  *question = make_question (name, n, mean, previous_mean);
  g_ptr_array_add (figures->questions, question);
}

static SobreFigures *
make_figures (gint64 n)
{
  SobreFigures *figures = g_new0 (SobreFigures, 1);

  figures->filter = sobre_filter_new (0, 6);
  figures->n_responses = n;
  figures->overall = make_question (NULL, n, 4, 4);
  figures->questions = g_ptr_array_new_with_free_func (question_free);
  figures->tables = g_ptr_array_new ();
  return figures;
}

static void
free_figures (SobreFigures *figures)
{
  sobre_filter_free (figures->filter);
  g_ptr_array_unref (figures->questions);
  g_ptr_array_unref (figures->tables);
  g_free (figures);
}

static const SobreEvidence *
get_evidence (const SobreHeadline *headline, guint i)
{
  return g_ptr_array_index (headline->evidence, i);
}

static SobreHeadline *
make_headline (const SobreFigures *figures)
{
  const SobreFiguresLabels labels = { 0 };

  return sobre_headline_make (figures, &labels);
}

static void
test_fall (void)
{
  SobreFigures *figures = make_figures (400);
  g_autoptr (SobreHeadline) headline = NULL;

  add_question (figures, "food", 400, 4, 3.8);
  add_question (figures, "service", 400, 4, 4.5);
  add_question (figures, "place", 400, 4, 4.2);
  headline = make_headline (figures);
  g_assert_true (g_str_has_prefix (headline->headline, "service fell to 4.00"));
  g_assert_nonnull (strstr (headline->headline, "−0.50"));
  g_assert_nonnull (strstr (headline->headline, "n\302\240=\302\240400"));
  g_assert_true (g_str_has_prefix (get_evidence (headline, 0)->words, "food rose to 4.00"));
  free_figures (figures);
}

/* The same change that counts with 400 answers is chance with 10: 2 × √(1/10 + 1/10) = 0.89. */
static void
test_chance (void)
{
  SobreFigures *figures = make_figures (10);
  g_autoptr (SobreHeadline) headline = NULL;

  add_question (figures, "service", 10, 4, 4.5);
  headline = make_headline (figures);
  g_assert_true (g_str_has_prefix (headline->headline, "Scores are steady at 4.00"));
  g_assert_cmpuint (headline->evidence->len, ==, 0);
  free_figures (figures);
}

static void
test_few (void)
{
  SobreFigures *none = make_figures (0);
  SobreFigures *few = make_figures (4);
  g_autoptr (SobreHeadline) of_none = make_headline (none);
  g_autoptr (SobreHeadline) of_few = make_headline (few);

  g_assert_true (g_str_has_prefix (of_none->headline, "No answers"));
  g_assert_true (g_str_has_prefix (of_few->headline, "4 answers so far"));
  free_figures (none);
  free_figures (few);
}

/* An hour counts as weak three standard errors under all answers: with n = 100, from 3.70 down. */
static void
test_weak_hour (void)
{
  SobreFigures *figures = make_figures (1000);
  g_autoptr (SobreHeadline) headline = NULL;
  g_autoptr (SobreHeadline) without = NULL;

  figures->heat[4][20] = (SobreCellFigures) { 100, 3.75 };
  without = make_headline (figures);
  g_assert_cmpuint (without->evidence->len, ==, 0);
  figures->heat[4][20] = (SobreCellFigures) { 100, 3.65 };
  headline = make_headline (figures);
  g_assert_nonnull (strstr (get_evidence (headline, 0)->words, "20:00"));
  g_assert_nonnull (strstr (get_evidence (headline, 0)->words, "3.65"));
  free_figures (figures);
}

/* What is said of an hour and of a table says which, so that the page can show their answers. */
static void
test_places (void)
{
  SobreFigures *figures = make_figures (1000);
  SobreTableFigures table = { (char *) "harbour", (char *) "12", 100, 3.1 };
  g_autoptr (SobreHeadline) headline = NULL;

  figures->heat[4][20] = (SobreCellFigures) { 100, 3.2 };
  g_ptr_array_add (figures->tables, &table);
  headline = make_headline (figures);
  g_assert_cmpuint (headline->evidence->len, ==, 2);
  g_assert_cmpint (get_evidence (headline, 0)->weekday, ==, 4);
  g_assert_cmpint (get_evidence (headline, 0)->hour, ==, 20);
  g_assert_null (get_evidence (headline, 0)->table_id);
  g_assert_cmpstr (get_evidence (headline, 1)->store_id, ==, "harbour");
  g_assert_cmpstr (get_evidence (headline, 1)->table_id, ==, "12");
  g_assert_cmpint (get_evidence (headline, 1)->weekday, ==, -1);
  g_ptr_array_set_size (figures->tables, 0);
  free_figures (figures);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/headline/names-the-largest-fall", test_fall);
  g_test_add_func ("/headline/claims-nothing-from-chance", test_chance);
  g_test_add_func ("/headline/says-when-there-is-too-little", test_few);
  g_test_add_func ("/headline/names-a-weak-hour", test_weak_hour);
  g_test_add_func ("/headline/tells-the-hour-and-the-table", test_places);
  return g_test_run ();
}
