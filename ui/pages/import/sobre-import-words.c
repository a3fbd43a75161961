/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/import/sobre-import-words.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "model/sobre-time.h"
#include "pages/menu/sobre-menu-words.h"
#include "sobre-format.h"

#define MAX_WORDS 80 /* characters of a text in a list */

static const struct
{
  const char *name;
  const char *words;
} fields[SOBRE_IMPORT_N_FIELDS] = {
  [SOBRE_IMPORT_ID] = { "id", N_ ("What tells rows apart") },
  [SOBRE_IMPORT_TIME] = { "time", N_ ("Date and time") },
  [SOBRE_IMPORT_CLOCK] = { "clock", N_ ("Time of day") },
  [SOBRE_IMPORT_STORE] = { "store", N_ ("Store") },
  [SOBRE_IMPORT_TABLE] = { "table", N_ ("Table") },
  [SOBRE_IMPORT_ORDER] = { "order", N_ ("Number of the order") },
  [SOBRE_IMPORT_ITEM] = { "item", N_ ("What was sold") },
  [SOBRE_IMPORT_ITEM_ID] = { "item-id", N_ ("Number of what was sold") },
  [SOBRE_IMPORT_QUANTITY] = { "quantity", N_ ("How many") },
  [SOBRE_IMPORT_AMOUNT] = { "amount", N_ ("Amount of the line") },
  [SOBRE_IMPORT_PRICE] = { "price", N_ ("Price of one") },
  [SOBRE_IMPORT_CURRENCY] = { "currency", N_ ("Currency") },
  [SOBRE_IMPORT_LANGUAGE] = { "language", N_ ("Language") },
  [SOBRE_IMPORT_COMMENT] = { "comment", N_ ("Comment") },
  [SOBRE_IMPORT_STARTED] = { "started", N_ ("When the guest began") },
  [SOBRE_IMPORT_DURATION] = { "duration", N_ ("How long it took") },
  [SOBRE_IMPORT_FORM] = { "form", N_ ("Form") },
};

static const struct
{
  const char *reason;
  const char *words;
} reasons[] = {
  { "row.cells", N_ ("Another number of cells than the first line has") },
  { "row.length", N_ ("The row is too long") },
  { "cell.length", N_ ("A cell is too long") },
  { "item.length", N_ ("A text is too long") },
  { "quote.open", N_ ("A quote is never closed") },
  { "quote.text", N_ ("Text stands behind a closing quote") },
  { "utf8", N_ ("Bytes that are no text in this encoding") },
  { "nul", N_ ("Bytes that are no text") },
  { "json", N_ ("Not a line of JSON") },
  { "object", N_ ("Not an object of JSON") },
  { "at.form", N_ ("Not a date or time") },
  { "at.missing", N_ ("No date") },
  { "submitted_at.form", N_ ("Not a date or time") },
  { "submitted_at.missing", N_ ("No date") },
  { "clock.form", N_ ("Not a time of day") },
  { "clock.missing", N_ ("No time of day") },
  { "started.form", N_ ("Not a date or time") },
  { "time.past", N_ ("Before 1970") },
  { "time.future", N_ ("More than a day ahead") },
  { "store_id.unknown", N_ ("No store of this restaurant") },
  { "store_id.missing", N_ ("No store") },
  { "quantity.form", N_ ("Not a whole number") },
  { "amount.form", N_ ("Not an amount of money") },
  { "amount.missing", N_ ("No amount") },
  { "currency.form", N_ ("Not a currency") },
  { "currency.conflict", N_ ("Two currencies in one row") },
  { "answers.score.form", N_ ("Not a score") },
  { "answers.missing", N_ ("Neither an answer nor a comment") },
  { "duration_ms.form", N_ ("Not a length of time") },
  { "language.form", N_ ("Not a language") },
  { "id.conflict", N_ ("Imported before, with other content; that stays") },
};

/* What the form calls a question; %NULL where it has none of that id. */
static const char *
find_label (SobreForm *form, const char *id, const char *language)
{
  for (guint i = 0; form != NULL && id != NULL && i < sobre_form_get_n_questions (form); i++)
    if (strcmp (sobre_form_get_question_id (form, i), id) == 0)
      return sobre_form_get_question_label (form, i, language);
  return NULL;
}

char **
sobre_import_list_fields (SobreDataset dataset, SobreForm *form)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < SOBRE_IMPORT_ANSWER; i++)
    if (sobre_import_field_belongs (i, dataset))
      g_strv_builder_add (names, fields[i].name);
  for (guint i = 0; dataset == SOBRE_DATASET_RESPONSES && form != NULL && i < sobre_form_get_n_questions (form); i++)
    if (!sobre_form_get_question (form, i)->dishes)
      g_strv_builder_take (names, g_strdup_printf ("%s:%s", sobre_answer_kind_get_name (sobre_form_get_question_kind (form, i)),
                                                   sobre_form_get_question_id (form, i)));
  return g_strv_builder_end (names);
}

static const char *
say_kind (const char *name)
{
  static const struct
  {
    const char *name;
    const char *words;
  } kinds[] = { { "stars:", N_ ("stars") },
                { "nps:", N_ ("0 to 10") },
                { "smiley:", N_ ("faces") },
                { "choice:", N_ ("choice") },
                { "text:", N_ ("words") } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (name, kinds[i].name))
      return _ (kinds[i].words);
  return NULL;
}

char *
sobre_import_field_say (const char *name, SobreForm *form, const char *language)
{
  const char *kind = say_kind (name);
  const char *id = kind != NULL ? strchr (name, ':') + 1 : NULL;

  for (guint i = 0; i < SOBRE_IMPORT_ANSWER; i++)
    if (strcmp (fields[i].name, name) == 0)
      return g_strdup (_ (fields[i].words));
  if (find_label (form, id, language) != NULL)
    /* Translators: what a question is called, then how it is answered: “Food, stars” */
    return g_strdup_printf (_ ("%s, %s"), find_label (form, id, language), kind);
  /* Translators: a question that the form does not have, then how it is answered: “New question “food”, stars” */
  return kind != NULL ? g_strdup_printf (_ ("New question “%s”, %s"), id, kind) : g_strdup (name);
}

const char *
sobre_import_reason_say (const char *reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (strcmp (reasons[i].reason, reason) == 0)
      return _ (reasons[i].words);
  return reason;
}

char *
sobre_import_count_say (guint64 n_rows)
{
  g_autofree char *number = sobre_format_count ((gint64) n_rows);

  /* Translators: a number with its grouping */
  return g_strdup_printf (ngettext ("%s row", "%s rows", (gulong) MIN (n_rows, G_MAXINT)), number);
}

char *
sobre_import_reading_say (const SobreImportSight *sight)
{
  g_autofree char *count = sobre_import_count_say (sight->n_rows + sight->n_bad);
  g_autofree char *form = NULL;

  if (sight->delimiter == '\0')
    form = g_strdup (_ ("JSON lines"));
  else if (sight->delimiter == '\t')
    form = g_strdup (_ ("CSV with tabs"));
  else
    form = g_strdup_printf (_ ("CSV with “%c”"), sight->delimiter);
  return g_strdup_printf ("%s, %s · %s", form, sight->encoding, count);
}

static gboolean
has (const SobreImportSight *sight, SobreImportFieldKind kind)
{
  return sobre_import_mapping_find (sight->mapping, kind) != NULL;
}

char *
sobre_import_fault_say (const SobreImportSight *sight)
{
  gboolean is_ambiguous = g_error_matches (sight->fault, SOBRE_IMPORT_ERROR, SOBRE_IMPORT_ERROR_AMBIGUOUS);

  if (sight->fault == NULL)
    return NULL;
  if (sight->mapping == NULL && !g_error_matches (sight->fault, SOBRE_IMPORT_ERROR, SOBRE_IMPORT_ERROR_MAPPING))
    return g_strdup (sight->fault->message);
  if (sight->mapping == NULL)
    return g_strdup (_ ("The columns do not tell what the rows are: say whether they are answers or orders."));
  if (!has (sight, SOBRE_IMPORT_TIME))
    return g_strdup (_ ("No column says when it was: choose “Date and time” for one of them."));
  if (!has (sight, SOBRE_IMPORT_STORE))
    return g_strdup (_ ("No column says in which store it was: choose the store of all rows."));
  if (sight->mapping->dataset == SOBRE_DATASET_ORDERS && !has (sight, SOBRE_IMPORT_ITEM))
    return g_strdup (_ ("No column says what was sold: choose “What was sold” for one of them."));
  if (sight->mapping->dataset == SOBRE_DATASET_ORDERS && !has (sight, SOBRE_IMPORT_AMOUNT) && !has (sight, SOBRE_IMPORT_PRICE))
    return g_strdup (_ ("No column says what it cost: choose “Amount of the line” or “Price of one” for one of them."));
  if (sight->mapping->dataset == SOBRE_DATASET_RESPONSES && !has (sight, SOBRE_IMPORT_ANSWER) &&
      !has (sight, SOBRE_IMPORT_COMMENT))
    return g_strdup (_ ("No column is an answer: choose a question or “Comment” for one of them."));
  if (is_ambiguous && sight->mapping->order == 0)
    return g_strdup (_ ("The dates do not tell whether day or month comes first: choose the order of dates."));
  if (is_ambiguous)
    return g_strdup (_ ("The numbers do not tell whether comma or point stands before decimals: choose one."));
  return g_strdup (sight->fault->message);
}

/* With the year: what is imported is seldom of this week. */
static char *
say_moment (const char *at, SobreServiceCalendar *calendar)
{
  g_autoptr (GDateTime) date = NULL;
  gint64 time;

  if (at == NULL || !sobre_time_parse (at, strlen (at), &time))
    return NULL;
  date = g_date_time_new_from_unix_utc ((time + sobre_service_calendar_get_offset (calendar, time)) / 1000);
  /* Translators: a moment, "20 Nov 2025, 20:41" */
  return date != NULL ? g_date_time_format (date, C_ ("date", "%-e %b %Y, %H:%M")) : NULL;
}

static void
append (GString *words, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  if (words->len > 0)
    g_string_append (words, " · ");
  g_string_append (words, text);
}

static const char *
get_text (JsonObject *record, const char *name)
{
  return json_object_get_string_member_with_default (record, name, NULL);
}

static char *
say_answer (JsonObject *answer, SobreForm *form, const char *language)
{
  const char *id = get_text (answer, "question");
  const char *label = find_label (form, id, language);
  const char *text = get_text (answer, "text") != NULL ? get_text (answer, "text") : get_text (answer, "choice");
  g_autofree char *score = NULL;

  if (json_object_has_member (answer, "score"))
    score = g_strdup_printf ("%.15g", json_object_get_double_member (answer, "score"));
  return g_strdup_printf ("%s %s",
                          label != NULL ? label
                          : id != NULL  ? id
                                        : "",
                          score != NULL  ? score
                          : text != NULL ? text
                                         : "");
}

static void
say_answers (GString *words, JsonObject *record, SobreForm *form, const char *language)
{
  JsonArray *answers = json_object_has_member (record, "answers") ? json_object_get_array_member (record, "answers") : NULL;

  for (guint i = 0; answers != NULL && i < json_array_get_length (answers); i++)
    {
      g_autofree char *answer = say_answer (json_array_get_object_element (answers, i), form, language);

      append (words, answer);
    }
  append (words, get_text (record, "comment"));
}

static void
say_order (GString *words, JsonObject *record)
{
  g_autofree char *amount = g_strdup_printf ("%.2f", json_object_get_double_member_with_default (record, "amount", 0));
  g_autofree char *price = sobre_price_say (amount, get_text (record, "currency"));
  gint64 quantity = json_object_get_int_member_with_default (record, "quantity", 1);
  /* Translators: a number, what was sold, and what it cost: “2 × Espresso, €5.00” */
  g_autofree char *line = g_strdup_printf (_ ("%d × %s, %s"), (int) quantity, get_text (record, "item"), price);

  append (words, line);
}

void
sobre_import_sample_say (const char *line, SobreWorkspace *workspace, char **title, char **subtitle)
{
  g_autoptr (JsonNode) node = json_from_string (line, NULL);
  JsonObject *record = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *at = record != NULL ? get_text (record, json_object_has_member (record, "at") ? "at" : "submitted_at") : NULL;
  const char *table = record != NULL ? get_text (record, "table_id") : NULL;
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *moment = NULL;

  if (record == NULL)
    {
      *title = g_strdup (line);
      *subtitle = g_strdup ("");
      return;
    }
  if (json_object_has_member (record, "item"))
    say_order (words, record);
  else
    say_answers (words, record, sobre_workspace_get_form (workspace), sobre_workspace_get_settings (workspace)->languages[0]);
  moment = say_moment (at, sobre_workspace_get_calendar (workspace));
  *title = g_utf8_strlen (words->str, -1) > MAX_WORDS ? g_utf8_substring (words->str, 0, MAX_WORDS) : g_strdup (words->str);
  g_string_truncate (words, 0);
  append (words, moment);
  if (table != NULL && strcmp (table, "unknown") != 0)
    {
      /* Translators: the number of a table */
      g_autofree char *place = g_strdup_printf (_ ("Table %s"), table);

      append (words, place);
    }
  *subtitle = g_string_free_and_steal (g_steal_pointer (&words));
}
