/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/cloud/sobre-test-panel.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pages/cloud/sobre-cloud-rows.h"
#include "session/sobre-stack-desk.h"
#include "stack/sobre-stack-test.h"

#define DENIED "denied "

/** Stage: a row, for all checks that say the same. @mark: a spinner while it is looked at, else a picture of the worst that was seen · @details: what has to be read */
typedef struct
{
  char *words;
  GtkWidget *row;
  GtkWidget *mark;
  guint counts[SOBRE_CHECK_BEGUN + 1];
  GString *details;
} Stage;

struct _SobreTestPanel
{
  AdwNavigationPage parent_instance;

  AdwBanner *banner;
  GtkWidget *prove_row;
  GtkWidget *start_row;
  GtkWidget *stop_row;
  AdwPreferencesGroup *way_group;

  SobreSession *session;
  GPtrArray *stages;
  GCancellable *going; /* while an answer is followed */
};

G_DEFINE_FINAL_TYPE (SobreTestPanel, sobre_test_panel, ADW_TYPE_NAVIGATION_PAGE)

static void
stage_free (gpointer data)
{
  Stage *self = data;

  g_free (self->words);
  g_string_free (self->details, TRUE);
  g_free (self);
}

static void
update_actions (SobreTestPanel *self)
{
  gboolean is_going = self->going != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "test.start", !is_going);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "test.stop", is_going);
  gtk_widget_set_visible (self->start_row, !is_going);
  gtk_widget_set_visible (self->stop_row, is_going);
  gtk_widget_set_sensitive (self->prove_row, !is_going);
}

static Stage *
find_stage (SobreTestPanel *self, const char *words)
{
  Stage *stage;

  for (guint i = 0; i < self->stages->len; i++)
    if (strcmp (((Stage *) g_ptr_array_index (self->stages, i))->words, words) == 0)
      return g_ptr_array_index (self->stages, i);
  stage = g_new0 (Stage, 1);
  stage->words = g_strdup (words);
  stage->details = g_string_new (NULL);
  stage->row = sobre_cloud_row_new (words, NULL);
  adw_preferences_group_add (self->way_group, stage->row);
  g_ptr_array_add (self->stages, stage);
  return stage;
}

static void
clear_stages (SobreTestPanel *self)
{
  for (guint i = 0; i < self->stages->len; i++)
    adw_preferences_group_remove (self->way_group, ((Stage *) g_ptr_array_index (self->stages, i))->row);
  g_ptr_array_set_size (self->stages, 0);
}

static void
set_mark (Stage *stage, SobreCheckState state)
{
  static const struct
  {
    const char *icon;
    const char *style;
    const char *meaning;
  } marks[] = {
    [SOBRE_CHECK_HOLDS] = { "object-select-symbolic", "success", N_ ("Holds") },
    [SOBRE_CHECK_FAILS] = { "dialog-error-symbolic", "error", N_ ("Does not hold") },
    [SOBRE_CHECK_UNSEEN] = { "dialog-question-symbolic", "dimmed", N_ ("Not seen") },
  };

  if (stage->mark != NULL)
    adw_action_row_remove (ADW_ACTION_ROW (stage->row), stage->mark);
  if (state == SOBRE_CHECK_BEGUN)
    stage->mark = adw_spinner_new ();
  else
    {
      stage->mark = gtk_image_new_from_icon_name (marks[state].icon);
      gtk_widget_add_css_class (stage->mark, marks[state].style);
      gtk_accessible_update_property (GTK_ACCESSIBLE (stage->mark), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (marks[state].meaning),
                                      -1);
    }
  adw_action_row_add_prefix (ADW_ACTION_ROW (stage->row), stage->mark);
}

/* What a stage comes to: the worst of its checks. */
static SobreCheckState
get_state (const Stage *stage)
{
  if (stage->counts[SOBRE_CHECK_FAILS] > 0)
    return SOBRE_CHECK_FAILS;
  return stage->counts[SOBRE_CHECK_UNSEEN] > 0 ? SOBRE_CHECK_UNSEEN : SOBRE_CHECK_HOLDS;
}

/* Calls that a guest tries are told apart by what they ask for; everything else is what its stage says. */
static void
add_detail (Stage *stage, const SobreStackCheck *check)
{
  const char *call = g_str_has_prefix (check->name, DENIED) ? check->name + strlen (DENIED) : "";

  if (check->detail != NULL)
    g_string_append_printf (stage->details, "%s%s%s%s", stage->details->len > 0 ? "\n" : "", call, *call != '\0' ? ": " : "",
                            check->detail);
}

static void
show_check (SobreTestPanel *self, const SobreStackCheck *check)
{
  Stage *stage = find_stage (self, check->words);
  guint n;
  g_autofree char *count = NULL;

  stage->counts[check->state]++;
  add_detail (stage, check);
  n = stage->counts[SOBRE_CHECK_HOLDS] + stage->counts[SOBRE_CHECK_FAILS] + stage->counts[SOBRE_CHECK_UNSEEN];
  if (n > 1 && stage->details->len == 0)
    count = g_strdup_printf (ngettext ("%u attempt", "%u attempts", n), n);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (stage->row), count != NULL ? count : stage->details->str);
  set_mark (stage, check->state == SOBRE_CHECK_BEGUN ? SOBRE_CHECK_BEGUN : get_state (stage));
}

static void
check_cb (gpointer object, gpointer message)
{
  SobreTestPanel *self = object;

  if (self->going != NULL)
    show_check (self, message);
}

/* The result has everything, also what was told and has not come here yet. */
static void
show_result (SobreTestPanel *self, const GPtrArray *checks)
{
  guint counts[SOBRE_CHECK_BEGUN + 1] = { 0 };
  g_autofree char *text = NULL;

  clear_stages (self);
  for (guint i = 0; i < checks->len; i++)
    {
      const SobreStackCheck *check = g_ptr_array_index (checks, i);

      counts[check->state]++;
      show_check (self, check);
    }
  text = counts[SOBRE_CHECK_HOLDS] == checks->len
             ? g_strdup (_ ("Guests' answers get through, and guests can do nothing else"))
             : g_strdup_printf (_ ("%u hold, %u do not, %u were not seen"), counts[SOBRE_CHECK_HOLDS],
                                counts[SOBRE_CHECK_FAILS], counts[SOBRE_CHECK_UNSEEN]);
  adw_banner_set_title (self->banner, text);
  adw_banner_set_revealed (self->banner, TRUE);
}

static void
show_failure (SobreTestPanel *self, const GError *error)
{
  gboolean is_stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* What was being looked at was not seen. */
  for (guint i = 0; i < self->stages->len; i++)
    {
      Stage *stage = g_ptr_array_index (self->stages, i);

      if (ADW_IS_SPINNER (stage->mark))
        set_mark (stage, SOBRE_CHECK_UNSEEN);
    }
  adw_banner_set_title (self->banner, is_stopped ? _ ("Stopped. The answer that was sent counts nowhere.") : error->message);
  adw_banner_set_revealed (self->banner, TRUE);
}

static DexFuture *
gone_cb (DexFuture *future, gpointer user_data)
{
  SobreTestPanel *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  g_clear_object (&self->going);
  if (self->session == NULL)
    return NULL;
  if (value != NULL)
    show_result (self, g_value_get_boxed (value));
  else
    show_failure (self, error);
  update_actions (self);
  return NULL;
}

static void
start_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreTestPanel *self = SOBRE_TEST_PANEL (widget);
  g_autoptr (SobreRelay) relay = sobre_relay_new (self, check_cb, (GDestroyNotify) sobre_stack_check_free);

  if (self->session == NULL || self->going != NULL)
    return;
  self->going = g_cancellable_new ();
  clear_stages (self);
  adw_banner_set_revealed (self->banner, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->way_group), TRUE);
  update_actions (self);
  dex_future_disown (dex_future_finally (sobre_stack_desk_test (sobre_session_get_workspace (self->session),
                                                                adw_switch_row_get_active (ADW_SWITCH_ROW (self->prove_row)),
                                                                sobre_session_get_clock (self->session), relay, self->going),
                                         gone_cb, g_object_ref (self), g_object_unref));
}

static void
stop_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreTestPanel *self = SOBRE_TEST_PANEL (widget);

  if (self->going != NULL)
    g_cancellable_cancel (self->going);
}

static void
sobre_test_panel_dispose (GObject *object)
{
  SobreTestPanel *self = SOBRE_TEST_PANEL (object);

  if (self->going != NULL)
    g_cancellable_cancel (self->going);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_TEST_PANEL);
  g_clear_pointer (&self->stages, g_ptr_array_unref);
  G_OBJECT_CLASS (sobre_test_panel_parent_class)->dispose (object);
}

static void
sobre_test_panel_class_init (SobreTestPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_test_panel_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-test-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreTestPanel, banner);
  gtk_widget_class_bind_template_child (widget_class, SobreTestPanel, prove_row);
  gtk_widget_class_bind_template_child (widget_class, SobreTestPanel, start_row);
  gtk_widget_class_bind_template_child (widget_class, SobreTestPanel, stop_row);
  gtk_widget_class_bind_template_child (widget_class, SobreTestPanel, way_group);
  gtk_widget_class_install_action (widget_class, "test.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "test.stop", NULL, stop_action);
}

static void
sobre_test_panel_init (SobreTestPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->stages = g_ptr_array_new_with_free_func (stage_free);
  update_actions (self);
}

GtkWidget *
sobre_test_panel_new (SobreSession *session)
{
  SobreTestPanel *self = g_object_new (SOBRE_TYPE_TEST_PANEL, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
