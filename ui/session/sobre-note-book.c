/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-note-book.h"

#include "session/sobre-job.h"
#include "workspace/sobre-workspace-notes.h"

struct _SobreNoteBook
{
  GObject parent_instance;

  SobreWorkspace *workspace;
  GListModel *notes;
  GPtrArray *done; /* of Change, the latest last */
  DexFuture *last; /* (nullable): what the next job waits for */
  guint n_pending;
  char *message;
};

enum
{
  PROP_NOTES = 1,
  PROP_MESSAGE,
  PROP_CAN_UNDO,
};

/* Change: one job. @undoes: whether it takes the latest one back · @loads: whether it only reads */
typedef struct
{
  SobreNoteBook *book;
  SobreWorkspace *workspace;
  SobreNote *removed;
  SobreNote *added;
  gboolean undoes;
  gboolean loads;
} Change;

G_DEFINE_FINAL_TYPE (SobreNoteBook, sobre_note_book, G_TYPE_OBJECT)

static void
change_free (gpointer data)
{
  Change *self = data;

  g_clear_object (&self->book);
  g_clear_object (&self->workspace);
  g_clear_object (&self->removed);
  g_clear_object (&self->added);
  g_free (self);
}

static Change *
change_new (SobreNoteBook *book, SobreNote *removed, SobreNote *added)
{
  Change *self = g_new0 (Change, 1);

  self->book = g_object_ref (book);
  self->workspace = g_object_ref (book->workspace);
  g_set_object (&self->removed, removed);
  g_set_object (&self->added, added);
  return self;
}

static gboolean
change_worker (gpointer data, GValue *result, GError **error)
{
  const Change *self = data;
  GListModel *notes = self->loads ? sobre_workspace_load_notes (self->workspace, error)
                                  : sobre_workspace_change_notes (self->workspace, self->removed, self->added, error);

  if (notes == NULL)
    return FALSE;
  g_value_init (result, G_TYPE_LIST_MODEL);
  g_value_take_object (result, notes);
  return TRUE;
}

/* What it would take to go back. */
static void
remember (SobreNoteBook *self, const Change *change)
{
  gboolean could = sobre_note_book_get_can_undo (self);

  if (change->loads)
    return;
  if (change->undoes)
    g_ptr_array_set_size (self->done, (int) self->done->len - 1);
  else
    {
      Change *back = g_new0 (Change, 1);

      g_set_object (&back->removed, change->added);
      g_set_object (&back->added, change->removed);
      g_ptr_array_add (self->done, back);
    }
  if (could != sobre_note_book_get_can_undo (self))
    g_object_notify (G_OBJECT (self), "can-undo");
}

/* A change that failed leaves what is shown as it is; a read that failed says so until one succeeds. */
static DexFuture *
changed_cb (DexFuture *future, gpointer user_data)
{
  const Change *change = user_data;
  SobreNoteBook *self = change->book;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (--self->n_pending == 0)
    dex_clear (&self->last);
  if (value == NULL)
    {
      if (change->loads && g_set_str (&self->message, error->message))
        g_object_notify (G_OBJECT (self), "message");
      return NULL;
    }
  g_set_object (&self->notes, g_value_get_object (value));
  remember (self, change);
  if (g_set_str (&self->message, NULL))
    g_object_notify (G_OBJECT (self), "message");
  g_object_notify (G_OBJECT (self), "notes");
  return dex_future_new_true ();
}

/* What an undo takes back is known only when all before it is done. */
static DexFuture *
start_cb (DexFuture *future, gpointer user_data)
{
  const Change *change = user_data;
  const GPtrArray *done = change->book->done;
  Change *job;

  if (change->undoes && done->len == 0)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CANCELLED, "There is nothing to take back");
  if (change->undoes)
    change = g_ptr_array_index (done, done->len - 1);
  job = change_new (((const Change *) user_data)->book, change->removed, change->added);
  job->loads = change->loads;
  return sobre_job_run ("notes", change_worker, job, change_free);
}

/* @change: (transfer full) */
static DexFuture *
run (SobreNoteBook *self, Change *change)
{
  DexFuture *before = self->last != NULL ? g_steal_pointer (&self->last) : dex_future_new_true ();
  Change *after = change_new (self, change->removed, change->added);
  DexFuture *future;

  after->loads = change->loads;
  after->undoes = change->undoes;
  future = dex_future_finally (before, start_cb, change, change_free);
  future = dex_future_finally (future, changed_cb, after, change_free);
  self->last = dex_ref (future);
  self->n_pending++;
  return future;
}

static void
sobre_note_book_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  SobreNoteBook *self = SOBRE_NOTE_BOOK (object);

  switch (property_id)
    {
    case PROP_NOTES:
      g_value_set_object (value, self->notes);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, sobre_note_book_get_can_undo (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_note_book_finalize (GObject *object)
{
  SobreNoteBook *self = SOBRE_NOTE_BOOK (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->notes);
  g_clear_pointer (&self->done, g_ptr_array_unref);
  dex_clear (&self->last);
  g_free (self->message);
  G_OBJECT_CLASS (sobre_note_book_parent_class)->finalize (object);
}

static void
sobre_note_book_class_init (SobreNoteBookClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sobre_note_book_get_property;
  object_class->finalize = sobre_note_book_finalize;
  g_object_class_install_property (object_class, PROP_NOTES,
                                   g_param_spec_object ("notes", NULL, NULL, G_TYPE_LIST_MODEL, readable));
  g_object_class_install_property (object_class, PROP_MESSAGE, g_param_spec_string ("message", NULL, NULL, NULL, readable));
  g_object_class_install_property (object_class, PROP_CAN_UNDO, g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, readable));
}

static void
sobre_note_book_init (SobreNoteBook *self)
{
  self->notes = G_LIST_MODEL (g_list_store_new (SOBRE_TYPE_NOTE));
  self->done = g_ptr_array_new_with_free_func (change_free);
}

SobreNoteBook *
sobre_note_book_new (SobreWorkspace *workspace)
{
  SobreNoteBook *self = g_object_new (SOBRE_TYPE_NOTE_BOOK, NULL);

  self->workspace = g_object_ref (workspace);
  return self;
}

void
sobre_note_book_load (SobreNoteBook *self)
{
  Change *change = change_new (self, NULL, NULL);

  change->loads = TRUE;
  dex_future_disown (run (self, change));
}

GListModel *
sobre_note_book_get_notes (SobreNoteBook *self)
{
  return self->notes;
}

DexFuture *
sobre_note_book_change (SobreNoteBook *self, SobreNote *removed, SobreNote *added)
{
  return run (self, change_new (self, removed, added));
}

DexFuture *
sobre_note_book_undo (SobreNoteBook *self)
{
  Change *change = change_new (self, NULL, NULL);

  change->undoes = TRUE;
  return run (self, change);
}

gboolean
sobre_note_book_get_can_undo (SobreNoteBook *self)
{
  return self->done->len > 0;
}
