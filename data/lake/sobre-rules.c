/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Turns rules.json into the table of sobre-rules-private.h. The file is part of the library and the tests load it, so anything that
 * does not fit here is a mistake in the program: it ends it. */

#include <string.h>

#include "lake/sobre-lake-resources.h"
#include "model/sobre-resource.h"
#include "lake/sobre-rules-private.h"
#include "model/sobre-time.h"

#define RULES_PATH "/io/github/sobremesa/Sobremesa/lake/rules.json"
#define RULES_VERSION 1

static const char *const type_names[] = {
  [SOBRE_RULE_INTEGER] = "integer", [SOBRE_RULE_NUMBER] = "number", [SOBRE_RULE_BOOLEAN] = "boolean",
  [SOBRE_RULE_TEXT] = "text",       [SOBRE_RULE_ID] = "id",         [SOBRE_RULE_TIME] = "time",
  [SOBRE_RULE_ARRAY] = "array",
};

static const char *const breach_names[] = {
  [SOBRE_BREACH_MISSING] = "missing", [SOBRE_BREACH_TYPE] = "type",           [SOBRE_BREACH_FORM] = "form",
  [SOBRE_BREACH_LENGTH] = "length",   [SOBRE_BREACH_RANGE] = "range",         [SOBRE_BREACH_VALUE] = "value",
  [SOBRE_BREACH_COUNT] = "count",     [SOBRE_BREACH_FORBIDDEN] = "forbidden",
};

static void
require (gboolean holds, const char *what)
{
  if (!holds)
    g_error ("rules.json is not what the program expects: %s", what);
}

static gboolean
get_flag (yyjson_val *object, const char *name, gboolean otherwise)
{
  yyjson_val *value = yyjson_obj_get (object, name);

  return value != NULL ? yyjson_get_bool (value) : otherwise;
}

static guint64
get_size (yyjson_val *object, const char *name, guint64 otherwise)
{
  yyjson_val *value = yyjson_obj_get (object, name);

  return value != NULL ? yyjson_get_uint (value) : otherwise;
}

static gint64
get_limit (yyjson_val *object, const char *name, gint64 otherwise)
{
  yyjson_val *value = yyjson_obj_get (object, name);
  gint64 limit;

  if (value == NULL)
    return otherwise;
  if (!yyjson_is_str (value))
    return yyjson_get_sint (value);
  require (sobre_time_parse (yyjson_get_str (value), yyjson_get_len (value), &limit), name);
  return limit;
}

static double
get_bound (yyjson_val *object, const char *name, double otherwise)
{
  yyjson_val *value = yyjson_obj_get (object, name);

  return value != NULL ? yyjson_get_num (value) : otherwise;
}

static SobreRuleType
get_type (yyjson_val *member)
{
  const char *name = yyjson_get_str (yyjson_obj_get (member, "type"));

  for (guint i = 0; i < G_N_ELEMENTS (type_names); i++)
    {
      if (g_strcmp0 (name, type_names[i]) == 0)
        return (SobreRuleType) i;
    }
  g_error ("rules.json names the unknown type “%s”", name);
}

static SobreRuleObject *compile_object (yyjson_val *object, const char *path);

static void
compile_member (yyjson_val *rule, const char *path, SobreRuleMember *member)
{
  const char *name = yyjson_get_str (yyjson_obj_get (rule, "name"));
  g_autofree char *member_path = g_strconcat (path, name, NULL);
  yyjson_val *items = yyjson_obj_get (rule, "items");
  yyjson_val *value;
  size_t i, n;

  require (name != NULL, "a member has no name");
  member->name = g_intern_string (name);
  member->name_length = strlen (name);
  require (member->name_length <= SOBRE_RULES_NAME_BYTES, "a member's name is too long");
  memcpy (member->name_words, name, member->name_length);
  memset (member->name_masks, 0xFF, member->name_length);
  member->type = get_type (rule);
  member->by_collector = yyjson_obj_get (rule, "by") != NULL;
  member->stored = get_flag (rule, "stored", TRUE);
  member->personal = get_flag (rule, "personal", FALSE);
  if (member->type == SOBRE_RULE_NUMBER)
    {
      member->lowest = get_bound (rule, "minimum", -G_MAXDOUBLE);
      member->highest = get_bound (rule, "maximum", G_MAXDOUBLE);
    }
  else
    {
      member->minimum = get_limit (rule, "minimum", G_MININT64);
      member->maximum = get_limit (rule, "maximum", G_MAXINT64);
    }
  member->min_bytes = get_size (rule, "min_bytes", 0);
  member->max_bytes = get_size (rule, "max_bytes", G_MAXSIZE);
  member->max_items = (guint) get_size (rule, "max_items", 0);

  yyjson_arr_foreach (yyjson_obj_get (rule, "values"), i, n, value)
  {
    require (i < SOBRE_RULES_MAX_VALUES, "too many values");
    member->values[member->n_values++] = sobre_text (g_intern_string (yyjson_get_str (value)));
  }
  for (guint breach = 0; breach < SOBRE_N_BREACHES; breach++)
    {
      g_autofree char *reason = g_strconcat (member_path, ".", breach_names[breach], NULL);

      member->reasons[breach] = g_intern_string (reason);
    }
  if (items != NULL)
    {
      g_autofree char *items_path = g_strconcat (member_path, ".", NULL);

      member->items = compile_object (items, items_path);
    }
}

static guint32
get_mask (const SobreRuleObject *self, yyjson_val *names)
{
  guint32 mask = 0;
  yyjson_val *name;
  size_t i, n;

  yyjson_arr_foreach (names, i, n, name)
  {
    guint place = sobre_rule_object_find (self, yyjson_get_str (name), yyjson_get_len (name));

    require (place != SOBRE_RULES_NO_MEMBER, "a case names an unknown member");
    mask |= 1u << place;
  }
  return mask;
}

static void
compile_case (SobreRuleObject *self, yyjson_val *rule)
{
  yyjson_val *when = yyjson_obj_get (rule, "when");
  yyjson_val *range = yyjson_obj_get (rule, "range");
  yyjson_val *name = yyjson_arr_get (when, 0);
  guint decider = sobre_rule_object_find (self, yyjson_get_str (name), yyjson_get_len (name));
  const SobreRuleMember *member = &self->members[decider];
  SobreRuleCase *compiled = NULL;

  require (decider != SOBRE_RULES_NO_MEMBER && (self->decider == SOBRE_RULES_NO_MEMBER || self->decider == decider), "cases");
  self->decider = (guint8) decider;
  for (guint i = 0; i < member->n_values; i++)
    {
      if (sobre_text_equal (member->values[i], sobre_text (yyjson_get_str (yyjson_arr_get (when, 1)))))
        compiled = &self->cases[i];
    }
  require (compiled != NULL, "a case is about no value");

  compiled->required = get_mask (self, yyjson_obj_get (rule, "required"));
  compiled->forbidden = get_mask (self, yyjson_obj_get (rule, "forbidden"));
  if (range != NULL)
    {
      name = yyjson_arr_get (range, 0);
      compiled->ranged = (guint8) sobre_rule_object_find (self, yyjson_get_str (name), yyjson_get_len (name));
      require (compiled->ranged != SOBRE_RULES_NO_MEMBER && self->members[compiled->ranged].type == SOBRE_RULE_NUMBER,
               "a range");
      compiled->lowest = yyjson_get_num (yyjson_arr_get (range, 1));
      compiled->highest = yyjson_get_num (yyjson_arr_get (range, 2));
    }
}

static SobreRuleObject *
compile_object (yyjson_val *object, const char *path)
{
  SobreRuleObject *self = g_new0 (SobreRuleObject, 1);
  yyjson_val *rule;
  size_t i, n;

  self->decider = SOBRE_RULES_NO_MEMBER;
  yyjson_arr_foreach (yyjson_obj_get (object, "members"), i, n, rule)
  {
    SobreRuleMember *member = &self->members[i];

    require (i < SOBRE_RULES_MAX_MEMBERS, "too many members");
    compile_member (rule, path, member);
    self->n_members++;
    if (get_flag (rule, "required", FALSE))
      {
        self->required |= 1u << i;
        self->required_submitted |= member->by_collector ? 0 : 1u << i;
      }
  }
  for (i = 0; i < SOBRE_RULES_MAX_VALUES; i++)
    self->cases[i].ranged = SOBRE_RULES_NO_MEMBER;
  yyjson_arr_foreach (yyjson_obj_get (object, "cases"), i, n, rule) compile_case (self, rule);

  return self;
}

static void
free_object (SobreRuleObject *self)
{
  for (guint i = 0; i < self->n_members; i++)
    g_clear_pointer (&self->members[i].items, free_object);
  g_free (self);
}

static void
compile_range (yyjson_val *range, guint *least, guint *most)
{
  *least = (guint) yyjson_get_uint (yyjson_arr_get (range, 0));
  *most = (guint) yyjson_get_uint (yyjson_arr_get (range, 1));
  require (*least > 0 && *least <= *most, "personal");
}

static void
compile_personal (yyjson_val *rules, SobrePersonalRules *personal)
{
  compile_range (yyjson_obj_get (rules, "phone_digits"), &personal->phone_least, &personal->phone_most);
  compile_range (yyjson_obj_get (rules, "card_digits"), &personal->card_least, &personal->card_most);
  personal->gap = (guint) get_size (rules, "gap", 0);
  personal->separators = g_intern_string (yyjson_get_str (yyjson_obj_get (rules, "separators")));
  require (personal->separators != NULL, "personal");
}

SobreRules *
sobre_rules_new (void)
{
  SobreRules *self = g_atomic_rc_box_new0 (SobreRules);
  g_autoptr (GBytes) json = sobre_resource_load (sobre_lake_get_resource, RULES_PATH);
  yyjson_doc *doc = yyjson_read (g_bytes_get_data (json, NULL), g_bytes_get_size (json), YYJSON_READ_NOFLAG);
  yyjson_val *root = yyjson_doc_get_root (doc);
  yyjson_val *line = yyjson_obj_get (root, "line");
  yyjson_val *datasets = yyjson_obj_get (root, "datasets");

  require (yyjson_get_uint (yyjson_obj_get (root, "version")) == RULES_VERSION, "version");
  self->line_max_bytes = yyjson_get_uint (yyjson_obj_get (line, "max_bytes"));
  self->line_max_depth = (guint) yyjson_get_uint (yyjson_obj_get (line, "max_depth"));
  require (self->line_max_bytes > 0 && self->line_max_depth > 0, "line");
  compile_personal (yyjson_obj_get (root, "personal"), &self->personal);
  for (guint i = 0; i < SOBRE_N_DATASETS; i++)
    {
      yyjson_val *dataset = yyjson_obj_get (datasets, sobre_dataset_get_name ((SobreDataset) i));

      require (dataset != NULL, "datasets");
      self->datasets[i] = compile_object (dataset, "");
    }

  yyjson_doc_free (doc);
  return self;
}

SobreRules *
sobre_rules_ref (SobreRules *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  SobreRules *self = data;

  for (guint i = 0; i < SOBRE_N_DATASETS; i++)
    free_object (self->datasets[i]);
}

void
sobre_rules_unref (SobreRules *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

guint
sobre_rule_object_find (const SobreRuleObject *self, const char *name, gsize length)
{
  for (guint i = 0; i < self->n_members; i++)
    {
      if (self->members[i].name_length == length && memcmp (self->members[i].name, name, length) == 0)
        return i;
    }
  return SOBRE_RULES_NO_MEMBER;
}
