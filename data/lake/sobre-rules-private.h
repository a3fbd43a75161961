/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <string.h>
#include <yyjson.h>

#include "lake/sobre-personal.h"
#include "lake/sobre-rules.h"
#include "model/sobre-record.h"

/* The compiled rules, for the code that runs them. */

#define SOBRE_RULES_MAX_MEMBERS 32 /* of one object: a bit each in a guint32 */
#define SOBRE_RULES_MAX_VALUES 16
#define SOBRE_RULES_NO_MEMBER 0xFF
#define SOBRE_RULES_NAME_WORDS 2
#define SOBRE_RULES_NAME_BYTES (SOBRE_RULES_NAME_WORDS * sizeof (guint64))

typedef enum
{
  SOBRE_RULE_INTEGER,
  SOBRE_RULE_NUMBER,
  SOBRE_RULE_BOOLEAN,
  SOBRE_RULE_TEXT,
  SOBRE_RULE_ID,
  SOBRE_RULE_TIME,
  SOBRE_RULE_ARRAY,
} SobreRuleType;

/** What can be wrong with a member: the last part of a reason. */
typedef enum
{
  SOBRE_BREACH_MISSING,
  SOBRE_BREACH_TYPE,
  SOBRE_BREACH_FORM,
  SOBRE_BREACH_LENGTH,
  SOBRE_BREACH_RANGE,
  SOBRE_BREACH_VALUE,
  SOBRE_BREACH_COUNT,
  SOBRE_BREACH_FORBIDDEN,
  SOBRE_N_BREACHES,
} SobreBreach;

typedef struct _SobreRuleObject SobreRuleObject;

/**
 * SobreRuleMember:
 * @name: interned
 * @name_words: its bytes, zeros behind them; the lines of a lake hold tens of millions of names, so they are compared as words
 * @name_masks: ones where @name_words has bytes
 * @personal: whether people write of themselves in it
 * @minimum: of an integer or a time
 * @lowest: of a number
 * @items: (nullable): the members of an array's objects
 * @reasons: the name of each rule that it can break, interned
 */
typedef struct
{
  const char *name;
  gsize name_length;
  guint64 name_words[SOBRE_RULES_NAME_WORDS];
  guint64 name_masks[SOBRE_RULES_NAME_WORDS];
  SobreRuleType type;
  gboolean by_collector;
  gboolean stored;
  gboolean personal;
  gint64 minimum;
  gint64 maximum;
  double lowest;
  double highest;
  gsize min_bytes;
  gsize max_bytes;
  SobreText values[SOBRE_RULES_MAX_VALUES];
  guint n_values;
  guint max_items;
  SobreRuleObject *items;
  const char *reasons[SOBRE_N_BREACHES];
} SobreRuleMember;

/** SobreRuleCase: what holds when a member has one of its values. @ranged: %SOBRE_RULES_NO_MEMBER if no number is narrowed. */
typedef struct
{
  guint32 required;
  guint32 forbidden;
  guint8 ranged;
  double lowest;
  double highest;
} SobreRuleCase;

/**
 * SobreRuleObject:
 * @required: members of a stored record
 * @required_submitted: members of a submitted one
 * @decider: the member that @cases depend on, %SOBRE_RULES_NO_MEMBER if there are none
 * @cases: by the index of @decider's value
 */
struct _SobreRuleObject
{
  SobreRuleMember members[SOBRE_RULES_MAX_MEMBERS];
  guint n_members;
  guint32 required;
  guint32 required_submitted;
  guint8 decider;
  SobreRuleCase cases[SOBRE_RULES_MAX_VALUES];
};

struct _SobreRules
{
  gsize line_max_bytes;
  guint line_max_depth;
  SobrePersonalRules personal;
  SobreRuleObject *datasets[SOBRE_N_DATASETS];
};

/** Whether @name is the member's; %SOBRE_RULES_NAME_BYTES from it on have to be readable, whatever @length. */
static inline gboolean
sobre_rule_member_has_name (const SobreRuleMember *self, const char *name, gsize length)
{
  guint64 words[SOBRE_RULES_NAME_WORDS];

  if (self->name_length != length)
    return FALSE;
  memcpy (words, name, sizeof words);
  return (((words[0] & self->name_masks[0]) ^ self->name_words[0]) |
          ((words[1] & self->name_masks[1]) ^ self->name_words[1])) == 0;
}

/** The place of @name among the members, %SOBRE_RULES_NO_MEMBER if no rule names it. */
guint sobre_rule_object_find (const SobreRuleObject *self, const char *name, gsize length);
