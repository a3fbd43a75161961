/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-figures-plots.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/sobre-time.h"
#include "sobre-figures-words.h"
#include "sobre-format.h"

/* What the guests' pages ask by themselves: for a comment, for an address, for the stars of a dish on the menu. */
static const char *
name_page_question (const char *question)
{
  if (strcmp (question, "comment") == 0)
    return _ ("Comment");
  if (strcmp (question, "contact") == 0)
    return _ ("Contact");
  if (strcmp (question, "dish") == 0)
    return _ ("Dishes");
  return question;
}

const char *
sobre_figures_get_question_name (const SobreFiguresLabels *labels, const char *question)
{
  for (guint i = 0; labels->form != NULL && i < sobre_form_get_n_questions (labels->form); i++)
    if (strcmp (sobre_form_get_question_id (labels->form, i), question) == 0)
      return sobre_form_get_question_label (labels->form, i, labels->language);
  return name_page_question (question);
}

const char *
sobre_figures_get_store_name (const SobreFiguresLabels *labels, const char *store_id)
{
  for (guint i = 0; labels->stores != NULL && i < labels->stores->len; i++)
    {
      const SobreStore *store = g_ptr_array_index (labels->stores, i);

      if (strcmp (store->id, store_id) == 0)
        return store->name;
    }
  return store_id;
}

char *
sobre_figures_format_place (const SobreFiguresLabels *labels, const char *store_id, const char *table_id, gboolean with_store)
{
  /* Translators: a table, and the table of a store where there are several. */
  return with_store ? g_strdup_printf (_ ("Table %s, %s"), table_id, sobre_figures_get_store_name (labels, store_id))
                    : g_strdup_printf (_ ("Table %s"), table_id);
}

gboolean
sobre_figures_has_several_stores (const SobreFigures *figures)
{
  for (guint i = 1; i < figures->tables->len; i++)
    {
      const SobreTableFigures *first = g_ptr_array_index (figures->tables, 0);
      const SobreTableFigures *other = g_ptr_array_index (figures->tables, i);

      if (strcmp (first->store_id, other->store_id) != 0)
        return TRUE;
    }
  return FALSE;
}

static void
append (GString *words, const char *piece)
{
  g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", piece);
}

static void
append_time_filters (GString *words, const SobreFilter *filter)
{
  if (filter->weekday >= 0)
    {
      g_autofree char *day = sobre_format_weekday (filter->weekday);

      append (words, day);
    }
  if (filter->hour >= 0)
    {
      g_autofree char *hours = g_strdup_printf ("%d:00\342\200\223%d:00", filter->hour, (filter->hour + 1) % 24);

      append (words, hours);
    }
}

char *
sobre_figures_describe_filter (const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  const SobreFilter *filter = figures->filter;
  g_autofree char *span = sobre_format_span (filter->from_day, filter->to_day);
  g_autoptr (GString) words = g_string_new (span);

  if (filter->store_id == NULL)
    append (words, _ ("all stores"));
  else
    append (words, sobre_figures_get_store_name (labels, filter->store_id));
  if (filter->table_id == NULL)
    append (words, _ ("all tables"));
  else
    g_string_append_printf (words, _ (" · table %s"), filter->table_id);
  if (filter->language != NULL)
    g_string_append_printf (words, _ (" · language %s"), filter->language);
  append_time_filters (words, filter);
  if (filter->unverified)
    append (words, _ ("with answers that no valid card vouches for"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* "14:05", with the date when that was not on the last day shown. */
static char *
format_newest (const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  g_autofree char *time = sobre_format_time (figures->newest, labels->calendar);
  g_autofree char *day = NULL;
  SobreServiceTime where = sobre_service_calendar_locate (labels->calendar, figures->newest);

  if (where.day == figures->filter->to_day)
    return g_steal_pointer (&time);
  day = sobre_format_day (where.day, FALSE);
  /* Translators: a day and a time: "27 Nov, 23:04" */
  return g_strdup_printf (_ ("%s, %s"), day, time);
}

char *
sobre_figures_describe_age (const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  g_autofree char *newest = NULL;

  if (figures->newest == 0)
    return g_strdup (_ ("no answers yet"));
  newest = format_newest (figures, labels);
  /* Translators: a time, or a day and a time. */
  return g_strdup_printf (_ ("answers up to %s"), newest);
}

void
sobre_figures_set_titles (const SobreFigures *figures,
                          const SobreFiguresLabels *labels,
                          SobreDrawing *drawing,
                          const char *title)
{
  g_autofree char *age = sobre_figures_describe_age (figures, labels);
  g_autofree char *newest = figures->newest != 0 ? format_newest (figures, labels) : NULL;

  sobre_drawing_set_titles (drawing, title, age);
  sobre_drawing_set_short_note (drawing, newest);
}

char *
sobre_figures_describe_calendar (const SobreFiguresLabels *labels)
{
  guint cutoff = sobre_service_calendar_get_cutoff (labels->calendar);

  /* Translators: an hour and a minute, and a time zone. */
  return g_strdup_printf (_ ("service days to %02u:%02u, %s"), cutoff / 60, cutoff % 60,
                          sobre_service_calendar_get_time_zone (labels->calendar));
}
