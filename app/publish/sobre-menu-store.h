/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "model/sobre-menu-changes.h"

G_BEGIN_DECLS

/* The menus that a restaurant has published: a folder with
 *
 *   menu.<16 digits>.json   a published document, byte for byte, under the first digits of its SHA-256; never changed, never removed
 *   history.jsonl           a line for each publish and each roll-back, with what it changed about allergens; only ever appended to
 *   current.json            the pointer: which document guests see, what of it is sold out, and how many bytes of the history count
 *
 * They are written in this order, each durably and whole, so the pointer's rename is the moment at which everything changes at once.
 * Whoever dies before it has changed nothing: lines beyond the pointer's count never happened, and the next writer cuts them off. One
 * writer at a time, by a lock on the folder; readers need none, because what a pointer names stays. */

#define SOBRE_MENU_POINTER_FILE "current.json"
#define SOBRE_MENU_HISTORY_FILE "history.jsonl"

#define SOBRE_MENU_ERROR (sobre_menu_error_quark ())
GQuark sobre_menu_error_quark (void);

/**
 * SobreMenuError:
 * @SOBRE_MENU_ERROR_NONE: no menu is published: publish one
 * @SOBRE_MENU_ERROR_VERSION: there is no such version
 * @SOBRE_MENU_ERROR_ITEM: the published menu has no such item
 * @SOBRE_MENU_ERROR_DAMAGED: what is there is not what was written; the message names the file
 * @SOBRE_MENU_ERROR_FAILED: the file system refused; guests see what they saw
 */
typedef enum
{
  SOBRE_MENU_ERROR_NONE,
  SOBRE_MENU_ERROR_VERSION,
  SOBRE_MENU_ERROR_ITEM,
  SOBRE_MENU_ERROR_DAMAGED,
  SOBRE_MENU_ERROR_FAILED,
} SobreMenuError;

/**
 * SobreMenuPointer: what guests see.
 * @since: when it was put there, milliseconds since the epoch
 * @file: name of the document
 * @currency: what its prices are in
 * @time_zone: what its parts of the day are in
 * @sold_out: (array zero-terminated=1): items, in order
 * @history_bytes: how much of the history counts
 */
typedef struct
{
  guint version;
  gint64 since;
  char *file;
  char *sha256;
  char *currency;
  char *time_zone;
  char **sold_out;
  guint64 history_bytes;
} SobreMenuPointer;

void sobre_menu_pointer_free (SobreMenuPointer *self);

/** SobreMenuAction: what happened to what guests see. */
typedef enum
{
  SOBRE_MENU_PUBLISHED,
  SOBRE_MENU_ROLLED_BACK,
} SobreMenuAction;

/**
 * SobreMenuEntry: a line of the history.
 * @version: what guests saw from then on
 * @changes: (element-type SobreAllergenChange)
 */
typedef struct
{
  gint64 at;
  SobreMenuAction action;
  guint version;
  char *file;
  char *sha256;
  char *currency;
  guint n_dishes;
  GPtrArray *changes;
} SobreMenuEntry;

void sobre_menu_entry_free (SobreMenuEntry *self);

/**
 * sobre_menu_store_read_pointer:
 * @folder: a descriptor of the folder
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_MENU_ERROR_NONE or %SOBRE_MENU_ERROR_DAMAGED
 */
SobreMenuPointer *sobre_menu_store_read_pointer (int folder, GError **error);

/**
 * sobre_menu_store_read_document:
 * @folder: a descriptor of the folder
 *
 * The document that a pointer names, once its bytes have the pointer's hash. Blocks.
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_MENU_ERROR_DAMAGED
 */
GBytes *sobre_menu_store_read_document (int folder, const SobreMenuPointer *pointer, GError **error);

/** sobre_menu_store_load: likewise, read. Returns: (transfer full) (nullable): %NULL with %SOBRE_MENU_ERROR_DAMAGED */
SobreMenu *sobre_menu_store_load (int folder, const SobreMenuPointer *pointer, GError **error);

/**
 * sobre_menu_store_look:
 * @menu: (out) (optional) (transfer full) (nullable): %NULL with what is returned when its document is damaged
 *
 * What guests see now. Blocks.
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_MENU_ERROR_NONE or %SOBRE_MENU_ERROR_DAMAGED
 */
SobreMenuPointer *sobre_menu_store_look (const char *folder, SobreMenu **menu, GError **error);

/** sobre_menu_store_list_history: Blocks. Returns: (transfer full) (element-type SobreMenuEntry): the oldest first; %NULL with an error */
GPtrArray *sobre_menu_store_list_history (const char *folder, GError **error);

/**
 * sobre_menu_store_publish:
 * @folder: made if it is not there
 * @document: a menu.json that sobre_menu_parse() takes with @currency
 * @now: milliseconds since the epoch
 *
 * Makes @document what guests see, as a new version, unless it is that already. What was sold out and is still on the menu stays so. Blocks.
 *
 * Returns: (transfer full) (nullable): what guests see now; %NULL with %SOBRE_MENU_ERROR_FAILED, or %SOBRE_SETTINGS_ERROR for @document
 */
SobreMenuPointer *sobre_menu_store_publish (const char *folder,
                                            GBytes *document,
                                            const char *currency,
                                            const char *time_zone,
                                            gint64 now,
                                            GError **error);

/**
 * sobre_menu_store_roll_back:
 * @version: 0 for the one before the current
 *
 * Makes an earlier version what guests see, the same bytes as then. Blocks.
 *
 * Returns: (transfer full) (nullable): what guests see now; %NULL with %SOBRE_MENU_ERROR
 */
SobreMenuPointer *sobre_menu_store_roll_back (const char *folder, guint version, gint64 now, GError **error);

/**
 * sobre_menu_store_mark:
 * @items: (array zero-terminated=1): dishes and options, "cod", "cod/prawns"
 * @sold_out: whether they are, or are back
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): what guests see now; %NULL with %SOBRE_MENU_ERROR
 */
SobreMenuPointer *sobre_menu_store_mark (const char *folder, const char *const *items, gboolean sold_out, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreMenuPointer, sobre_menu_pointer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreMenuEntry, sobre_menu_entry_free)

G_END_DECLS
