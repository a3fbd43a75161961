/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shell/sobre-page-row.h"

struct _SobrePageRow
{
  GtkListBoxRow parent_instance;

  char *page;
  char *label;
  char *icon_name;
};

enum
{
  PROP_PAGE = 1,
  PROP_LABEL,
  PROP_ICON_NAME,
};

G_DEFINE_FINAL_TYPE (SobrePageRow, sobre_page_row, GTK_TYPE_LIST_BOX_ROW)

static void
sobre_page_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  SobrePageRow *self = SOBRE_PAGE_ROW (object);

  switch (property_id)
    {
    case PROP_PAGE:
      g_value_set_string (value, self->page);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_page_row_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  SobrePageRow *self = SOBRE_PAGE_ROW (object);

  switch (property_id)
    {
    case PROP_PAGE:
      g_set_str (&self->page, g_value_get_string (value));
      break;
    case PROP_LABEL:
      g_set_str (&self->label, g_value_get_string (value));
      break;
    case PROP_ICON_NAME:
      g_set_str (&self->icon_name, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_page_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SOBRE_TYPE_PAGE_ROW);
  G_OBJECT_CLASS (sobre_page_row_parent_class)->dispose (object);
}

static void
sobre_page_row_finalize (GObject *object)
{
  SobrePageRow *self = SOBRE_PAGE_ROW (object);

  g_free (self->page);
  g_free (self->label);
  g_free (self->icon_name);
  G_OBJECT_CLASS (sobre_page_row_parent_class)->finalize (object);
}

static void
sobre_page_row_class_init (SobrePageRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sobre_page_row_get_property;
  object_class->set_property = sobre_page_row_set_property;
  object_class->dispose = sobre_page_row_dispose;
  object_class->finalize = sobre_page_row_finalize;
  g_object_class_install_property (object_class, PROP_PAGE, g_param_spec_string ("page", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_LABEL, g_param_spec_string ("label", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_ICON_NAME, g_param_spec_string ("icon-name", NULL, NULL, NULL, flags));

  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/io/github/sobremesa/Sobremesa/sobre-page-row.ui");
}

static void
sobre_page_row_init (SobrePageRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

const char *
sobre_page_row_get_page (SobrePageRow *self)
{
  return self->page;
}

const char *
sobre_page_row_get_label (SobrePageRow *self)
{
  return self->label;
}
