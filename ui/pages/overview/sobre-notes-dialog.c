/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/overview/sobre-notes-dialog.h"

#include <glib/gi18n-lib.h>

#include "model/sobre-time.h"
#include "sobre-format.h"

#define TOAST_SECONDS 5

struct _SobreNotesDialog
{
  AdwDialog parent_instance;

  AdwToastOverlay *toasts;
  AdwBanner *banner;
  AdwPreferencesGroup *list_group;
  AdwEntryRow *text_row;
  GtkMenuButton *day_button;
  GtkCalendar *calendar;
  GtkWidget *cancel_button;
  GtkButton *save_button;
  GtkListBox *list;
  SobreNoteBook *book;
  SobreNote *edited; /* (nullable): the note that saving replaces */
  gint32 day;
};

G_DEFINE_FINAL_TYPE (SobreNotesDialog, sobre_notes_dialog, ADW_TYPE_DIALOG)

static char *
dup_text (SobreNotesDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text_row))));
}

static void
update_actions (SobreNotesDialog *self)
{
  g_autofree char *text = dup_text (self);
  gboolean valid = sobre_note_text_is_valid (text);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "notes.save", valid);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "notes.undo", sobre_note_book_get_can_undo (self->book));
  if (*text != '\0' && !valid)
    gtk_widget_add_css_class (GTK_WIDGET (self->text_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->text_row), "error");
}

static void
text_changed_cb (SobreNotesDialog *self)
{
  if (self->book != NULL)
    update_actions (self);
}

static void
show_day (SobreNotesDialog *self)
{
  g_autofree char *day = sobre_format_weekday_and_day (self->day);

  gtk_menu_button_set_label (self->day_button, day);
}

static void
set_day (SobreNotesDialog *self, gint32 day)
{
  g_autoptr (GDateTime) date = NULL;
  int year, month, day_of_month;

  sobre_day_to_civil (day, &year, &month, &day_of_month);
  date = g_date_time_new_utc (year, month, day_of_month, 0, 0, 0);
  gtk_calendar_select_day (self->calendar, date);
  self->day = day;
  show_day (self);
}

static void
day_chosen_cb (SobreNotesDialog *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);

  self->day =
      sobre_day_from_civil (g_date_time_get_year (date), g_date_time_get_month (date), g_date_time_get_day_of_month (date));
  show_day (self);
}

/* @note: (nullable): what is changed; %NULL for a new one */
static void
edit (SobreNotesDialog *self, SobreNote *note)
{
  g_set_object (&self->edited, note);
  gtk_editable_set_text (GTK_EDITABLE (self->text_row), note != NULL ? sobre_note_get_text (note) : "");
  if (note != NULL)
    set_day (self, sobre_note_get_day (note));
  gtk_button_set_label (self->save_button, note != NULL ? _ ("Change Note") : _ ("Add Note"));
  gtk_widget_set_visible (self->cancel_button, note != NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_row));
}

static void
show_toast (SobreNotesDialog *self, const char *message, gboolean with_undo)
{
  AdwToast *toast = adw_toast_new (message);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_timeout (toast, TOAST_SECONDS);
  if (with_undo)
    {
      adw_toast_set_button_label (toast, _ ("Undo"));
      adw_toast_set_action_name (toast, "notes.undo");
    }
  adw_toast_overlay_dismiss_all (self->toasts);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* Saying: what a change that is under way says when it is done. @forgets: the form is emptied then */
typedef struct
{
  SobreNotesDialog *dialog;
  const char *done;
  gboolean with_undo;
  gboolean forgets;
} Saying;

static void
saying_free (gpointer data)
{
  Saying *self = data;

  g_object_unref (self->dialog);
  g_free (self);
}

static DexFuture *
changed_cb (DexFuture *future, gpointer user_data)
{
  Saying *saying = user_data;
  SobreNotesDialog *self = saying->dialog;
  g_autoptr (GError) error = NULL;

  if (self->toasts == NULL)
    return NULL;
  if (dex_future_get_value (future, &error) == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_toast (self, error->message, FALSE);
      return NULL;
    }
  if (saying->forgets)
    edit (self, NULL);
  show_toast (self, saying->done, saying->with_undo);
  return NULL;
}

/* @future: (transfer full) · @done: translated */
static void
follow (SobreNotesDialog *self, DexFuture *future, const char *done, gboolean with_undo, gboolean forgets)
{
  Saying *saying = g_new0 (Saying, 1);

  *saying = (Saying) { g_object_ref (self), done, with_undo, forgets };
  dex_future_disown (dex_future_finally (future, changed_cb, saying, saying_free));
}

static void
save_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreNotesDialog *self = SOBRE_NOTES_DIALOG (widget);
  g_autofree char *text = dup_text (self);
  g_autoptr (SobreNote) note = NULL;

  if (!sobre_note_text_is_valid (text))
    return;
  note = sobre_note_new (self->day, text);
  follow (self, sobre_note_book_change (self->book, self->edited, note),
          self->edited != NULL ? _ ("Note changed") : _ ("Note added"), TRUE, TRUE);
}

static void
save_cb (SobreNotesDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "notes.save", NULL);
}

static void
cancel_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  edit (SOBRE_NOTES_DIALOG (widget), NULL);
}

static void
undo_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreNotesDialog *self = SOBRE_NOTES_DIALOG (widget);

  follow (self, sobre_note_book_undo (self->book), _ ("Undone"), FALSE, FALSE);
}

static void
edit_cb (GtkWidget *button, SobreNote *note)
{
  edit (SOBRE_NOTES_DIALOG (gtk_widget_get_ancestor (button, SOBRE_TYPE_NOTES_DIALOG)), note);
}

static void
remove_cb (GtkWidget *button, SobreNote *note)
{
  SobreNotesDialog *self = SOBRE_NOTES_DIALOG (gtk_widget_get_ancestor (button, SOBRE_TYPE_NOTES_DIALOG));
  gboolean was_edited = self->edited != NULL && sobre_note_compare (self->edited, note) == 0;

  follow (self, sobre_note_book_change (self->book, note, NULL), _ ("Note removed"), TRUE, was_edited);
}

/* @words: says what the button does, and with which note */
static GtkWidget *
make_button (const char *icon, const char *tooltip, const char *words, SobreNote *note, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", callback, note, G_CONNECT_DEFAULT);
  return button;
}

static GtkWidget *
make_row (SobreNote *note)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *day = sobre_format_day (sobre_note_get_day (note), TRUE);
  /* Translators: the words of a note. */
  g_autofree char *change = g_strdup_printf (_ ("Change “%s”"), sobre_note_get_text (note));
  /* Translators: the words of a note. */
  g_autofree char *remove = g_strdup_printf (_ ("Remove “%s”"), sobre_note_get_text (note));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sobre_note_get_text (note));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), day);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             make_button ("document-edit-symbolic", _ ("Change"), change, note, G_CALLBACK (edit_cb)));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             make_button ("user-trash-symbolic", _ ("Remove"), remove, note, G_CALLBACK (remove_cb)));
  return row;
}

/* The newest first: it is what one looks for. */
static void
show_notes (SobreNotesDialog *self)
{
  GListModel *notes = sobre_note_book_get_notes (self->book);
  guint n = g_list_model_get_n_items (notes);

  gtk_list_box_remove_all (self->list);
  for (guint i = n; i > 0; i--)
    {
      g_autoptr (SobreNote) note = g_list_model_get_item (notes, i - 1);

      gtk_list_box_append (self->list, make_row (note));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list_group), n > 0);
}

static void
show_message (SobreNotesDialog *self)
{
  g_autofree char *message = NULL;

  g_object_get (self->book, "message", &message, NULL);
  adw_banner_set_title (self->banner, message != NULL ? message : "");
  adw_banner_set_revealed (self->banner, message != NULL);
}

static void
sobre_notes_dialog_dispose (GObject *object)
{
  SobreNotesDialog *self = SOBRE_NOTES_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_NOTES_DIALOG);
  g_clear_object (&self->edited);
  g_clear_object (&self->book);
  G_OBJECT_CLASS (sobre_notes_dialog_parent_class)->dispose (object);
}

static void
sobre_notes_dialog_class_init (SobreNotesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_notes_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-notes-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreNotesDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, SobreNotesDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, SobreNotesDialog, list_group);
  gtk_widget_class_bind_template_child (widget_class, SobreNotesDialog, text_row);
  gtk_widget_class_bind_template_child (widget_class, SobreNotesDialog, day_button);
  gtk_widget_class_bind_template_child (widget_class, SobreNotesDialog, calendar);
  gtk_widget_class_bind_template_child (widget_class, SobreNotesDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, SobreNotesDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, SobreNotesDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, day_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_install_action (widget_class, "notes.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "notes.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "notes.undo", NULL, undo_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "notes.undo", NULL);
}

static void
sobre_notes_dialog_init (SobreNotesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
sobre_notes_dialog_new (SobreSession *session)
{
  SobreNotesDialog *self = g_object_new (SOBRE_TYPE_NOTES_DIALOG, NULL);

  self->book = g_object_ref (sobre_session_get_note_book (session));
  g_signal_connect_object (self->book, "notify::notes", G_CALLBACK (show_notes), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->book, "notify::message", G_CALLBACK (show_message), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->book, "notify::can-undo", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  set_day (self, sobre_session_get_today (session));
  show_notes (self);
  show_message (self);
  update_actions (self);
  return ADW_DIALOG (self);
}
