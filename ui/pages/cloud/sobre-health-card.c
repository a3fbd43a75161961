/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/cloud/sobre-health-card.h"

#include <glib/gi18n-lib.h>

struct _SobreHealthCard
{
  AdwBin parent_instance;

  GtkImage *image;
  GtkLabel *stage_label;
  GtkLabel *state_label;
  GtkLabel *last_label;
  GtkLabel *why_label;
};

G_DEFINE_FINAL_TYPE (SobreHealthCard, sobre_health_card, ADW_TYPE_BIN)

static void
sobre_health_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SOBRE_TYPE_HEALTH_CARD);
  G_OBJECT_CLASS (sobre_health_card_parent_class)->dispose (object);
}

static void
sobre_health_card_class_init (SobreHealthCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_health_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-health-card.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreHealthCard, image);
  gtk_widget_class_bind_template_child (widget_class, SobreHealthCard, stage_label);
  gtk_widget_class_bind_template_child (widget_class, SobreHealthCard, state_label);
  gtk_widget_class_bind_template_child (widget_class, SobreHealthCard, last_label);
  gtk_widget_class_bind_template_child (widget_class, SobreHealthCard, why_label);
}

static void
sobre_health_card_init (SobreHealthCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sobre_health_card_new (SobreHealthStage stage, const SobreHealthReport *report, const char *last)
{
  static const char *const icons[] = { "object-select-symbolic", "dialog-warning-symbolic", "dialog-error-symbolic",
                                       "dialog-question-symbolic" };
  static const char *const classes[] = { "success", "warning", "error", "dimmed" };
  SobreHealthCard *self = g_object_new (SOBRE_TYPE_HEALTH_CARD, NULL);

  gtk_image_set_from_icon_name (self->image, icons[report->state]);
  gtk_widget_add_css_class (GTK_WIDGET (self->image), classes[report->state]);
  gtk_widget_add_css_class (GTK_WIDGET (self->state_label), classes[report->state]);
  gtk_label_set_text (self->stage_label, sobre_health_stage_get_name (stage));
  gtk_label_set_text (self->state_label, sobre_health_state_get_name (report->state));
  gtk_label_set_text (self->last_label, last != NULL ? last : "");
  gtk_label_set_text (self->why_label, report->why);
  return GTK_WIDGET (self);
}
