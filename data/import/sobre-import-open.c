/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "import/sobre-import-private.h"

#define MAX_MAPPING_BYTES (1024 * 1024)
#define MAX_MAPPINGS 1000
#define SUFFIX ".json"
#define MAX_SHOWN 60 /* characters */
#define MAX_SHOWN_BYTES ((gsize) 4 * MAX_SHOWN)

void
sobre_import_free (SobreImport *self)
{
  g_clear_pointer (&self->mapping, sobre_import_mapping_free);
  g_clear_pointer (&self->survey, sobre_import_survey_free);
  g_clear_pointer (&self->source, sobre_import_source_free);
  sobre_import_reading_clear (&self->reading);
  g_free (self->workspace);
  g_free (self->file);
  g_free (self);
}

const SobreImportMapping *
sobre_import_get_mapping (const SobreImport *self)
{
  return self->mapping;
}

const SobreImportSurvey *
sobre_import_get_survey (const SobreImport *self)
{
  return self->survey;
}

const SobreImportSource *
sobre_import_get_source (const SobreImport *self)
{
  return self->source;
}

const char *
sobre_import_get_mapping_file (const SobreImport *self)
{
  return self->file;
}

gboolean
sobre_import_is_known_form (const SobreImport *self)
{
  return self->known;
}

static char *
make_file (SobreDataset dataset, const char *shape)
{
  return g_strdup_printf (SOBRE_IMPORT_FOLDER "/%s-%s" SUFFIX, sobre_import_dataset_get_name (dataset), shape);
}

/* Returns: whether there is such a file; @mapping is set unless it is broken. */
static gboolean
load_mapping (const char *workspace, const char *file, SobreImportMapping **mapping, GError **error)
{
  g_autofree char *path = g_build_filename (workspace, file, NULL);
  g_autofree char *text = NULL;
  GError *cause = NULL;
  gsize length;

  *mapping = NULL;
  if (!g_file_get_contents (path, &text, &length, &cause))
    {
      gboolean missing = g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
                         g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);

      if (missing)
        g_error_free (cause);
      else
        g_propagate_error (error, cause);
      return !missing;
    }
  if (length > MAX_MAPPING_BYTES)
    g_set_error (&cause, SOBRE_SETTINGS_ERROR, SOBRE_SETTINGS_ERROR_INVALID, _ ("the file is larger than 1 MiB"));
  else
    *mapping = sobre_import_mapping_parse (text, (gssize) length, &cause);
  if (*mapping == NULL)
    {
      g_propagate_error (error, cause);
      g_prefix_error (error, "%s: ", file);
    }
  return TRUE;
}

static int
compare_files (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The workspace's mappings, "imports/….json", in order. */
static GPtrArray *
list_files (const char *workspace)
{
  g_autofree char *path = g_build_filename (workspace, SOBRE_IMPORT_FOLDER, NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (folder != NULL && files->len < MAX_MAPPINGS && (name = g_dir_read_name (folder)) != NULL)
    {
      if (g_str_has_suffix (name, SUFFIX) && name[0] != '.')
        g_ptr_array_add (files, g_strconcat (SOBRE_IMPORT_FOLDER "/", name, NULL));
    }
  g_ptr_array_sort (files, compare_files);
  return files;
}

static gboolean
says_anything (const SobreImportReading *reading)
{
  static const SobreImportReading nothing = { 0 };

  return !sobre_import_reading_equal (reading, &nothing);
}

/* A saved mapping that says how its files are read: read so, has this one its form? */
static SobreImportSource *
try_saved_readings (const char *path, const char *workspace)
{
  g_autoptr (GPtrArray) files = list_files (workspace);

  for (guint i = 0; i < files->len; i++)
    {
      const char *file = g_ptr_array_index (files, i);
      g_autoptr (SobreImportMapping) mapping = NULL;
      g_autoptr (SobreImportSource) source = NULL;
      g_autofree char *shape = NULL;
      g_autofree char *own = NULL;

      load_mapping (workspace, file, &mapping, NULL);
      if (mapping == NULL || !says_anything (&mapping->reading))
        continue;
      source = sobre_import_source_open (path, &mapping->reading, NULL);
      if (source == NULL || sobre_import_source_is_json (source))
        continue;
      shape = sobre_import_source_make_shape (source);
      own = make_file (mapping->dataset, shape);
      if (strcmp (own, file) == 0)
        return g_steal_pointer (&source);
    }
  return NULL;
}

static SobreImportSource *
open_source (const char *path, const SobreImportReading *reading, const char *workspace, GError **error)
{
  SobreImportSource *source = says_anything (reading) ? NULL : try_saved_readings (path, workspace);

  return source != NULL ? source : sobre_import_source_open (path, reading, error);
}

static gboolean
has_all_columns (const SobreImportMapping *mapping, const SobreImportSurvey *survey)
{
  for (guint i = 0; i < mapping->fields->len; i++)
    {
      const SobreImportField *field = g_ptr_array_index (mapping->fields, i);

      if (field->column != NULL && sobre_import_survey_find (survey, field->column) < 0)
        return FALSE;
    }
  return TRUE;
}

/* Lines of JSON leave out what is empty, so files of one form need not have the same names in them: one that has all that a saved
 * mapping names has its form. */
static gboolean
find_by_columns (SobreImport *self, const char *kind)
{
  g_autoptr (GPtrArray) files = list_files (self->workspace);

  for (guint i = 0; i < files->len; i++)
    {
      const char *file = g_ptr_array_index (files, i);
      g_autoptr (SobreImportMapping) mapping = NULL;

      load_mapping (self->workspace, file, &mapping, NULL);
      if (mapping == NULL || (kind != NULL && strcmp (kind, sobre_import_dataset_get_name (mapping->dataset)) != 0) ||
          !has_all_columns (mapping, self->survey))
        continue;
      self->mapping = g_steal_pointer (&mapping);
      g_set_str (&self->file, file);
      return TRUE;
    }
  return FALSE;
}

/* The saved mappings for this form: of @kind, or of either kind if only one is there. */
static gboolean
find_saved (SobreImport *self, const char *kind, const char *shape, GError **error)
{
  static const SobreDataset datasets[] = { SOBRE_DATASET_RESPONSES, SOBRE_DATASET_ORDERS };
  guint n_found = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (datasets); i++)
    {
      g_autofree char *file = make_file (datasets[i], shape);
      g_autoptr (SobreImportMapping) mapping = NULL;

      if ((kind != NULL && strcmp (kind, sobre_import_dataset_get_name (datasets[i])) != 0) ||
          !load_mapping (self->workspace, file, &mapping, error))
        continue;
      if (mapping == NULL)
        return FALSE;
      n_found++;
      g_clear_pointer (&self->mapping, sobre_import_mapping_free);
      self->mapping = g_steal_pointer (&mapping);
      g_set_str (&self->file, file);
    }
  if (n_found > 1)
    {
      g_clear_pointer (&self->mapping, sobre_import_mapping_free);
      g_set_error_literal (
          error, SOBRE_IMPORT_ERROR, SOBRE_IMPORT_ERROR_MAPPING,
          _ ("Files of this form were imported as answers and as orders; --kind answers or --kind orders says which "
             "it is now"));
      return FALSE;
    }
  self->known = n_found == 1 || (sobre_import_source_is_json (self->source) && find_by_columns (self, kind));
  return TRUE;
}

static gboolean
guess (SobreImport *self, const char *kind, const char *shape, GError **error)
{
  SobreDataset dataset;

  if (kind != NULL && !sobre_import_dataset_parse (kind, &dataset))
    {
      g_set_error (error, SOBRE_IMPORT_ERROR, SOBRE_IMPORT_ERROR_MAPPING, _ ("“%s” is neither answers nor orders"), kind);
      return FALSE;
    }
  if (kind == NULL && !sobre_import_guess_dataset (self->survey, self->house, &dataset, error))
    return FALSE;
  self->mapping = sobre_import_mapping_guess (self->survey, self->house, dataset);
  g_free (self->file);
  self->file = make_file (dataset, shape);
  return TRUE;
}

static gboolean
settle_mapping (SobreImport *self, const SobreImportWishes *wishes, GError **error)
{
  g_autofree char *shape = sobre_import_source_make_shape (self->source);
  GError *cause = NULL;

  if (!find_saved (self, wishes->kind, shape, &cause) || (!self->known && !guess (self, wishes->kind, shape, &cause)))
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  if (says_anything (&self->reading))
    {
      sobre_import_reading_clear (&self->mapping->reading);
      sobre_import_reading_copy (&self->reading, &self->mapping->reading);
    }
  return sobre_import_mapping_complete (self->mapping, self->survey, self->house, wishes, error);
}

gboolean
sobre_import_settle (SobreImport *self, const SobreImportWishes *wishes, GError **error)
{
  g_clear_pointer (&self->mapping, sobre_import_mapping_free);
  g_clear_pointer (&self->file, g_free);
  self->known = FALSE;
  self->is_settled = settle_mapping (self, wishes, error);
  return self->is_settled;
}

SobreImport *
sobre_import_look (const char *path,
                   const SobreImportReading *reading,
                   const char *workspace,
                   const SobreImportHouse *house,
                   SobreImportProgress progress,
                   gpointer user_data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (SobreImport) self = g_new0 (SobreImport, 1);

  self->workspace = g_strdup (workspace);
  self->house = house;
  sobre_import_reading_copy (reading, &self->reading);
  self->source = open_source (path, reading, workspace, error);
  if (self->source == NULL)
    return NULL;
  self->survey = sobre_import_survey_new (self->source, progress, user_data, cancellable, error);
  return self->survey != NULL ? g_steal_pointer (&self) : NULL;
}

SobreImport *
sobre_import_open (const char *path,
                   const SobreImportReading *reading,
                   const char *workspace,
                   const SobreImportHouse *house,
                   const SobreImportWishes *wishes,
                   SobreImportProgress progress,
                   gpointer user_data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (SobreImport) self = sobre_import_look (path, reading, workspace, house, progress, user_data, cancellable, error);

  return self != NULL && sobre_import_settle (self, wishes, error) ? g_steal_pointer (&self) : NULL;
}

static char *
dup_cell (SobreText cell)
{
  g_autofree char *text = g_utf8_make_valid (cell.data != NULL ? cell.data : "", (gssize) MIN (cell.length, MAX_SHOWN_BYTES));

  for (char *at = text; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  return g_utf8_strlen (text, -1) > MAX_SHOWN ? g_utf8_substring (text, 0, MAX_SHOWN) : g_steal_pointer (&text);
}

GPtrArray *
sobre_import_read_first (SobreImport *self, guint n)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  const SobreImportRow *row;

  if (!sobre_import_source_rewind (self->source, NULL))
    return rows;
  while (rows->len < n && (row = sobre_import_source_next (self->source, NULL)) != NULL)
    {
      g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();

      if (row->reason != NULL)
        continue;
      for (guint i = 0; i < row->n_cells; i++)
        g_strv_builder_take (cells, dup_cell (row->cells[i]));
      g_ptr_array_add (rows, g_strv_builder_end (cells));
    }
  return rows;
}

gboolean
sobre_import_save_mapping (const SobreImport *self, GError **error)
{
  g_autofree char *text = sobre_import_mapping_format (self->mapping);
  g_autofree char *path = g_build_filename (self->workspace, self->file, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *there = NULL;
  GError *cause = NULL;

  if (g_file_get_contents (path, &there, NULL, NULL) && strcmp (there, text) == 0)
    return TRUE;
  g_mkdir_with_parents (folder, 0700);
  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &cause))
    return TRUE;
  g_set_error (error, SOBRE_IMPORT_ERROR, SOBRE_IMPORT_ERROR_FAILED,
               _ ("The rows are imported, but how they were read cannot be saved: %s"), cause->message);
  g_error_free (cause);
  return FALSE;
}
