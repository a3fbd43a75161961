/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "model/sobre-csv.h"
#include "model/sobre-settings.h"
#include "model/sobre-table.h"

#define MAX_PLACE_ID_LENGTH 32
#define MAX_ZONE_BYTES 200
#define MAX_SEATS 10000
#define MAX_FILE_BYTES (16 * 1024 * 1024)

enum
{
  FIELD_STORE,
  FIELD_TABLE,
  FIELD_ZONE,
  FIELD_SEATS,
  FIELD_X,
  FIELD_Y,
  N_FIELDS
};

static const char *const field_names[N_FIELDS] = { "store_id", "table_id", "zone", "seats", "x", "y" };

struct _SobreTable
{
  GObject parent_instance;

  char *store_id;
  char *table_id;
  char *zone;
  guint seats;
  double x;
  double y;
};

G_DEFINE_FINAL_TYPE (SobreTable, sobre_table, G_TYPE_OBJECT)

static void
sobre_table_finalize (GObject *object)
{
  SobreTable *self = SOBRE_TABLE (object);

  g_free (self->store_id);
  g_free (self->table_id);
  g_free (self->zone);

  G_OBJECT_CLASS (sobre_table_parent_class)->finalize (object);
}

static void
sobre_table_class_init (SobreTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_table_finalize;
}

static void
sobre_table_init (SobreTable *self)
{
}

SobreTable *
sobre_table_new (const char *store_id, const char *table_id, const char *zone, guint seats, double x, double y)
{
  SobreTable *self = g_object_new (SOBRE_TYPE_TABLE, NULL);

  self->store_id = g_strdup (store_id);
  self->table_id = g_strdup (table_id);
  self->zone = g_strdup (zone);
  self->seats = seats;
  self->x = x;
  self->y = y;
  return self;
}

const char *
sobre_table_get_store_id (SobreTable *self)
{
  g_return_val_if_fail (SOBRE_IS_TABLE (self), NULL);
  return self->store_id;
}

const char *
sobre_table_get_table_id (SobreTable *self)
{
  g_return_val_if_fail (SOBRE_IS_TABLE (self), NULL);
  return self->table_id;
}

const char *
sobre_table_get_zone (SobreTable *self)
{
  g_return_val_if_fail (SOBRE_IS_TABLE (self), NULL);
  return self->zone;
}

guint
sobre_table_get_seats (SobreTable *self)
{
  g_return_val_if_fail (SOBRE_IS_TABLE (self), 0);
  return self->seats;
}

double
sobre_table_get_x (SobreTable *self)
{
  g_return_val_if_fail (SOBRE_IS_TABLE (self), NAN);
  return self->x;
}

double
sobre_table_get_y (SobreTable *self)
{
  g_return_val_if_fail (SOBRE_IS_TABLE (self), NAN);
  return self->y;
}

gboolean
sobre_place_id_is_valid (const char *id)
{
  gboolean has_letter_or_digit = FALSE;

  for (const char *c = id; *c != '\0'; c++)
    {
      if (g_ascii_isalnum (*c))
        has_letter_or_digit = TRUE;
      else if (*c != '.' && *c != '-')
        return FALSE;
    }

  /* "." and ".." would vanish from a URL's path. */
  return has_letter_or_digit && strlen (id) <= MAX_PLACE_ID_LENGTH;
}

static gboolean
read_place (const char *text, double *place)
{
  char *end;

  *place = NAN;
  if (text[0] == '\0')
    return TRUE;
  *place = g_ascii_strtod (text, &end);
  return *end == '\0' && isfinite (*place) && !g_ascii_isspace (text[0]);
}

static SobreTable *
read_table (GPtrArray *fields, guint line, GError **error)
{
  const char *const *texts = (const char *const *) fields->pdata;
  guint64 seats = 0;
  double x, y;
  gboolean right = FALSE;

  if (fields->len != N_FIELDS)
    sobre_csv_refuse (error, line, _ ("%u fields instead of %d"), fields->len, N_FIELDS);
  else if (!sobre_place_id_is_valid (texts[FIELD_STORE]))
    sobre_csv_refuse (error, line, _ ("“%s” has to be 1 to 32 letters, digits, dots and dashes"), field_names[FIELD_STORE]);
  else if (!sobre_place_id_is_valid (texts[FIELD_TABLE]))
    sobre_csv_refuse (error, line, _ ("“%s” has to be 1 to 32 letters, digits, dots and dashes"), field_names[FIELD_TABLE]);
  else if (strlen (texts[FIELD_ZONE]) > MAX_ZONE_BYTES)
    sobre_csv_refuse (error, line, _ ("“%s” is longer than %d bytes"), field_names[FIELD_ZONE], MAX_ZONE_BYTES);
  else if (texts[FIELD_SEATS][0] != '\0' && !g_ascii_string_to_unsigned (texts[FIELD_SEATS], 10, 0, MAX_SEATS, &seats, NULL))
    sobre_csv_refuse (error, line, _ ("“%s” has to be a whole number from 0 to %d, or empty"), field_names[FIELD_SEATS],
                      MAX_SEATS);
  else if (!read_place (texts[FIELD_X], &x) || !read_place (texts[FIELD_Y], &y))
    sobre_csv_refuse (error, line, _ ("“x” and “y” have to be numbers such as 2.5, or empty"));
  else
    right = TRUE;

  return right ? sobre_table_new (texts[FIELD_STORE], texts[FIELD_TABLE], texts[FIELD_ZONE], (guint) seats, x, y) : NULL;
}

static gboolean
read_tables (SobreCsvCursor *cursor, GListStore *tables, GError **error)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!sobre_csv_read_header (cursor, field_names, N_FIELDS, error))
    return FALSE;

  while (cursor->at < cursor->end)
    {
      g_autoptr (SobreTable) table = NULL;
      g_autofree char *as_written = NULL;
      g_autofree char *place = NULL;
      guint earlier;

      if (!sobre_csv_read_record (cursor, fields, error))
        return FALSE;
      if (fields->len == 1 && *(const char *) g_ptr_array_index (fields, 0) == '\0')
        continue;
      table = read_table (fields, cursor->record_line, error);
      if (table == NULL)
        return FALSE;

      as_written = g_strdup_printf ("%s/%s", table->store_id, table->table_id);
      place = g_ascii_strdown (as_written, -1);
      earlier = GPOINTER_TO_UINT (g_hash_table_lookup (lines, place));
      if (earlier != 0)
        return sobre_csv_refuse (error, cursor->record_line,
                                 _ ("store “%s” has table “%s” already in line %u; upper and lower case count as the same"),
                                 table->store_id, table->table_id, earlier);
      g_hash_table_insert (lines, g_steal_pointer (&place), GUINT_TO_POINTER (cursor->record_line));
      g_list_store_append (tables, table);
    }
  return TRUE;
}

GListModel *
sobre_table_list_parse (const char *csv, gssize length, GError **error)
{
  g_autoptr (GListStore) tables = g_list_store_new (SOBRE_TYPE_TABLE);
  gsize n_bytes = length < 0 ? strlen (csv) : (gsize) length;
  SobreCsvCursor cursor;

  if (n_bytes > MAX_FILE_BYTES)
    {
      g_set_error (error, SOBRE_SETTINGS_ERROR, SOBRE_SETTINGS_ERROR_INVALID, _ ("The list of tables is larger than 16 MiB"));
      return NULL;
    }
  if (!sobre_csv_cursor_init (&cursor, csv, n_bytes, error) || !read_tables (&cursor, tables, error))
    return NULL;
  return G_LIST_MODEL (g_steal_pointer (&tables));
}

static void
append_place (GString *csv, double place)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isnan (place))
    g_string_append (csv, g_ascii_dtostr (text, sizeof text, place));
}

/** sobre_table_list_format: Returns: (transfer full): a text that sobre_table_list_parse() reads back as the same tables */
char *
sobre_table_list_format (GListModel *tables)
{
  g_autoptr (GString) csv = g_string_new ("store_id,table_id,zone,seats,x,y\n");

  for (guint i = 0; i < g_list_model_get_n_items (tables); i++)
    {
      g_autoptr (SobreTable) table = g_list_model_get_item (tables, i);

      g_string_append_printf (csv, "%s,%s,", table->store_id, table->table_id);
      sobre_csv_append_field (csv, table->zone);
      g_string_append_printf (csv, ",%u,", table->seats);
      append_place (csv, table->x);
      g_string_append_c (csv, ',');
      append_place (csv, table->y);
      g_string_append_c (csv, '\n');
    }

  return g_string_free_and_steal (g_steal_pointer (&csv));
}
