/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "model/sobre-settings.h"

/** sobre_settings_refuse: sets %SOBRE_SETTINGS_ERROR_INVALID. Returns: %FALSE */
gboolean sobre_settings_refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Readers of one member each, which @path names in messages. They return %FALSE with %SOBRE_SETTINGS_ERROR. */

/** sobre_settings_read_text: @text: (out) (transfer full): 1 to 200 bytes */
gboolean sobre_settings_read_text (JsonObject *object, const char *member, const char *path, char **text, GError **error);

/** sobre_settings_read_optional_number: @otherwise: what @number gets where there is no such member */
gboolean sobre_settings_read_optional_number (JsonObject *object,
                                              const char *member,
                                              guint minimum,
                                              guint maximum,
                                              guint otherwise,
                                              guint *number,
                                              GError **error);

/** sobre_settings_check_members: refuses what is not @known. @path: what stands before a member's name in messages, with a dot at its end */
gboolean sobre_settings_check_members (JsonObject *object, const char *const *known, const char *path, GError **error);

/** sobre_settings_read_aws: the member "aws" of @object, or the defaults where it is missing. */
gboolean sobre_settings_read_aws (JsonObject *object, SobreSettings *self, GError **error);
