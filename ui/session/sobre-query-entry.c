/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-query-desk.h"

struct _SobreQueryEntry
{
  GObject parent_instance;

  SobreSavedQuery *query;
  gboolean own;
};

enum
{
  PROP_WORDS = 1,
};

G_DEFINE_FINAL_TYPE (SobreQueryEntry, sobre_query_entry, G_TYPE_OBJECT)

static char *
make_words (SobreSavedQuery *query)
{
  const char *description = sobre_saved_query_get_description (query);

  return g_strjoin (" ", sobre_saved_query_get_title (query), sobre_saved_query_get_name (query),
                    description != NULL ? description : "", NULL);
}

static void
sobre_query_entry_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  SobreQueryEntry *self = SOBRE_QUERY_ENTRY (object);

  switch (property_id)
    {
    case PROP_WORDS:
      g_value_take_string (value, make_words (self->query));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_query_entry_finalize (GObject *object)
{
  g_clear_object (&SOBRE_QUERY_ENTRY (object)->query);
  G_OBJECT_CLASS (sobre_query_entry_parent_class)->finalize (object);
}

static void
sobre_query_entry_class_init (SobreQueryEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sobre_query_entry_get_property;
  object_class->finalize = sobre_query_entry_finalize;
  g_object_class_install_property (object_class, PROP_WORDS, g_param_spec_string ("words", NULL, NULL, NULL, readable));
}

static void
sobre_query_entry_init (SobreQueryEntry *self)
{
}

SobreQueryEntry *
sobre_query_entry_new (SobreSavedQuery *query, gboolean own)
{
  SobreQueryEntry *self = g_object_new (SOBRE_TYPE_QUERY_ENTRY, NULL);

  self->query = g_object_ref (query);
  self->own = own;
  return self;
}

SobreSavedQuery *
sobre_query_entry_get_query (SobreQueryEntry *self)
{
  return self->query;
}

gboolean
sobre_query_entry_is_own (SobreQueryEntry *self)
{
  return self->own;
}
