/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-workspace-labels.h"

SobreFiguresLabels
sobre_workspace_get_labels (SobreWorkspace *workspace)
{
  const SobreSettings *settings = sobre_workspace_get_settings (workspace);

  return (SobreFiguresLabels) {
    .calendar = sobre_workspace_get_calendar (workspace),
    .form = sobre_workspace_get_form (workspace),
    .language = settings->languages[0],
    .stores = settings->stores,
    .tables = sobre_workspace_get_tables (workspace),
    .menu = sobre_workspace_get_menu (workspace),
  };
}
