/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <fcntl.h>
#include <glib-unix.h>
#include <string.h>
#include <unistd.h>

#include "cli/sobre-cli-output.h"

/* Fixture: an output that writes into two pipes; what arrives is small enough for a pipe to hold. */
typedef struct
{
  int out[2];
  int err[2];
  SobreCliOutput *output;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_assert_true (g_unix_open_pipe (self->out, O_CLOEXEC, NULL));
  g_assert_true (g_unix_open_pipe (self->err, O_CLOEXEC, NULL));
  self->output = sobre_cli_output_new (self->out[1], self->err[1]);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->output, sobre_cli_output_free);
  close (self->out[0]);
  close (self->err[0]);
}

/* Closes the writing ends and gives what arrived. */
static void
finish (Fixture *self, char **out, char **err)
{
  static const gsize size = 65536;
  gssize n;

  g_assert_true (sobre_cli_output_finish (self->output));
  close (self->out[1]);
  close (self->err[1]);
  *out = g_malloc0 (size);
  *err = g_malloc0 (size);
  n = read (self->out[0], *out, size - 1);
  g_assert_cmpint (n, >=, 0);
  n = read (self->err[0], *err, size - 1);
  g_assert_cmpint (n, >=, 0);
}

static JsonNode *
make_document (void)
{
  return json_from_string ("{\"n\": 1}", NULL);
}

static void
test_text (Fixture *self, gconstpointer data)
{
  g_autoptr (JsonNode) document = make_document ();
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;

  sobre_cli_output_print (self->output, "%d answers", 3);
  sobre_cli_output_print_document (self->output, document);
  sobre_cli_output_note (self->output, "a note");
  sobre_cli_output_warn (self->output, "a warning");
  finish (self, &out, &err);
  g_assert_cmpstr (out, ==, "3 answers\n");
  g_assert_cmpstr (err, ==, "a note\nsobremesa: a warning\n");
}

static void
test_json (Fixture *self, gconstpointer data)
{
  g_autoptr (JsonNode) document = make_document ();
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;

  sobre_cli_output_set_json (self->output, TRUE);
  sobre_cli_output_print (self->output, "%d answers", 3);
  sobre_cli_output_print_document (self->output, document);
  sobre_cli_output_progress (self->output, "Reading", 0.5);
  finish (self, &out, &err);
  g_assert_cmpstr (out, ==, "{\"n\":1}\n");
  g_assert_cmpstr (err, ==, "Reading: 50 %\n");
}

static void
test_json_failure (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_NOENT, "no \"such\" file");
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autoptr (JsonNode) document = NULL;
  JsonObject *object;

  sobre_cli_output_set_json (self->output, TRUE);
  sobre_cli_output_fail (self->output, error);
  finish (self, &out, &err);
  document = json_from_string (out, NULL);
  g_assert_nonnull (document);
  object = json_object_get_object_member (json_node_get_object (document), "error");
  g_assert_cmpstr (json_object_get_string_member (object, "message"), ==, "no \"such\" file");
  g_assert_cmpstr (json_object_get_string_member (object, "domain"), ==, "g-file-error-quark");
  g_assert_cmpint (json_object_get_int_member (object, "code"), ==, G_FILE_ERROR_NOENT);
  g_assert_cmpstr (err, ==, "sobremesa: no \"such\" file\n");
}

static void
test_quiet (Fixture *self, gconstpointer data)
{
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;

  sobre_cli_output_set_quiet (self->output, TRUE);
  sobre_cli_output_note (self->output, "a note");
  sobre_cli_output_progress (self->output, "Reading", 0.5);
  sobre_cli_output_print (self->output, "the result");
  sobre_cli_output_warn (self->output, "a warning");
  finish (self, &out, &err);
  g_assert_cmpstr (out, ==, "the result\n");
  g_assert_cmpstr (err, ==, "sobremesa: a warning\n");
}

/* Not on a terminal: a line for each tenth, not for each call. */
static void
test_progress (Fixture *self, gconstpointer data)
{
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i <= 1000; i++)
    sobre_cli_output_progress (self->output, "Reading", i / 1000.0);
  finish (self, &out, &err);
  lines = g_strsplit (err, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 12);
  g_assert_cmpstr (lines[0], ==, "Reading: 0 %");
  g_assert_cmpstr (lines[10], ==, "Reading: 100 %");
  g_assert_cmpstr (out, ==, "");
}

static void
test_terminal_is_not_steered (Fixture *self, gconstpointer data)
{
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;

  sobre_cli_output_print (self->output, "%s",
                          "a\x1b[2Jb\x07\xc2\x9b"
                          "c\tمرحبا");
  sobre_cli_output_warn (self->output, "%s", "x\x1b]0;y\xffz");
  finish (self, &out, &err);
  g_assert_cmpstr (out, ==, "a[2Jbc\tمرحبا\n");
  g_assert_cmpstr (err, ==, "sobremesa: x]0;y\xef\xbf\xbdz\n");
}

static void
test_full_stdout (void)
{
  int full = open ("/dev/full", O_WRONLY | O_CLOEXEC);
  int err[2];
  g_autoptr (SobreCliOutput) output = NULL;
  char text[1024] = { 0 };

  g_assert_true (g_unix_open_pipe (err, O_CLOEXEC, NULL));
  output = sobre_cli_output_new (full, err[1]);
  sobre_cli_output_print (output, "the result");
  g_assert_false (sobre_cli_output_finish (output));
  g_assert_cmpint (read (err[0], text, sizeof text - 1), >, 0);
  g_assert_true (g_str_has_prefix (text, "sobremesa: "));
  close (err[0]);
  close (err[1]);
  close (full);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define CASE(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  CASE ("/cli/output/text", test_text);
  CASE ("/cli/output/json", test_json);
  CASE ("/cli/output/json-failure", test_json_failure);
  CASE ("/cli/output/quiet", test_quiet);
  CASE ("/cli/output/progress", test_progress);
  CASE ("/cli/output/terminal-is-not-steered", test_terminal_is_not_steered);
  g_test_add_func ("/cli/output/full-stdout", test_full_stdout);
  return g_test_run ();
}
