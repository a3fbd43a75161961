/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "import/sobre-import-guess.h"
#include "model/sobre-language.h"
#include "model/sobre-service-calendar.h"

#define MAX_SOURCE_BYTES 64
#define NO_TABLE "unknown" /* of answers from a tool that asked nobody for the table */
#define FORM "import"

static gboolean G_GNUC_PRINTF (3, 4) refuse (GError **error, SobreImportError code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, SOBRE_IMPORT_ERROR, code, message);
  return FALSE;
}

/* A column by its name, or by its number where no column is called so. */
static const char *
find_column (const SobreImportSurvey *survey, const char *wanted)
{
  int place = sobre_import_survey_find (survey, wanted);
  guint64 number;

  if (place < 0)
    {
      for (guint i = 0; i < survey->columns->len && place < 0; i++)
        {
          const SobreImportColumn *column = g_ptr_array_index (survey->columns, i);

          if (g_ascii_strcasecmp (column->name, wanted) == 0)
            place = (int) i;
        }
    }
  if (place < 0 && g_ascii_string_to_unsigned (wanted, 10, 1, survey->columns->len, &number, NULL))
    place = (int) number - 1;
  return place >= 0 ? ((const SobreImportColumn *) g_ptr_array_index (survey->columns, (guint) place))->name : NULL;
}

static char *
list_columns (const SobreImportSurvey *survey)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < survey->columns->len && i < 40; i++)
    {
      const SobreImportColumn *column = g_ptr_array_index (survey->columns, i);

      g_string_append_printf (names, "%s“%s”", i > 0 ? ", " : "", column->name);
    }
  return g_string_free_and_steal (g_steal_pointer (&names));
}

static gboolean
refuse_column (const SobreImportSurvey *survey, const char *name, GError **error)
{
  g_autofree char *columns = list_columns (survey);

  return refuse (error, SOBRE_IMPORT_ERROR_MAPPING, _ ("The file has no column “%s”; it has %s"), name, columns);
}

/* FIELD=WHAT. The field's own name may hold no equals sign. */
static gboolean
apply (SobreImportMapping *self, const SobreImportSurvey *survey, const char *wish, gboolean is_column, GError **error)
{
  const char *equals = strchr (wish, '=');
  g_autofree char *field = equals != NULL ? g_strndup (wish, (gsize) (equals - wish)) : NULL;
  const char *column;

  if (field == NULL)
    return refuse (error, SOBRE_IMPORT_ERROR_MAPPING, _ ("“%s” lacks an equals sign: it has to be FIELD=%s"), wish,
                   is_column ? "COLUMN" : "VALUE");
  if (!is_column || equals[1] == '\0')
    return sobre_import_mapping_set (self, field, NULL, equals[1] != '\0' ? equals + 1 : NULL, error);
  column = find_column (survey, equals + 1);
  if (column == NULL)
    return refuse_column (survey, equals + 1, error);
  return sobre_import_mapping_set (self, field, column, NULL, error);
}

static gboolean
apply_wishes (SobreImportMapping *self, const SobreImportSurvey *survey, const SobreImportWishes *wishes, GError **error)
{
  for (guint i = 0; wishes->maps != NULL && wishes->maps[i] != NULL; i++)
    {
      if (!apply (self, survey, wishes->maps[i], TRUE, error))
        return FALSE;
    }
  for (guint i = 0; wishes->sets != NULL && wishes->sets[i] != NULL; i++)
    {
      if (!apply (self, survey, wishes->sets[i], FALSE, error))
        return FALSE;
    }
  if (wishes->store != NULL && !sobre_import_mapping_set (self, "store", NULL, wishes->store, error))
    return FALSE;
  if (wishes->order != 0)
    self->order = wishes->order;
  if (wishes->decimal != 0)
    self->decimal = wishes->decimal;
  if (wishes->time_zone != NULL)
    g_set_str (&self->time_zone, wishes->time_zone);
  if (wishes->source != NULL)
    g_set_str (&self->source, wishes->source);
  return TRUE;
}

static void
set_default (SobreImportMapping *self, SobreImportFieldKind kind, const char *value)
{
  SobreImportField field = { .kind = kind };
  g_autofree char *name = sobre_import_field_dup_name (&field);

  if (sobre_import_field_belongs (kind, self->dataset) && sobre_import_mapping_find (self, kind) == NULL)
    sobre_import_mapping_set (self, name, NULL, value, NULL);
}

static void
set_defaults (SobreImportMapping *self, const SobreSettings *settings)
{
  const SobreStore *store = g_ptr_array_index (settings->stores, 0);

  if (settings->stores->len == 1)
    set_default (self, SOBRE_IMPORT_STORE, store->id);
  set_default (self, SOBRE_IMPORT_CURRENCY, settings->currency);
  set_default (self, SOBRE_IMPORT_LANGUAGE, settings->languages[0]);
  set_default (self, SOBRE_IMPORT_FORM, FORM);
  if (self->dataset == SOBRE_DATASET_ORDERS)
    set_default (self, SOBRE_IMPORT_QUANTITY, "1");
  else
    set_default (self, SOBRE_IMPORT_TABLE, NO_TABLE);
  if (self->time_zone == NULL)
    self->time_zone = g_strdup (settings->time_zone);
  if (self->source == NULL)
    self->source = g_strdup (self->dataset == SOBRE_DATASET_ORDERS ? "till" : "survey");
}

static gboolean
refuse_missing (const SobreImportSurvey *survey, const char *field, GError **error)
{
  g_autofree char *columns = list_columns (survey);

  /* Translators: %1$s is a word that is not translated, such as "time"; --map and --set are options. */
  return refuse (error, SOBRE_IMPORT_ERROR_MAPPING,
                 _ ("No column looks like “%1$s”: say which one it is with --map %1$s=COLUMN, or what it is in every row with "
                    "--set %1$s=VALUE. The columns are %2$s"),
                 field, columns);
}

static gboolean
check_fields (const SobreImportMapping *self, const SobreImportSurvey *survey, GError **error)
{
  gboolean orders = self->dataset == SOBRE_DATASET_ORDERS;

  for (guint i = 0; i < self->fields->len; i++)
    {
      const SobreImportField *field = g_ptr_array_index (self->fields, i);

      if (field->column != NULL && sobre_import_survey_find (survey, field->column) < 0)
        return refuse_column (survey, field->column, error);
    }
  if (sobre_import_mapping_find (self, SOBRE_IMPORT_TIME) == NULL)
    return refuse_missing (survey, "time", error);
  if (sobre_import_mapping_find (self, SOBRE_IMPORT_STORE) == NULL)
    return refuse (
        error, SOBRE_IMPORT_ERROR_MAPPING,
        _ ("The restaurant has several stores: say which one it is with --store, or which column with --map store=COLUMN"));
  if (orders && sobre_import_mapping_find (self, SOBRE_IMPORT_ITEM) == NULL)
    return refuse_missing (survey, "item", error);
  if (orders && sobre_import_mapping_find (self, SOBRE_IMPORT_AMOUNT) == NULL &&
      sobre_import_mapping_find (self, SOBRE_IMPORT_PRICE) == NULL)
    return refuse_missing (survey, "amount", error);
  if (!orders && sobre_import_mapping_find (self, SOBRE_IMPORT_ANSWER) == NULL &&
      sobre_import_mapping_find (self, SOBRE_IMPORT_COMMENT) == NULL)
    return refuse_missing (survey, "stars:QUESTION", error);
  return TRUE;
}

/* A value that holds for every row would be wrong in every row. */
static gboolean
check_values (const SobreImportMapping *self, GError **error)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const SobreImportField *field = g_ptr_array_index (self->fields, i);
      gboolean is_date = field->kind == SOBRE_IMPORT_TIME || field->kind == SOBRE_IMPORT_STARTED;
      gboolean is_number = field->kind == SOBRE_IMPORT_AMOUNT || field->kind == SOBRE_IMPORT_PRICE ||
                           field->kind == SOBRE_IMPORT_QUANTITY || field->kind == SOBRE_IMPORT_DURATION;
      gboolean differ;

      if (field->value == NULL)
        continue;
      if ((is_date && sobre_import_time_get_orders (sobre_text (field->value), &differ) == 0) ||
          (is_number && sobre_import_number_get_decimals (sobre_text (field->value), &differ) == 0))
        {
          g_autofree char *name = sobre_import_field_dup_name (field);

          return refuse (error, SOBRE_IMPORT_ERROR_MAPPING, _ ("“%s” cannot be what “%s” is in every row"), field->value, name);
        }
    }
  return TRUE;
}

static gboolean
check_words (const SobreImportMapping *self, GError **error)
{
  g_autoptr (SobreServiceCalendar) calendar = sobre_service_calendar_new (self->time_zone, 0);
  const SobreImportField *language = sobre_import_mapping_find (self, SOBRE_IMPORT_LANGUAGE);

  if (calendar == NULL)
    return refuse (error, SOBRE_IMPORT_ERROR_MAPPING, _ ("“%s” is no time zone; they are called like Europe/Berlin"),
                   self->time_zone);
  if (self->source[0] == '\0' || strlen (self->source) > MAX_SOURCE_BYTES || !g_utf8_validate (self->source, -1, NULL))
    return refuse (error, SOBRE_IMPORT_ERROR_MAPPING, _ ("The source has to be a word of up to %d bytes"), MAX_SOURCE_BYTES);
  if (language != NULL && language->value != NULL && !sobre_language_is_valid (language->value))
    return refuse (error, SOBRE_IMPORT_ERROR_MAPPING, _ ("“%s” is no language tag; they are called like en or pt-BR"),
                   language->value);
  return TRUE;
}

static gboolean
is_scored (const SobreImportField *field)
{
  return field->kind == SOBRE_IMPORT_ANSWER && field->answer != SOBRE_ANSWER_CHOICE && field->answer != SOBRE_ANSWER_TEXT;
}

/* What the columns of all numbers, or of all dates, leave open together. */
typedef struct
{
  guint possible;
  gboolean differ;
  guint64 lines[3];
} Evidence;

static void
add_evidence (Evidence *self, guint possible, gboolean differ, const guint64 *lines, guint n_lines)
{
  self->possible &= possible;
  self->differ |= differ;
  for (guint i = 0; i < n_lines; i++)
    {
      if (lines[i] > 0 && (self->lines[i] == 0 || lines[i] < self->lines[i]))
        self->lines[i] = lines[i];
    }
}

static Evidence
gather (const SobreImportMapping *self, const SobreImportSurvey *survey, gboolean dates)
{
  Evidence evidence = { .possible = dates ? SOBRE_DATE_ANY : SOBRE_DECIMAL_ANY };

  for (guint i = 0; i < self->fields->len; i++)
    {
      const SobreImportField *field = g_ptr_array_index (self->fields, i);
      const SobreImportColumn *column;
      gboolean is_date = field->kind == SOBRE_IMPORT_TIME || field->kind == SOBRE_IMPORT_STARTED;
      gboolean is_number = field->kind == SOBRE_IMPORT_AMOUNT || field->kind == SOBRE_IMPORT_PRICE ||
                           field->kind == SOBRE_IMPORT_QUANTITY || field->kind == SOBRE_IMPORT_DURATION || is_scored (field);

      if (!(dates ? is_date : is_number))
        continue;
      if (field->column == NULL)
        {
          gboolean differ;
          guint possible = dates ? sobre_import_time_get_orders (sobre_text (field->value), &differ)
                                 : sobre_import_number_get_decimals (sobre_text (field->value), &differ);

          add_evidence (&evidence, possible, differ, NULL, 0);
          continue;
        }
      column = g_ptr_array_index (survey->columns, (guint) sobre_import_survey_find (survey, field->column));
      if (dates)
        add_evidence (&evidence, column->orders, column->orders_differ, column->order_lines, 3);
      else
        add_evidence (&evidence, column->decimals, column->decimals_differ, column->decimal_lines, 2);
    }
  return evidence;
}

static gboolean
settle_order (SobreImportMapping *self, const SobreImportSurvey *survey, GError **error)
{
  Evidence evidence = gather (self, survey, TRUE);

  if (self->order != 0)
    return TRUE;
  if (evidence.possible == 0)
    return refuse (error, SOBRE_IMPORT_ERROR_AMBIGUOUS,
                   _ ("The dates are not all in one order: line %" PRIu64 " cannot have the day first, line %" PRIu64
                      " not the month, line %" PRIu64 " not the year. --date-order dmy, mdy or ymd says which one counts; the "
                      "rows that do not fit are rejected"),
                   evidence.lines[0], evidence.lines[1], evidence.lines[2]);
  if ((evidence.possible & (evidence.possible - 1)) == 0)
    self->order = evidence.possible;
  else if (evidence.differ)
    return refuse (
        error, SOBRE_IMPORT_ERROR_AMBIGUOUS,
        _ ("Every date of the file can be read in more than one order, so nothing is guessed: say --date-order dmy (day "
           "first), mdy (month first) or ymd (year first)"));
  return TRUE;
}

static gboolean
settle_decimal (SobreImportMapping *self, const SobreImportSurvey *survey, GError **error)
{
  Evidence evidence = gather (self, survey, FALSE);

  if (self->decimal != 0)
    return TRUE;
  if (evidence.possible == 0)
    return refuse (error, SOBRE_IMPORT_ERROR_AMBIGUOUS,
                   _ ("The numbers do not all have the same decimal sign: in line %" PRIu64
                      " it cannot be the point, in line %" PRIu64 " not the comma. --decimal point or comma says which one "
                      "counts; the rows that do not fit are rejected"),
                   evidence.lines[0], evidence.lines[1]);
  if ((evidence.possible & (evidence.possible - 1)) == 0)
    self->decimal = evidence.possible;
  else if (evidence.differ)
    return refuse (error, SOBRE_IMPORT_ERROR_AMBIGUOUS,
                   _ ("The numbers do not tell whether 1,234 is more than a thousand: say --decimal point or --decimal comma"));
  return TRUE;
}

gboolean
sobre_import_mapping_complete (SobreImportMapping *self,
                               const SobreImportSurvey *survey,
                               const SobreImportHouse *house,
                               const SobreImportWishes *wishes,
                               GError **error)
{
  if (!apply_wishes (self, survey, wishes, error))
    return FALSE;
  set_defaults (self, house->settings);
  return check_fields (self, survey, error) && check_values (self, error) && check_words (self, error) &&
         settle_order (self, survey, error) && settle_decimal (self, survey, error);
}
