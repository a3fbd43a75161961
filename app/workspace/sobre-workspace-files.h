/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

/* The names of a workspace's files, and reading and writing them. docs/data-flow.md says what is in which. */
#define SOBRE_WORKSPACE_FILE "workspace.json"
#define SOBRE_TABLES_FILE "tables.csv"
#define SOBRE_FORM_FILE "form.json"
#define SOBRE_NOTES_FILE "notes.csv"
#define SOBRE_MENU_FILE "menu.json"
#define SOBRE_PUBLISHED_FOLDER "published"
#define SOBRE_MENU_FOLDER "menu"
#define SOBRE_FORM_FOLDER "form"
#define SOBRE_QUERIES_FOLDER "queries"
#define SOBRE_LAKE_FOLDER "lake"
#define SOBRE_STATE_FOLDER ".sobremesa"
#define SOBRE_ATHENA_FOLDER "athena"
#define SOBRE_SPOOL_FOLDER "spool"
#define SOBRE_CARD_KEY_FILE "card.key"
#define SOBRE_PRINTED_FILE "printed-base"
#define SOBRE_JOURNALS_FOLDER "deploy-journal"
#define SOBRE_SITE_FILE "site" /* in the folder of the journals: the stack's name, a space, where its site is */

/**
 * sobre_workspace_read_file:
 * @folder: the workspace
 * @name: a file of it
 * @length: (out) (optional): bytes
 *
 * Reads a file that people edit: at most 4 MiB of UTF-8 without NUL. Blocks.
 *
 * Returns: (transfer full) (nullable): the text, terminated; %NULL with %SOBRE_WORKSPACE_ERROR that names the file
 */
char *sobre_workspace_read_file (const char *folder, const char *name, gsize *length, GError **error);

/**
 * sobre_workspace_write_file:
 * @length: bytes of @text, or -1 when it is terminated
 *
 * Writes a file of mode 0600 so that it is there whole or as it was. Blocks.
 *
 * Returns: %FALSE with %SOBRE_WORKSPACE_ERROR_FAILED
 */
gboolean sobre_workspace_write_file (const char *folder, const char *name, const char *text, gssize length, GError **error);

/** sobre_workspace_make_folder: makes @path and what is missing above it, mode 0700. Returns: %FALSE with %SOBRE_WORKSPACE_ERROR_FAILED */
gboolean sobre_workspace_make_folder (const char *path, GError **error);

/** sobre_workspace_remove_tree: removes @path and everything below it; links are removed, never followed. Blocks. */
void sobre_workspace_remove_tree (const char *path);
