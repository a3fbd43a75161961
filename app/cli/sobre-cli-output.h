/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

/**
 * SobreCliOutput:
 *
 * The only place of the command line that prints. Results go to stdout: plain text, or with --json one document and nothing
 * else. Messages, warnings and progress go to stderr. Texts are UTF-8; characters that would steer a terminal are taken out of
 * everything that came from elsewhere before it is shown as text.
 */
typedef struct _SobreCliOutput SobreCliOutput;

/** sobre_cli_output_new: @out: descriptor of results · @err: of messages; neither is closed. Returns: (transfer full) */
SobreCliOutput *sobre_cli_output_new (int out, int err);
void sobre_cli_output_free (SobreCliOutput *self);

void sobre_cli_output_set_json (SobreCliOutput *self, gboolean json);
gboolean sobre_cli_output_get_json (SobreCliOutput *self);

/** Without messages and progress; warnings and errors still come. */
void sobre_cli_output_set_quiet (SobreCliOutput *self, gboolean quiet);

/** Whether progress may be redrawn in place. */
gboolean sobre_cli_output_is_terminal (SobreCliOutput *self);

/** sobre_cli_output_print: a line of the result; nothing with --json. */
void sobre_cli_output_print (SobreCliOutput *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** sobre_cli_output_print_document: the result with --json; nothing without. */
void sobre_cli_output_print_document (SobreCliOutput *self, JsonNode *document);

/** sobre_cli_output_get_stream: (transfer none): where results go, for those that write themselves. */
GOutputStream *sobre_cli_output_get_stream (SobreCliOutput *self);

/** sobre_cli_output_note: a line on stderr, unless quiet. */
void sobre_cli_output_note (SobreCliOutput *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** sobre_cli_output_warn: a line on stderr that begins with "sobremesa: ". */
void sobre_cli_output_warn (SobreCliOutput *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** sobre_cli_output_fail: says @error on stderr and, with --json, as {"error": {"domain", "code", "message"}} on stdout. */
void sobre_cli_output_fail (SobreCliOutput *self, const GError *error);

/**
 * sobre_cli_output_progress:
 * @fraction: 0–1; below 0 when it is not known how much there is
 *
 * On a terminal one bar that is redrawn, elsewhere a line for each tenth, nothing when quiet.
 */
void sobre_cli_output_progress (SobreCliOutput *self, const char *what, double fraction);

/** sobre_cli_output_progress_detail: the same with something behind it that changes all the time. @detail: (nullable): "8.1 MB/s, 6 s left" */
void sobre_cli_output_progress_detail (SobreCliOutput *self, const char *what, double fraction, const char *detail);

/** Takes the bar off the terminal, so that something else may be written. */
void sobre_cli_output_clear_progress (SobreCliOutput *self);

/** sobre_cli_output_finish: Returns: %FALSE when stdout did not take everything; it has been said on stderr then */
gboolean sobre_cli_output_finish (SobreCliOutput *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreCliOutput, sobre_cli_output_free)
