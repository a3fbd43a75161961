/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lake/sobre-record-checker.h"
#include "lake/sobre-submission.h"
#include "model/sobre-time.h"

/**
 * SobreSubmission:
 * @root: the record without what only the collector sets
 * @unstored: what the guest's page sent for checking only
 * @suspicion: 0–1, negative when nothing was said about it
 */
struct _SobreSubmission
{
  const SobreRuleObject *object;
  SobreRules *rules;
  yyjson_mut_doc *doc;
  yyjson_mut_val *root;
  yyjson_mut_val *unstored;
  SobreId id;
  gint64 time;
  gint64 duration;
  double suspicion;
};

static const SobreRuleValue *
get_value (const SobreRecordChecker *checker, const SobreRuleObject *object, const char *member)
{
  guint place = sobre_rule_object_find (object, member, strlen (member));

  return place != SOBRE_RULES_NO_MEMBER && (checker->record.present & 1u << place) ? &checker->record.values[place] : NULL;
}

static void
take_values (SobreSubmission *self, const SobreRecordChecker *checker)
{
  const SobreRuleValue *submitted_at = get_value (checker, self->object, "submitted_at");
  const SobreRuleValue *at = get_value (checker, self->object, "at");
  const SobreRuleValue *duration = get_value (checker, self->object, "duration_ms");

  self->id = get_value (checker, self->object, "id")->id;
  self->time = submitted_at != NULL ? submitted_at->integer : at->integer;
  self->duration = duration != NULL ? duration->integer : -1;
}

/* Takes the members out of the record that are not the guest's or not to be stored. */
static void
take_out (SobreSubmission *self)
{
  self->unstored = yyjson_mut_obj (self->doc);
  for (guint i = 0; i < self->object->n_members; i++)
    {
      const SobreRuleMember *member = &self->object->members[i];
      yyjson_mut_val *value;

      if (!member->by_collector && member->stored)
        continue;
      value = yyjson_mut_obj_remove_keyn (self->root, member->name, member->name_length);
      if (value != NULL && !member->stored)
        yyjson_mut_obj_add_val (self->doc, self->unstored, member->name, value);
    }
}

static SobreSubmission *
parse (const SobreRules *rules, SobreDataset dataset, const char *json, gsize length, gboolean submitted, const char **reason)
{
  g_autoptr (SobreRecordChecker) checker = sobre_record_checker_new ((SobreRules *) rules);
  SobreSubmission *self;
  yyjson_val *root;
  gsize offset = 0;

  *reason = sobre_record_checker_load (checker, json, length);
  if (*reason == NULL)
    *reason = sobre_record_checker_read (checker, dataset, submitted, &offset, &root);
  if (*reason == NULL && offset != length)
    *reason = "json";
  if (*reason != NULL)
    return NULL;

  self = g_new0 (SobreSubmission, 1);
  self->rules = sobre_rules_ref ((SobreRules *) rules);
  self->object = rules->datasets[dataset];
  self->suspicion = -1;
  take_values (self, checker);
  self->doc = yyjson_mut_doc_new (NULL);
  self->root = yyjson_val_mut_copy (self->doc, root);
  take_out (self);
  return self;
}

SobreSubmission *
sobre_submission_parse (const SobreRules *rules, SobreDataset dataset, const char *json, gsize length, const char **reason)
{
  return parse (rules, dataset, json, length, TRUE, reason);
}

SobreSubmission *
sobre_submission_parse_stored (const SobreRules *rules,
                               SobreDataset dataset,
                               const char *line,
                               gsize length,
                               const char **reason)
{
  return parse (rules, dataset, line, length, FALSE, reason);
}

void
sobre_submission_free (SobreSubmission *self)
{
  yyjson_mut_doc_free (self->doc);
  sobre_rules_unref (self->rules);
  g_free (self);
}

const SobreId *
sobre_submission_get_id (const SobreSubmission *self)
{
  return &self->id;
}

gint64
sobre_submission_get_time (const SobreSubmission *self)
{
  return self->time;
}

gint64
sobre_submission_get_duration (const SobreSubmission *self)
{
  return self->duration;
}

SobreText
sobre_submission_get_text (const SobreSubmission *self, const char *member)
{
  yyjson_mut_val *value = yyjson_mut_obj_get (self->root, member);

  if (value == NULL)
    value = yyjson_mut_obj_get (self->unstored, member);
  return yyjson_mut_is_str (value) ? (SobreText) { yyjson_mut_get_str (value), yyjson_mut_get_len (value) } : SOBRE_TEXT_NONE;
}

void
sobre_submission_set_text (SobreSubmission *self, const char *member, const char *text)
{
  yyjson_mut_val *key = yyjson_mut_strcpy (self->doc, member);
  yyjson_mut_val *value = yyjson_mut_strcpy (self->doc, text);

  if (!yyjson_mut_obj_replace (self->root, key, value))
    yyjson_mut_obj_add (self->root, key, value);
}

void
sobre_submission_set_suspicion (SobreSubmission *self, double suspicion)
{
  g_return_if_fail (suspicion >= 0 && suspicion <= 1);
  self->suspicion = suspicion;
}

void
sobre_submission_get_digest (const SobreSubmission *self, guint8 digest[SOBRE_SUBMISSION_DIGEST_LENGTH])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length, digest_length = SOBRE_SUBMISSION_DIGEST_LENGTH;
  char *json = yyjson_mut_val_write (self->root, YYJSON_WRITE_NOFLAG, &length);

  g_checksum_update (checksum, (const guchar *) json, (gssize) length);
  g_checksum_get_digest (checksum, digest, &digest_length);
  free (json);
}

static gboolean
has_member (const SobreSubmission *self, const char *member)
{
  return sobre_rule_object_find (self->object, member, strlen (member)) != SOBRE_RULES_NO_MEMBER;
}

/* What people say of themselves in an object's texts and in those of its arrays' objects. */
static SobrePersonal
find_personal (const SobrePersonalRules *rules, const SobreRuleObject *object, yyjson_mut_val *value)
{
  SobrePersonal set = 0;

  for (guint i = 0; i < object->n_members; i++)
    {
      const SobreRuleMember *member = &object->members[i];
      yyjson_mut_val *own =
          member->personal || member->items != NULL ? yyjson_mut_obj_getn (value, member->name, member->name_length) : NULL;
      yyjson_mut_val *item;
      size_t index, n_items;

      if (yyjson_mut_is_str (own))
        set |= sobre_personal_find (rules, yyjson_mut_get_str (own), yyjson_mut_get_len (own));
      yyjson_mut_arr_foreach (own, index, n_items, item) set |= find_personal (rules, member->items, item);
    }
  return set;
}

static void
add_personal (const SobreSubmission *self, yyjson_mut_doc *doc, yyjson_mut_val *root)
{
  SobrePersonal set = find_personal (&self->rules->personal, self->object, self->root);
  g_autofree char *names = set != 0 ? sobre_personal_format (set) : NULL;

  if (names != NULL)
    yyjson_mut_obj_add_strcpy (doc, root, "personal", names);
}

char *
sobre_submission_format (const SobreSubmission *self,
                         gint64 received_at,
                         gboolean verified,
                         SobreChannel channel,
                         gsize *length)
{
  yyjson_mut_doc *doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_val_mut_copy (doc, self->root);
  char time[SOBRE_TIME_STRING_LENGTH + 1];
  size_t json_length;
  char *json, *line;

  sobre_time_format (received_at, time);
  yyjson_mut_obj_insert (root, yyjson_mut_str (doc, "v"), yyjson_mut_uint (doc, 1), 0);
  yyjson_mut_obj_add_strcpy (doc, root, "received_at", time);
  if (has_member (self, "verified"))
    yyjson_mut_obj_add_bool (doc, root, "verified", verified);
  if (has_member (self, "channel"))
    yyjson_mut_obj_add_str (doc, root, "channel", sobre_channel_get_name (channel));
  if (has_member (self, "suspicion") && self->suspicion >= 0)
    yyjson_mut_obj_add_real (doc, root, "suspicion", self->suspicion);
  if (has_member (self, "personal"))
    add_personal (self, doc, root);

  json = yyjson_mut_val_write (root, YYJSON_WRITE_NOFLAG, &json_length);
  line = g_malloc (json_length + 2);
  memcpy (line, json, json_length);
  line[json_length] = '\n';
  line[json_length + 1] = '\0';
  *length = json_length + 1;

  free (json);
  yyjson_mut_doc_free (doc);
  return line;
}
