/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-figures-plots.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sobre-comment-list.h"
#include "sobre-figures-words.h"
#include "sobre-format.h"
#include "sobre-heat-map.h"
#include "sobre-question-bars.h"

#define LAST_DETRACTOR 6
#define FIRST_PROMOTER 9
#define BEST_SCORE 5
#define BEST_NPS 10

static void
fill_shares (SobreQuestionRow *row, const SobreQuestionFigures *figures)
{
  gboolean nps = figures->kind == SOBRE_ANSWER_NPS;
  gint64 counts[SOBRE_QUESTION_MAX_SHARES] = { 0 };
  gint64 sum = 0;

  row->n_shares = nps ? 3 : BEST_SCORE;
  for (guint score = nps ? 0 : 1; score <= (nps ? BEST_NPS : BEST_SCORE); score++)
    {
      guint share = nps ? (guint) (score > LAST_DETRACTOR) + (guint) (score >= FIRST_PROMOTER) : score - 1;

      counts[share] += figures->histogram[score];
      sum += figures->histogram[score];
    }
  for (guint i = 0; i < row->n_shares && sum > 0; i++)
    row->shares[i] = (double) counts[i] / (double) sum;
}

static gboolean
has_score (const SobreQuestionFigures *figures)
{
  return figures->kind == SOBRE_ANSWER_STARS || figures->kind == SOBRE_ANSWER_SMILEY || figures->kind == SOBRE_ANSWER_NPS;
}

SobreDrawing *
sobre_figures_make_questions (const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  SobreQuestionBars *bars = sobre_question_bars_new ();

  for (guint i = 0; i < figures->questions->len; i++)
    {
      const SobreQuestionFigures *question = g_ptr_array_index (figures->questions, i);
      gboolean nps = question->kind == SOBRE_ANSWER_NPS;
      g_autofree char *number = sobre_format_number (nps ? question->nps : question->mean, nps ? 0 : 2);
      g_autofree char *value = nps ? g_strdup_printf (_ ("NPS %s"), number) : g_strdup (number);
      SobreQuestionRow *row;

      if (!has_score (question) || question->n == 0)
        continue;
      row = sobre_question_row_new (sobre_figures_get_question_name (labels, question->question), value, question->n);
      fill_shares (row, question);
      sobre_question_bars_add (bars, row);
    }
  sobre_figures_set_titles (figures, labels, SOBRE_DRAWING (bars), _ ("Questions"));
  return SOBRE_DRAWING (bars);
}

SobreDrawing *
sobre_figures_make_heat_map (const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  SobreHeatMap *map =
      sobre_heat_map_new (figures->heat, sobre_service_calendar_get_cutoff (labels->calendar) / 60, figures->overall.mean);

  sobre_figures_set_titles (figures, labels, SOBRE_DRAWING (map), _ ("When it hurts: hour by weekday"));
  return SOBRE_DRAWING (map);
}

static void
add_comment (SobreCommentList *list, const SobreComment *comment, const SobreFiguresLabels *labels, gboolean with_store)
{
  g_autofree char *place = sobre_figures_format_place (labels, comment->store_id, comment->table_id, with_store);
  g_autofree char *day =
      sobre_format_weekday_and_day (sobre_service_calendar_locate (labels->calendar, comment->submitted_at).day);
  g_autofree char *time = sobre_format_time (comment->submitted_at, labels->calendar);
  g_autoptr (GString) words = g_string_new (NULL);
  /* Translators: what a guest said, quoted. */
  g_autofree char *quoted = g_strdup_printf (_ ("“%s”"), comment->text);
  SobreTone tone = SOBRE_TONE_MIDDLE;

  g_string_append_printf (words, "%s %s · %s", day, time, place);
  if (isfinite (comment->score))
    {
      g_autofree char *score = sobre_format_number (comment->score, 1);

      g_string_append_printf (words, _ (" · score %s"), score);
      tone = comment->score < 3 ? SOBRE_TONE_LOW : comment->score >= 4 ? SOBRE_TONE_HIGH : SOBRE_TONE_MIDDLE;
    }
  sobre_comment_list_add (list, quoted, words->str, tone);
}

SobreDrawing *
sobre_figures_make_comments (const SobreFigures *figures, const SobreFiguresLabels *labels, guint limit)
{
  SobreCommentList *list = sobre_comment_list_new (limit > 0 ? 2 : 0);
  gboolean with_store = sobre_figures_has_several_stores (figures);
  guint n = limit > 0 ? MIN (limit, figures->comments->len) : figures->comments->len;

  for (guint i = 0; i < n; i++)
    add_comment (list, g_ptr_array_index (figures->comments, i), labels, with_store);
  sobre_drawing_set_titles (SOBRE_DRAWING (list), _ ("What guests say"), _ ("newest first"));
  return SOBRE_DRAWING (list);
}
