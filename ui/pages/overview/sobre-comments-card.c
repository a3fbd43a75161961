/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/overview/sobre-comments-card.h"

#include <glib/gi18n-lib.h>

#include "pages/overview/sobre-comment-row.h"
#include "sobre-format.h"

struct _SobreCommentsCard
{
  GtkWidget parent_instance;

  GtkLabel *count_label;
  GtkLabel *none_label;
  GtkListView *list;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  GtkStack *stack;
  SobreSession *session;
  GListStore *items;
  DexFuture *searching;
};

enum
{
  PROP_SESSION = 1,
};

G_DEFINE_FINAL_TYPE (SobreCommentsCard, sobre_comments_card, GTK_TYPE_WIDGET)

static const char *
get_words (SobreCommentsCard *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  return gtk_search_bar_get_search_mode (self->search_bar) && *text != '\0' ? text : NULL;
}

static void
show_comments (SobreCommentsCard *self, const GPtrArray *comments)
{
  SobreServiceCalendar *calendar = sobre_workspace_get_calendar (sobre_session_get_workspace (self->session));
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *count = comments->len < SOBRE_SESSION_MAX_COMMENTS ? sobre_format_count (comments->len) : NULL;

  for (guint i = 0; i < comments->len; i++)
    g_ptr_array_add (items, sobre_comment_item_new (g_ptr_array_index (comments, i), calendar));
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)), items->pdata, items->len);
  gtk_label_set_text (self->count_label, count != NULL ? count : _ ("the newest"));
  gtk_label_set_text (self->none_label, get_words (self) != NULL
                                            ? _ ("No guest used these words in the period and places shown.")
                                            : _ ("No comments in the period and places shown."));
  gtk_stack_set_visible_child_name (self->stack, comments->len > 0 ? "list" : "none");
}

static void
show_failure (SobreCommentsCard *self, const GError *error)
{
  gtk_label_set_text (self->none_label, error->message);
  gtk_stack_set_visible_child_name (self->stack, "none");
}

static DexFuture *
searched_cb (DexFuture *future, gpointer user_data)
{
  SobreCommentsCard *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (self->session == NULL || get_words (self) == NULL)
    return NULL;
  if (value != NULL)
    show_comments (self, g_value_get_boxed (value));
  else
    show_failure (self, error);
  return NULL;
}

/* A search that a newer one replaces is dropped with its future. */
static void
update (SobreCommentsCard *self)
{
  const char *words = get_words (self);
  SobreFigures *figures = self->session != NULL ? sobre_session_get_figures (self->session) : NULL;

  dex_clear (&self->searching);
  if (figures == NULL)
    return;
  if (words != NULL)
    self->searching =
        dex_future_finally (sobre_session_search (self->session, words), searched_cb, g_object_ref (self), g_object_unref);
  else
    show_comments (self, figures->comments);
}

static void
search_changed_cb (SobreCommentsCard *self)
{
  update (self);
}

static void
sobre_comments_card_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  SobreCommentsCard *self = SOBRE_COMMENTS_CARD (object);

  if (property_id != PROP_SESSION)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      return;
    }
  if (g_set_object (&self->session, g_value_get_object (value)) && self->session != NULL)
    {
      g_signal_connect_object (self->session, "notify::figures", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      update (self);
    }
}

static void
sobre_comments_card_dispose (GObject *object)
{
  SobreCommentsCard *self = SOBRE_COMMENTS_CARD (object);
  GtkWidget *child;

  dex_clear (&self->searching);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_COMMENTS_CARD);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->items);
  G_OBJECT_CLASS (sobre_comments_card_parent_class)->dispose (object);
}

static void
sobre_comments_card_class_init (SobreCommentsCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = sobre_comments_card_set_property;
  object_class->dispose = sobre_comments_card_dispose;
  g_object_class_install_property (
      object_class, PROP_SESSION,
      g_param_spec_object ("session", NULL, NULL, SOBRE_TYPE_SESSION, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));

  g_type_ensure (SOBRE_TYPE_COMMENT_ROW);
  g_type_ensure (SOBRE_TYPE_COMMENT_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-comments-card.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreCommentsCard, count_label);
  gtk_widget_class_bind_template_child (widget_class, SobreCommentsCard, none_label);
  gtk_widget_class_bind_template_child (widget_class, SobreCommentsCard, list);
  gtk_widget_class_bind_template_child (widget_class, SobreCommentsCard, search_bar);
  gtk_widget_class_bind_template_child (widget_class, SobreCommentsCard, search_entry);
  gtk_widget_class_bind_template_child (widget_class, SobreCommentsCard, stack);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
}

static void
sobre_comments_card_init (SobreCommentsCard *self)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->items = g_list_store_new (SOBRE_TYPE_COMMENT_ITEM);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->items)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (self->search_bar, "notify::search-mode-enabled", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

void
sobre_comments_card_start_search (SobreCommentsCard *self)
{
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

void
sobre_comments_card_search (SobreCommentsCard *self, const char *text)
{
  sobre_comments_card_start_search (self);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), text);
}
