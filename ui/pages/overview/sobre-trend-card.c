/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/overview/sobre-trend-card.h"

struct _SobreTrendCard
{
  GtkWidget parent_instance;

  SobreChartCard *card;
  gboolean as_table;
};

enum
{
  PROP_AS_TABLE = 1,
};

G_DEFINE_FINAL_TYPE (SobreTrendCard, sobre_trend_card, GTK_TYPE_WIDGET)

static void
sobre_trend_card_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_AS_TABLE)
    g_value_set_boolean (value, SOBRE_TREND_CARD (object)->as_table);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_trend_card_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_AS_TABLE)
    SOBRE_TREND_CARD (object)->as_table = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_trend_card_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), SOBRE_TYPE_TREND_CARD);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sobre_trend_card_parent_class)->dispose (object);
}

static void
sobre_trend_card_class_init (SobreTrendCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sobre_trend_card_get_property;
  object_class->set_property = sobre_trend_card_set_property;
  object_class->dispose = sobre_trend_card_dispose;
  g_object_class_install_property (
      object_class, PROP_AS_TABLE,
      g_param_spec_boolean ("as-table", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  g_type_ensure (SOBRE_TYPE_CHART_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-trend-card.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreTrendCard, card);
}

static void
sobre_trend_card_init (SobreTrendCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
sobre_trend_card_set_drawing (SobreTrendCard *self, SobreDrawing *drawing)
{
  sobre_chart_card_set_drawing (self->card, drawing);
}

SobreChart *
sobre_trend_card_get_chart (SobreTrendCard *self)
{
  return sobre_chart_card_get_chart (self->card);
}
