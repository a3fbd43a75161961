/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/** SobreStore: one restaurant of the workspace. @id: letters, digits, dot and dash, unique regardless of case, 1–32 characters. */
typedef struct
{
  char *id;
  char *name;
} SobreStore;

/**
 * SobreSettings: workspace.json, checked.
 * @stores: (element-type SobreStore): at least one
 * @time_zone: IANA name
 * @cutoff_minutes: from day_cutoff "HH:MM"
 * @currency: ISO 4217
 * @languages: (array zero-terminated=1): BCP 47, the first is the house's own
 * @guest_url: (nullable): scheme and host that guests reach, when it is not this laptop
 * @card_epoch: grows when cards are revoked
 * @retention_days: how long answers are kept
 */
typedef struct
{
  guint version;
  char *name;
  GPtrArray *stores;
  char *time_zone;
  guint cutoff_minutes;
  char *currency;
  char **languages;
  char *guest_url;
  guint card_epoch;
  guint retention_days;
} SobreSettings;

#define SOBRE_SETTINGS_ERROR (sobre_settings_error_quark ())
GQuark sobre_settings_error_quark (void);

/** SobreSettingsError: @SOBRE_SETTINGS_ERROR_INVALID: the message names the member and what is allowed. Forms and tables use it too. */
typedef enum
{
  SOBRE_SETTINGS_ERROR_INVALID,
} SobreSettingsError;

/** sobre_settings_parse: @json: workspace.json's text. Returns: (transfer full) (nullable): %NULL with %SOBRE_SETTINGS_ERROR */
SobreSettings *sobre_settings_parse (const char *json, gssize length, GError **error);

/** sobre_settings_format: Returns: (transfer full): pretty JSON that parses back to the same */
char *sobre_settings_format (const SobreSettings *self);
void sobre_settings_free (SobreSettings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSettings, sobre_settings_free)
