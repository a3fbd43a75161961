/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "publish/sobre-site-way.h"

const char *
sobre_site_way_get_form_script (const SobreSiteWay *self)
{
  static const char *const names[SOBRE_N_TRANSPORTS] = { "form.js", "form-direct.js", "form-api.js" };

  return names[self->transport];
}

const char *
sobre_site_way_get_menu_script (const SobreSiteWay *self)
{
  static const char *const names[SOBRE_N_TRANSPORTS] = { "menu.js", "menu-direct.js", "menu-api.js" };

  return names[self->transport];
}
