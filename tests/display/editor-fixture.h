/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pages/menu/sobre-editor-panel.h"
#include "window-fixture.h"

/* What the tests of the form and of the menu share: a panel in a window, what is typed into its editors, and what its files hold then. */

/** EditorDesk: @panel: a SobreEditorPanel */
typedef struct
{
  SobreWindowFixture *files;
  SobreSession *session;
  GtkWidget *window;
  GtkWidget *panel;
} EditorDesk;

/** editor_desk_open: @type: of the panel. Its workspace has to be there. */
void editor_desk_open (EditorDesk *self, GType type);

/** Takes panel and workspace away. */
void editor_desk_close (EditorDesk *self);

/** @name: in the workspace. (transfer full) */
char *editor_desk_dup_path (EditorDesk *self, const char *name);

/** (transfer full) (nullable) */
char *editor_desk_read (EditorDesk *self, const char *name);

/** Waits until everything is written and the file @name holds @text, or does not; aborts the test where that does not come. */
void editor_desk_expect (EditorDesk *self, const char *name, const char *text, gboolean there);

/** Aborts the test where the action cannot be done. @path: (nullable): its parameter */
void editor_desk_act (EditorDesk *self, const char *action, const char *path);

/** Opens the editor of what is at @path. (transfer none) */
SobreNodeEditor *editor_desk_edit (EditorDesk *self, const char *path);

/** (transfer none): of the member; aborts the test where there is none */
GtkWidget *editor_desk_find_field (SobreNodeEditor *editor, const char *member);

/** Types into the first entry of a field. */
void editor_desk_type (SobreNodeEditor *editor, const char *member, const char *text);

/** (transfer none): the dialog that is open */
AdwDialog *editor_desk_get_dialog (EditorDesk *self);

/** Does what asks first, and answers it. */
void editor_desk_answer (EditorDesk *self, const char *action, const char *response);

/** Rolls back to a version, in the list of them, and leaves it. */
void editor_desk_roll_back (EditorDesk *self, guint version);

/** Waits for publishing to be possible, or not to be. */
void editor_desk_expect_publishable (EditorDesk *self, gboolean publishable);

/** (transfer none) (nullable): the button below @widget with the label, shown or not */
GtkWidget *editor_desk_find_button (GtkWidget *widget, const char *label);

/** Waits until @text is shown below @widget. */
void editor_desk_expect_shown (GtkWidget *widget, const char *text);
