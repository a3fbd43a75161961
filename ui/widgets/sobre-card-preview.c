/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "widgets/sobre-card-preview.h"

#define PREVIEW_LEAST_WIDTH 150

struct _SobreCardPreview
{
  GtkWidget parent_instance;

  SobreCardJob *job;
  guint card;
};

G_DEFINE_FINAL_TYPE (SobreCardPreview, sobre_card_preview, GTK_TYPE_WIDGET)

static void
sobre_card_preview_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  double ratio = orientation == GTK_ORIENTATION_HORIZONTAL ? 1 : SOBRE_CARD_HEIGHT / SOBRE_CARD_WIDTH;

  *minimum = *natural = (int) (PREVIEW_LEAST_WIDTH * ratio);
  *minimum_baseline = *natural_baseline = -1;
}

/* The card is paper: white in every colour scheme. */
static void
sobre_card_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SobreCardPreview *self = SOBRE_CARD_PREVIEW (widget);
  double card_width = SOBRE_CARD_WIDTH * SOBRE_CARD_POINTS_PER_MM;
  double card_height = SOBRE_CARD_HEIGHT * SOBRE_CARD_POINTS_PER_MM;
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  double scale = MIN (width / card_width, height / card_height);
  graphene_rect_t paper;
  GskRoundedRect outline;
  cairo_t *cr;

  if (self->job == NULL || scale <= 0)
    return;
  paper = GRAPHENE_RECT_INIT ((float) (width - card_width * scale) / 2, (float) (height - card_height * scale) / 2,
                              (float) (card_width * scale), (float) (card_height * scale));
  gsk_rounded_rect_init_from_rect (&outline, &paper, 6);
  gtk_snapshot_append_outset_shadow (snapshot, &outline, &(GdkRGBA) { 0, 0, 0, 0.25f }, 0, 1, 0, 4);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &(GdkRGBA) { 1, 1, 1, 1 }, &paper);
  cr = gtk_snapshot_append_cairo (snapshot, &paper);
  cairo_translate (cr, paper.origin.x, paper.origin.y);
  cairo_scale (cr, scale, scale);
  sobre_card_job_draw_card (self->job, cr, self->card);
  cairo_destroy (cr);
  gtk_snapshot_pop (snapshot);
}

static void
sobre_card_preview_dispose (GObject *object)
{
  g_clear_pointer (&SOBRE_CARD_PREVIEW (object)->job, sobre_card_job_unref);
  G_OBJECT_CLASS (sobre_card_preview_parent_class)->dispose (object);
}

static void
sobre_card_preview_class_init (SobreCardPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_card_preview_dispose;
  widget_class->measure = sobre_card_preview_measure;
  widget_class->snapshot = sobre_card_preview_snapshot;
  gtk_widget_class_set_css_name (widget_class, "cardpreview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
sobre_card_preview_init (SobreCardPreview *self)
{
}

void
sobre_card_preview_set_card (SobreCardPreview *self, SobreCardJob *job, guint card, const char *label)
{
  if (job != NULL)
    sobre_card_job_ref (job);
  g_clear_pointer (&self->job, sobre_card_job_unref);
  self->job = job;
  self->card = card;
  if (label != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
