/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync/sobre-withdraw.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "import/sobre-import-writer.h"
#include "ingest/sobre-wait.h"
#include "sync/sobre-compact-opening.h"
#include "sync/sobre-sync-listing.h"

/* Returns: (transfer full) (element-type SobreLakeObject): borrowed from @objects. @days: gets each of their days once */
static GPtrArray *
choose (GPtrArray *objects, const char *batch, GArray *days)
{
  g_autofree char *prefix = g_strconcat (SOBRE_IMPORT_OBJECT_PREFIX, batch, "-", NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GPtrArray *chosen = g_ptr_array_new ();

  for (guint i = 0; i < objects->len; i++)
    {
      SobreLakeObject *object = g_ptr_array_index (objects, i);

      if (!g_str_has_prefix (strrchr (object->key, '/') + 1, prefix))
        continue;
      g_ptr_array_add (chosen, object);
      if (g_hash_table_add (seen, GINT_TO_POINTER (object->dt)))
        g_array_append_val (days, object->dt);
    }
  return chosen;
}

static gboolean
remove_objects (SobreS3Lake *bucket,
                const char *batch,
                SobreCompactOpening *opening,
                guint *n_objects,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GPtrArray) objects = sobre_sync_list_lake (SOBRE_LAKE_SOURCE (bucket), error);
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_autoptr (GPtrArray) chosen = objects != NULL ? choose (objects, batch, days) : NULL;

  *n_objects = 0;
  if (objects == NULL || !sobre_compact_opening_add (opening, days, error))
    return FALSE;
  for (guint i = 0; i < chosen->len; i++)
    {
      const SobreLakeObject *object = g_ptr_array_index (chosen, i);
      g_autoptr (DexFuture) removing = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      removing = sobre_s3_lake_remove (bucket, object->key, NULL);
      if (sobre_wait_for_future (removing, error) == NULL)
        return FALSE;
      (*n_objects)++;
    }
  return TRUE;
}

static gboolean
withdraw_from_bucket (SobreWorkspace *workspace,
                      SobreS3Lake *bucket,
                      const char *batch,
                      guint *n_objects,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (SobreCompactOpening) opening = sobre_compact_opening_new (workspace, bucket, cancellable, error);
  gboolean done = opening != NULL && remove_objects (bucket, batch, opening, n_objects, cancellable, error);

  return opening != NULL && sobre_compact_opening_end (opening, done ? error : NULL) && done;
}

/* The folder first: what it has and the bucket lacks would come back with the next sync. */
gboolean
sobre_withdraw_import (SobreWorkspace *workspace,
                       const char *batch,
                       SobreWithdrawn *withdrawn,
                       GCancellable *cancellable,
                       GError **error)
{
  SobreLakeSource *lake = sobre_workspace_get_source (workspace, error);

  *withdrawn = (SobreWithdrawn) { 0, 0 };
  if (lake == NULL || !sobre_import_withdraw (sobre_workspace_get_lake (workspace), batch, &withdrawn->n_of_folder, error))
    return FALSE;
  if (SOBRE_IS_S3_LAKE (lake) &&
      !withdraw_from_bucket (workspace, SOBRE_S3_LAKE (lake), batch, &withdrawn->n_of_bucket, cancellable, error))
    return FALSE;
  if (withdrawn->n_of_folder + withdrawn->n_of_bucket > 0)
    return TRUE;
  g_set_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_GONE, _ ("The lake has nothing of an import “%s”"), batch);
  return FALSE;
}
