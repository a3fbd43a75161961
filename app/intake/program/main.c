/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sobremesa-intake: takes guests' answers over HTTP and acknowledges them when they are on disk. It is a process of its own
 * because it is the only one that strangers can talk to: it holds no keys but the cards' secret, reads its input before it
 * listens, and afterwards can write to the spool and read the published menus, and nothing else.
 */

#include "sobre-config.h"

#include <glib-unix.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "intake/sobre-lan-addresses.h"
#include "lake/sobre-lake-files.h"
#include "model/sobre-card-key.h"
#include "model/sobre-settings.h"
#include "model/sobre-table.h"
#include "sobre-intake-options.h"
#include "sobre-intake-server.h"
#include "sobre-intake-status.h"
#include "sobre-sandbox.h"

#define COUNTS_MS 1000
#define FIRST_EPOCH 1

/* Everything that is read before the first guest comes. @menu_folder: the menu's, -1 for none */
typedef struct
{
  SobreSettings *settings;
  SobreForm *form;
  GListModel *tables;
  SobrePlaces *places;
  SobreSiteAssets *assets;
  SobreMenuLive *menu;
  int menu_folder;
} Input;

typedef struct
{
  GMainLoop *loop;
  SobreIntakeServer *server;
  SobreIntakeStatus *status;
  SobreIntakeCounts told;
} Run;

static void
input_clear (Input *input)
{
  g_clear_pointer (&input->settings, sobre_settings_free);
  g_clear_object (&input->form);
  g_clear_object (&input->tables);
  g_clear_pointer (&input->places, sobre_places_free);
  g_clear_pointer (&input->menu, sobre_menu_live_free);
  g_clear_pointer (&input->assets, sobre_site_assets_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Input, input_clear)

/* Reads the cards' secret from its descriptor, which is closed then. Without one every key is wrong. */
static GBytes *
read_secret (int fd, GError **error)
{
  guint8 secret[SOBRE_CARD_SECRET_LENGTH] = { 0 };
  gsize length = 0;
  gssize n = 1;

  if (fd < 0)
    return g_bytes_new (secret, 0);
  while (length < sizeof secret && n > 0)
    {
      n = read (fd, secret + length, sizeof secret - length);
      length += MAX (n, 0);
    }
  close (fd);
  if (length == sizeof secret)
    return g_bytes_new (secret, sizeof secret);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the cards' secret has %" G_GSIZE_FORMAT " bytes, not 32", length);
  return NULL;
}

static gboolean
read_settings (const char *path, Input *input, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (path == NULL)
    return TRUE;
  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  input->settings = sobre_settings_parse (text, length, error);
  return input->settings != NULL;
}

static gboolean
read_form (const char *path, Input *input, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  input->form = sobre_form_parse (text, length, NULL, error);
  return input->form != NULL;
}

static gboolean
read_tables (const char *path, Input *input, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  input->tables = sobre_table_list_parse (text, length, error);
  return input->tables != NULL;
}

/* The menu is read when guests ask for it, as often as it changes; here its folder is taken, because later no path can be opened. */
static gboolean
open_menu (const char *path, Input *input, GError **error)
{
  if (path == NULL)
    return TRUE;
  input->menu_folder = sobre_files_open_folder (path, FALSE, error);
  if (input->menu_folder < 0)
    return FALSE;
  input->menu = sobre_menu_live_new (input->menu_folder, input->assets);
  return TRUE;
}

static gboolean
read_input (const SobreIntakeOptions *options, Input *input, GError **error)
{
  g_autoptr (GBytes) secret = read_secret (options->key_fd, error);

  if (secret == NULL || !read_settings (options->settings, input, error) || !read_form (options->form, input, error) ||
      !read_tables (options->tables, input, error))
    return FALSE;
  input->places = sobre_places_new (input->tables, secret, input->settings != NULL ? input->settings->card_epoch : FIRST_EPOCH);
  input->assets = sobre_site_assets_load (options->site, error);
  return input->assets != NULL && open_menu (options->menu, input, error);
}

static const char *
name_listen_failure (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE) ? "port-taken" : "address";
}

static void
stop_cb (gpointer user_data)
{
  Run *run = user_data;

  g_main_loop_quit (run->loop);
}

static gboolean
signal_cb (gpointer user_data)
{
  stop_cb (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
counts_cb (gpointer user_data)
{
  Run *run = user_data;
  SobreIntakeCounts counts = sobre_intake_server_get_counts (run->server);

  if (counts.accepted != run->told.accepted || counts.refused != run->told.refused ||
      counts.connections != run->told.connections)
    sobre_intake_status_counts (run->status, &counts);
  run->told = counts;
  return G_SOURCE_CONTINUE;
}

/* The folder has to be there before files can be confined to it. */
static gboolean
make_spool (const char *folder, GError **error)
{
  int spool = sobre_spool_open (folder, error);

  if (spool >= 0)
    close (spool);
  return spool >= 0;
}

static int
fail (SobreIntakeStatus *status, const char *reason, const char *message)
{
  sobre_intake_status_failed (status, reason, message);
  g_printerr ("sobremesa-intake: %s: %s\n", reason, message);
  return EXIT_FAILURE;
}

static void
tell_listening (Run *run, GInetSocketAddress *address)
{
  g_autofree char *listen = g_inet_address_to_string (g_inet_socket_address_get_address (address));
  g_auto (GStrv) addresses = sobre_lan_addresses_list (listen);

  sobre_intake_status_listening (run->status, sobre_intake_server_get_port (run->server), (const char *const *) addresses);
}

/* Serves until it is told to stop. What was acknowledged is on disk at every moment; stopping only closes the segment. */
static int
serve (Run *run, const SobreIntakeOptions *options, Input *input, GInetSocketAddress *address)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreClock) clock = sobre_system_clock_new ();
  g_autoptr (SobreRandom) random = sobre_system_random_new ();
  const SobreSpoolLimits limits = {
    .segment_bytes = options->segment_bytes > 0 ? (guint64) options->segment_bytes : SOBRE_SPOOL_SEGMENT_BYTES,
    .segment_seconds = SOBRE_SPOOL_SEGMENT_SECONDS,
  };
  g_autoptr (SobreInbox) inbox = sobre_inbox_new (options->spool, input->places, clock, random, &limits, &error);
  const SobreIntakePages pages = {
    .form = input->form,
    .assets = input->assets,
    .menu = input->menu,
    .settings = input->settings,
    .places = input->places,
    .clock = clock,
    .random = random,
  };
  const SobreIntakeSetup setup = {
    .inbox = inbox,
    .pages = &pages,
    .hosts = (const char *const *) options->hosts,
  };

  if (inbox == NULL)
    return fail (run->status, "spool", error->message);
  run->server = sobre_intake_server_new (&setup, address, &error);
  if (run->server == NULL)
    return fail (run->status, name_listen_failure (error), error->message);
  g_unix_signal_add (SIGTERM, signal_cb, run);
  g_unix_signal_add (SIGINT, signal_cb, run);
  g_timeout_add (COUNTS_MS, counts_cb, run);
  tell_listening (run, address);
  if (!SOBRE_SANITIZED && !sobre_sandbox_restrict_calls ())
    g_warning ("this kernel has no seccomp: intake runs with every system call");
  g_main_loop_run (run->loop);

  sobre_intake_server_stop (run->server);
  g_clear_pointer (&inbox, sobre_inbox_free);
  counts_cb (run);
  sobre_intake_server_free (run->server);
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  g_auto (SobreIntakeOptions) options = { 0 };
  g_auto (Input) input = { .menu_folder = -1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GInetSocketAddress) address = NULL;
  g_autoptr (SobreIntakeStatus) status = NULL;
  Run run = { .loop = loop };

  sobre_sandbox_begin ();
  if (!sobre_intake_options_parse (&options, argc, argv, &error))
    {
      g_printerr ("sobremesa-intake: %s\n", error->message);
      return 2;
    }
  status = sobre_intake_status_new (options.status_fd, stop_cb, &run);
  run.status = status;
  address = sobre_intake_options_dup_address (&options);
  if (address == NULL)
    return fail (status, "address", "--listen has to be a numeric ADDR:PORT");
  if (!read_input (&options, &input, &error))
    return fail (status, "input", error->message);
  if (!make_spool (options.spool, &error))
    return fail (status, "spool", error->message);
  if (!SOBRE_SANITIZED && sobre_sandbox_restrict_files (options.spool, input.menu_folder) == 0)
    g_message ("this kernel has no Landlock: seccomp alone keeps intake in");
  return serve (&run, &options, &input, address);
}
