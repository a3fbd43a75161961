/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "widgets/sobre-qr-view.h"

#include <glib/gi18n-lib.h>

#include "qr/sobre-qr-code.h"

#define QR_VIEW_SIZE 180

struct _SobreQrView
{
  GtkWidget parent_instance;

  char *text;
  SobreQrCode *code;
};

G_DEFINE_FINAL_TYPE (SobreQrView, sobre_qr_view, GTK_TYPE_WIDGET)

static void
sobre_qr_view_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = *natural = QR_VIEW_SIZE;
  *minimum_baseline = *natural_baseline = -1;
}

static void
sobre_qr_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SobreQrView *self = SOBRE_QR_VIEW (widget);
  int side = MIN (gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  double left = (gtk_widget_get_width (widget) - side) / 2.0;
  double top = (gtk_widget_get_height (widget) - side) / 2.0;
  cairo_t *cr;
  double module;

  if (self->code == NULL || side == 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (left, top, side, side));
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, left, top, side, side);
  cairo_fill (cr);
  module = (double) side / (sobre_qr_code_get_size (self->code) + 2 * SOBRE_QR_QUIET_MODULES);
  cairo_set_source_rgb (cr, 0, 0, 0);
  sobre_qr_code_draw (self->code, cr, left + SOBRE_QR_QUIET_MODULES * module, top + SOBRE_QR_QUIET_MODULES * module,
                      side - 2 * SOBRE_QR_QUIET_MODULES * module);
  cairo_destroy (cr);
}

static void
sobre_qr_view_finalize (GObject *object)
{
  SobreQrView *self = SOBRE_QR_VIEW (object);

  g_free (self->text);
  g_clear_pointer (&self->code, sobre_qr_code_unref);
  G_OBJECT_CLASS (sobre_qr_view_parent_class)->finalize (object);
}

static void
sobre_qr_view_class_init (SobreQrViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sobre_qr_view_finalize;
  widget_class->measure = sobre_qr_view_measure;
  widget_class->snapshot = sobre_qr_view_snapshot;
  gtk_widget_class_set_css_name (widget_class, "qr");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
sobre_qr_view_init (SobreQrView *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

void
sobre_qr_view_set_text (SobreQrView *self, const char *text)
{
  if (!g_set_str (&self->text, text))
    return;
  g_clear_pointer (&self->code, sobre_qr_code_unref);
  if (text != NULL)
    {
      g_autofree char *label = g_strdup_printf (_ ("QR code of %s"), text);

      self->code = sobre_qr_code_new (text, SOBRE_QR_LEVEL_M, NULL);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
sobre_qr_view_get_text (SobreQrView *self)
{
  return self->text;
}
