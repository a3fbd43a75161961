/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/overview/sobre-floor-card.h"

#include "sobre-floor-plan.h"

struct _SobreFloorCard
{
  GtkWidget parent_instance;

  SobreChartCard *card;
  SobreSession *session;
  SobreFilter *mapped; /* what the plan on show was made of */
  gboolean as_table;
};

enum
{
  PROP_SESSION = 1,
  PROP_AS_TABLE,
};

G_DEFINE_FINAL_TYPE (SobreFloorCard, sobre_floor_card, GTK_TYPE_WIDGET)

static SobreFloorPlan *
get_plan (SobreFloorCard *self)
{
  SobreDrawing *drawing = sobre_chart_get_drawing (sobre_chart_card_get_chart (self->card));

  return drawing != NULL && SOBRE_IS_FLOOR_PLAN (drawing) ? SOBRE_FLOOR_PLAN (drawing) : NULL;
}

/* Taking the table away again brings back the floors that were on show. */
static void
cell_activated_cb (SobreFloorCard *self, int floor, int table)
{
  const char *store_id, *table_id;
  const SobreFilter *filter;

  if (self->session == NULL || get_plan (self) == NULL ||
      !sobre_floor_plan_get_table (get_plan (self), floor, table, &store_id, &table_id))
    return;
  filter = sobre_session_get_filter (self->session);
  if (g_strcmp0 (filter->store_id, store_id) == 0 && g_strcmp0 (filter->table_id, table_id) == 0)
    sobre_session_set_table (self->session, self->mapped->table_id == NULL ? self->mapped->store_id : NULL, NULL);
  else
    sobre_session_set_table (self->session, store_id, table_id);
}

static void
sobre_floor_card_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_AS_TABLE)
    g_value_set_boolean (value, SOBRE_FLOOR_CARD (object)->as_table);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_floor_card_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  SobreFloorCard *self = SOBRE_FLOOR_CARD (object);

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
sobre_floor_card_dispose (GObject *object)
{
  SobreFloorCard *self = SOBRE_FLOOR_CARD (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->mapped, sobre_filter_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_FLOOR_CARD);
  G_OBJECT_CLASS (sobre_floor_card_parent_class)->dispose (object);
}

static void
sobre_floor_card_class_init (SobreFloorCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sobre_floor_card_get_property;
  object_class->set_property = sobre_floor_card_set_property;
  object_class->dispose = sobre_floor_card_dispose;
  g_object_class_install_property (
      object_class, PROP_SESSION,
      g_param_spec_object ("session", NULL, NULL, SOBRE_TYPE_SESSION, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (
      object_class, PROP_AS_TABLE,
      g_param_spec_boolean ("as-table", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  g_type_ensure (SOBRE_TYPE_CHART_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-floor-card.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreFloorCard, card);
}

static void
sobre_floor_card_init (SobreFloorCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (sobre_chart_card_get_chart (self->card), "cell-activated", G_CALLBACK (cell_activated_cb), self,
                           G_CONNECT_SWAPPED);
}

/* With one table chosen the figures hold nothing else, so the plan of all of them stays as long as it is of the same answers. */
static gboolean
shows_more_of_the_same (SobreFloorCard *self, const SobreFilter *filter)
{
  g_autoptr (SobreFilter) all = sobre_filter_copy (filter);

  if (filter->table_id == NULL || self->mapped == NULL || get_plan (self) == NULL || self->mapped->table_id != NULL)
    return FALSE;
  g_clear_pointer (&all->table_id, g_free);
  g_set_str (&all->store_id, self->mapped->store_id);
  return sobre_filter_equal (all, self->mapped) &&
         (self->mapped->store_id == NULL || g_str_equal (self->mapped->store_id, filter->store_id));
}

void
sobre_floor_card_set_drawing (SobreFloorCard *self, SobreDrawing *drawing, const SobreFilter *filter)
{
  int floor = -1, table = -1;

  if (!shows_more_of_the_same (self, filter))
    {
      g_clear_pointer (&self->mapped, sobre_filter_free);
      self->mapped = sobre_filter_copy (filter);
      sobre_chart_card_set_drawing (self->card, drawing);
    }
  if (get_plan (self) != NULL && filter->table_id != NULL)
    sobre_floor_plan_find_table (get_plan (self), filter->store_id, filter->table_id, &floor, &table);
  sobre_chart_select_cell (sobre_chart_card_get_chart (self->card), floor, table);
}

SobreChart *
sobre_floor_card_get_chart (SobreFloorCard *self)
{
  return sobre_chart_card_get_chart (self->card);
}
