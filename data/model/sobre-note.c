/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/sobre-note.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/sobre-csv.h"
#include "model/sobre-time.h"

static const char *const field_names[] = { "day", "note" };

struct _SobreNote
{
  GObject parent_instance;

  gint32 day;
  char *text;
};

G_DEFINE_FINAL_TYPE (SobreNote, sobre_note, G_TYPE_OBJECT)

static void
sobre_note_finalize (GObject *object)
{
  g_free (SOBRE_NOTE (object)->text);

  G_OBJECT_CLASS (sobre_note_parent_class)->finalize (object);
}

static void
sobre_note_class_init (SobreNoteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_note_finalize;
}

static void
sobre_note_init (SobreNote *self)
{
}

gboolean
sobre_note_text_is_valid (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  if (*text == '\0' || strcmp (stripped, text) != 0 || !g_utf8_validate (text, -1, NULL) ||
      g_utf8_strlen (text, -1) > SOBRE_NOTE_MAX_LENGTH)
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029)
        return FALSE;
    }
  return TRUE;
}

SobreNote *
sobre_note_new (gint32 day, const char *text)
{
  SobreNote *self;

  g_return_val_if_fail (sobre_note_text_is_valid (text), NULL);

  self = g_object_new (SOBRE_TYPE_NOTE, NULL);
  self->day = day;
  self->text = g_strdup (text);
  return self;
}

gint32
sobre_note_get_day (SobreNote *self)
{
  g_return_val_if_fail (SOBRE_IS_NOTE (self), 0);
  return self->day;
}

const char *
sobre_note_get_text (SobreNote *self)
{
  g_return_val_if_fail (SOBRE_IS_NOTE (self), NULL);
  return self->text;
}

int
sobre_note_compare (SobreNote *a, SobreNote *b)
{
  return a->day != b->day ? (a->day > b->day) - (a->day < b->day) : strcmp (a->text, b->text);
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return sobre_note_compare ((SobreNote *) a, (SobreNote *) b);
}

static SobreNote *
read_note (GPtrArray *fields, guint line, GError **error)
{
  const char *const *texts = (const char *const *) fields->pdata;
  gint32 day = 0;

  if (fields->len != G_N_ELEMENTS (field_names))
    sobre_csv_refuse (error, line, _ ("%u fields instead of %d"), fields->len, (int) G_N_ELEMENTS (field_names));
  else if (!sobre_day_parse (texts[0], strlen (texts[0]), &day))
    sobre_csv_refuse (error, line, _ ("“%s” has to be a date such as 2026-11-24"), field_names[0]);
  else if (!sobre_note_text_is_valid (texts[1]))
    sobre_csv_refuse (error, line, _ ("“%s” has to be one line of 1 to %d characters with no blank at its ends"),
                      field_names[1], SOBRE_NOTE_MAX_LENGTH);
  else
    return sobre_note_new (day, texts[1]);
  return NULL;
}

static gboolean
read_notes (SobreCsvCursor *cursor, GListStore *notes, GError **error)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);

  if (!sobre_csv_read_header (cursor, field_names, G_N_ELEMENTS (field_names), error))
    return FALSE;
  while (cursor->at < cursor->end)
    {
      g_autoptr (SobreNote) note = NULL;

      if (!sobre_csv_read_record (cursor, fields, error))
        return FALSE;
      if (fields->len == 1 && *(const char *) g_ptr_array_index (fields, 0) == '\0')
        continue;
      note = read_note (fields, cursor->record_line, error);
      if (note == NULL)
        return FALSE;
      if (g_list_model_get_n_items (G_LIST_MODEL (notes)) == SOBRE_NOTE_MAX_COUNT)
        return sobre_csv_refuse (error, cursor->record_line, _ ("there are more than %d notes"), SOBRE_NOTE_MAX_COUNT);
      g_list_store_append (notes, note);
    }
  return TRUE;
}

GListModel *
sobre_note_list_parse (const char *csv, gssize length, GError **error)
{
  g_autoptr (GListStore) notes = g_list_store_new (SOBRE_TYPE_NOTE);
  SobreCsvCursor cursor;

  if (!sobre_csv_cursor_init (&cursor, csv, length < 0 ? strlen (csv) : (gsize) length, error) ||
      !read_notes (&cursor, notes, error))
    return NULL;
  g_list_store_sort (notes, compare_cb, NULL);
  return G_LIST_MODEL (g_steal_pointer (&notes));
}

char *
sobre_note_list_format (GListModel *notes)
{
  g_autoptr (GString) csv = g_string_new ("day,note\n");

  for (guint i = 0; i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (SobreNote) note = g_list_model_get_item (notes, i);
      char day[SOBRE_DAY_STRING_LENGTH + 1];

      sobre_day_format (note->day, day);
      g_string_append_printf (csv, "%s,", day);
      sobre_csv_append_field (csv, note->text);
      g_string_append_c (csv, '\n');
    }
  return g_string_free_and_steal (g_steal_pointer (&csv));
}

int
sobre_note_list_find (GListModel *notes, SobreNote *note)
{
  for (guint i = 0; i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (SobreNote) other = g_list_model_get_item (notes, i);

      if (sobre_note_compare (note, other) == 0)
        return (int) i;
    }
  return -1;
}

GListModel *
sobre_note_list_change (GListModel *notes, SobreNote *removed, SobreNote *added)
{
  int gone = removed != NULL ? sobre_note_list_find (notes, removed) : -1;
  GListStore *changed = g_list_store_new (SOBRE_TYPE_NOTE);

  for (guint i = 0; i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (SobreNote) note = g_list_model_get_item (notes, i);

      if ((int) i != gone)
        g_list_store_append (changed, note);
    }
  if (added != NULL)
    g_list_store_insert_sorted (changed, added, compare_cb, NULL);
  return G_LIST_MODEL (changed);
}
