/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "import/sobre-import-mapping.h"
#include "import/sobre-import-value.h"
#include "model/sobre-document-reader.h"
#include "model/sobre-service-calendar.h"
#include "model/sobre-settings.h"

#define MAX_FILE_BYTES (1024 * 1024)
#define MAX_QUESTION_BYTES 64
#define MAX_SOURCE_BYTES 64

#define ANSWERS (1u << SOBRE_DATASET_RESPONSES)
#define ORDERS (1u << SOBRE_DATASET_ORDERS)

static const struct
{
  const char *name;
  guint datasets;
} kinds[SOBRE_IMPORT_N_FIELDS] = {
  [SOBRE_IMPORT_ID] = { "id", ANSWERS | ORDERS },
  [SOBRE_IMPORT_TIME] = { "time", ANSWERS | ORDERS },
  [SOBRE_IMPORT_CLOCK] = { "clock", ANSWERS | ORDERS },
  [SOBRE_IMPORT_STORE] = { "store", ANSWERS | ORDERS },
  [SOBRE_IMPORT_TABLE] = { "table", ANSWERS | ORDERS },
  [SOBRE_IMPORT_ORDER] = { "order", ORDERS },
  [SOBRE_IMPORT_ITEM] = { "item", ORDERS },
  [SOBRE_IMPORT_ITEM_ID] = { "item-id", ORDERS },
  [SOBRE_IMPORT_QUANTITY] = { "quantity", ORDERS },
  [SOBRE_IMPORT_AMOUNT] = { "amount", ORDERS },
  [SOBRE_IMPORT_PRICE] = { "price", ORDERS },
  [SOBRE_IMPORT_CURRENCY] = { "currency", ORDERS },
  [SOBRE_IMPORT_LANGUAGE] = { "language", ANSWERS },
  [SOBRE_IMPORT_COMMENT] = { "comment", ANSWERS },
  [SOBRE_IMPORT_STARTED] = { "started", ANSWERS },
  [SOBRE_IMPORT_DURATION] = { "duration", ANSWERS },
  [SOBRE_IMPORT_FORM] = { "form", ANSWERS },
  [SOBRE_IMPORT_ANSWER] = { NULL, ANSWERS },
};

static void
field_free (gpointer data)
{
  SobreImportField *self = data;

  g_free (self->question);
  g_free (self->column);
  g_free (self->value);
  g_free (self);
}

SobreImportMapping *
sobre_import_mapping_new (SobreDataset dataset)
{
  SobreImportMapping *self = g_new0 (SobreImportMapping, 1);

  self->dataset = dataset;
  self->fields = g_ptr_array_new_with_free_func (field_free);
  return self;
}

void
sobre_import_mapping_free (SobreImportMapping *self)
{
  g_ptr_array_unref (self->fields);
  sobre_import_reading_clear (&self->reading);
  g_free (self->source);
  g_free (self->time_zone);
  g_free (self);
}

SobreImportMapping *
sobre_import_mapping_copy (const SobreImportMapping *self)
{
  SobreImportMapping *copy = sobre_import_mapping_new (self->dataset);

  copy->source = g_strdup (self->source);
  copy->order = self->order;
  copy->decimal = self->decimal;
  copy->time_zone = g_strdup (self->time_zone);
  sobre_import_reading_copy (&self->reading, &copy->reading);
  for (guint i = 0; i < self->fields->len; i++)
    {
      const SobreImportField *field = g_ptr_array_index (self->fields, i);
      SobreImportField *twin = g_new0 (SobreImportField, 1);

      *twin = (SobreImportField) { field->kind, field->answer, g_strdup (field->question), g_strdup (field->column),
                                   g_strdup (field->value) };
      g_ptr_array_add (copy->fields, twin);
    }
  return copy;
}

const char *
sobre_import_dataset_get_name (SobreDataset dataset)
{
  return dataset == SOBRE_DATASET_ORDERS ? "orders" : "answers";
}

gboolean
sobre_import_dataset_parse (const char *name, SobreDataset *dataset)
{
  if (strcmp (name, "orders") == 0)
    *dataset = SOBRE_DATASET_ORDERS;
  else if (strcmp (name, "answers") == 0)
    *dataset = SOBRE_DATASET_RESPONSES;
  else
    return FALSE;
  return TRUE;
}

gboolean
sobre_import_field_belongs (SobreImportFieldKind kind, SobreDataset dataset)
{
  return (kinds[kind].datasets & 1u << dataset) != 0;
}

char *
sobre_import_field_dup_name (const SobreImportField *field)
{
  if (field->kind == SOBRE_IMPORT_ANSWER)
    return g_strdup_printf ("%s:%s", sobre_answer_kind_get_name (field->answer), field->question);
  return g_strdup (kinds[field->kind].name);
}

/* Reads "time" or "stars:food"; the question stays within @name. */
static gboolean
parse_name (const char *name, SobreImportFieldKind *kind, SobreAnswerKind *answer, const char **question)
{
  const char *colon = strchr (name, ':');

  if (colon != NULL)
    {
      *kind = SOBRE_IMPORT_ANSWER;
      *question = colon + 1;
      return sobre_answer_kind_parse ((SobreText) { name, (gsize) (colon - name) }, answer) && colon[1] != '\0' &&
             strlen (colon + 1) <= MAX_QUESTION_BYTES && g_utf8_validate (name, -1, NULL);
    }
  *question = NULL;
  for (guint i = 0; i < SOBRE_IMPORT_ANSWER; i++)
    {
      if (strcmp (kinds[i].name, name) == 0)
        {
          *kind = (SobreImportFieldKind) i;
          return TRUE;
        }
    }
  return FALSE;
}

static void
take_out (SobreImportMapping *self, SobreImportFieldKind kind, const char *question, const char *column)
{
  for (guint i = self->fields->len; i > 0; i--)
    {
      const SobreImportField *field = g_ptr_array_index (self->fields, i - 1);

      /* A question has one answer in a record, and a column that is given to another field is not what it was taken for. */
      if ((field->kind == kind && g_strcmp0 (field->question, question) == 0) ||
          (column != NULL && g_strcmp0 (field->column, column) == 0))
        g_ptr_array_remove_index (self->fields, i - 1);
    }
}

static char *
list_names (SobreDataset dataset)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < SOBRE_IMPORT_ANSWER; i++)
    {
      if (sobre_import_field_belongs ((SobreImportFieldKind) i, dataset))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", kinds[i].name);
    }
  if (dataset == SOBRE_DATASET_RESPONSES)
    g_string_append (names, ", stars:…, nps:…, smiley:…, choice:…, text:…");
  return g_string_free_and_steal (g_steal_pointer (&names));
}

gboolean
sobre_import_mapping_set (SobreImportMapping *self, const char *name, const char *column, const char *value, GError **error)
{
  SobreAnswerKind answer = SOBRE_ANSWER_STARS;
  SobreImportField *field;
  SobreImportFieldKind kind;
  const char *question;

  if (!parse_name (name, &kind, &answer, &question) || !sobre_import_field_belongs (kind, self->dataset))
    {
      g_autofree char *names = list_names (self->dataset);

      /* Translators: the second %s is "answers" or "orders", the third a list of words that are not translated. */
      g_set_error (error, SOBRE_IMPORT_ERROR, SOBRE_IMPORT_ERROR_MAPPING, _ ("“%s” is no field of %s; there are: %s"), name,
                   sobre_import_dataset_get_name (self->dataset), names);
      return FALSE;
    }
  take_out (self, kind, question, column);
  if (column == NULL && value == NULL)
    return TRUE;
  field = g_new0 (SobreImportField, 1);
  *field = (SobreImportField) { kind, answer, g_strdup (question), g_strdup (column), g_strdup (value) };
  g_ptr_array_add (self->fields, field);
  return TRUE;
}

const SobreImportField *
sobre_import_mapping_find (const SobreImportMapping *self, SobreImportFieldKind kind)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const SobreImportField *field = g_ptr_array_index (self->fields, i);

      if (field->kind == kind)
        return field;
    }
  return NULL;
}

const SobreImportField *
sobre_import_mapping_find_column (const SobreImportMapping *self, const char *column)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const SobreImportField *field = g_ptr_array_index (self->fields, i);

      if (g_strcmp0 (field->column, column) == 0)
        return field;
    }
  return NULL;
}

/* The text of a member, "" where it is not there; %NULL after noting that it is something else. */
static const char *
get_text (SobreDocumentReader *reader, JsonObject *object, const char *base, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return "";
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);
  sobre_document_reader_refuse (reader, base, member, _ ("has to be text"));
  return NULL;
}

static void
read_field (SobreDocumentReader *reader, SobreImportMapping *self, JsonNode *node, guint place)
{
  static const char *const members[] = { "field", "column", "value", NULL };
  g_autofree char *base = g_strdup_printf ("fields[%u]", place);
  g_autoptr (GError) error = NULL;
  const char *name, *column, *value;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      sobre_document_reader_refuse (reader, base, "", _ ("has to be an object"));
      return;
    }
  object = json_node_get_object (node);
  sobre_document_reader_check_members (reader, object, base, members);
  name = get_text (reader, object, base, "field");
  column = get_text (reader, object, base, "column");
  value = get_text (reader, object, base, "value");
  if (name == NULL || column == NULL || value == NULL)
    return;
  if ((column[0] == '\0') == (value[0] == '\0'))
    sobre_document_reader_refuse (reader, base, "", _ ("has to have either a column or a value"));
  else if (!sobre_import_mapping_set (self, name, column[0] != '\0' ? column : NULL, value[0] != '\0' ? value : NULL, &error))
    sobre_document_reader_refuse (reader, base, "field", "%s", error->message);
}

static void
read_fields (SobreDocumentReader *reader, SobreImportMapping *self, JsonObject *root)
{
  JsonArray *fields = sobre_document_reader_get_array (reader, root, "", "fields", 1, 2 * SOBRE_IMPORT_MAX_COLUMNS);

  for (guint i = 0; fields != NULL && i < json_array_get_length (fields); i++)
    read_field (reader, self, json_array_get_element (fields, i), i);
}

static void
read_zone (SobreDocumentReader *reader, SobreImportMapping *self, JsonObject *root)
{
  const char *zone = get_text (reader, root, "", "time_zone");
  g_autoptr (SobreServiceCalendar) calendar = zone != NULL && zone[0] != '\0' ? sobre_service_calendar_new (zone, 0) : NULL;

  if (calendar == NULL)
    sobre_document_reader_refuse (reader, "", "time_zone", _ ("has to name a time zone, such as Europe/Berlin"));
  else
    self->time_zone = g_strdup (zone);
}

static void
read_signs (SobreDocumentReader *reader, SobreImportMapping *self, JsonObject *root)
{
  const char *order = get_text (reader, root, "", "date_order");
  const char *decimal = get_text (reader, root, "", "decimal");
  const char *delimiter = get_text (reader, root, "", "delimiter");
  const char *encoding = get_text (reader, root, "", "encoding");
  const char *source = get_text (reader, root, "", "source");

  if (order != NULL && order[0] != '\0' && !sobre_date_order_parse (order, &self->order))
    sobre_document_reader_refuse (reader, "", "date_order", _ ("has to be dmy, mdy or ymd"));
  if (decimal != NULL && decimal[0] != '\0' && !sobre_decimal_parse (decimal, &self->decimal))
    sobre_document_reader_refuse (reader, "", "decimal", _ ("has to be point or comma"));
  if (delimiter != NULL && strlen (delimiter) > 1)
    sobre_document_reader_refuse (reader, "", "delimiter", _ ("has to be one character"));
  else if (delimiter != NULL)
    self->reading.delimiter = delimiter[0];
  if (encoding != NULL && encoding[0] != '\0')
    self->reading.encoding = g_strdup (encoding);
  if (source != NULL && (source[0] == '\0' || strlen (source) > MAX_SOURCE_BYTES))
    sobre_document_reader_refuse (reader, "", "source", _ ("has to be a word of up to %d bytes"), MAX_SOURCE_BYTES);
  else
    self->source = g_strdup (source);
  self->reading.no_header = sobre_document_reader_get_boolean (reader, root, "", "no_header");
}

static SobreImportMapping *
read_root (SobreDocumentReader *reader, JsonObject *root)
{
  static const char *const members[] = { "version",  "kind",      "source",    "time_zone", "date_order", "decimal",
                                         "encoding", "delimiter", "no_header", "fields",    NULL };
  const char *kind = get_text (reader, root, "", "kind");
  SobreImportMapping *self;
  SobreDataset dataset;

  sobre_document_reader_check_members (reader, root, "", members);
  sobre_document_reader_get_number (reader, root, "", "version", 1, 1, 0);
  if (kind == NULL || !sobre_import_dataset_parse (kind, &dataset))
    {
      sobre_document_reader_refuse (reader, "", "kind", _ ("has to be answers or orders"));
      return NULL;
    }
  self = sobre_import_mapping_new (dataset);
  read_zone (reader, self, root);
  read_signs (reader, self, root);
  read_fields (reader, self, root);
  return self;
}

SobreImportMapping *
sobre_import_mapping_parse (const char *json, gssize length, GError **error)
{
  g_autoptr (GPtrArray) issues = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_document_issue_free);
  SobreDocumentReader reader = { .issues = issues };
  g_autoptr (JsonNode) root =
      sobre_document_reader_parse (&reader, json, length < 0 ? strlen (json) : (gsize) length, MAX_FILE_BYTES);
  g_autoptr (SobreImportMapping) self = root != NULL ? read_root (&reader, json_node_get_object (root)) : NULL;

  return sobre_document_reader_finish (&reader, error) ? g_steal_pointer (&self) : NULL;
}

static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

static void
add_field (JsonBuilder *builder, const SobreImportField *field)
{
  g_autofree char *name = sobre_import_field_dup_name (field);

  json_builder_begin_object (builder);
  add_text (builder, "field", name);
  add_text (builder, "column", field->column);
  add_text (builder, "value", field->value);
  json_builder_end_object (builder);
}

char *
sobre_import_mapping_format (const SobreImportMapping *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const char delimiter[2] = { self->reading.delimiter, '\0' };
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, 1);
  add_text (builder, "kind", sobre_import_dataset_get_name (self->dataset));
  add_text (builder, "source", self->source);
  add_text (builder, "time_zone", self->time_zone);
  add_text (builder, "date_order", sobre_date_order_get_name (self->order));
  add_text (builder, "decimal", sobre_decimal_get_name (self->decimal));
  add_text (builder, "encoding", self->reading.encoding);
  add_text (builder, "delimiter", delimiter[0] != '\0' ? delimiter : NULL);
  if (self->reading.no_header)
    {
      json_builder_set_member_name (builder, "no_header");
      json_builder_add_boolean_value (builder, TRUE);
    }
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->fields->len; i++)
    add_field (builder, g_ptr_array_index (self->fields, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}
