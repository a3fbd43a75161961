/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-document-book.h"

#include "session/sobre-document-change.h"
#include "session/sobre-job.h"

#define MAX_UNDO 200

struct _SobreDocumentBook
{
  GObject parent_instance;

  SobreWorkspace *workspace;
  SobreDocumentKind kind;
  JsonNode *root;
  GPtrArray *done;   /* (element-type SobreDocumentChange): what can be taken back, the latest last */
  GPtrArray *undone; /* (element-type SobreDocumentChange): what can be made again, the next one last */
  GQueue waiting;    /* (element-type SobreDocumentChange): what is to be written, in order */
  gboolean busy;
  gboolean missing;
  gboolean keeps_message; /* what it says is about a change that was lost, and outlives the reading after it */
  guint generation;       /* what was begun before it is none of this book's any more */
  char *message;
  GPtrArray *issues;
  GPtrArray *promises; /* (element-type DexPromise): to whoever waits until everything is written */
};

enum
{
  PROP_ROOT = 1,
  PROP_MESSAGE,
  PROP_MISSING,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_SAVED,
  PROP_ISSUES,
};

G_DEFINE_FINAL_TYPE (SobreDocumentBook, sobre_document_book, G_TYPE_OBJECT)

/* Job: one read, or one write where there is a change. */
typedef struct
{
  SobreDocumentBook *book;
  SobreWorkspace *workspace;
  SobreDocumentKind kind;
  guint generation;
  SobreDocumentChange *change; /* (nullable) */
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_clear_object (&self->book);
  g_object_unref (self->workspace);
  g_clear_pointer (&self->change, sobre_document_change_free);
  g_free (self);
}

static Job *
job_new (SobreDocumentBook *book, const SobreDocumentChange *change)
{
  Job *self = g_new0 (Job, 1);

  self->book = g_object_ref (book);
  self->workspace = g_object_ref (book->workspace);
  self->kind = book->kind;
  self->generation = book->generation;
  self->change = change != NULL ? sobre_document_change_new (change->path, change->before, change->after) : NULL;
  return self;
}

static gboolean
load_worker (gpointer data, GValue *result, GError **error)
{
  Job *self = data;
  JsonNode *root = sobre_workspace_load_document (self->workspace, self->kind, error);

  if (root == NULL)
    return FALSE;
  g_value_init (result, JSON_TYPE_NODE);
  g_value_take_boxed (result, root);
  return TRUE;
}

static gboolean
write_worker (gpointer data, GValue *result, GError **error)
{
  Job *self = data;

  return sobre_workspace_change_document (self->workspace, self->kind, self->change->path, self->change->before,
                                          self->change->after, error);
}

static void
notify_all (SobreDocumentBook *self)
{
  static const char *const names[] = { "root", "missing", "can-undo", "can-redo", "saved" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_object_notify (G_OBJECT (self), names[i]);
}

static void
set_message (SobreDocumentBook *self, const char *message)
{
  if (g_set_str (&self->message, message))
    g_object_notify (G_OBJECT (self), "message");
}

static void
set_root (SobreDocumentBook *self, JsonNode *root)
{
  json_node_ref (root);
  g_clear_pointer (&self->root, json_node_unref);
  self->root = root;
  self->missing = FALSE;
}

static void
forget_changes (SobreDocumentBook *self)
{
  g_queue_clear_full (&self->waiting, sobre_document_change_free);
  g_ptr_array_set_size (self->done, 0);
  g_ptr_array_set_size (self->undone, 0);
}

/* Tells whoever waits. @error: (nullable): what was changed is not in the file, or not all of it */
static void
keep_promises (SobreDocumentBook *self, const GError *error)
{
  g_autoptr (GPtrArray) promises = g_steal_pointer (&self->promises);

  self->promises = g_ptr_array_new_with_free_func (dex_unref);
  for (guint i = 0; i < promises->len; i++)
    if (error != NULL)
      dex_promise_reject (g_ptr_array_index (promises, i), g_error_copy (error));
    else
      dex_promise_resolve_boolean (g_ptr_array_index (promises, i), TRUE);
}

static DexFuture *
loaded_cb (DexFuture *future, gpointer user_data)
{
  const Job *job = user_data;
  SobreDocumentBook *self = job->book;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  gboolean missing = g_error_matches (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_MISSING);

  if (job->generation != self->generation || !g_queue_is_empty (&self->waiting))
    return NULL;
  if (value != NULL && self->root != NULL && sobre_document_is_same (self->root, g_value_get_boxed (value)))
    return NULL;
  forget_changes (self);
  if (value != NULL)
    {
      set_root (self, g_value_get_boxed (value));
      if (!self->keeps_message)
        set_message (self, NULL);
    }
  else
    {
      g_clear_pointer (&self->root, json_node_unref);
      self->missing = missing;
      set_message (self, missing ? NULL : error->message);
    }
  self->keeps_message = FALSE;
  notify_all (self);
  return NULL;
}

static void
load (SobreDocumentBook *self)
{
  dex_future_disown (dex_future_finally (sobre_job_run ("document", load_worker, job_new (self, NULL), job_free), loaded_cb,
                                         job_new (self, NULL), job_free));
}

static void write_next (SobreDocumentBook *self);

static DexFuture *
written_cb (DexFuture *future, gpointer user_data)
{
  const Job *job = user_data;
  SobreDocumentBook *self = job->book;
  g_autoptr (GError) error = NULL;
  gboolean done = dex_future_get_value (future, &error) != NULL;

  self->busy = FALSE;
  if (job->generation != self->generation)
    {
      write_next (self);
      if (sobre_document_book_is_saved (self))
        keep_promises (self, NULL);
      return NULL;
    }
  if (!done && !g_error_matches (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_FAILED))
    {
      forget_changes (self);
      g_clear_pointer (&self->root, json_node_unref);
      set_message (self, error->message);
      self->keeps_message = TRUE;
      keep_promises (self, error);
      load (self);
      return NULL;
    }
  set_message (self, done ? NULL : error->message);
  if (!done)
    {
      keep_promises (self, error);
      return NULL;
    }
  sobre_document_change_free (g_queue_pop_head (&self->waiting));
  write_next (self);
  if (sobre_document_book_is_saved (self))
    {
      keep_promises (self, NULL);
      g_object_notify (G_OBJECT (self), "saved");
    }
  return NULL;
}

static void
write_next (SobreDocumentBook *self)
{
  const SobreDocumentChange *change = g_queue_peek_head (&self->waiting);

  if (self->busy || change == NULL)
    return;
  self->busy = TRUE;
  dex_future_disown (dex_future_finally (sobre_job_run ("document", write_worker, job_new (self, change), job_free), written_cb,
                                         job_new (self, NULL), job_free));
}

/* Shows a change and has it written. */
static gboolean
apply (SobreDocumentBook *self, const char *path, JsonNode *before, JsonNode *after)
{
  g_autoptr (JsonNode) root = NULL;
  SobreDocumentChange *latest = g_queue_peek_tail (&self->waiting);

  if (self->root != NULL)
    root = sobre_document_replace (self->root, path, before, after);
  else if (*path == '\0' && before == NULL && after != NULL)
    root = json_node_ref (after);
  if (root == NULL)
    return FALSE;
  set_root (self, root);
  /* What is typed faster than it is written is written as one; the first may be under way. */
  if (g_queue_get_length (&self->waiting) > 1 && g_str_equal (latest->path, path))
    {
      g_clear_pointer (&latest->after, json_node_unref);
      latest->after = after != NULL ? json_node_ref (after) : NULL;
    }
  else
    g_queue_push_tail (&self->waiting, sobre_document_change_new (path, before, after));
  write_next (self);
  return TRUE;
}

static void
sobre_document_book_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  SobreDocumentBook *self = SOBRE_DOCUMENT_BOOK (object);

  switch (property_id)
    {
    case PROP_ROOT:
      g_value_set_boxed (value, self->root);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_MISSING:
      g_value_set_boolean (value, self->missing);
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, sobre_document_book_get_can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, sobre_document_book_get_can_redo (self));
      break;
    case PROP_SAVED:
      g_value_set_boolean (value, sobre_document_book_is_saved (self));
      break;
    case PROP_ISSUES:
      g_value_set_boxed (value, self->issues);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_document_book_finalize (GObject *object)
{
  SobreDocumentBook *self = SOBRE_DOCUMENT_BOOK (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_pointer (&self->done, g_ptr_array_unref);
  g_clear_pointer (&self->undone, g_ptr_array_unref);
  g_queue_clear_full (&self->waiting, sobre_document_change_free);
  g_clear_pointer (&self->issues, g_ptr_array_unref);
  g_clear_pointer (&self->promises, g_ptr_array_unref);
  g_free (self->message);
  G_OBJECT_CLASS (sobre_document_book_parent_class)->finalize (object);
}

static void
sobre_document_book_class_init (SobreDocumentBookClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sobre_document_book_get_property;
  object_class->finalize = sobre_document_book_finalize;
  g_object_class_install_property (object_class, PROP_ROOT, g_param_spec_boxed ("root", NULL, NULL, JSON_TYPE_NODE, readable));
  g_object_class_install_property (object_class, PROP_MESSAGE, g_param_spec_string ("message", NULL, NULL, NULL, readable));
  g_object_class_install_property (object_class, PROP_MISSING, g_param_spec_boolean ("missing", NULL, NULL, FALSE, readable));
  g_object_class_install_property (object_class, PROP_CAN_UNDO, g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, readable));
  g_object_class_install_property (object_class, PROP_CAN_REDO, g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, readable));
  g_object_class_install_property (object_class, PROP_SAVED, g_param_spec_boolean ("saved", NULL, NULL, TRUE, readable));
  g_object_class_install_property (object_class, PROP_ISSUES,
                                   g_param_spec_boxed ("issues", NULL, NULL, G_TYPE_PTR_ARRAY, readable));
}

static void
sobre_document_book_init (SobreDocumentBook *self)
{
  self->done = g_ptr_array_new_with_free_func (sobre_document_change_free);
  self->undone = g_ptr_array_new_with_free_func (sobre_document_change_free);
  self->issues = g_ptr_array_new ();
  self->promises = g_ptr_array_new_with_free_func (dex_unref);
  g_queue_init (&self->waiting);
}

SobreDocumentBook *
sobre_document_book_new (SobreWorkspace *workspace, SobreDocumentKind kind)
{
  SobreDocumentBook *self = g_object_new (SOBRE_TYPE_DOCUMENT_BOOK, NULL);

  self->workspace = g_object_ref (workspace);
  self->kind = kind;
  return self;
}

void
sobre_document_book_load (SobreDocumentBook *self)
{
  if (g_queue_is_empty (&self->waiting))
    load (self);
  else
    write_next (self);
}

JsonNode *
sobre_document_book_get_root (SobreDocumentBook *self)
{
  return self->root;
}

gboolean
sobre_document_book_replace (SobreDocumentBook *self, const char *path, JsonNode *after, gboolean merge)
{
  JsonNode *there = self->root != NULL ? sobre_document_find (self->root, path) : NULL;
  g_autoptr (JsonNode) before = there != NULL ? json_node_ref (there) : NULL;
  SobreDocumentChange *latest = self->done->len > 0 ? g_ptr_array_index (self->done, self->done->len - 1) : NULL;

  if (after != NULL)
    json_node_seal (after);
  if (sobre_document_is_same (before, after) || !apply (self, path, before, after))
    return FALSE;
  if (merge && latest != NULL && g_str_equal (latest->path, path))
    {
      g_clear_pointer (&latest->after, json_node_unref);
      latest->after = after != NULL ? json_node_ref (after) : NULL;
    }
  else if (before != NULL || *path != '\0') /* a document that was made is not taken back */
    g_ptr_array_add (self->done, sobre_document_change_new (path, before, after));
  if (self->done->len > MAX_UNDO)
    g_ptr_array_remove_index (self->done, 0);
  g_ptr_array_set_size (self->undone, 0);
  notify_all (self);
  return TRUE;
}

/* Moves the latest change from one list to the other, with what is before and after it the other way round. */
static char *
turn (SobreDocumentBook *self, GPtrArray *from, GPtrArray *to)
{
  g_autofree char *path = NULL;
  SobreDocumentChange *change;
  gboolean done;

  if (from->len == 0)
    return NULL;
  change = g_ptr_array_steal_index (from, from->len - 1);
  path = g_strdup (change->path);
  done = apply (self, change->path, change->after, change->before);
  if (done)
    g_ptr_array_add (to, sobre_document_change_new (change->path, change->after, change->before));
  sobre_document_change_free (change);
  notify_all (self);
  return done ? g_steal_pointer (&path) : NULL;
}

char *
sobre_document_book_undo (SobreDocumentBook *self)
{
  return turn (self, self->done, self->undone);
}

char *
sobre_document_book_redo (SobreDocumentBook *self)
{
  return turn (self, self->undone, self->done);
}

gboolean
sobre_document_book_get_can_undo (SobreDocumentBook *self)
{
  return self->done->len > 0;
}

gboolean
sobre_document_book_get_can_redo (SobreDocumentBook *self)
{
  return self->undone->len > 0;
}

gboolean
sobre_document_book_is_saved (SobreDocumentBook *self)
{
  return g_queue_is_empty (&self->waiting);
}

DexFuture *
sobre_document_book_flush (SobreDocumentBook *self)
{
  DexPromise *promise;

  if (sobre_document_book_is_saved (self))
    return dex_future_new_true ();
  promise = dex_promise_new ();
  g_ptr_array_add (self->promises, dex_ref (promise));
  write_next (self);
  return DEX_FUTURE (promise);
}

GPtrArray *
sobre_document_book_get_issues (SobreDocumentBook *self)
{
  return self->issues;
}

void
sobre_document_book_set_issues (SobreDocumentBook *self, GPtrArray *issues)
{
  g_ptr_array_ref (issues);
  g_ptr_array_unref (self->issues);
  self->issues = issues;
  g_object_notify (G_OBJECT (self), "issues");
}

void
sobre_document_book_forget (SobreDocumentBook *self)
{
  self->generation++;
  forget_changes (self);
  keep_promises (self, NULL);
  notify_all (self);
  load (self);
}
