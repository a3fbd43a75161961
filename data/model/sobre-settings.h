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

/** SobreCompactWhen: when closed days are written as Parquet. @SOBRE_COMPACT_WHERE_DEPLOYED: after a sync, where a stack was deployed from the workspace */
typedef enum
{
  SOBRE_COMPACT_WHERE_DEPLOYED,
  SOBRE_COMPACT_AFTER_SYNC,
  SOBRE_COMPACT_BY_HAND,
} SobreCompactWhen;

/**
 * SobreAthenaSettings: where and how queries run on Athena.
 * @database: that the lake's tables are in
 * @workgroup: whose limits hold
 * @results: (nullable): "s3://bucket/prefix/"; %NULL where the workgroup says it
 * @price_per_tb: what a terabyte that is read costs in the region, US dollars
 * @reuse_minutes: how old a result may be that is taken instead of running a query again; 0 for never
 * @max_scan_mb: a query that would read more megabytes is not sent
 * @compact: when days are compacted
 */
typedef struct
{
  char *database;
  char *workgroup;
  char *results;
  double price_per_tb;
  guint reuse_minutes;
  guint max_scan_mb;
  SobreCompactWhen compact;
} SobreAthenaSettings;

/**
 * SobreTransferSettings: how a lake in a bucket is fetched.
 * @connections: how many objects may be on their way at once
 * @mb_per_second: how many megabytes (10⁶ bytes) may come in a second, all objects together; 0 for as many as come
 * @price_per_gb: what a gigabyte (10⁹ bytes) costs that leaves AWS, US dollars
 * @price_per_1000_gets: what a thousand requests for objects cost, US dollars
 */
typedef struct
{
  guint connections;
  double mb_per_second;
  double price_per_gb;
  double price_per_1000_gets;
} SobreTransferSettings;

#define SOBRE_TRANSFER_MAX_CONNECTIONS 64
#define SOBRE_TRANSFER_MIN_MB_PER_SECOND 0.01
#define SOBRE_TRANSFER_MAX_MB_PER_SECOND 100000

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
 * @aws_profile: (nullable): of the user's AWS settings; %NULL for the usual one
 * @aws_region: (nullable): where the account's services are asked
 * @lake_bucket: (nullable): where the lake is; %NULL for the workspace's own folder
 * @transfer: always there
 * @has_transfer: whether the file says something of it
 * @athena: always there
 * @has_athena: whether the file says something of it
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
  char *aws_profile;
  char *aws_region;
  char *lake_bucket;
  SobreTransferSettings transfer;
  gboolean has_transfer;
  SobreAthenaSettings athena;
  gboolean has_athena;
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

/** sobre_settings_find_restaurant: the store's own name, or the whole house's. @self: (nullable). (transfer none) (nullable) */
const char *sobre_settings_find_restaurant (const SobreSettings *self, const char *store_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSettings, sobre_settings_free)
