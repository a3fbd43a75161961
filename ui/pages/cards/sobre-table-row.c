/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/cards/sobre-table-row.h"

struct _SobreTableRow
{
  GObject parent_instance;

  SobreTable *table;
  char *store_name;
  gint64 answers;
};

enum
{
  PROP_TABLE = 1,
  PROP_STORE,
  PROP_ZONE,
  PROP_SEATS,
  PROP_ANSWERS,
};

G_DEFINE_FINAL_TYPE (SobreTableRow, sobre_table_row, G_TYPE_OBJECT)

static void
sobre_table_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  SobreTableRow *self = SOBRE_TABLE_ROW (object);

  switch (property_id)
    {
    case PROP_TABLE:
      g_value_set_string (value, sobre_table_get_table_id (self->table));
      break;
    case PROP_STORE:
      g_value_set_string (value, self->store_name);
      break;
    case PROP_ZONE:
      g_value_set_string (value, sobre_table_get_zone (self->table));
      break;
    case PROP_SEATS:
      g_value_set_uint (value, sobre_table_get_seats (self->table));
      break;
    case PROP_ANSWERS:
      g_value_set_int64 (value, self->answers);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_table_row_finalize (GObject *object)
{
  SobreTableRow *self = SOBRE_TABLE_ROW (object);

  g_clear_object (&self->table);
  g_free (self->store_name);
  G_OBJECT_CLASS (sobre_table_row_parent_class)->finalize (object);
}

static void
sobre_table_row_class_init (SobreTableRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sobre_table_row_get_property;
  object_class->finalize = sobre_table_row_finalize;
  g_object_class_install_property (object_class, PROP_TABLE, g_param_spec_string ("table", NULL, NULL, NULL, readable));
  g_object_class_install_property (object_class, PROP_STORE, g_param_spec_string ("store", NULL, NULL, NULL, readable));
  g_object_class_install_property (object_class, PROP_ZONE, g_param_spec_string ("zone", NULL, NULL, NULL, readable));
  g_object_class_install_property (object_class, PROP_SEATS,
                                   g_param_spec_uint ("seats", NULL, NULL, 0, G_MAXUINT, 0, readable));
  g_object_class_install_property (object_class, PROP_ANSWERS,
                                   g_param_spec_int64 ("answers", NULL, NULL, 0, G_MAXINT64, 0, readable));
}

static void
sobre_table_row_init (SobreTableRow *self)
{
}

SobreTableRow *
sobre_table_row_new (SobreTable *table, const char *store_name)
{
  SobreTableRow *self = g_object_new (SOBRE_TYPE_TABLE_ROW, NULL);

  self->table = g_object_ref (table);
  self->store_name = g_strdup (store_name);
  return self;
}

SobreTable *
sobre_table_row_get_table (SobreTableRow *self)
{
  return self->table;
}

void
sobre_table_row_set_answers (SobreTableRow *self, gint64 answers)
{
  if (self->answers == answers)
    return;
  self->answers = answers;
  g_object_notify (G_OBJECT (self), "answers");
}
