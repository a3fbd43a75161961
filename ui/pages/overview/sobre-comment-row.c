/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/overview/sobre-comment-row.h"

struct _SobreCommentRow
{
  AdwBin parent_instance;

  GtkWidget *bar;
  SobreCommentItem *item;
};

enum
{
  PROP_ITEM = 1,
};

G_DEFINE_FINAL_TYPE (SobreCommentRow, sobre_comment_row, ADW_TYPE_BIN)

static void
show_mood (SobreCommentRow *self)
{
  g_autofree char *mood = NULL;
  const char *classes[] = { "score-bar", NULL, NULL };

  if (self->item != NULL)
    g_object_get (self->item, "mood", &mood, NULL);
  classes[1] = mood;
  gtk_widget_set_css_classes (self->bar, classes);
}

static void
sobre_comment_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_ITEM)
    g_value_set_object (value, SOBRE_COMMENT_ROW (object)->item);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_comment_row_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  SobreCommentRow *self = SOBRE_COMMENT_ROW (object);

  if (property_id != PROP_ITEM)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      return;
    }
  if (!g_set_object (&self->item, g_value_get_object (value)))
    return;
  show_mood (self);
  g_object_notify_by_pspec (object, pspec);
}

static void
sobre_comment_row_dispose (GObject *object)
{
  SobreCommentRow *self = SOBRE_COMMENT_ROW (object);

  g_clear_object (&self->item);
  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_COMMENT_ROW);
  G_OBJECT_CLASS (sobre_comment_row_parent_class)->dispose (object);
}

static void
sobre_comment_row_class_init (SobreCommentRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sobre_comment_row_get_property;
  object_class->set_property = sobre_comment_row_set_property;
  object_class->dispose = sobre_comment_row_dispose;
  g_object_class_install_property (object_class, PROP_ITEM,
                                   g_param_spec_object ("item", NULL, NULL, SOBRE_TYPE_COMMENT_ITEM,
                                                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY));

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-comment-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreCommentRow, bar);
}

static void
sobre_comment_row_init (SobreCommentRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
