/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "qr/sobre-card-job.h"
#include "qr/sobre-card-template.h"

/** SobreCard: one card of a job. */
typedef struct
{
  char *store_id;
  char *table_id;
  char *url;
  char *address;
  SobreQrCode *code;
} SobreCard;

struct _SobreCardJob
{
  gatomicrefcount ref_count;
  char *name;
  char **languages;
  GPtrArray *cards;
  SobreCardPaper paper;
  double offset_x;
  double offset_y;
  double scale; /* a factor, 1 for 100 per cent */
};

/** Where @card's upper left corner lies on its page, mm, before the printer's correction. */
void _sobre_card_job_place_card (const SobreCardJob *self, guint card, double *x, double *y);
guint _sobre_card_job_get_cards_per_page (const SobreCardJob *self);
