/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/overview/sobre-heat-card.h"

struct _SobreHeatCard
{
  GtkWidget parent_instance;

  SobreChartCard *card;
  SobreSession *session;
  SobreFilter *mapped; /* what the map on show was made of */
  gboolean as_table;
};

enum
{
  PROP_SESSION = 1,
  PROP_AS_TABLE,
};

G_DEFINE_FINAL_TYPE (SobreHeatCard, sobre_heat_card, GTK_TYPE_WIDGET)

static void
cell_activated_cb (SobreHeatCard *self, int weekday, int hour)
{
  const SobreFilter *filter;

  if (self->session == NULL)
    return;
  filter = sobre_session_get_filter (self->session);
  if (filter->weekday == weekday && filter->hour == hour)
    sobre_session_set_cell (self->session, -1, -1);
  else
    sobre_session_set_cell (self->session, weekday, hour);
}

static void
sobre_heat_card_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_AS_TABLE)
    g_value_set_boolean (value, SOBRE_HEAT_CARD (object)->as_table);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_heat_card_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  SobreHeatCard *self = SOBRE_HEAT_CARD (object);

  switch (property_id)
    {
    case PROP_SESSION:
      g_set_object (&self->session, g_value_get_object (value));
      break;
    case PROP_AS_TABLE:
      self->as_table = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_heat_card_dispose (GObject *object)
{
  SobreHeatCard *self = SOBRE_HEAT_CARD (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->mapped, sobre_filter_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_HEAT_CARD);
  G_OBJECT_CLASS (sobre_heat_card_parent_class)->dispose (object);
}

static void
sobre_heat_card_class_init (SobreHeatCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sobre_heat_card_get_property;
  object_class->set_property = sobre_heat_card_set_property;
  object_class->dispose = sobre_heat_card_dispose;
  g_object_class_install_property (
      object_class, PROP_SESSION,
      g_param_spec_object ("session", NULL, NULL, SOBRE_TYPE_SESSION, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (
      object_class, PROP_AS_TABLE,
      g_param_spec_boolean ("as-table", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  g_type_ensure (SOBRE_TYPE_CHART_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-heat-card.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreHeatCard, card);
}

static void
sobre_heat_card_init (SobreHeatCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (sobre_chart_card_get_chart (self->card), "cell-activated", G_CALLBACK (cell_activated_cb), self,
                           G_CONNECT_SWAPPED);
}

/* With one hour chosen the figures hold nothing else, so the map of the whole week stays as long as it is of the same answers. */
void
sobre_heat_card_set_drawing (SobreHeatCard *self, SobreDrawing *drawing, const SobreFilter *filter)
{
  g_autoptr (SobreFilter) week = sobre_filter_copy (filter);

  week->weekday = week->hour = -1;
  sobre_chart_select_cell (sobre_chart_card_get_chart (self->card), filter->weekday, filter->hour);
  if (filter->hour >= 0 && self->mapped != NULL && sobre_filter_equal (week, self->mapped))
    return;
  g_clear_pointer (&self->mapped, sobre_filter_free);
  self->mapped = sobre_filter_copy (filter);
  sobre_chart_card_set_drawing (self->card, drawing);
}

SobreChart *
sobre_heat_card_get_chart (SobreHeatCard *self)
{
  return sobre_chart_card_get_chart (self->card);
}
