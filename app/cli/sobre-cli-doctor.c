/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Each check answers one question about this computer or the workspace: it is fine, it is worth knowing, or something will not work; and
 * for the latter two, what to do. The checks change nothing. */

#include "sobre-config.h"

#include "cli/sobre-cli.h"

#include <cairo.h>
#include <glib/gi18n-lib.h>
#include <pango/pango.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "intake/sobre-collector.h"
#include "lake/sobre-spool.h"
#include "workspace/sobre-workspace-files.h"
#include "workspace/sobre-workspace-notes.h"

#define DEFAULT_PORT 8080
#define LITTLE_SPACE (G_GUINT64_CONSTANT (200) << 20)
#define NO_SPACE (G_GUINT64_CONSTANT (20) << 20)
#define MUCH_SPOOL (G_GUINT64_CONSTANT (64) << 20)

typedef enum
{
  FINE,
  WORTH_KNOWING,
  BROKEN,
} Verdict;

/* Doctor: collects what the checks say. */
typedef struct
{
  SobreCli *cli;
  SobreWorkspace *workspace; /* (nullable) */
  JsonBuilder *builder;
  gboolean broken;
} Doctor;

static void
say (Doctor *self, const char *check, Verdict verdict, const char *message, const char *advice)
{
  static const char *const names[] = { "fine", "warning", "failed" };
  static const char *const marks[] = { "✓", "!", "✗" };

  self->broken = self->broken || verdict == BROKEN;
  json_builder_begin_object (self->builder);
  json_builder_set_member_name (self->builder, "check");
  json_builder_add_string_value (self->builder, check);
  json_builder_set_member_name (self->builder, "verdict");
  json_builder_add_string_value (self->builder, names[verdict]);
  json_builder_set_member_name (self->builder, "message");
  json_builder_add_string_value (self->builder, message);
  json_builder_set_member_name (self->builder, "advice");
  if (advice != NULL)
    json_builder_add_string_value (self->builder, advice);
  else
    json_builder_add_null_value (self->builder);
  json_builder_end_object (self->builder);
  sobre_cli_output_print (self->cli->output, "%s %-12s %s", marks[verdict], check, message);
  if (advice != NULL)
    sobre_cli_output_print (self->cli->output, "  %-12s %s", "", advice);
}

static void
check_workspace (Doctor *self)
{
  g_autofree char *path = sobre_workspace_resolve_path (self->cli->workspace_option);
  g_autoptr (GError) error = NULL;

  self->workspace = sobre_workspace_open (path, &error);
  if (self->workspace != NULL)
    say (self, "workspace", FINE, path, NULL);
  else if (g_error_matches (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_MISSING))
    say (self, "workspace", BROKEN, error->message, _ ("Run “sobremesa init”, or “sobremesa init --sample” to look around"));
  else
    say (self, "workspace", BROKEN, error->message, _ ("Correct the file; the other files are as they were"));
}

static void
check_notes (Doctor *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) notes = sobre_workspace_load_notes (self->workspace, &error);

  if (notes != NULL)
    say (self, "notes", FINE, _ ("What happened on which day can be read"), NULL);
  else
    say (self, "notes", BROKEN, error->message, _ ("Correct the file; the other files are as they were"));
}

/* The names of what others on this computer can read and should not. */
static char *
list_open_paths (SobreWorkspace *workspace)
{
  static const char *const names[] = { "", SOBRE_STATE_FOLDER, SOBRE_STATE_FOLDER "/" SOBRE_CARD_KEY_FILE, SOBRE_LAKE_FOLDER };
  g_autoptr (GString) open = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (sobre_workspace_get_path (workspace), names[i], NULL);
      struct stat status;

      if (lstat (path, &status) == 0 && (status.st_mode & 077) != 0)
        g_string_append_printf (open, "%s%s", open->len > 0 ? ", " : "", path);
    }
  return g_string_free (g_steal_pointer (&open), FALSE);
}

static void
check_permissions (Doctor *self)
{
  g_autofree char *open = list_open_paths (self->workspace);
  g_autofree char *message = NULL;

  if (*open == '\0')
    {
      say (self, "permissions", FINE, _ ("Only you can read the answers and the cards' secret"), NULL);
      return;
    }
  message = g_strdup_printf (_ ("Other users of this computer can get at %s"), open);
  say (self, "permissions", WORTH_KNOWING, message, _ ("Take their rights away with “chmod go-rwx”"));
}

static void
check_secret (Doctor *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) secret = sobre_workspace_load_card_secret (self->workspace, &error);

  if (secret != NULL)
    say (self, "card secret", FINE, _ ("It is there"), NULL);
  else
    say (self, "card secret", BROKEN, error->message, _ ("Without it no card can be printed or verified"));
}

static void
check_cache (Doctor *self)
{
  const char *folder = sobre_workspace_get_cache_folder (self->workspace);
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreCacheReader) reader = sobre_cache_reader_open (folder, &error);

  if (reader != NULL)
    say (self, "cache", FINE, folder, NULL);
  else
    say (self, "cache", WORTH_KNOWING, error->message,
         _ ("Run “sobremesa sync”; it is made from the lake, so nothing is lost"));
}

static void
check_space (Doctor *self, const char *check, const char *folder)
{
  g_autofree char *existing = g_strdup (folder);
  g_autofree char *size = NULL;
  g_autofree char *message = NULL;
  struct statvfs status;
  guint64 free_bytes;

  /* The cache's folder is made by the first sync. */
  while (!g_file_test (existing, G_FILE_TEST_EXISTS) && strcmp (existing, "/") != 0)
    {
      char *parent = g_path_get_dirname (existing);

      g_free (existing);
      existing = parent;
    }
  if (statvfs (existing, &status) != 0)
    return;
  free_bytes = (guint64) status.f_bavail * status.f_frsize;
  size = g_format_size (free_bytes);
  message = g_strdup_printf (_ ("%s free below %s"), size, existing);
  if (free_bytes >= LITTLE_SPACE)
    say (self, check, FINE, message, NULL);
  else
    say (self, check, free_bytes < NO_SPACE ? BROKEN : WORTH_KNOWING, message,
         _ ("Make room: when the disk is full, guests are asked to try again and nothing new is stored"));
}

static void
check_spool (Doctor *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) segments = sobre_spool_list (sobre_workspace_get_spool_folder (self->workspace), &error);
  g_autofree char *message = NULL;
  g_autofree char *size = NULL;
  guint64 n_bytes = 0;

  if (segments == NULL)
    {
      say (self, "spool", BROKEN, error->message, _ ("Answers cannot be stored until the folder can be used"));
      return;
    }
  for (guint i = 0; i < segments->len; i++)
    n_bytes += ((const SobreSpoolSegment *) g_ptr_array_index (segments, i))->size;
  size = g_format_size (n_bytes);
  message = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u segment with %s waits for the lake",
                                          "%u segments with %s wait for the lake", segments->len),
                             segments->len, size);
  if (n_bytes < MUCH_SPOOL)
    say (self, "spool", FINE, message, NULL);
  else
    say (self, "spool", WORTH_KNOWING, message, _ ("Run “sobremesa sync” to bring them into the lake"));
}

static void
check_port (Doctor *self)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (g_socket_listener_add_inet_port (G_SOCKET_LISTENER (service), DEFAULT_PORT, NULL, &error))
    {
      g_socket_listener_close (G_SOCKET_LISTENER (service));
      message = g_strdup_printf (_ ("Port %d is free"), DEFAULT_PORT);
      say (self, "port", FINE, message, NULL);
      return;
    }
  message = g_strdup_printf (_ ("Port %d is taken: %s"), DEFAULT_PORT, error->message);
  say (self, "port", WORTH_KNOWING, message,
       _ ("If Sobremesa collects already, this is right; else stop the other program or use “intake --listen”"));
}

static gboolean
leads_here (const char *printed)
{
  g_auto (GStrv) addresses = sobre_lan_addresses_list (NULL);
  g_autoptr (GUri) uri = g_uri_parse (printed, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_strv_contains ((const char *const *) addresses, g_uri_get_host (uri));
}

static void
check_address (Doctor *self)
{
  g_autofree char *base = sobre_workspace_dup_guest_base (self->workspace);
  g_autofree char *printed = sobre_workspace_dup_printed_base (self->workspace);
  g_auto (GStrv) addresses = sobre_lan_addresses_list (NULL);
  g_autofree char *here = g_strjoinv (", ", addresses);
  g_autofree char *message = NULL;

  if (printed == NULL)
    {
      message = g_strdup_printf (_ ("No cards were printed yet; this computer is %s"), here);
      say (self, "address", FINE, message, NULL);
    }
  else if (leads_here (printed) || (base != NULL && g_ascii_strcasecmp (base, printed) == 0))
    {
      message = g_strdup_printf (_ ("The printed cards lead to %s, which is right"), printed);
      say (self, "address", FINE, message, NULL);
    }
  else
    {
      message = g_strdup_printf (_ ("The printed cards lead to %s, but this computer is %s"), printed, here);
      say (self, "address", WORTH_KNOWING, message,
           _ ("Have the router give this computer its old address again, or print new cards"));
    }
}

static void
check_libraries (Doctor *self)
{
  g_autofree char *message =
      g_strdup_printf ("Sobremesa %s, GLib %u.%u.%u, Cairo %s, Pango %s, libdex %d.%d.%d", SOBRE_VERSION, glib_major_version,
                       glib_minor_version, glib_micro_version, cairo_version_string (), pango_version_string (),
                       DEX_MAJOR_VERSION, DEX_MINOR_VERSION, DEX_MICRO_VERSION);

  say (self, "versions", FINE, message, NULL);
}

static void
check_programs (Doctor *self)
{
  static const char *const names[] = { "sobremesa-intake", "sobremesa-query" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (SOBRE_LIBEXECDIR, names[i], NULL);
      g_autofree char *message = NULL;

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        continue;
      message = g_strdup_printf (_ ("The program “%s” is missing"), path);
      say (self, "programs", BROKEN, message, _ ("Install Sobremesa again"));
    }
}

SobreCliStatus
sobre_cli_doctor (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;
  Doctor doctor = { .cli = self, .builder = builder };
  SobreCliStatus status;

  if (!sobre_cli_parse (self, command, NULL, &words, 0, 0, &status))
    return status;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "checks");
  json_builder_begin_array (builder);
  check_libraries (&doctor);
  check_programs (&doctor);
  check_workspace (&doctor);
  if (doctor.workspace != NULL)
    {
      check_notes (&doctor);
      check_permissions (&doctor);
      check_secret (&doctor);
      check_cache (&doctor);
      check_space (&doctor, "lake space", sobre_workspace_get_path (doctor.workspace));
      check_space (&doctor, "cache space", sobre_workspace_get_cache_folder (doctor.workspace));
      check_spool (&doctor);
      check_address (&doctor);
    }
  check_port (&doctor);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "healthy");
  json_builder_add_boolean_value (builder, !doctor.broken);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
  g_clear_object (&doctor.workspace);
  return doctor.broken ? SOBRE_CLI_FAILED : SOBRE_CLI_DONE;
}
