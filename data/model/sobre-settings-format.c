/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <json-glib/json-glib.h>

#include "model/sobre-settings.h"

#include "model/sobre-json-members.h"

static void
add_stores (JsonBuilder *builder, GPtrArray *stores)
{
  json_builder_set_member_name (builder, "stores");
  json_builder_begin_array (builder);
  for (guint i = 0; i < stores->len; i++)
    {
      const SobreStore *store = g_ptr_array_index (stores, i);

      json_builder_begin_object (builder);
      sobre_json_add_text (builder, "id", store->id);
      sobre_json_add_text (builder, "name", store->name);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_optional_text (JsonBuilder *builder, const char *member, const char *text)
{
  if (text != NULL)
    sobre_json_add_text (builder, member, text);
}

static void
add_amount (JsonBuilder *builder, const char *member, double amount)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_double_value (builder, amount);
}

static void
add_transfer (JsonBuilder *builder, const SobreTransferSettings *self)
{
  json_builder_set_member_name (builder, "sync");
  json_builder_begin_object (builder);
  sobre_json_add_number (builder, "connections", self->connections);
  add_amount (builder, "mb_per_second", self->mb_per_second);
  add_amount (builder, "price_per_gb", self->price_per_gb);
  add_amount (builder, "price_per_1000_gets", self->price_per_1000_gets);
  json_builder_end_object (builder);
}

static void
add_athena (JsonBuilder *builder, const SobreAthenaSettings *self)
{
  json_builder_set_member_name (builder, "athena");
  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "database", self->database);
  sobre_json_add_text (builder, "workgroup", self->workgroup);
  add_optional_text (builder, "results", self->results);
  add_amount (builder, "price_per_tb", self->price_per_tb);
  sobre_json_add_number (builder, "reuse_minutes", self->reuse_minutes);
  sobre_json_add_number (builder, "max_scan_mb", self->max_scan_mb);
  if (self->compact != SOBRE_COMPACT_WHERE_DEPLOYED)
    {
      json_builder_set_member_name (builder, "compact");
      json_builder_add_boolean_value (builder, self->compact == SOBRE_COMPACT_AFTER_SYNC);
    }
  json_builder_end_object (builder);
}

static void
add_aws (JsonBuilder *builder, const SobreSettings *self)
{
  if (self->aws_profile == NULL && self->aws_region == NULL && self->lake_bucket == NULL && !self->has_transfer &&
      !self->has_athena)
    return;
  json_builder_set_member_name (builder, "aws");
  json_builder_begin_object (builder);
  add_optional_text (builder, "profile", self->aws_profile);
  add_optional_text (builder, "region", self->aws_region);
  add_optional_text (builder, "bucket", self->lake_bucket);
  if (self->has_transfer)
    add_transfer (builder, &self->transfer);
  if (self->has_athena)
    add_athena (builder, &self->athena);
  json_builder_end_object (builder);
}

char *
sobre_settings_format (const SobreSettings *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *cutoff = g_strdup_printf ("%02u:%02u", self->cutoff_minutes / 60, self->cutoff_minutes % 60);
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  sobre_json_add_number (builder, "version", self->version);
  sobre_json_add_text (builder, "name", self->name);
  add_stores (builder, self->stores);
  sobre_json_add_text (builder, "time_zone", self->time_zone);
  sobre_json_add_text (builder, "day_cutoff", cutoff);
  sobre_json_add_text (builder, "currency", self->currency);
  json_builder_set_member_name (builder, "languages");
  json_builder_begin_array (builder);
  for (guint i = 0; self->languages[i] != NULL; i++)
    json_builder_add_string_value (builder, self->languages[i]);
  json_builder_end_array (builder);
  add_optional_text (builder, "guest_url", self->guest_url);
  sobre_json_add_number (builder, "card_epoch", self->card_epoch);
  sobre_json_add_number (builder, "retention_days", self->retention_days);
  add_aws (builder, self);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}
