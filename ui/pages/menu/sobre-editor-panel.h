/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "pages/menu/sobre-node-editor.h"
#include "pages/menu/sobre-versions-dialog.h"
#include "session/sobre-session.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_EDITOR_PANEL (sobre_editor_panel_get_type ())

/**
 * SobreEditorPanel:
 *
 * A document that is being written, beside what guests get: its list, its editors, its check, its versions. What it is of, a subclass knows. Properties:
 * "session" (SobreSession), "narrow" (boolean), "busy" (boolean, read-only: something of what guests get is being changed), and what the subclass's template
 * says: "title", "menu-name", "menu-model", "broken-title", "start-page" (GtkWidget, nullable: shown where there is no document yet), "list-child" (GtkWidget).
 * Its header needs the actions "page.show" and "page.preview" of what it is in.
 *
 * Emits "shown" when there is another document to preview, "looked-at" (string) with the id of what an editor is opened of.
 */
G_DECLARE_DERIVABLE_TYPE (SobreEditorPanel, sobre_editor_panel, SOBRE, EDITOR_PANEL, AdwBin)

/** SobreEditorWork: what of it guests get is changed by */
typedef enum
{
  SOBRE_EDITOR_PUBLISH,
  SOBRE_EDITOR_ROLL_BACK,
  SOBRE_EDITOR_MARK, /* as sold out, or there again */
  SOBRE_EDITOR_DISCARD,
} SobreEditorWork;

/**
 * SobreEditorSight: what a panel says of its document; all borrowed.
 * @issues: (element-type SobreDocumentIssue): what its check found
 * @is_usable: whether guests could use it
 * @differs: whether they get something else
 * @has_versions: whether anything was ever published
 */
typedef struct
{
  GPtrArray *issues;
  gboolean is_usable;
  gboolean differs;
  gboolean has_versions;
} SobreEditorSight;

/**
 * SobreEditorPanelClass:
 * @kind: the document
 * @parts: what is sent to the site after it was published
 * @reset: forgets what is known of the document of another session
 * @fill: shows the document's tree as a list
 * @check: Returns: (transfer full): a future of what the panel's desk says of @root
 * @take_check: takes that over, and says what is to be seen
 * @look: (nullable): looks at what guests get, where @check does not. Returns: (transfer full): a future that is settled once that is shown
 * @say_published: Returns: (transfer full) (nullable): what guests get, in words
 * @find_place: Returns: (transfer full) (nullable): the path of what has an editor and holds @path
 * @say_place: Returns: (transfer full): what people call it
 * @get_editor: of what is at @path
 * @ask: fills in what is asked before publishing
 * @publish: Returns: (transfer full): a future of the version, an unsigned int
 * @make_versions: Returns: (transfer floating): the list of them
 * @roll_back: Returns: (transfer full): a future of the version, an unsigned int
 * @done: what guests get has changed, by @work; @version is 0 where it is of no version
 * @update_actions: switches those of its own on and off
 */
struct _SobreEditorPanelClass
{
  AdwBinClass parent_class;

  SobreDocumentKind kind;
  SobreSiteParts parts;
  void (*reset) (SobreEditorPanel *self);
  void (*fill) (SobreEditorPanel *self);
  DexFuture *(*check) (SobreEditorPanel *self, JsonNode *root);
  void (*take_check) (SobreEditorPanel *self, const GValue *value, SobreEditorSight *sight);
  DexFuture *(*look) (SobreEditorPanel *self);
  char *(*say_published) (SobreEditorPanel *self);
  char *(*find_place) (SobreEditorPanel *self, const char *path);
  char *(*say_place) (SobreEditorPanel *self, const char *path);
  SobreEditorKind (*get_editor) (SobreEditorPanel *self, const char *path);
  void (*ask) (SobreEditorPanel *self, AdwAlertDialog *dialog);
  DexFuture *(*publish) (SobreEditorPanel *self);
  SobreVersionsDialog *(*make_versions) (SobreEditorPanel *self);
  DexFuture *(*roll_back) (SobreEditorPanel *self, guint version);
  void (*done) (SobreEditorPanel *self, SobreEditorWork work, guint version);
  void (*update_actions) (SobreEditorPanel *self);
};

/** (transfer none) (nullable): %NULL once it is disposed of */
SobreSession *sobre_editor_panel_get_session (SobreEditorPanel *self);

/** (transfer none) (nullable) */
SobreDocumentBook *sobre_editor_panel_get_book (SobreEditorPanel *self);

/** (transfer none) (nullable): the document's tree */
JsonNode *sobre_editor_panel_get_root (SobreEditorPanel *self);

/** Says something for a moment. @undo: with a button that takes the last change back */
void sobre_editor_panel_say (SobreEditorPanel *self, const char *message, gboolean undo);

/** Opens the editor of what is at @path, "" for what belongs to nothing in the list. */
void sobre_editor_panel_edit (SobreEditorPanel *self, const char *path);

/** Has the document checked anew. */
void sobre_editor_panel_check (SobreEditorPanel *self);

/**
 * sobre_editor_panel_set_local:
 * @version: that guests of this computer get, 0 for none
 * @sold_out: (nullable) (array zero-terminated=1): what they see as sold out
 *
 * Compares it with what guests of the site get.
 */
void sobre_editor_panel_set_local (SobreEditorPanel *self, guint version, const char *const *sold_out);

/** sobre_editor_panel_say_who: Returns: (transfer none) (nullable): who gets a version, for the list of them; @is_current: whether guests of this computer do */
const char *sobre_editor_panel_say_who (SobreEditorPanel *self, guint version, gboolean is_current);

/** Shows anew what guests get. */
void sobre_editor_panel_show_published (SobreEditorPanel *self);

/** sobre_editor_panel_run: follows what changes what guests get; says what became of it. @future: (transfer full) */
void sobre_editor_panel_run (SobreEditorPanel *self, DexFuture *future, SobreEditorWork work);

gboolean sobre_editor_panel_is_busy (SobreEditorPanel *self);

/** Switches actions on and off. */
void sobre_editor_panel_update_actions (SobreEditorPanel *self);

/** Reads again what others may have written. */
void sobre_editor_panel_reload (SobreEditorPanel *self);

/** Whether everything that was changed is in the file. */
gboolean sobre_editor_panel_is_saved (SobreEditorPanel *self);

/** sobre_editor_panel_flush: see sobre_document_book_flush() */
DexFuture *sobre_editor_panel_flush (SobreEditorPanel *self);

/** sobre_editor_panel_clear: takes its widgets away; for a subclass's dispose, before its template is disposed of. */
void sobre_editor_panel_clear (SobreEditorPanel *self);

G_END_DECLS
