/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "model/sobre-id.h"
#include "model/sobre-text.h"

/* Lake records, version 1, as values. The texts are borrowed from the buffer that the record was read from: they are valid
 * only during the sink's call. Times are milliseconds since the Unix epoch, UTC. */

typedef enum
{
  SOBRE_DATASET_RESPONSES,
  SOBRE_DATASET_EVENTS,
  SOBRE_DATASET_ORDERS,
} SobreDataset;

#define SOBRE_N_DATASETS 3

/** "responses", "events", "orders": the folder's and the table's name. */
const char *sobre_dataset_get_name (SobreDataset dataset);
gboolean sobre_dataset_parse (SobreText name, SobreDataset *dataset);

typedef enum
{
  SOBRE_ANSWER_STARS,  /* score 1–5 */
  SOBRE_ANSWER_NPS,    /* score 0–10 */
  SOBRE_ANSWER_SMILEY, /* score 1–5 */
  SOBRE_ANSWER_CHOICE, /* choice */
  SOBRE_ANSWER_TEXT,   /* text */
} SobreAnswerKind;

typedef enum
{
  SOBRE_CHANNEL_LOCAL,
  SOBRE_CHANNEL_DIRECT,
  SOBRE_CHANNEL_API,
  SOBRE_CHANNEL_IMPORT,
} SobreChannel;

typedef struct
{
  SobreText question;
  SobreAnswerKind kind;
  gboolean has_score;
  double score;
  SobreText choice;
  SobreText text;
  SobreText item;
} SobreAnswer;

typedef struct
{
  SobreId id;
  gint64 submitted_at;
  gint64 received_at;
  SobreText store_id;
  SobreText table_id;
  gboolean verified;
  SobreText form_id;
  gint32 form_version;
  SobreText language;
  SobreText comment;
  gint64 duration_ms; /* -1 when absent */
  SobreChannel channel;
  const SobreAnswer *answers;
  guint n_answers;
} SobreResponse;

typedef struct
{
  SobreId id;
  gint64 at;
  gint64 received_at;
  SobreText visit;
  SobreText store_id;
  SobreText table_id;
  SobreText page;
  SobreText action;
  SobreText target;
  gint64 ms; /* -1 when absent */
} SobreEvent;

typedef struct
{
  SobreId id;
  gint64 at;
  SobreText store_id;
  SobreText table_id;
  SobreText item_id;
  SobreText item;
  gint64 quantity;
  double amount;
  SobreText currency;
} SobreOrder;

/** "stars", "nps", …: as the lake and a form name it. */
const char *sobre_answer_kind_get_name (SobreAnswerKind kind);
gboolean sobre_answer_kind_parse (SobreText name, SobreAnswerKind *kind);

/** "local", "direct", …: as the lake names it. */
const char *sobre_channel_get_name (SobreChannel channel);
gboolean sobre_channel_parse (SobreText name, SobreChannel *channel);
