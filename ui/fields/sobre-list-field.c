/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fields/sobre-list-field.h"

#include <glib/gi18n-lib.h>

#include "model/sobre-document.h"
#include "widgets/sobre-name-dialog.h"

#define RESOURCES "/io/github/sobremesa/Sobremesa/"

struct _SobreListField
{
  SobreField parent_instance;

  GtkListBox *list;
  GtkWidget *add_row;
  GPtrArray *items; /* (element-type Item) */
  JsonNode *root;
  char **languages;
  char *path;
  char *resource;
  char *noun;
  char *stem;
  char *name_member;
  char *replaces;
  char *replaced; /* (nullable): the value of what the first entry replaces */
};

enum
{
  PROP_FIELDS = 1,
  PROP_NOUN,
  PROP_STEM,
  PROP_NAME_MEMBER,
  PROP_REPLACES,
};

/* Item: an entry of the list. @fields: (nullable): made when its row is first opened */
typedef struct
{
  SobreListField *owner;
  JsonNode *node;
  GPtrArray *fields;
  GtkWidget *row;
} Item;

G_DEFINE_FINAL_TYPE (SobreListField, sobre_list_field, SOBRE_TYPE_FIELD)

static void
item_free (gpointer data)
{
  Item *self = data;

  g_clear_pointer (&self->node, json_node_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self);
}

static JsonObject *
get_object (const Item *item)
{
  return JSON_NODE_HOLDS_OBJECT (item->node) ? json_node_get_object (item->node) : NULL;
}

static const char *
get_id (const Item *item)
{
  JsonObject *object = get_object (item);

  return object != NULL ? sobre_document_get_string (json_object_get_member (object, "id")) : NULL;
}

static guint
find_item (SobreListField *self, const Item *item)
{
  guint index = 0;

  g_ptr_array_find (self->items, item, &index);
  return index;
}

static char *
dup_item_path (const Item *item)
{
  SobreListField *self = item->owner;

  return g_strdup_printf ("%s%s%s[%u]", self->path, *self->path != '\0' ? "." : "", sobre_field_get_member (SOBRE_FIELD (self)),
                          find_item (self, item));
}

static void
show_item (const Item *item)
{
  JsonObject *object = get_object (item);
  SobreListField *self = item->owner;
  g_autofree char *name =
      object != NULL ? sobre_document_dup_text (json_object_get_member (object, self->name_member), self->languages[0]) : NULL;
  const char *price = object != NULL ? sobre_document_get_string (json_object_get_member (object, "price")) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (item->row), name != NULL && *name != '\0' ? name : _ ("Without a name"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (item->row), price != NULL ? price : "");
}

static void
load_item (const Item *item)
{
  SobreListField *self = item->owner;
  g_autofree char *path = dup_item_path (item);
  const SobreFieldContext context = { self->root, self->languages, path };

  for (guint i = 0; item->fields != NULL && get_object (item) != NULL && i < item->fields->len; i++)
    sobre_field_load (g_ptr_array_index (item->fields, i), get_object (item), &context);
  show_item (item);
}

static void
field_changed_cb (SobreField *field, Item *item)
{
  g_autoptr (JsonNode) before = item->node;

  item->node = sobre_field_store (field, before);
  show_item (item);
  sobre_field_emit_changed (SOBRE_FIELD (item->owner));
}

static void
open_item (Item *item)
{
  g_autofree char *path = g_strconcat (RESOURCES, item->owner->resource, ".ui", NULL);
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWidget *box;

  if (item->fields != NULL)
    return;
  builder = gtk_builder_new_from_resource (path);
  box = GTK_WIDGET (gtk_builder_get_object (builder, "fields"));
  item->fields = sobre_fields_collect (box);
  for (guint i = 0; i < item->fields->len; i++)
    g_signal_connect (g_ptr_array_index (item->fields, i), "changed", G_CALLBACK (field_changed_cb), item);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (item->row), box);
  load_item (item);
}

static void
expanded_cb (AdwExpanderRow *row, GParamSpec *pspec, Item *item)
{
  if (adw_expander_row_get_expanded (row))
    {
      open_item (item);
      g_signal_emit_by_name (item->owner, "opened");
    }
}

static void make_rows (SobreListField *self);

/* Takes an entry out, and puts it back elsewhere where @to is a place. */
static void
move_item (SobreListField *self, Item *item, int to)
{
  Item *taken = g_ptr_array_steal_index (self->items, find_item (self, item));

  if (to >= 0)
    g_ptr_array_insert (self->items, MIN (to, (int) self->items->len), taken);
  make_rows (self);
  if (to < 0)
    item_free (taken);
  sobre_field_emit_changed (SOBRE_FIELD (self));
}

static void
up_cb (Item *item)
{
  guint index = find_item (item->owner, item);

  if (index > 0)
    move_item (item->owner, item, (int) index - 1);
}

static void
down_cb (Item *item)
{
  guint index = find_item (item->owner, item);

  if (index + 1 < item->owner->items->len)
    move_item (item->owner, item, (int) index + 1);
}

static void
remove_cb (Item *item)
{
  move_item (item->owner, item, -1);
}

static void
add_button (Item *item, const char *icon, const char *tooltip, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  /* Translators: what a button does, then what with: “Move up: With prawns” */
  g_autofree char *words =
      g_strdup_printf (_ ("%s: %s"), tooltip, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (item->row)));

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_signal_connect_swapped (button, "clicked", callback, item);
  adw_expander_row_add_suffix (ADW_EXPANDER_ROW (item->row), button);
}

static void
make_row (SobreListField *self, Item *item)
{
  item->row = adw_expander_row_new ();
  g_clear_pointer (&item->fields, g_ptr_array_unref);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (item->row), FALSE);
  show_item (item);
  add_button (item, "user-trash-symbolic", _ ("Remove"), G_CALLBACK (remove_cb));
  add_button (item, "go-down-symbolic", _ ("Move down"), G_CALLBACK (down_cb));
  add_button (item, "go-up-symbolic", _ ("Move up"), G_CALLBACK (up_cb));
  g_signal_connect (item->row, "notify::expanded", G_CALLBACK (expanded_cb), item);
  gtk_list_box_append (self->list, item->row);
}

static void
make_rows (SobreListField *self)
{
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < self->items->len; i++)
    make_row (self, g_ptr_array_index (self->items, i));
  self->add_row = adw_button_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->add_row), self->noun);
  adw_button_row_set_start_icon_name (ADW_BUTTON_ROW (self->add_row), "list-add-symbolic");
  g_signal_connect_object (self->add_row, "activated", G_CALLBACK (sobre_list_field_add), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, self->add_row);
}

/* Whether the entries are those that are shown already, by their ids. */
static gboolean
has_items (SobreListField *self, JsonArray *array)
{
  guint n = array != NULL ? json_array_get_length (array) : 0;

  if (n != self->items->len)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);
      JsonObject *object = sobre_document_get_object (array, i);
      const char *id = object != NULL ? sobre_document_get_string (json_object_get_member (object, "id")) : NULL;

      if (g_strcmp0 (get_id (item), id) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
take_items (SobreListField *self, JsonArray *array)
{
  gboolean same = has_items (self, array) && self->add_row != NULL;

  if (!same)
    g_ptr_array_set_size (self->items, 0);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      Item *item = same ? g_ptr_array_index (self->items, i) : g_new0 (Item, 1);

      item->owner = self;
      g_clear_pointer (&item->node, json_node_unref);
      item->node = json_node_ref (json_array_get_element (array, i));
      if (!same)
        g_ptr_array_add (self->items, item);
    }
  if (!same)
    make_rows (self);
  for (guint i = 0; same && i < self->items->len; i++)
    load_item (g_ptr_array_index (self->items, i));
}

static void
sobre_list_field_load (SobreField *field, JsonObject *object, const SobreFieldContext *context)
{
  SobreListField *self = SOBRE_LIST_FIELD (field);

  g_clear_pointer (&self->root, json_node_unref);
  self->root = json_node_ref (context->root);
  g_strfreev (self->languages);
  self->languages = g_strdupv (context->languages);
  g_set_str (&self->path, context->path);
  if (self->replaces != NULL)
    g_set_str (&self->replaced, sobre_document_get_string (json_object_get_member (object, self->replaces)));
  take_items (self, sobre_document_get_array (object, sobre_field_get_member (field)));
}

static JsonNode *
sobre_list_field_store (SobreField *field, JsonNode *object)
{
  SobreListField *self = SOBRE_LIST_FIELD (field);
  g_autoptr (JsonNode) without = NULL;
  JsonArray *array = json_array_new ();
  JsonNode *list = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < self->items->len; i++)
    json_array_add_element (array, json_node_ref (((Item *) g_ptr_array_index (self->items, i))->node));
  json_node_take_array (list, array);
  if (self->items->len == 0)
    g_clear_pointer (&list, json_node_unref);
  if (self->replaces == NULL)
    return sobre_document_set (object, sobre_field_get_member (field), list);
  without = sobre_document_set (object, self->replaces,
                                list == NULL ? sobre_document_new_string (self->replaced != NULL ? self->replaced : "") : NULL);
  return sobre_document_set (without, sobre_field_get_member (field), list);
}

static void
sobre_list_field_show_issues (SobreField *field, const GPtrArray *issues, const char *prefix)
{
  SobreListField *self = SOBRE_LIST_FIELD (field);
  g_autoptr (GPtrArray) own = g_ptr_array_new ();

  for (guint i = 0; i < issues->len; i++)
    {
      const SobreDocumentIssue *issue = g_ptr_array_index (issues, i);

      if (g_str_equal (issue->path, prefix))
        g_ptr_array_add (own, (gpointer) issue);
    }
  sobre_field_say_issues (field, own, prefix);
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = g_ptr_array_index (self->items, i);
      g_autofree char *path = dup_item_path (item);
      gboolean wrong = FALSE;

      for (guint j = 0; item->fields != NULL && j < item->fields->len; j++)
        sobre_field_take_issues (g_ptr_array_index (item->fields, j), issues, path);
      for (guint j = 0; j < issues->len; j++)
        {
          const SobreDocumentIssue *issue = g_ptr_array_index (issues, j);

          wrong |= issue->fatal && sobre_field_is_below (issue->path, path);
        }
      if (wrong)
        gtk_widget_add_css_class (item->row, "error");
      else
        gtk_widget_remove_css_class (item->row, "error");
    }
}

static gboolean
is_taken (const char *id, gpointer user_data)
{
  SobreListField *self = user_data;

  for (guint i = 0; i < self->items->len; i++)
    if (g_strcmp0 (get_id (g_ptr_array_index (self->items, i)), id) == 0)
      return TRUE;
  return FALSE;
}

/* A new entry has a name and an id, and the value of what it replaces; the rest is for the person and the check. */
static Item *
make_item (SobreListField *self, const char *name)
{
  Item *item = g_new0 (Item, 1);
  g_autofree char *id = sobre_document_make_id (name, self->stem, is_taken, self);
  g_autoptr (JsonNode) empty = sobre_document_new_object ();
  g_autoptr (JsonNode) with_id = sobre_document_set (empty, "id", sobre_document_new_string (id));

  item->owner = self;
  item->node = sobre_document_set (with_id, self->name_member, sobre_document_new_text (self->languages[0], name));
  if (self->replaces != NULL)
    {
      g_autoptr (JsonNode) without = item->node;
      const char *value = self->items->len == 0 && self->replaced != NULL ? self->replaced : "";

      item->node = sobre_document_set (without, self->replaces, sobre_document_new_string (value));
    }
  return item;
}

static DexFuture *
named_cb (DexFuture *future, gpointer user_data)
{
  SobreListField *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);
  Item *item;

  if (value == NULL || self->languages == NULL)
    return NULL;
  item = make_item (self, g_value_get_string (value));
  g_ptr_array_add (self->items, item);
  make_rows (self);
  sobre_field_emit_changed (SOBRE_FIELD (self));
  /* The change has been taken over: the entry may be another one now. */
  item = self->items->len > 0 ? g_ptr_array_index (self->items, self->items->len - 1) : NULL;
  if (item != NULL)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (item->row), TRUE);
  return NULL;
}

static void
sobre_list_field_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  SobreListField *self = SOBRE_LIST_FIELD (object);
  const char *const texts[] = { NULL, self->resource, self->noun, self->stem, self->name_member, self->replaces };

  if (property_id < G_N_ELEMENTS (texts))
    g_value_set_string (value, texts[property_id]);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_list_field_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  SobreListField *self = SOBRE_LIST_FIELD (object);
  char **const texts[] = { NULL, &self->resource, &self->noun, &self->stem, &self->name_member, &self->replaces };

  if (property_id < G_N_ELEMENTS (texts))
    g_set_str (texts[property_id], g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_list_field_dispose (GObject *object)
{
  SobreListField *self = SOBRE_LIST_FIELD (object);

  /* What its rows would still say is nobody's any more. */
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);

      for (guint j = 0; item->fields != NULL && j < item->fields->len; j++)
        g_signal_handlers_disconnect_by_data (g_ptr_array_index (item->fields, j), item);
      if (item->row != NULL)
        g_signal_handlers_disconnect_by_data (item->row, item);
    }
  if (self->list != NULL)
    gtk_list_box_remove_all (self->list);
  self->list = NULL;
  g_ptr_array_set_size (self->items, 0);
  G_OBJECT_CLASS (sobre_list_field_parent_class)->dispose (object);
}

static void
sobre_list_field_finalize (GObject *object)
{
  SobreListField *self = SOBRE_LIST_FIELD (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->root, json_node_unref);
  g_strfreev (self->languages);
  g_free (self->path);
  g_free (self->resource);
  g_free (self->noun);
  g_free (self->stem);
  g_free (self->name_member);
  g_free (self->replaces);
  g_free (self->replaced);
  G_OBJECT_CLASS (sobre_list_field_parent_class)->finalize (object);
}

static void
sobre_list_field_class_init (SobreListFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  SobreFieldClass *field_class = SOBRE_FIELD_CLASS (klass);
  static const char *const names[] = { NULL, "fields", "noun", "stem", "name-member", "replaces" };

  object_class->get_property = sobre_list_field_get_property;
  object_class->set_property = sobre_list_field_set_property;
  object_class->dispose = sobre_list_field_dispose;
  object_class->finalize = sobre_list_field_finalize;
  field_class->load = sobre_list_field_load;
  field_class->store = sobre_list_field_store;
  field_class->show_issues = sobre_list_field_show_issues;
  for (guint i = PROP_FIELDS; i <= PROP_REPLACES; i++)
    g_object_class_install_property (
        object_class, i, g_param_spec_string (names[i], NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  g_signal_new ("opened", SOBRE_TYPE_LIST_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sobre_list_field_init (SobreListField *self)
{
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->path = g_strdup ("");
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  sobre_field_set_content (SOBRE_FIELD (self), GTK_WIDGET (self->list));
}

void
sobre_list_field_add (SobreListField *self)
{
  dex_future_disown (dex_future_finally (sobre_name_dialog_ask (GTK_WIDGET (self), self->noun, _ ("Name"), _ ("_Add")),
                                         named_cb, g_object_ref (self), g_object_unref));
}
