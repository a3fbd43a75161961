/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "lake/sobre-record-checker.h"
#include "model/sobre-time.h"

#define BLOCK 64

/* Behind a line, for the parser and for names that are read by words. */
#define PADDING MAX (YYJSON_PADDING_SIZE, SOBRE_RULES_NAME_BYTES)

/* A pool that a line of this many bytes needs is kept for the next line; one for a longer line is not. */
#define KEPT_POOL_BYTES (1024 * 1024)

SobreRecordChecker *
sobre_record_checker_new (SobreRules *rules)
{
  SobreRecordChecker *self = g_new0 (SobreRecordChecker, 1);

  self->rules = sobre_rules_ref (rules);
  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    {
      const SobreRuleObject *object = rules->datasets[dataset];

      for (guint i = 0; i < object->n_members; i++)
        {
          if (object->members[i].items == NULL)
            continue;
          self->max_items = MAX (self->max_items, object->members[i].max_items);
          self->item_width = MAX (self->item_width, object->members[i].items->n_members);
        }
    }
  self->items = g_new (SobreRuleValue, self->max_items * self->item_width);
  self->item_present = g_new (guint32, self->max_items);

  return self;
}

void
sobre_record_checker_free (SobreRecordChecker *self)
{
  sobre_rules_unref (self->rules);
  g_free (self->items);
  g_free (self->item_present);
  g_free (self->text);
  g_free (self->pool);
  g_free (self);
}

/* Counts what opens an object or an array, strings included, so it is never less than the depth; and tells whether there is a
 * backslash. It runs over every byte of the lake, hence in blocks of a fixed size, which the compiler turns into vector code. */
static guint
count_openers (const char *text, gsize length, gboolean *has_escapes)
{
  guint n_openers = 0;
  guint8 escapes = 0;
  gsize i = 0;

  for (; i + BLOCK <= length; i += BLOCK)
    {
      guint8 in_block = 0;

      /* '[' and '{' are 0x20 apart. */
      for (guint j = 0; j < BLOCK; j++)
        {
          in_block += (guint8) ((text[i + j] | 0x20) == '{');
          escapes |= (guint8) (text[i + j] == '\\');
        }
      n_openers += in_block;
    }
  for (; i < length; i++)
    {
      n_openers += (text[i] | 0x20) == '{';
      escapes |= (guint8) (text[i] == '\\');
    }

  *has_escapes = escapes != 0;
  return n_openers;
}

/* The real depth, for the few lines where counting leaves a doubt. Brackets in strings do not count. */
static gboolean
is_too_deep (const char *text, gsize length, guint max_depth)
{
  gboolean in_string = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (in_string)
        {
          if (text[i] == '\\')
            i++;
          else if (text[i] == '"')
            in_string = FALSE;
        }
      else if (text[i] == '"')
        in_string = TRUE;
      else if (text[i] == '[' || text[i] == '{')
        {
          if (++depth > max_depth)
            return TRUE;
        }
      else if ((text[i] == ']' || text[i] == '}') && depth > 0)
        depth--;
    }
  return FALSE;
}

const char *
sobre_record_checker_load (SobreRecordChecker *self, const char *line, gsize length)
{
  if (length > self->rules->line_max_bytes)
    return "line.length";
  if (count_openers (line, length, &self->has_escapes) > self->rules->line_max_depth &&
      is_too_deep (line, length, self->rules->line_max_depth))
    return "depth";

  self->line = line;
  if (length + PADDING > self->text_size)
    {
      self->text_size = length + PADDING + 4096;
      self->text = g_realloc (self->text, self->text_size);
    }
  memcpy (self->text, line, length);
  memset (self->text + length, 0, PADDING);
  self->text_length = length;
  return NULL;
}

static const char *
name_syntax_error (const char *text, gsize length, yyjson_read_code code)
{
  if (memchr (text, '\0', length) != NULL)
    return "nul";
  if (!g_utf8_validate_len (text, length, NULL))
    return "utf8";
  if (code == YYJSON_READ_ERROR_INVALID_NUMBER)
    return "number";
  if (code == YYJSON_READ_ERROR_INVALID_STRING)
    return "string";
  return "json";
}

static const char *
check_text (const SobreRecordChecker *self, const SobreRuleMember *member, yyjson_val *json, SobreRuleValue *value)
{
  if (!yyjson_is_str (json))
    return member->reasons[SOBRE_BREACH_TYPE];

  value->text = (SobreText) { unsafe_yyjson_get_str (json), unsafe_yyjson_get_len (json) };
  if (value->text.length < member->min_bytes || value->text.length > member->max_bytes)
    return member->reasons[SOBRE_BREACH_LENGTH];
  if (self->has_escapes && memchr (value->text.data, '\0', value->text.length) != NULL)
    return "nul";

  if (member->n_values == 0)
    return NULL;
  for (guint i = 0; i < member->n_values; i++)
    {
      if (member->values[i].length == value->text.length &&
          memcmp (member->values[i].data, value->text.data, value->text.length) == 0)
        {
          value->integer = i;
          return NULL;
        }
    }
  return member->reasons[SOBRE_BREACH_VALUE];
}

static const char *
check_integer (const SobreRuleMember *member, yyjson_val *json, SobreRuleValue *value)
{
  if (yyjson_is_uint (json) && unsafe_yyjson_get_uint (json) > G_MAXINT64)
    return member->reasons[SOBRE_BREACH_RANGE];
  /* Whole numbers beyond 64 bits are read as reals. */
  if (yyjson_is_real (json) && fabs (unsafe_yyjson_get_real (json)) >= 0x1p63)
    return member->reasons[SOBRE_BREACH_RANGE];
  if (!yyjson_is_int (json))
    return member->reasons[SOBRE_BREACH_TYPE];

  value->integer = unsafe_yyjson_get_sint (json);
  return value->integer >= member->minimum && value->integer <= member->maximum ? NULL : member->reasons[SOBRE_BREACH_RANGE];
}

static const char *
check_time (const SobreRuleMember *member, yyjson_val *json, SobreRuleValue *value)
{
  if (!yyjson_is_str (json))
    return member->reasons[SOBRE_BREACH_TYPE];
  if (!sobre_time_parse (unsafe_yyjson_get_str (json), unsafe_yyjson_get_len (json), &value->integer))
    return member->reasons[SOBRE_BREACH_FORM];
  return value->integer >= member->minimum && value->integer <= member->maximum ? NULL : member->reasons[SOBRE_BREACH_RANGE];
}

static const char *
check_value (const SobreRecordChecker *self, const SobreRuleMember *member, yyjson_val *json, SobreRuleValue *value)
{
  switch (member->type)
    {
    case SOBRE_RULE_TEXT:
      return check_text (self, member, json, value);

    case SOBRE_RULE_TIME:
      return check_time (member, json, value);

    case SOBRE_RULE_INTEGER:
      return check_integer (member, json, value);

    case SOBRE_RULE_ID:
      if (!yyjson_is_str (json))
        return member->reasons[SOBRE_BREACH_TYPE];
      return sobre_id_parse (unsafe_yyjson_get_str (json), unsafe_yyjson_get_len (json), &value->id)
                 ? NULL
                 : member->reasons[SOBRE_BREACH_FORM];

    case SOBRE_RULE_NUMBER:
      if (!yyjson_is_num (json))
        return member->reasons[SOBRE_BREACH_TYPE];
      value->number = yyjson_get_num (json);
      return value->number >= member->lowest && value->number <= member->highest ? NULL : member->reasons[SOBRE_BREACH_RANGE];

    case SOBRE_RULE_BOOLEAN:
      value->integer = yyjson_is_true (json);
      return yyjson_is_bool (json) ? NULL : member->reasons[SOBRE_BREACH_TYPE];

    case SOBRE_RULE_ARRAY:
      if (!yyjson_is_arr (json))
        return member->reasons[SOBRE_BREACH_TYPE];
      value->array = json;
      return unsafe_yyjson_get_len (json) <= member->max_items ? NULL : member->reasons[SOBRE_BREACH_COUNT];

    default:
      g_assert_not_reached ();
    }
}

static const char *
name_first (const SobreRuleObject *object, guint32 members, SobreBreach breach)
{
  return object->members[g_bit_nth_lsf (members, -1)].reasons[breach];
}

static const char *
check_case (const SobreRuleObject *object, guint32 present, const SobreRuleValue *values)
{
  const SobreRuleCase *holds;

  if (object->decider == SOBRE_RULES_NO_MEMBER || !(present & 1u << object->decider))
    return NULL;

  holds = &object->cases[values[object->decider].integer];
  if ((holds->required & ~present) != 0)
    return name_first (object, holds->required & ~present, SOBRE_BREACH_MISSING);
  if ((holds->forbidden & present) != 0)
    return name_first (object, holds->forbidden & present, SOBRE_BREACH_FORBIDDEN);
  if (holds->ranged != SOBRE_RULES_NO_MEMBER && (present & 1u << holds->ranged) &&
      !(values[holds->ranged].number >= holds->lowest && values[holds->ranged].number <= holds->highest))
    return object->members[holds->ranged].reasons[SOBRE_BREACH_RANGE];
  return NULL;
}

/* Checks one object's own members. @order remembers which member stood where in the object before, since the lines of a lake are
 * written by few programs, each with an order of its own. */
static const char *
check_object (const SobreRecordChecker *self,
              const SobreRuleObject *object,
              gboolean submitted,
              yyjson_val *json,
              guint8 order[SOBRE_RULES_MAX_MEMBERS],
              SobreRuleValue *values,
              guint32 *present)
{
  guint32 required = submitted ? object->required_submitted : object->required;
  guint32 seen = 0;
  yyjson_obj_iter iter = yyjson_obj_iter_with (json);
  yyjson_val *key;

  *present = 0;
  for (guint place = 0; (key = yyjson_obj_iter_next (&iter)) != NULL; place++)
    {
      const char *name = unsafe_yyjson_get_str (key);
      gsize length = unsafe_yyjson_get_len (key);
      yyjson_val *value = yyjson_obj_iter_get_val (key);
      guint found = place < SOBRE_RULES_MAX_MEMBERS ? order[place] : SOBRE_RULES_NO_MEMBER;
      const SobreRuleMember *member;
      const char *reason;

      if (found >= object->n_members || !sobre_rule_member_has_name (&object->members[found], name, length))
        {
          found = sobre_rule_object_find (object, name, length);
          if (place < SOBRE_RULES_MAX_MEMBERS)
            order[place] = (guint8) found;
          if (found == SOBRE_RULES_NO_MEMBER)
            continue;
        }

      member = &object->members[found];
      if ((submitted && member->by_collector) || (!submitted && !member->stored))
        continue;
      if (seen & 1u << found)
        return "duplicate";
      seen |= 1u << found;
      if (yyjson_is_null (value))
        continue;

      reason = check_value (self, member, value, &values[found]);
      if (reason != NULL)
        return reason;
      *present |= 1u << found;
    }

  if ((required & ~*present) != 0)
    return name_first (object, required & ~*present, SOBRE_BREACH_MISSING);
  return check_case (object, *present, values);
}

static const char *
check_items (SobreRecordChecker *self, const SobreRuleMember *member, gboolean submitted, yyjson_val *array)
{
  yyjson_arr_iter iter = yyjson_arr_iter_with (array);
  yyjson_val *item;

  while ((item = yyjson_arr_iter_next (&iter)) != NULL)
    {
      const char *reason;

      if (!yyjson_is_obj (item))
        return member->reasons[SOBRE_BREACH_TYPE];
      reason = check_object (self, member->items, submitted, item, self->item_order,
                             self->items + self->n_items * self->item_width, &self->item_present[self->n_items]);
      if (reason != NULL)
        return reason;
      self->n_items++;
    }
  return NULL;
}

static const char *
check_record (SobreRecordChecker *self, SobreDataset dataset, gboolean submitted, yyjson_val *json)
{
  const SobreRuleObject *object = self->rules->datasets[dataset];
  const char *reason;

  self->n_items = 0;
  if (!yyjson_is_obj (json))
    return "object";

  reason =
      check_object (self, object, submitted, json, self->record_order[dataset], self->record.values, &self->record.present);
  for (guint i = 0; reason == NULL && i < object->n_members; i++)
    {
      if (object->members[i].items != NULL && (self->record.present & 1u << i))
        reason = check_items (self, &object->members[i], submitted, self->record.values[i].array);
    }
  return reason;
}

static void
grow_pool (SobreRecordChecker *self, gsize needed)
{
  if (needed <= self->pool_size && (self->pool_size <= KEPT_POOL_BYTES || needed > KEPT_POOL_BYTES))
    return;
  g_free (self->pool);
  self->pool_size = MAX (needed, 64 * 1024);
  self->pool = g_malloc (self->pool_size);
}

static gboolean
is_space (char character)
{
  return character == ' ' || character == '\t' || character == '\r' || character == '\n';
}

const char *
sobre_record_checker_read (SobreRecordChecker *self, SobreDataset dataset, gboolean submitted, gsize *offset, yyjson_val **root)
{
  const yyjson_read_flag flags = YYJSON_READ_INSITU | YYJSON_READ_STOP_WHEN_DONE;
  char *text = self->text + *offset;
  gsize length = self->text_length - *offset;
  yyjson_read_err error;
  yyjson_alc allocator;
  yyjson_doc *doc;
  gsize end;

  grow_pool (self, yyjson_read_max_memory_usage (length, flags));
  yyjson_alc_pool_init (&allocator, self->pool, self->pool_size);
  doc = yyjson_read_opts (text, length, flags, &allocator, &error);
  /* The parser has written into its copy, so the line itself is asked what is wrong with it. */
  if (doc == NULL)
    return name_syntax_error (self->line + *offset, length, error.code);

  for (end = *offset + yyjson_doc_get_read_size (doc); end < self->text_length && is_space (self->text[end]); end++)
    ;
  /* What follows is another record, or the line is not JSON. */
  if (end < self->text_length && self->text[end] != '{')
    return name_syntax_error (self->line + end, self->text_length - end, YYJSON_READ_ERROR_UNEXPECTED_CONTENT);
  *offset = end;
  if (root != NULL)
    *root = yyjson_doc_get_root (doc);
  return check_record (self, dataset, submitted, yyjson_doc_get_root (doc));
}
