/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "intake/sobre-collector.h"
#include "intake/sobre-guest-base.h"
#include "qr/sobre-card-job.h"

#define DEFAULT_PORT 8080

typedef struct
{
  char *store;
  char **tables;
  char *template;
  char *offset;
  char *scale;
  char *base;
  char *output;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->store);
  g_strfreev (self->tables);
  g_free (self->template);
  g_free (self->offset);
  g_free (self->scale);
  g_free (self->base);
  g_free (self->output);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Job: what is done on the pool thread. */
typedef struct
{
  SobreCardJob *cards;
  const char *path;
  char **files;
} Job;

static gboolean
write_cards (gpointer data, GError **error)
{
  Job *job = data;

  return sobre_card_job_write (job->cards, job->path, &job->files, error);
}

static gboolean
parse_number (const char *text, const char **end, double *number)
{
  char *stop;

  errno = 0;
  *number = g_ascii_strtod (text, &stop);
  *end = stop;
  return errno == 0 && stop != text;
}

static gboolean
parse_offset (const char *text, double *x, double *y)
{
  const char *end;

  return parse_number (text, &end, x) && *end == ',' && parse_number (end + 1, &end, y) && *end == '\0' && ABS (*x) <= 50 &&
         ABS (*y) <= 50;
}

static gboolean
parse_scale (const char *text, double *scale)
{
  const char *end;

  return parse_number (text, &end, scale) && (*end == '\0' || g_str_equal (end, "%")) && *scale >= 50 && *scale <= 150;
}

static SobreCliStatus
read_layout (SobreCli *self, const SobreCliCommand *command, const Options *options, SobreCardOrder *order)
{
  if (options->output == NULL)
    return sobre_cli_refuse_usage (self, command, _ ("--output FILE is missing"));
  if (options->template == NULL || g_ascii_strcasecmp (options->template, "a6") == 0)
    order->paper = SOBRE_CARD_PAPER_A6;
  else if (g_ascii_strcasecmp (options->template, "a4") == 0)
    order->paper = SOBRE_CARD_PAPER_A4;
  else
    return sobre_cli_refuse_usage (self, command, _ ("There is no template “%s”: it is a6 or a4"), options->template);
  if (options->offset != NULL && !parse_offset (options->offset, &order->offset_x, &order->offset_y))
    return sobre_cli_refuse_usage (self, command, _ ("--offset has to be X,Y in millimetres, each from -50 to 50"));
  if (options->scale != NULL && !parse_scale (options->scale, &order->scale))
    return sobre_cli_refuse_usage (self, command, _ ("--scale has to be a percentage from 50 to 150"));
  return SOBRE_CLI_DONE;
}

/* A table is asked for by its id, or as STORE/TABLE where several stores have it. Ids count as the same in upper and lower case. */
static gboolean
matches (SobreTable *table, const char *asked)
{
  const char *id = sobre_table_get_table_id (table);
  g_autofree char *whole = g_strdup_printf ("%s/%s", sobre_table_get_store_id (table), id);

  return g_ascii_strcasecmp (asked, id) == 0 || g_ascii_strcasecmp (asked, whole) == 0;
}

static gboolean
is_wanted (SobreTable *table, const Options *options, gboolean *used)
{
  gboolean wanted = options->tables == NULL;

  if (options->store != NULL && g_ascii_strcasecmp (options->store, sobre_table_get_store_id (table)) != 0)
    return FALSE;
  for (guint i = 0; options->tables != NULL && options->tables[i] != NULL; i++)
    {
      if (matches (table, options->tables[i]))
        wanted = used[i] = TRUE;
    }
  return wanted;
}

static GListModel *
pick_tables (SobreWorkspace *workspace, const Options *options, GError **error)
{
  g_autoptr (GListStore) picked = g_list_store_new (SOBRE_TYPE_TABLE);
  GListModel *tables = sobre_workspace_get_tables (workspace);
  guint n_asked = options->tables != NULL ? g_strv_length (options->tables) : 0;
  g_autofree gboolean *used = g_new0 (gboolean, n_asked + 1);

  for (guint i = 0; i < g_list_model_get_n_items (tables); i++)
    {
      g_autoptr (SobreTable) table = g_list_model_get_item (tables, i);

      if (is_wanted (table, options, used))
        g_list_store_append (picked, table);
    }
  for (guint i = 0; i < n_asked; i++)
    {
      if (!used[i])
        {
          g_set_error (error, SOBRE_CARD_ERROR, SOBRE_CARD_ERROR_EMPTY, _ ("tables.csv has no table “%s”; nothing was written"),
                       options->tables[i]);
          return NULL;
        }
    }
  if (g_list_model_get_n_items (G_LIST_MODEL (picked)) == 0)
    {
      g_set_error (error, SOBRE_CARD_ERROR, SOBRE_CARD_ERROR_EMPTY,
                   _ ("There is no table to print a card for; nothing was written"));
      return NULL;
    }
  return G_LIST_MODEL (g_steal_pointer (&picked));
}

/* Where guests will reach the form: what was asked for, what the workspace says, the site in AWS, where the last cards lead, or this computer. */
static char *
choose_base (SobreWorkspace *workspace, const char *asked)
{
  g_auto (GStrv) addresses = NULL;
  char *known;

  if (asked != NULL)
    return g_strdup (asked);
  known = sobre_workspace_dup_guest_base (workspace);
  if (known == NULL)
    known = sobre_workspace_dup_printed_base (workspace);
  if (known != NULL)
    return known;
  addresses = sobre_lan_addresses_list (NULL);
  return g_strdup_printf (strchr (addresses[0], ':') != NULL ? "http://[%s]:%d" : "http://%s:%d", addresses[0], DEFAULT_PORT);
}

static void
add_strings (JsonBuilder *builder, const char *name, char **strings)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; strings[i] != NULL; i++)
    json_builder_add_string_value (builder, strings[i]);
  json_builder_end_array (builder);
}

static void
print_result (SobreCli *self, const SobreCardOrder *order, const Job *job)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;
  guint n_cards = sobre_card_job_get_n_cards (job->cards);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "base");
  json_builder_add_string_value (builder, order->base);
  json_builder_set_member_name (builder, "pages");
  json_builder_add_int_value (builder, sobre_card_job_get_n_pages (job->cards));
  add_strings (builder, "files", job->files);
  json_builder_set_member_name (builder, "cards");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n_cards; i++)
    {
      g_autoptr (SobreTable) table = g_list_model_get_item (order->tables, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "store_id");
      json_builder_add_string_value (builder, sobre_table_get_store_id (table));
      json_builder_set_member_name (builder, "table_id");
      json_builder_add_string_value (builder, sobre_table_get_table_id (table));
      json_builder_set_member_name (builder, "url");
      json_builder_add_string_value (builder, sobre_card_job_get_url (job->cards, i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
  for (guint i = 0; job->files[i] != NULL; i++)
    sobre_cli_output_print (self->output, "%s", job->files[i]);
  sobre_cli_output_note (self->output,
                         g_dngettext (GETTEXT_PACKAGE, "%u card that leads to %s; every code was read back",
                                      "%u cards that lead to %s; every code was read back", n_cards),
                         n_cards, order->base);
}

static void
warn_sizes (SobreCli *self, const SobreCardJob *cards)
{
  SobreCardWarning warning = SOBRE_CARD_WARNING_NONE;
  g_autofree char *text = NULL;
  double module, code;

  for (guint i = 0; i < sobre_card_job_get_n_cards (cards); i++)
    warning |= sobre_card_job_get_code_size (cards, i, &module, &code);
  text = sobre_card_warning_describe (warning);
  if (text != NULL)
    sobre_cli_output_warn (self->output, "%s", text);
}

static SobreCliStatus
write_job (SobreCli *self, SobreWorkspace *workspace, SobreCardOrder *order, const char *path)
{
  g_autoptr (SobreCardJob) cards = NULL;
  g_autofree char *printed = sobre_workspace_dup_printed_base (workspace);
  g_autofree char *warning = NULL;
  Job job = { .path = path };
  GError *error = NULL;

  cards = sobre_card_job_new (order, &error);
  if (cards == NULL)
    return sobre_cli_fail (self, error);
  warn_sizes (self, cards);
  sobre_cli_output_progress (self->output, _ ("Drawing the cards and reading them back"), -1);
  job.cards = cards;
  if (!sobre_cli_work (self, write_cards, &job, &error) || !sobre_workspace_set_printed_base (workspace, order->base, &error))
    return sobre_cli_fail (self, error);
  print_result (self, order, &job);
  g_strfreev (job.files);

  warning = sobre_guest_base_warning (printed, order->base);
  if (warning != NULL)
    sobre_cli_output_warn (self->output, _ ("The cards printed before lead to %s: replace them all, or print with --base %s"),
                           printed, printed);
  return SOBRE_CLI_DONE;
}

static SobreCliStatus
run (SobreCli *self, const SobreCliCommand *command, const Options *options)
{
  SobreCardOrder order = { 0 };
  g_autoptr (SobreWorkspace) workspace = NULL;
  g_autoptr (GListModel) tables = NULL;
  g_autoptr (GBytes) secret = NULL;
  g_autofree char *base = NULL;
  SobreCardFormat format;
  GError *error = NULL;
  SobreCliStatus status = read_layout (self, command, options, &order);

  if (status != SOBRE_CLI_DONE)
    return status;
  if (!sobre_card_format_from_path (options->output, &format, &error))
    {
      g_autoptr (GError) owned = error;

      return sobre_cli_refuse_usage (self, command, "%s", owned->message);
    }
  workspace = sobre_cli_open_workspace (self);
  if (workspace == NULL)
    return SOBRE_CLI_FAILED;
  tables = pick_tables (workspace, options, &error);
  if (tables != NULL)
    secret = sobre_workspace_load_card_secret (workspace, &error);
  if (secret == NULL)
    return sobre_cli_fail (self, error);

  base = choose_base (workspace, options->base);
  order.name = sobre_workspace_get_settings (workspace)->name;
  order.languages = (const char *const *) sobre_workspace_get_settings (workspace)->languages;
  order.tables = tables;
  order.secret = secret;
  order.epoch = sobre_workspace_get_settings (workspace)->card_epoch;
  order.base = base;
  return write_job (self, workspace, &order, options->output);
}

SobreCliStatus
sobre_cli_cards (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, N_ ("Where to write; the ending tells the format"), "FILE" },
    { "store", 0, 0, G_OPTION_ARG_STRING, &options.store, N_ ("Only the tables of this store"), "S" },
    { "table", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.tables, N_ ("Only this table; may be given several times"), "T" },
    { "template", 0, 0, G_OPTION_ARG_STRING, &options.template, N_ ("a6: a card a page, a4: four cards a page with cut marks"),
      "a6|a4" },
    { "offset", 0, 0, G_OPTION_ARG_STRING, &options.offset, N_ ("Moves the print, to correct a printer; millimetres"), "X,Y" },
    { "scale", 0, 0, G_OPTION_ARG_STRING, &options.scale, N_ ("Scales the print, to correct a printer; per cent"), "P" },
    { "base", 0, 0, G_OPTION_ARG_STRING, &options.base, N_ ("Where guests reach the form, http://192.168.1.20:8080"), "URL" },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (argv);
  SobreCliStatus status;

  if (!sobre_cli_parse (self, command, entries, &words, 0, 0, &status))
    return status;
  return run (self, command, &options);
}
