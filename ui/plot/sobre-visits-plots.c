/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-visits-plots.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sobre-bar-list.h"
#include "sobre-figures-words.h"
#include "sobre-format.h"
#include "sobre-visits-words.h"

/* A loss of less than this share of those who came before is nothing to point at. */
#define LEAST_LOSS 0.05

gboolean
sobre_visits_have_anything (const SobreVisitFigures *visits)
{
  return visits->has_visits || visits->has_orders || visits->dishes->len > 0;
}

const char *
sobre_visits_get_empty_words (const SobreVisitFigures *visits)
{
  return visits->has_visits
             ? _ ("No visits in this period")
             : _ ("No visits yet. Phones tell of them when guests open the menu or the form: print cards and start "
                  "collecting.");
}

void
sobre_visits_set_titles (const SobreVisitFigures *visits,
                         const SobreFigures *figures,
                         const SobreFiguresLabels *labels,
                         SobreDrawing *drawing,
                         const char *title)
{
  const char *all = visits->has_orders ? _ ("visits and orders of all languages") : _ ("visits of all languages");
  g_autofree char *age = sobre_figures_describe_age (figures, labels);
  g_autofree char *note = g_strconcat (all, " · ", age, NULL);

  sobre_figures_set_titles (figures, labels, drawing, title);
  if (visits->filter->language == NULL)
    return;
  sobre_drawing_set_titles (drawing, title, note);
  sobre_drawing_set_short_note (drawing, all);
}

static const char *
get_step_name (SobreVisitStep step)
{
  switch (step)
    {
    case SOBRE_VISIT_MENU_OPENED:
      return _ ("Menu opened");
    case SOBRE_VISIT_DISH_LOOKED_AT:
      return _ ("Dish looked at");
    case SOBRE_VISIT_FORM_OPENED:
      return _ ("Form opened");
    case SOBRE_VISIT_FORM_BEGUN:
      return _ ("Form begun");
    case SOBRE_VISIT_QUESTION_REACHED:
      return _ ("Question reached");
    case SOBRE_VISIT_ANSWER_SENT:
    default:
      return _ ("Answer sent");
    }
}

static gboolean
is_opening (SobreVisitStep step)
{
  return step == SOBRE_VISIT_MENU_OPENED || step == SOBRE_VISIT_FORM_OPENED;
}

/* The step of the form before which the greatest share of visits ended; the number of steps for none worth a word. */
static guint
find_greatest_loss (const SobreVisitFigures *visits)
{
  double greatest = LEAST_LOSS;
  guint found = SOBRE_N_VISIT_STEPS;

  for (guint step = SOBRE_VISIT_FORM_BEGUN; step < SOBRE_N_VISIT_STEPS; step++)
    {
      gint64 before = visits->steps[step - 1];
      double loss = before >= SOBRE_SMALL_SAMPLE ? 1 - (double) visits->steps[step] / (double) before : 0;

      if (loss > greatest)
        {
          greatest = loss;
          found = step;
        }
    }
  return found;
}

static void
add_step (SobreBarList *list, const SobreVisitFigures *visits, SobreVisitStep step, gint64 longest, gboolean worst)
{
  gint64 own = visits->steps[step], opened = visits->steps[step];
  gint64 before = is_opening (step) ? own : visits->steps[step - 1];
  g_autofree char *value = sobre_format_count (own);
  g_autofree char *share = NULL;
  g_autofree char *note = NULL;
  g_autofree char *words = NULL;
  SobreBar bar = { .name = get_step_name (step), .value = value };

  if (!is_opening (step))
    opened = visits->steps[step > SOBRE_VISIT_FORM_OPENED ? SOBRE_VISIT_FORM_OPENED : SOBRE_VISIT_MENU_OPENED];
  if (!is_opening (step) && opened > 0)
    {
      share = sobre_format_share ((double) own / (double) opened);
      /* Translators: a share of visits; most of those that end do so before this step. */
      note = worst ? g_strdup_printf (_ ("%s, most end before it"), share) : g_strdup (share);
      /* Translators: a step, a number of visits, their share. */
      words = g_strdup_printf (step > SOBRE_VISIT_FORM_OPENED ? _ ("%s: %s visits, %s of forms opened")
                                                              : _ ("%s: %s visits, %s of menus opened"),
                               bar.name, value, share);
    }
  else
    {
      words = g_strdup_printf (_ ("%s: %s visits"), bar.name, value);
    }
  bar.note = note;
  bar.words = words;
  bar.length = (double) own / (double) longest;
  bar.lost = (double) MAX (before - own, 0) / (double) longest;
  bar.warn = worst;
  bar.apart = step == SOBRE_VISIT_FORM_OPENED;
  sobre_bar_list_add (list, &bar);
}

static char *
summarise_funnel (const SobreVisitFigures *visits)
{
  const gint64 *steps = visits->steps;
  g_autofree char *menus = sobre_format_count (steps[SOBRE_VISIT_MENU_OPENED]);
  g_autofree char *looked =
      sobre_format_share ((double) steps[SOBRE_VISIT_DISH_LOOKED_AT] / (double) MAX (steps[SOBRE_VISIT_MENU_OPENED], 1));
  g_autofree char *forms = sobre_format_count (steps[SOBRE_VISIT_FORM_OPENED]);
  g_autofree char *sent =
      sobre_format_share ((double) steps[SOBRE_VISIT_ANSWER_SENT] / (double) MAX (steps[SOBRE_VISIT_FORM_OPENED], 1));

  /* Translators: a number and a share, for the menu and for the form. */
  return g_strdup_printf (
      _ ("The menu was opened %s times; %s of the visits looked at a dish. The form was opened %s times; %s sent "
         "an answer."),
      menus, looked, forms, sent);
}

SobreDrawing *
sobre_visits_make_funnel (const SobreVisitFigures *visits, const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  const char *header[] = { _ ("Step"), _ ("Visits"), _ ("Of those opened"), NULL };
  SobreBarList *list = sobre_bar_list_new (header, sobre_visits_get_empty_words (visits));
  g_autofree char *summary = summarise_funnel (visits);
  guint worst = find_greatest_loss (visits);
  gint64 longest = 0;

  for (guint step = 0; step < SOBRE_N_VISIT_STEPS; step++)
    longest = MAX (longest, visits->steps[step]);
  for (guint step = 0; longest > 0 && step < SOBRE_N_VISIT_STEPS; step++)
    add_step (list, visits, step, longest, step == worst);
  sobre_bar_list_set_summary (list, summary);
  sobre_visits_set_titles (visits, figures, labels, SOBRE_DRAWING (list), _ ("From card to answer"));
  return SOBRE_DRAWING (list);
}

/** Reach: a question in its place. @always: whether every guest is asked it */
typedef struct
{
  const char *question;
  gint64 visits;
  guint place;
  gboolean always;
} Reach;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Reach *x = a, *y = b;

  return x->place != y->place ? (x->place > y->place) - (x->place < y->place) : strcmp (x->question, y->question);
}

/* In the form's order; the comment and the contact, which are no questions of it, come last. */
static Reach
find_place (const SobreReachFigures *reach, SobreForm *form)
{
  guint n = form != NULL ? sobre_form_get_n_questions (form) : 0;

  for (guint i = 0; i < n; i++)
    {
      const SobreFormQuestion *question = sobre_form_get_question (form, i);

      if (g_str_equal (question->id, reach->question))
        return (Reach) { reach->question, reach->visits, i, question->rule == SOBRE_FORM_ALWAYS && !question->dishes };
    }
  return (Reach) { reach->question, reach->visits, n + (guint) g_str_equal (reach->question, "contact"), TRUE };
}

static GArray *
order_reach (const SobreVisitFigures *visits, SobreForm *form)
{
  GArray *ordered = g_array_new (FALSE, FALSE, sizeof (Reach));

  for (guint i = 0; i < visits->reach->len; i++)
    {
      Reach reach = find_place (g_ptr_array_index (visits->reach, i), form);

      g_array_append_val (ordered, reach);
    }
  g_array_sort (ordered, compare_places);
  return ordered;
}

/* How many reached the last question before @index that every guest is asked; the form's openings before the first. */
static gint64
get_reached_before (const SobreVisitFigures *visits, const GArray *ordered, guint index)
{
  for (guint i = index; i > 0; i--)
    {
      if (g_array_index (ordered, Reach, i - 1).always)
        return g_array_index (ordered, Reach, i - 1).visits;
    }
  return MAX (visits->steps[SOBRE_VISIT_FORM_OPENED], g_array_index (ordered, Reach, 0).visits);
}

static guint
find_greatest_drop (const SobreVisitFigures *visits, const GArray *ordered)
{
  double greatest = LEAST_LOSS;
  guint found = G_MAXUINT;

  for (guint i = 0; i < ordered->len; i++)
    {
      const Reach *reach = &g_array_index (ordered, Reach, i);
      gint64 before = get_reached_before (visits, ordered, i);
      double loss = before >= SOBRE_SMALL_SAMPLE && reach->always ? 1 - (double) reach->visits / (double) before : 0;

      if (loss > greatest)
        {
          greatest = loss;
          found = i;
        }
    }
  return found;
}

static void
add_reach (SobreBarList *list,
           const SobreVisitFigures *visits,
           const GArray *ordered,
           guint index,
           gboolean worst,
           const SobreFiguresLabels *labels)
{
  const Reach *reach = &g_array_index (ordered, Reach, index);
  gint64 opened = get_reached_before (visits, ordered, 0), before = get_reached_before (visits, ordered, index);
  g_autofree char *value = sobre_format_count (reach->visits);
  g_autofree char *share = sobre_format_share ((double) reach->visits / (double) MAX (opened, 1));
  g_autofree char *note = NULL;
  g_autofree char *words = NULL;
  const char *name = sobre_figures_get_question_name (labels, reach->question);
  SobreBar bar = { .name = name, .value = value, .warn = worst };

  /* Translators: a share of visits; the question is not asked of every guest, or most visits that end do so before it. */
  note = worst ? g_strdup_printf (_ ("%s, most end before it"), share)
               : (reach->always ? g_strdup (share) : g_strdup_printf (_ ("%s, asked of some"), share));
  words = g_strdup_printf (_ ("%s: %s visits, %s of forms opened"), name, value, share);
  bar.note = note;
  bar.words = words;
  bar.length = (double) reach->visits / (double) MAX (opened, 1);
  bar.lost = reach->always ? (double) MAX (before - reach->visits, 0) / (double) MAX (opened, 1) : 0;
  sobre_bar_list_add (list, &bar);
}

static char *
summarise_reach (const SobreVisitFigures *visits, const GArray *ordered, guint worst, const SobreFiguresLabels *labels)
{
  g_autofree char *opened = sobre_format_count (visits->steps[SOBRE_VISIT_FORM_OPENED]);
  g_autoptr (GString) words = g_string_new (NULL);

  g_string_append_printf (words, _ ("The form was opened %s times."), opened);
  if (worst < ordered->len)
    {
      const Reach *reach = &g_array_index (ordered, Reach, worst);

      /* Translators: a question's name. */
      g_string_append_printf (words, _ (" Most visits that end do so before “%s”."),
                              sobre_figures_get_question_name (labels, reach->question));
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

SobreDrawing *
sobre_visits_make_drop_off (const SobreVisitFigures *visits, const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  const char *header[] = { _ ("Question"), _ ("Visits"), _ ("Of forms opened"), NULL };
  SobreBarList *list = sobre_bar_list_new (header, sobre_visits_get_empty_words (visits));
  g_autoptr (GArray) ordered = order_reach (visits, labels->form);
  guint worst = find_greatest_drop (visits, ordered);
  g_autofree char *summary = summarise_reach (visits, ordered, worst, labels);

  for (guint i = 0; i < ordered->len; i++)
    add_reach (list, visits, ordered, i, i == worst, labels);
  sobre_bar_list_set_summary (list, summary);
  sobre_visits_set_titles (visits, figures, labels, SOBRE_DRAWING (list), _ ("Questions reached"));
  return SOBRE_DRAWING (list);
}
