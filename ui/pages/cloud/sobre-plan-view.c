/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/cloud/sobre-plan-view.h"

#include <glib/gi18n-lib.h>

#include "pages/cloud/sobre-cloud-rows.h"

static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

static GtkWidget *
make_finding_row (const SobreFinding *finding)
{
  static const struct
  {
    const char *icon;
    const char *style;
    const char *meaning;
  } marks[] = {
    [SOBRE_FINDING_GOOD] = { "object-select-symbolic", "success", N_ ("Good") },
    [SOBRE_FINDING_UNKNOWN] = { "dialog-question-symbolic", "dimmed", N_ ("Could not be checked") },
    [SOBRE_FINDING_WARNING] = { "dialog-warning-symbolic", "warning", N_ ("May fail") },
    [SOBRE_FINDING_BAD] = { "dialog-error-symbolic", "error", N_ ("Would fail") },
  };
  const char *advice = finding->advice != NULL ? finding->advice : "";
  g_autofree char *subtitle = g_strdup_printf ("%s%s%s", finding->words, *advice != '\0' ? "\n" : "", advice);
  GtkWidget *row = sobre_cloud_row_new (sobre_finding_subject_get_name (finding->subject), subtitle);

  sobre_cloud_row_add_icon (row, marks[finding->state].icon, marks[finding->state].style, _ (marks[finding->state].meaning));
  return row;
}

/* What is worst stands on top. */
static void
add_findings (AdwPreferencesPage *page, const SobreStackPreflight *preflight)
{
  AdwPreferencesGroup *group =
      add_group (page, _ ("Beforehand"),
                 preflight->worst == SOBRE_FINDING_BAD ? _ ("Deploying is not begun before this is mended.") : NULL);

  for (int state = SOBRE_FINDING_BAD; state >= SOBRE_FINDING_GOOD; state--)
    for (guint i = 0; i < preflight->findings->len; i++)
      {
        const SobreFinding *finding = g_ptr_array_index (preflight->findings, i);

        if ((int) finding->state == state)
          adw_preferences_group_add (group, make_finding_row (finding));
      }
}

static guint
count_changes (const SobreStackPlan *plan, SobreChangeGroup group)
{
  guint n = 0;

  for (guint i = 0; i < plan->changes->len; i++)
    n += sobre_change_get_group (g_ptr_array_index (plan->changes, i)) == group;
  return n;
}

char *
sobre_plan_dup_counts (const SobreStackPlan *plan)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (plan->is_running)
    return g_strdup (_ ("AWS is at work on it already; that is followed first"));
  for (SobreChangeGroup group = 0; group < SOBRE_N_CHANGE_GROUPS; group++)
    {
      guint n = count_changes (plan, group);

      if (n > 0)
        g_string_append_printf (text, "%s%s: %u", text->len > 0 ? " · " : "", sobre_change_group_get_name (group), n);
    }
  return text->len > 0 ? g_strdup (text->str) : g_strdup (_ ("Nothing to do"));
}

static GtkWidget *
make_change_row (const SobreChange *change)
{
  gboolean loses = sobre_change_loses_data (change);
  g_autofree char *words = sobre_change_dup_words (change);
  GtkWidget *row = sobre_cloud_row_new (words, loses ? _ ("What it holds would be lost") : NULL);

  if (loses)
    sobre_cloud_row_add_icon (row, "dialog-warning-symbolic", "error", NULL);
  return row;
}

static void
add_changes (AdwPreferencesGroup *group, const SobreStackPlan *plan, SobreChangeGroup kind)
{
  guint n = count_changes (plan, kind);
  g_autofree char *count = g_strdup_printf ("%u", n);
  GtkWidget *expander;
  gboolean loses = FALSE;

  if (n == 0)
    return;
  expander = adw_expander_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), sobre_change_group_get_name (kind));
  sobre_cloud_row_add_figure (expander, count);
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const SobreChange *change = g_ptr_array_index (plan->changes, i);

      if (sobre_change_get_group (change) != kind)
        continue;
      loses |= sobre_change_loses_data (change);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), make_change_row (change));
    }
  /* Nobody is to find out by opening it. */
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), loses);
  adw_preferences_group_add (group, expander);
}

static void
add_plan (AdwPreferencesPage *page, const SobreStackPlan *plan)
{
  g_autofree char *counts = sobre_plan_dup_counts (plan);
  g_autofree char *losses = NULL;
  g_autofree char *description = NULL;
  AdwPreferencesGroup *group;

  if (plan->losses > 0)
    losses = g_strdup_printf (ngettext ("%u change loses data. You will be asked for the stack's name.",
                                        "%u changes lose data. You will be asked for the stack's name.", plan->losses),
                              plan->losses);
  description = g_strdup_printf ("%s%s%s", counts, losses != NULL ? "\n" : "", losses != NULL ? losses : "");
  group = add_group (page, plan->part == SOBRE_STACK_LAKE ? _ ("Lake") : _ ("Collector"), description);
  for (SobreChangeGroup kind = 0; kind < SOBRE_N_CHANGE_GROUPS; kind++)
    add_changes (group, plan, kind);
}

gboolean
sobre_plan_is_empty (SobreErrand *errand)
{
  for (guint part = 0; part < SOBRE_N_STACK_PARTS; part++)
    {
      const SobreStackPlan *plan = sobre_errand_get_plan (errand, part);

      if (plan == NULL || plan->is_running || plan->changes->len > 0)
        return FALSE;
    }
  return TRUE;
}

static void
add_button (AdwPreferencesPage *page, SobreErrand *errand)
{
  AdwPreferencesGroup *group = add_group (page, NULL, NULL);
  GtkWidget *row = adw_button_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 sobre_plan_is_empty (errand) ? _ ("Publish Form and Menu…") : _ ("Deploy…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "deploy.deploy");
  gtk_widget_add_css_class (row, "suggested-action");
  adw_preferences_group_add (group, row);
}

GtkWidget *
sobre_plan_view_new (SobreErrand *errand)
{
  GtkWidget *page = adw_preferences_page_new ();
  const SobreStackPreflight *preflight = sobre_errand_get_preflight (errand);

  if (preflight != NULL)
    add_findings (ADW_PREFERENCES_PAGE (page), preflight);
  for (guint part = 0; part < SOBRE_N_STACK_PARTS; part++)
    if (sobre_errand_get_plan (errand, part) != NULL)
      add_plan (ADW_PREFERENCES_PAGE (page), sobre_errand_get_plan (errand, part));
  if (preflight == NULL || preflight->worst != SOBRE_FINDING_BAD)
    add_button (ADW_PREFERENCES_PAGE (page), errand);
  return page;
}
