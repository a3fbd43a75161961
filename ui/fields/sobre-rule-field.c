/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fields/sobre-rule-field.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_SCORE 10
#define MAX_STARS 5

struct _SobreRuleField
{
  SobreField parent_instance;

  GtkDropDown *question_drop_down;
  GtkDropDown *bound_drop_down;
  GtkSpinButton *score_spin;
  GtkDropDown *choice_drop_down;
  JsonArray *questions; /* (nullable): of the whole form */
  char *language;
  GStrv ids;     /* of the questions to choose from */
  GStrv choices; /* of the chosen question, empty where it has scores */
  gboolean showing;
};

static const char *const bounds[] = { "at_most", "at_least", "is" };

G_DEFINE_FINAL_TYPE (SobreRuleField, sobre_rule_field, SOBRE_TYPE_FIELD)

static JsonObject *
find_question (JsonArray *questions, const char *id)
{
  for (guint i = 0; questions != NULL && i < json_array_get_length (questions); i++)
    {
      JsonObject *question = sobre_document_get_object (questions, i);

      if (question != NULL && g_strcmp0 (sobre_document_get_string (json_object_get_member (question, "id")), id) == 0)
        return question;
    }
  return NULL;
}

static JsonObject *
get_rule (JsonObject *question)
{
  JsonNode *node = json_object_get_member (question, "show_if");

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* Which bound a rule has, -1 for none. */
static int
find_bound (JsonObject *rule)
{
  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    if (json_object_has_member (rule, bounds[i]))
      return (int) i;
  return -1;
}

static char *
dup_value (JsonObject *rule, JsonObject *earlier, const char *language)
{
  int bound = find_bound (rule);
  JsonNode *node = bound >= 0 ? json_object_get_member (rule, bounds[bound]) : NULL;
  JsonObject *choice = earlier != NULL && sobre_document_get_string (node) != NULL
                           ? find_question (sobre_document_get_array (earlier, "choices"), sobre_document_get_string (node))
                           : NULL;

  if (choice != NULL)
    return sobre_document_dup_text (json_object_get_member (choice, "label"), language);
  if (node != NULL && json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return g_strdup ("?");
}

char *
sobre_question_rule_say (JsonObject *question, JsonNode *root, const char *language)
{
  JsonObject *rule = get_rule (question);
  JsonArray *questions = sobre_document_get_array (json_node_get_object (root), "questions");
  const char *id = rule != NULL ? sobre_document_get_string (json_object_get_member (rule, "question")) : NULL;
  JsonObject *earlier = id != NULL ? find_question (questions, id) : NULL;
  g_autofree char *label = NULL;
  g_autofree char *value = NULL;

  if (rule == NULL)
    return NULL;
  label = earlier != NULL ? sobre_document_dup_text (json_object_get_member (earlier, "label"), language) : g_strdup ("?");
  value = dup_value (rule, earlier, language);
  switch (find_bound (rule))
    {
    case 0:
      /* Translators: a question, then a score */
      return g_strdup_printf (_ ("asked when “%s” is at most %s"), label, value);
    case 1:
      /* Translators: a question, then a score */
      return g_strdup_printf (_ ("asked when “%s” is at least %s"), label, value);
    default:
      /* Translators: a question, then a score or a choice */
      return g_strdup_printf (_ ("asked when “%s” is %s"), label, value);
    }
}

/* Fills a drop-down with the names of @objects up to @before, and gives their ids. */
static GStrv
fill (GtkDropDown *drop_down, JsonArray *objects, const char *first, const char *before, const char *language)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  if (first != NULL)
    gtk_string_list_append (names, first);
  for (guint i = 0; objects != NULL && i < json_array_get_length (objects); i++)
    {
      JsonObject *object = sobre_document_get_object (objects, i);
      const char *id = object != NULL ? sobre_document_get_string (json_object_get_member (object, "id")) : NULL;
      const char *kind = object != NULL ? sobre_document_get_string (json_object_get_member (object, "kind")) : NULL;
      g_autofree char *label = NULL;

      if (id != NULL && g_strcmp0 (id, before) == 0)
        break;
      /* What is said in words, or of dishes, decides nothing. */
      if (id == NULL || g_strcmp0 (kind, "text") == 0 || g_strcmp0 (kind, "dish") == 0)
        continue;
      label = sobre_document_dup_text (json_object_get_member (object, "label"), language);
      gtk_string_list_append (names, *label != '\0' ? label : id);
      g_strv_builder_add (ids, id);
    }
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (names));
  return g_strv_builder_end (ids);
}

static guint
find_id (GStrv ids, const char *id)
{
  for (guint i = 0; id != NULL && ids[i] != NULL; i++)
    if (g_str_equal (ids[i], id))
      return i;
  return GTK_INVALID_LIST_POSITION;
}

/* The earlier question that is chosen, and whether it has choices or scores. */
static void
show_value (SobreRuleField *self)
{
  guint selected = gtk_drop_down_get_selected (self->question_drop_down);
  gboolean ruled = selected > 0 && selected != GTK_INVALID_LIST_POSITION;
  JsonObject *earlier = ruled ? find_question (self->questions, self->ids[selected - 1]) : NULL;
  JsonArray *choices = earlier != NULL ? sobre_document_get_array (earlier, "choices") : NULL;
  const char *kind = earlier != NULL ? sobre_document_get_string (json_object_get_member (earlier, "kind")) : NULL;
  gboolean of_choices = g_strcmp0 (kind, "choice") == 0;
  gboolean of_ten = g_strcmp0 (kind, "nps") == 0;

  g_strfreev (self->choices);
  self->choices = fill (self->choice_drop_down, of_choices ? choices : NULL, NULL, NULL, self->language);
  gtk_spin_button_set_range (self->score_spin, of_ten ? 0 : 1, of_ten ? MAX_SCORE : MAX_STARS);
  gtk_widget_set_visible (GTK_WIDGET (self->bound_drop_down), ruled && !of_choices);
  gtk_widget_set_visible (GTK_WIDGET (self->score_spin), ruled && !of_choices);
  gtk_widget_set_visible (GTK_WIDGET (self->choice_drop_down), of_choices);
}

static void
sobre_rule_field_load (SobreField *field, JsonObject *object, const SobreFieldContext *context)
{
  SobreRuleField *self = SOBRE_RULE_FIELD (field);
  JsonObject *rule = get_rule (object);
  const char *own = sobre_document_get_string (json_object_get_member (object, "id"));
  int bound = rule != NULL ? find_bound (rule) : -1;
  JsonNode *value = bound >= 0 ? json_object_get_member (rule, bounds[bound]) : NULL;
  guint chosen;

  self->showing = TRUE;
  g_clear_pointer (&self->questions, json_array_unref);
  self->questions = sobre_document_get_array (json_node_get_object (context->root), "questions");
  if (self->questions != NULL)
    json_array_ref (self->questions);
  g_set_str (&self->language, context->languages[0]);
  g_strfreev (self->ids);
  self->ids = fill (self->question_drop_down, self->questions, _ ("Always"), own, self->language);
  chosen = rule != NULL ? find_id (self->ids, sobre_document_get_string (json_object_get_member (rule, "question")))
                        : GTK_INVALID_LIST_POSITION;
  gtk_drop_down_set_selected (self->question_drop_down, rule == NULL                          ? 0
                                                        : chosen == GTK_INVALID_LIST_POSITION ? chosen
                                                                                              : chosen + 1);
  show_value (self);
  if (bound >= 0)
    gtk_drop_down_set_selected (self->bound_drop_down, (guint) bound);
  if (value != NULL && json_node_get_value_type (value) == G_TYPE_INT64)
    gtk_spin_button_set_value (self->score_spin, (double) json_node_get_int (value));
  gtk_drop_down_set_selected (self->choice_drop_down, find_id (self->choices, sobre_document_get_string (value)));
  self->showing = FALSE;
}

static JsonNode *
sobre_rule_field_store (SobreField *field, JsonNode *object)
{
  SobreRuleField *self = SOBRE_RULE_FIELD (field);
  guint selected = gtk_drop_down_get_selected (self->question_drop_down);
  guint choice = gtk_drop_down_get_selected (self->choice_drop_down);
  g_autoptr (JsonObject) rule = NULL;
  JsonNode *node;

  if (selected == GTK_INVALID_LIST_POSITION)
    return json_node_ref (object);
  if (selected == 0)
    return sobre_document_set (object, "show_if", NULL);
  rule = json_object_new ();
  json_object_set_string_member (rule, "question", self->ids[selected - 1]);
  if (!gtk_widget_get_visible (GTK_WIDGET (self->choice_drop_down)))
    json_object_set_int_member (rule, bounds[MIN (gtk_drop_down_get_selected (self->bound_drop_down), 2)],
                                gtk_spin_button_get_value_as_int (self->score_spin));
  else if (choice != GTK_INVALID_LIST_POSITION)
    json_object_set_string_member (rule, "is", self->choices[choice]);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, rule);
  return sobre_document_set (object, "show_if", node);
}

static void
question_selected_cb (SobreRuleField *self)
{
  if (self->showing || self->ids == NULL)
    return;
  self->showing = TRUE;
  show_value (self);
  self->showing = FALSE;
  sobre_field_emit_changed (SOBRE_FIELD (self));
}

static void
value_changed_cb (SobreRuleField *self)
{
  if (!self->showing)
    sobre_field_emit_changed (SOBRE_FIELD (self));
}

static void
sobre_rule_field_finalize (GObject *object)
{
  SobreRuleField *self = SOBRE_RULE_FIELD (object);

  g_clear_pointer (&self->questions, json_array_unref);
  g_free (self->language);
  g_strfreev (self->ids);
  g_strfreev (self->choices);
  G_OBJECT_CLASS (sobre_rule_field_parent_class)->finalize (object);
}

static void
sobre_rule_field_class_init (SobreRuleFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_rule_field_finalize;
  SOBRE_FIELD_CLASS (klass)->load = sobre_rule_field_load;
  SOBRE_FIELD_CLASS (klass)->store = sobre_rule_field_store;
}

static GtkDropDown *
add_drop_down (SobreRuleField *self, AdwWrapBox *box, GCallback callback, const char *label)
{
  GtkWidget *drop_down = gtk_drop_down_new (NULL, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (drop_down, "notify::selected", callback, self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (box, drop_down);
  return GTK_DROP_DOWN (drop_down);
}

static void
sobre_rule_field_init (SobreRuleField *self)
{
  AdwWrapBox *box = ADW_WRAP_BOX (adw_wrap_box_new ());
  const char *const words[] = { _ ("is at most"), _ ("is at least"), _ ("is"), NULL };
  g_autoptr (GtkStringList) names = gtk_string_list_new (words);

  adw_wrap_box_set_child_spacing (box, 6);
  adw_wrap_box_set_line_spacing (box, 6);
  self->showing = TRUE;
  self->question_drop_down =
      add_drop_down (self, box, G_CALLBACK (question_selected_cb), _ ("Question that decides whether this one is asked"));
  self->bound_drop_down = add_drop_down (self, box, G_CALLBACK (value_changed_cb), _ ("How its score is compared"));
  gtk_drop_down_set_model (self->bound_drop_down, G_LIST_MODEL (names));
  self->score_spin = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (0, MAX_SCORE, 1));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->score_spin), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Score"), -1);
  g_signal_connect_object (self->score_spin, "value-changed", G_CALLBACK (value_changed_cb), self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (box, GTK_WIDGET (self->score_spin));
  self->choice_drop_down = add_drop_down (self, box, G_CALLBACK (value_changed_cb), _ ("Choice"));
  self->showing = FALSE;
  sobre_field_set_content (SOBRE_FIELD (self), GTK_WIDGET (box));
}
