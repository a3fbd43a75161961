/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lake/sobre-lake-source.h"
#include "model/sobre-time.h"

G_DEFINE_QUARK (sobre-lake-error-quark, sobre_lake_error)
G_DEFINE_INTERFACE (SobreLakeSource, sobre_lake_source, G_TYPE_OBJECT)

static void
sobre_lake_source_default_init (SobreLakeSourceInterface *iface)
{
}

/** sobre_lake_source_list: (transfer full): see SobreLakeSourceInterface. @after: (nullable): a page's @next, or any key */
DexFuture *
sobre_lake_source_list (SobreLakeSource *self, SobreDataset dataset, const char *after)
{
  return SOBRE_LAKE_SOURCE_GET_IFACE (self)->list (self, dataset, after);
}

/** sobre_lake_source_fetch: (transfer full): see SobreLakeSourceInterface */
DexFuture *
sobre_lake_source_fetch (SobreLakeSource *self, const SobreLakeObject *object)
{
  return SOBRE_LAKE_SOURCE_GET_IFACE (self)->fetch (self, object);
}

const char *
sobre_lake_source_get_name (SobreLakeSource *self)
{
  SobreLakeSourceInterface *iface = SOBRE_LAKE_SOURCE_GET_IFACE (self);

  return iface->get_name != NULL ? iface->get_name (self) : NULL;
}

SobreLakeObject *
sobre_lake_object_copy (const SobreLakeObject *self)
{
  SobreLakeObject *copy = g_memdup2 (self, sizeof *self);

  copy->key = g_strdup (self->key);
  copy->etag = g_strdup (self->etag);
  return copy;
}

void
sobre_lake_object_free (SobreLakeObject *self)
{
  g_free (self->key);
  g_free (self->etag);
  g_free (self);
}

static SobreLakePage *
copy_page (SobreLakePage *self)
{
  SobreLakePage *copy = g_new0 (SobreLakePage, 1);

  copy->objects = g_ptr_array_ref (self->objects);
  copy->next = g_strdup (self->next);
  return copy;
}

void
sobre_lake_page_free (SobreLakePage *self)
{
  g_ptr_array_unref (self->objects);
  g_free (self->next);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (SobreLakePage, sobre_lake_page, copy_page, sobre_lake_page_free)

gboolean
sobre_lake_key_parse (const char *key, SobreDataset *dataset, gint32 *dt)
{
  const char *folder, *day, *name;

  if (!g_str_has_prefix (key, "raw/"))
    return FALSE;
  folder = key + strlen ("raw/");
  day = strchr (folder, '/');
  if (day == NULL || !sobre_dataset_parse ((SobreText) { folder, (gsize) (day - folder) }, dataset))
    return FALSE;

  day++;
  if (!g_str_has_prefix (day, "dt="))
    return FALSE;
  day += strlen ("dt=");
  name = strchr (day, '/');
  if (name == NULL || !sobre_day_parse (day, (gsize) (name - day), dt))
    return FALSE;

  /* A name that begins with a dot is hidden or not yet whole, and "." and ".." are no names at all. */
  name++;
  return name[0] != '\0' && name[0] != '.' && strchr (name, '/') == NULL && strlen (name) <= 255;
}
