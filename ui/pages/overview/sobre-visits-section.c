/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/overview/sobre-visits-section.h"

#include "session/sobre-workspace-labels.h"
#include "sobre-visits-plots.h"
#include "widgets/sobre-chart-card.h"

#define N_LISTED_DISHES 11

struct _SobreVisitsSection
{
  GtkWidget parent_instance;

  GtkStack *stack;
  AdwMultiLayoutView *layouts;
  SobreChartCard *funnel;
  SobreChartCard *drop_off;
  SobreChartCard *dishes;
  SobreChartCard *interest;
  SobreChartCard *hours;
  SobreSession *session;
  char *layout;
  gboolean as_table;
};

enum
{
  PROP_SESSION = 1,
  PROP_AS_TABLE,
  PROP_LAYOUT,
};

G_DEFINE_FINAL_TYPE (SobreVisitsSection, sobre_visits_section, GTK_TYPE_WIDGET)

static void
show_drawing (SobreChartCard *card, SobreDrawing *drawing)
{
  sobre_chart_card_set_drawing (card, drawing);
  g_object_unref (drawing);
}

static void
show_visits (SobreVisitsSection *self)
{
  const SobreVisitFigures *visits = sobre_visit_counter_get_visits (sobre_session_get_visit_counter (self->session));
  const SobreFigures *figures = sobre_session_get_figures (self->session);
  SobreFiguresLabels labels = sobre_workspace_get_labels (sobre_session_get_workspace (self->session));

  gtk_widget_set_visible (GTK_WIDGET (self), visits != NULL && figures != NULL);
  if (visits == NULL || figures == NULL)
    return;
  if (!sobre_visits_have_anything (visits))
    {
      gtk_stack_set_visible_child_name (self->stack, "nothing");
      return;
    }
  show_drawing (self->funnel, sobre_visits_make_funnel (visits, figures, &labels));
  show_drawing (self->drop_off, sobre_visits_make_drop_off (visits, figures, &labels));
  show_drawing (self->dishes, sobre_visits_make_dishes (visits, figures, &labels, N_LISTED_DISHES));
  show_drawing (self->interest, sobre_visits_make_interest (visits, figures, &labels));
  show_drawing (self->hours, sobre_visits_make_hours (visits, figures, &labels));
  gtk_stack_set_visible_child_name (self->stack, "figures");
}

static void
take_session (SobreVisitsSection *self, SobreSession *session)
{
  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  g_signal_connect_object (sobre_session_get_visit_counter (session), "notify::visits", G_CALLBACK (show_visits), self,
                           G_CONNECT_SWAPPED);
  show_visits (self);
}

static void
sobre_visits_section_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  SobreVisitsSection *self = SOBRE_VISITS_SECTION (object);

  switch (property_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_AS_TABLE:
      g_value_set_boolean (value, self->as_table);
      break;
    case PROP_LAYOUT:
      g_value_set_string (value, self->layout);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_visits_section_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  SobreVisitsSection *self = SOBRE_VISITS_SECTION (object);

  switch (property_id)
    {
    case PROP_SESSION:
      take_session (self, g_value_get_object (value));
      break;
    case PROP_AS_TABLE:
      self->as_table = g_value_get_boolean (value);
      break;
    case PROP_LAYOUT:
      if (g_set_str (&self->layout, g_value_get_string (value)) && self->layout != NULL)
        adw_multi_layout_view_set_layout_name (self->layouts, self->layout);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_visits_section_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SOBRE_TYPE_VISITS_SECTION);
  g_clear_object (&SOBRE_VISITS_SECTION (object)->session);
  G_OBJECT_CLASS (sobre_visits_section_parent_class)->dispose (object);
}

static void
sobre_visits_section_finalize (GObject *object)
{
  g_free (SOBRE_VISITS_SECTION (object)->layout);
  G_OBJECT_CLASS (sobre_visits_section_parent_class)->finalize (object);
}

static void
sobre_visits_section_class_init (SobreVisitsSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sobre_visits_section_get_property;
  object_class->set_property = sobre_visits_section_set_property;
  object_class->dispose = sobre_visits_section_dispose;
  object_class->finalize = sobre_visits_section_finalize;
  g_object_class_install_property (object_class, PROP_SESSION,
                                   g_param_spec_object ("session", NULL, NULL, SOBRE_TYPE_SESSION, flags));
  g_object_class_install_property (object_class, PROP_AS_TABLE, g_param_spec_boolean ("as-table", NULL, NULL, FALSE, flags));
  g_object_class_install_property (object_class, PROP_LAYOUT, g_param_spec_string ("layout", NULL, NULL, NULL, flags));

  g_type_ensure (SOBRE_TYPE_CHART_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-visits-section.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreVisitsSection, stack);
  gtk_widget_class_bind_template_child (widget_class, SobreVisitsSection, layouts);
  gtk_widget_class_bind_template_child (widget_class, SobreVisitsSection, funnel);
  gtk_widget_class_bind_template_child (widget_class, SobreVisitsSection, drop_off);
  gtk_widget_class_bind_template_child (widget_class, SobreVisitsSection, dishes);
  gtk_widget_class_bind_template_child (widget_class, SobreVisitsSection, interest);
  gtk_widget_class_bind_template_child (widget_class, SobreVisitsSection, hours);
}

static void
sobre_visits_section_init (SobreVisitsSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sobre_chart_set_rigid (sobre_chart_card_get_chart (self->funnel), TRUE);
  sobre_chart_set_rigid (sobre_chart_card_get_chart (self->drop_off), TRUE);
  sobre_chart_set_rigid (sobre_chart_card_get_chart (self->dishes), TRUE);
}
