/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/sobre-record.h"

static const char *const dataset_names[] = {
  [SOBRE_DATASET_RESPONSES] = "responses",
  [SOBRE_DATASET_EVENTS] = "events",
  [SOBRE_DATASET_ORDERS] = "orders",
};

static const char *const answer_kind_names[] = {
  [SOBRE_ANSWER_STARS] = "stars",   [SOBRE_ANSWER_NPS] = "nps",   [SOBRE_ANSWER_SMILEY] = "smiley",
  [SOBRE_ANSWER_CHOICE] = "choice", [SOBRE_ANSWER_TEXT] = "text",
};

static const char *const channel_names[] = {
  [SOBRE_CHANNEL_LOCAL] = "local",
  [SOBRE_CHANNEL_DIRECT] = "direct",
  [SOBRE_CHANNEL_API] = "api",
  [SOBRE_CHANNEL_IMPORT] = "import",
};

static int
find_name (const char *const *names, guint n_names, SobreText name)
{
  for (guint i = 0; i < n_names; i++)
    {
      if (sobre_text_equal (name, sobre_text (names[i])))
        return (int) i;
    }
  return -1;
}

const char *
sobre_dataset_get_name (SobreDataset dataset)
{
  return dataset_names[dataset];
}

gboolean
sobre_dataset_parse (SobreText name, SobreDataset *dataset)
{
  int found = find_name (dataset_names, G_N_ELEMENTS (dataset_names), name);

  if (found >= 0)
    *dataset = (SobreDataset) found;
  return found >= 0;
}

const char *
sobre_answer_kind_get_name (SobreAnswerKind kind)
{
  return answer_kind_names[kind];
}

gboolean
sobre_answer_kind_parse (SobreText name, SobreAnswerKind *kind)
{
  int found = find_name (answer_kind_names, G_N_ELEMENTS (answer_kind_names), name);

  if (found >= 0)
    *kind = (SobreAnswerKind) found;
  return found >= 0;
}

const char *
sobre_channel_get_name (SobreChannel channel)
{
  return channel_names[channel];
}

gboolean
sobre_channel_parse (SobreText name, SobreChannel *channel)
{
  int found = find_name (channel_names, G_N_ELEMENTS (channel_names), name);

  if (found >= 0)
    *channel = (SobreChannel) found;
  return found >= 0;
}
