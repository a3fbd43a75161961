/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/import/sobre-import-preview.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "model/sobre-time.h"
#include "pages/import/sobre-import-words.h"
#include "sobre-format.h"

#define MOST_REJECTS 100

static GtkWidget *
make_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  return row;
}

static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

/* @format: with {n}, which the number takes the place of */
static void
append_count (GString *words, guint64 n, const char *format)
{
  g_autofree char *number = sobre_format_count ((gint64) n);
  g_auto (GStrv) parts = g_strsplit (format, "{n}", 2);
  g_autofree char *text = g_strjoinv (number, parts);

  if (n > 0)
    g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", text);
}

char *
sobre_import_preview_say (const SobreImportReport *report)
{
  g_autoptr (GString) words = g_string_new (NULL);
  gulong known = (gulong) report->n_known;
  gulong repeated = (gulong) report->n_repeated;
  gulong forgotten = (gulong) report->n_forgotten;
  gulong rejected = (gulong) sobre_import_rejects_get_n (report->rejects);

  /* Translators: keep {n}, which a number takes the place of. */
  append_count (words, known, ngettext ("{n} is there already", "{n} are there already", known));
  append_count (words, repeated, ngettext ("{n} repeats another one", "{n} repeat another one", repeated));
  append_count (words, forgotten, ngettext ("{n} was forgotten and stays so", "{n} were forgotten and stay so", forgotten));
  append_count (words, rejected, ngettext ("{n} cannot be taken", "{n} cannot be taken", rejected));
  return g_string_free_and_steal (g_steal_pointer (&words));
}

static void
add_counts (AdwPreferencesPage *page, const SobreImportReport *report)
{
  AdwPreferencesGroup *group = add_group (page, NULL, NULL);
  g_autofree char *count = sobre_import_count_say (report->n_added);
  /* Translators: "1,234 rows" */
  g_autofree char *title = g_strdup_printf (_ ("%s would be added"), count);
  g_autofree char *rest = sobre_import_preview_say (report);
  g_autofree char *span = NULL;
  GtkWidget *row = make_row (title, rest);

  adw_preferences_group_add (group, row);
  if (report->n_added + report->n_known == 0)
    return;
  span = sobre_format_span ((gint32) (report->first / SOBRE_DAY_MS), (gint32) (report->last / SOBRE_DAY_MS));
  adw_preferences_group_add (group, make_row (span, _ ("From the first to the last")));
}

static void
add_samples (AdwPreferencesPage *page, const SobreImportReport *report, SobreWorkspace *workspace)
{
  AdwPreferencesGroup *group;

  if (report->samples->len == 0)
    return;
  group = add_group (page, _ ("The First Rows"), _ ("As they would be stored."));
  for (guint i = 0; i < report->samples->len; i++)
    {
      g_autofree char *title = NULL;
      g_autofree char *subtitle = NULL;

      sobre_import_sample_say (g_ptr_array_index (report->samples, i), workspace, &title, &subtitle);
      adw_preferences_group_add (group, make_row (title, subtitle));
    }
}

static GtkWidget *
make_reject_row (const SobreImportReject *reject)
{
  const char *reason = sobre_import_reason_say (reject->reason);
  /* Translators: the number of a line of a file, then what is wrong with it */
  g_autofree char *title = g_strdup_printf (_ ("Line %" PRIu64 ": %s"), reject->line, reason);
  /* Translators: what stands in a column, then the column's name */
  g_autofree char *value = reject->column != NULL ? g_strdup_printf (_ ("“%s” in “%s”"), reject->value, reject->column) : NULL;

  return make_row (title, value != NULL ? value : reject->row);
}

static void
add_rejects (AdwPreferencesPage *page, const SobreImportReport *report)
{
  GPtrArray *first = sobre_import_rejects_get_first (report->rejects);
  guint64 n = sobre_import_rejects_get_n (report->rejects);
  AdwPreferencesGroup *group;

  if (n == 0)
    return;
  group = add_group (
      page, _ ("What Cannot Be Taken"),
      _ ("All of them are listed in a file when the rest is imported. Mend them there, or in this file, and import it again: "
         "that adds just these."));
  for (guint i = 0; i < MIN (first->len, MOST_REJECTS); i++)
    adw_preferences_group_add (group, make_reject_row (g_ptr_array_index (first, i)));
  if (n > MOST_REJECTS)
    {
      g_autofree char *count = sobre_import_count_say (n - MOST_REJECTS);
      /* Translators: "1,234 rows" */
      g_autofree char *more = g_strdup_printf (_ ("And %s more"), count);

      adw_preferences_group_add (group, make_row (more, ""));
    }
}

GtkWidget *
sobre_import_preview_new (const SobreImportOutcome *outcome, SobreWorkspace *workspace)
{
  GtkWidget *page = adw_preferences_page_new ();

  add_counts (ADW_PREFERENCES_PAGE (page), outcome->report);
  add_samples (ADW_PREFERENCES_PAGE (page), outcome->report, workspace);
  add_rejects (ADW_PREFERENCES_PAGE (page), outcome->report);
  return page;
}
