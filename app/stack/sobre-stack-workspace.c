/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "stack/sobre-stack-workspace.h"

#include "stack/sobre-stack-journal.h"
#include "workspace/sobre-workspace-files.h"

#define DEFAULT_NAME "sobremesa"
#define TEMPLATES SOBRE_PKGDATADIR "/stack"
#define SITE SOBRE_PKGDATADIR "/site"

static char *
dup_journals (SobreWorkspace *workspace)
{
  return g_build_filename (sobre_workspace_get_path (workspace), SOBRE_STATE_FOLDER, SOBRE_JOURNALS_FOLDER, NULL);
}

/* @n: (out): how many there are */
static char *
find_name (SobreWorkspace *workspace, guint *n)
{
  g_autofree char *journals = dup_journals (workspace);

  return sobre_stack_find_name (journals, FALSE, n);
}

char *
sobre_stack_dup_name (SobreWorkspace *workspace)
{
  guint n;
  char *found = find_name (workspace, &n);

  return found != NULL ? found : g_strdup (DEFAULT_NAME);
}

char *
sobre_stack_dup_deployed (const char *workspace)
{
  g_autofree char *journals = g_build_filename (workspace, SOBRE_STATE_FOLDER, SOBRE_JOURNALS_FOLDER, NULL);

  return sobre_stack_find_name (journals, TRUE, NULL);
}

gboolean
sobre_stack_was_deployed (SobreWorkspace *workspace)
{
  guint n;
  g_autofree char *found = find_name (workspace, &n);

  return n > 0;
}

SobreStackWork *
sobre_stack_work_open (SobreWorkspace *workspace,
                       const char *name,
                       SobreStackTell tell,
                       gpointer tell_data,
                       GCancellable *cancellable,
                       GError **error)
{
  SobreAwsAccount *account = sobre_workspace_get_account (workspace, error);
  g_autofree char *chosen = name != NULL ? g_strdup (name) : sobre_stack_dup_name (workspace);
  g_autofree char *journals = dup_journals (workspace);

  return account != NULL ? sobre_stack_work_new (account, chosen, TEMPLATES, journals, tell, tell_data, cancellable) : NULL;
}

DexFuture *
sobre_stack_publish (SobreStackWork *work, SobreWorkspace *workspace, SobreSiteParts parts, gboolean dry)
{
  return sobre_stack_publish_site (work, sobre_workspace_get_path (workspace), SITE, parts, dry);
}
