/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-finder.h"

#include <glib/gi18n-lib.h>

#include "query/sobre-saved-query.h"
#include "scan/sobre-figures.h"
#include "session/sobre-job.h"
#include "widgets/sobre-moment.h"
#include "workspace/sobre-workspace.h"

#define MAX_OF_A_KIND 5
#define YEARS_BACK 10

struct _SobreFound
{
  GObject parent_instance;

  SobreFoundKind kind;
  char *id;
  char *title;
  char *description;
  char *path;
  char *store_id;
  char *table_id;
  char *query_name;
};

G_DEFINE_FINAL_TYPE (SobreFound, sobre_found, G_TYPE_OBJECT)

/* Question: what travels to the thread. */
typedef struct
{
  char *path;
  char **terms;
} Question;

static void
sobre_found_finalize (GObject *object)
{
  SobreFound *self = SOBRE_FOUND (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->description);
  g_free (self->path);
  g_free (self->store_id);
  g_free (self->table_id);
  g_free (self->query_name);
  G_OBJECT_CLASS (sobre_found_parent_class)->finalize (object);
}

static void
sobre_found_class_init (SobreFoundClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_found_finalize;
}

static void
sobre_found_init (SobreFound *self)
{
}

static void
question_free (gpointer data)
{
  Question *self = data;

  g_free (self->path);
  g_strfreev (self->terms);
  g_free (self);
}

/* @title, @description: (transfer full) */
static SobreFound *
append (GListStore *list, SobreFoundKind kind, const char *path, char *title, char *description)
{
  g_autoptr (SobreFound) found = g_object_new (SOBRE_TYPE_FOUND, NULL);

  found->kind = kind;
  found->path = g_strdup (path);
  found->title = title;
  found->description = description;
  g_list_store_append (list, found);
  return found;
}

/* Whether a word of @text begins with each term, whatever its case and accents. */
static gboolean
matches (char **terms, const char *text)
{
  for (; *terms != NULL; terms++)
    if (!g_str_match_string (*terms, text, TRUE))
      return FALSE;
  return TRUE;
}

static const char *
find_store_name (const SobreSettings *settings, const char *store_id)
{
  for (guint i = 0; i < settings->stores->len; i++)
    {
      const SobreStore *store = g_ptr_array_index (settings->stores, i);

      if (g_str_equal (store->id, store_id))
        return store->name;
    }
  return store_id;
}

static void
find_tables (SobreWorkspace *workspace, char **terms, GListStore *list)
{
  GListModel *tables = sobre_workspace_get_tables (workspace);
  guint n_found = 0;

  for (guint i = 0; i < g_list_model_get_n_items (tables) && n_found < MAX_OF_A_KIND; i++)
    {
      g_autoptr (SobreTable) table = g_list_model_get_item (tables, i);
      const char *store = find_store_name (sobre_workspace_get_settings (workspace), sobre_table_get_store_id (table));
      const char *zone = sobre_table_get_zone (table);
      g_autofree char *title = g_strdup_printf (_ ("Table %s"), sobre_table_get_table_id (table));
      g_autofree char *description = g_strjoin (", ", store, zone != NULL && *zone != '\0' ? zone : NULL, NULL);
      g_autofree char *text = g_strjoin (" ", title, description, NULL);
      SobreFound *found;

      if (!matches (terms, text))
        continue;
      found = append (list, SOBRE_FOUND_TABLE, sobre_workspace_get_path (workspace), g_steal_pointer (&title),
                      g_steal_pointer (&description));
      found->store_id = g_strdup (sobre_table_get_store_id (table));
      found->table_id = g_strdup (sobre_table_get_table_id (table));
      found->id = g_strdup_printf ("table/%s/%s", found->store_id, found->table_id);
      n_found++;
    }
}

static void
find_queries (SobreWorkspace *workspace, char **terms, GListStore *list)
{
  g_auto (GStrv) folders = sobre_workspace_dup_query_folders (sobre_workspace_get_path (workspace));
  g_autoptr (GListModel) queries = sobre_saved_query_list ((const char *const *) folders, NULL);
  guint n_found = 0;

  for (guint i = 0; i < g_list_model_get_n_items (queries) && n_found < MAX_OF_A_KIND; i++)
    {
      g_autoptr (SobreSavedQuery) query = g_list_model_get_item (queries, i);
      const char *title = sobre_saved_query_get_title (query);
      const char *description = sobre_saved_query_get_description (query);
      g_autofree char *text =
          g_strjoin (" ", title, description != NULL ? description : "", sobre_saved_query_get_name (query), NULL);
      SobreFound *found;

      if (!matches (terms, text))
        continue;
      found = append (list, SOBRE_FOUND_QUERY, sobre_workspace_get_path (workspace), g_strdup (title), g_strdup (description));
      found->query_name = g_strdup (sobre_saved_query_get_name (query));
      found->id = g_strdup_printf ("query/%s", found->query_name);
      n_found++;
    }
}

static void
find_comments (SobreWorkspace *workspace, char **terms, GListStore *list)
{
  g_autoptr (SobreCacheReader) reader = sobre_cache_reader_open (sobre_workspace_get_cache_folder (workspace), NULL);
  const SobreServiceCalendar *calendar = sobre_workspace_get_calendar (workspace);
  gint32 today = (gint32) (g_get_real_time () / G_TIME_SPAN_DAY);
  g_autoptr (SobreFilter) filter = sobre_filter_new (today - YEARS_BACK * 366, today + 1);
  g_autofree char *text = g_strjoinv (" ", terms);
  g_autoptr (GPtrArray) comments = NULL;

  if (reader != NULL)
    comments = sobre_figures_search (reader, text, filter, MAX_OF_A_KIND, NULL);
  for (guint i = 0; comments != NULL && i < comments->len; i++)
    {
      const SobreComment *comment = g_ptr_array_index (comments, i);
      g_autofree char *moment = sobre_moment_format (comment->submitted_at, calendar);
      SobreFound *found = append (list, SOBRE_FOUND_COMMENT, sobre_workspace_get_path (workspace), g_strdup (comment->text),
                                  /* Translators: when a guest wrote something, and at which table */
                                  g_strdup_printf (_ ("%s, table %s"), moment, comment->table_id));

      found->store_id = g_strdup (comment->store_id);
      found->table_id = g_strdup (comment->table_id);
      found->id = g_strdup_printf ("comment/%s/%s/%" G_GINT64_FORMAT "/%u", comment->store_id, comment->table_id,
                                   comment->submitted_at, g_str_hash (comment->text));
    }
}

/* One letter means everything. */
static gboolean
is_worth_looking (char **terms)
{
  for (; *terms != NULL; terms++)
    if (g_utf8_validate (*terms, -1, NULL) && (g_utf8_strlen (*terms, -1) > 1 || g_unichar_isdigit (g_utf8_get_char (*terms))))
      return TRUE;
  return FALSE;
}

static gboolean
find_worker (gpointer data, GValue *result, GError **error)
{
  Question *question = data;
  GListStore *list = g_list_store_new (SOBRE_TYPE_FOUND);
  g_autoptr (SobreWorkspace) workspace =
      is_worth_looking (question->terms) ? sobre_workspace_open (question->path, NULL) : NULL;

  if (workspace != NULL)
    {
      find_tables (workspace, question->terms, list);
      find_queries (workspace, question->terms, list);
      find_comments (workspace, question->terms, list);
    }
  g_value_init (result, G_TYPE_LIST_MODEL);
  g_value_take_object (result, list);
  return TRUE;
}

SobreFoundKind
sobre_found_get_kind (SobreFound *self)
{
  return self->kind;
}

const char *
sobre_found_get_id (SobreFound *self)
{
  return self->id;
}

const char *
sobre_found_get_title (SobreFound *self)
{
  return self->title;
}

const char *
sobre_found_get_description (SobreFound *self)
{
  return self->description;
}

const char *
sobre_found_get_path (SobreFound *self)
{
  return self->path;
}

const char *
sobre_found_get_store_id (SobreFound *self)
{
  return self->store_id;
}

const char *
sobre_found_get_table_id (SobreFound *self)
{
  return self->table_id;
}

const char *
sobre_found_get_query_name (SobreFound *self)
{
  return self->query_name;
}

DexFuture *
sobre_finder_find (const char *path, const char *const *terms)
{
  Question *question = g_new0 (Question, 1);

  question->path = g_strdup (path);
  question->terms = g_strdupv ((char **) terms);
  return sobre_job_run ("finder", find_worker, question, question_free);
}
