/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "model/sobre-record.h"

G_BEGIN_DECLS

/**
 * SobreLakeObject:
 * @key: "raw/responses/dt=2026-11-24/….json.gz"; untrusted, never used as a local path outside the lake
 * @etag: changes whenever the bytes do
 * @size: bytes as stored
 * @modified_at: milliseconds since the Unix epoch
 * @dataset: read from @key
 * @dt: days since the epoch, read from @key's folder, never computed
 */
typedef struct
{
  char *key;
  char *etag;
  guint64 size;
  gint64 modified_at;
  SobreDataset dataset;
  gint32 dt;
} SobreLakeObject;

SobreLakeObject *sobre_lake_object_copy (const SobreLakeObject *self);
void sobre_lake_object_free (SobreLakeObject *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreLakeObject, sobre_lake_object_free)

/** Reads dataset and day from a raw key; %FALSE for a key that is no object of the lake. */
gboolean sobre_lake_key_parse (const char *key, SobreDataset *dataset, gint32 *dt);

/** SobreLakePage: @objects: (element-type SobreLakeObject), in key order · @next: (nullable): where the next page begins. Boxed. */
typedef struct
{
  GPtrArray *objects;
  char *next;
} SobreLakePage;

#define SOBRE_TYPE_LAKE_PAGE (sobre_lake_page_get_type ())
GType sobre_lake_page_get_type (void);
void sobre_lake_page_free (SobreLakePage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreLakePage, sobre_lake_page_free)

#define SOBRE_LAKE_ERROR (sobre_lake_error_quark ())
GQuark sobre_lake_error_quark (void);

/**
 * SobreLakeError:
 * @SOBRE_LAKE_ERROR_GONE: the object is not there any more, or has changed since it was listed
 * @SOBRE_LAKE_ERROR_DAMAGED: the object's bytes are not what they claim to be; retry only when its etag changes
 * @SOBRE_LAKE_ERROR_REFUSED: the object breaks a cap (size, ratio)
 * @SOBRE_LAKE_ERROR_UNAVAILABLE: the lake cannot be reached or read now; retry later
 */
typedef enum
{
  SOBRE_LAKE_ERROR_GONE,
  SOBRE_LAKE_ERROR_DAMAGED,
  SOBRE_LAKE_ERROR_REFUSED,
  SOBRE_LAKE_ERROR_UNAVAILABLE,
} SobreLakeError;

#define SOBRE_TYPE_LAKE_SOURCE (sobre_lake_source_get_type ())
G_DECLARE_INTERFACE (SobreLakeSource, sobre_lake_source, SOBRE, LAKE_SOURCE, GObject)

/**
 * SobreLakeSourceInterface:
 * @list: (transfer full): resolves to a SobreLakePage of one dataset after @after, in key order
 * @fetch: (transfer full): resolves to a GBytes with the whole object, or rejects with %SOBRE_LAKE_ERROR
 * @get_name: (nullable): the name of a lake that is far away, so that it is not always listed whole; %NULL for one that is at hand
 *
 * A lake: a folder or a bucket with the same keys. The calls return at once and may be used from any thread.
 */
struct _SobreLakeSourceInterface
{
  GTypeInterface parent_iface;

  DexFuture *(*list) (SobreLakeSource *self, SobreDataset dataset, const char *after);
  DexFuture *(*fetch) (SobreLakeSource *self, const SobreLakeObject *object);
  const char *(*get_name) (SobreLakeSource *self);
};

DexFuture *sobre_lake_source_list (SobreLakeSource *self, SobreDataset dataset, const char *after);
DexFuture *sobre_lake_source_fetch (SobreLakeSource *self, const SobreLakeObject *object);

/** sobre_lake_source_get_name: Returns: (transfer none) (nullable): "s3://bucket"; %NULL for a lake that is at hand */
const char *sobre_lake_source_get_name (SobreLakeSource *self);

G_END_DECLS
