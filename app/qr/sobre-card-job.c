/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "qr/sobre-card-job-private.h"

#include <glib/gi18n-lib.h>

#include "model/sobre-table.h"
#include "qr/sobre-card-url.h"

#define A4_WIDTH 210.0
#define A4_HEIGHT 297.0
#define A4_TOP ((A4_HEIGHT - 2 * SOBRE_CARD_HEIGHT) / 2)
#define CUT_MARK 5.0
#define CODE_LEAST 25.0
#define MODULE_LEAST 0.5

G_DEFINE_QUARK (sobre-card-error-quark, sobre_card_error)
G_DEFINE_BOXED_TYPE (SobreCardJob, sobre_card_job, sobre_card_job_ref, sobre_card_job_unref)

static double
to_points (double mm)
{
  return mm * SOBRE_CARD_POINTS_PER_MM;
}

static void
card_free (SobreCard *card)
{
  g_free (card->store_id);
  g_free (card->table_id);
  g_free (card->url);
  g_free (card->address);
  g_clear_pointer (&card->code, sobre_qr_code_unref);
  g_free (card);
}

static gboolean
add_card (SobreCardJob *self, const SobreCardOrder *order, SobreTable *table, GError **error)
{
  SobreCard *card = g_new0 (SobreCard, 1);

  g_ptr_array_add (self->cards, card);
  card->store_id = g_strdup (sobre_table_get_store_id (table));
  card->table_id = g_strdup (sobre_table_get_table_id (table));
  card->url = sobre_card_url_make (order->base, order->secret, order->epoch, card->store_id, card->table_id, error);
  if (card->url == NULL)
    return FALSE;
  card->address = sobre_card_url_make_short (card->url);

  /* A card is folded, spilt on and scratched: the highest level is the least. */
  card->code = sobre_qr_code_new (card->url, SOBRE_QR_LEVEL_H, error);
  return card->code != NULL;
}

SobreCardJob *
sobre_card_job_new (const SobreCardOrder *order, GError **error)
{
  g_autoptr (SobreCardJob) self = g_new0 (SobreCardJob, 1);
  guint n_tables = g_list_model_get_n_items (order->tables);

  g_atomic_ref_count_init (&self->ref_count);
  self->name = g_strdup (order->name);
  self->languages = g_strdupv ((char **) order->languages);
  self->cards = g_ptr_array_new_full (n_tables, (GDestroyNotify) card_free);
  self->paper = order->paper;
  self->offset_x = order->offset_x;
  self->offset_y = order->offset_y;
  self->scale = order->scale > 0 ? CLAMP (order->scale, 50, 150) / 100 : 1;
  if (n_tables == 0)
    {
      g_set_error_literal (error, SOBRE_CARD_ERROR, SOBRE_CARD_ERROR_EMPTY,
                           _ ("There is no table to print a card for. Add tables to tables.csv, or choose others."));
      return NULL;
    }
  for (guint i = 0; i < n_tables; i++)
    {
      g_autoptr (SobreTable) table = g_list_model_get_item (order->tables, i);

      if (!add_card (self, order, table, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

SobreCardJob *
sobre_card_job_ref (SobreCardJob *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sobre_card_job_unref (SobreCardJob *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->name);
  g_strfreev (self->languages);
  g_ptr_array_unref (self->cards);
  g_free (self);
}

guint
_sobre_card_job_get_cards_per_page (const SobreCardJob *self)
{
  return self->paper == SOBRE_CARD_PAPER_A4 ? 4 : 1;
}

guint
sobre_card_job_get_n_cards (const SobreCardJob *self)
{
  return self->cards->len;
}

guint
sobre_card_job_get_n_pages (const SobreCardJob *self)
{
  guint per_page = _sobre_card_job_get_cards_per_page (self);

  return (self->cards->len + per_page - 1) / per_page;
}

void
sobre_card_job_get_page_size (const SobreCardJob *self, double *width, double *height)
{
  gboolean a4 = self->paper == SOBRE_CARD_PAPER_A4;

  *width = to_points (a4 ? A4_WIDTH : SOBRE_CARD_WIDTH);
  *height = to_points (a4 ? A4_HEIGHT : SOBRE_CARD_HEIGHT);
}

const char *
sobre_card_job_get_url (const SobreCardJob *self, guint card)
{
  g_return_val_if_fail (card < self->cards->len, NULL);

  return ((SobreCard *) g_ptr_array_index (self->cards, card))->url;
}

SobreCardWarning
sobre_card_job_get_code_size (const SobreCardJob *self, guint card, double *module, double *code)
{
  SobreCardWarning warning = SOBRE_CARD_WARNING_NONE;
  const SobreCard *which;

  g_return_val_if_fail (card < self->cards->len, SOBRE_CARD_WARNING_NONE);

  which = g_ptr_array_index (self->cards, card);
  *code = sobre_card_template_place_code (which->code).width * self->scale;
  *module = *code / sobre_qr_code_get_size (which->code);
  if (*code < CODE_LEAST)
    warning |= SOBRE_CARD_WARNING_SMALL_CODE;
  if (*module < MODULE_LEAST)
    warning |= SOBRE_CARD_WARNING_SMALL_MODULE;
  return warning;
}

char *
sobre_card_warning_describe (SobreCardWarning warning)
{
  if (warning & SOBRE_CARD_WARNING_SMALL_MODULE)
    return g_strdup (_ ("The squares of the code are under 0.5 mm wide: many phones will not read it. Print larger, or use a "
                        "shorter address."));
  if (warning & SOBRE_CARD_WARNING_SMALL_CODE)
    return g_strdup (_ ("The code is under 25 mm wide: phones read it only from very near. Print larger."));
  return NULL;
}

void
_sobre_card_job_place_card (const SobreCardJob *self, guint card, double *x, double *y)
{
  guint place = card % _sobre_card_job_get_cards_per_page (self);

  *x = (place % 2) * SOBRE_CARD_WIDTH;
  *y = self->paper == SOBRE_CARD_PAPER_A4 ? A4_TOP + (place / 2) * SOBRE_CARD_HEIGHT : 0;
}

void
sobre_card_job_draw_card (const SobreCardJob *self, cairo_t *cr, guint card)
{
  const SobreCard *which;
  SobreCardFace face;

  g_return_if_fail (card < self->cards->len);

  which = g_ptr_array_index (self->cards, card);
  face = (SobreCardFace) {
    .name = self->name,
    .languages = (const char *const *) self->languages,
    .table_id = which->table_id,
    .address = which->address,
    .code = which->code,
  };
  sobre_card_template_draw (&face, cr, NULL);
}

static void
add_mark (cairo_t *cr, double x1, double y1, double x2, double y2)
{
  cairo_move_to (cr, to_points (x1), to_points (y1));
  cairo_line_to (cr, to_points (x2), to_points (y2));
}

/* Ticks at the ends of the two cuts and a cross where they meet; the outer edges of the cards are the sheet's. */
static void
draw_cut_marks (cairo_t *cr)
{
  const double middle_x = SOBRE_CARD_WIDTH, middle_y = A4_HEIGHT / 2;

  add_mark (cr, middle_x, 0, middle_x, CUT_MARK);
  add_mark (cr, middle_x, A4_HEIGHT - CUT_MARK, middle_x, A4_HEIGHT);
  add_mark (cr, 0, middle_y, CUT_MARK, middle_y);
  add_mark (cr, A4_WIDTH - CUT_MARK, middle_y, A4_WIDTH, middle_y);
  add_mark (cr, middle_x - CUT_MARK / 2, middle_y, middle_x + CUT_MARK / 2, middle_y);
  add_mark (cr, middle_x, middle_y - CUT_MARK / 2, middle_x, middle_y + CUT_MARK / 2);
  cairo_set_source_rgb (cr, 0.45, 0.45, 0.45);
  cairo_set_line_width (cr, 0.4);
  cairo_stroke (cr);
}

void
sobre_card_job_draw_page (const SobreCardJob *self, cairo_t *cr, guint page)
{
  guint per_page = _sobre_card_job_get_cards_per_page (self);

  g_return_if_fail (page < sobre_card_job_get_n_pages (self));

  cairo_save (cr);
  cairo_translate (cr, to_points (self->offset_x), to_points (self->offset_y));
  cairo_scale (cr, self->scale, self->scale);
  for (guint card = page * per_page; card < MIN ((page + 1) * per_page, self->cards->len); card++)
    {
      double x, y;

      _sobre_card_job_place_card (self, card, &x, &y);
      cairo_save (cr);
      cairo_translate (cr, to_points (x), to_points (y));
      sobre_card_job_draw_card (self, cr, card);
      cairo_restore (cr);
    }
  if (self->paper == SOBRE_CARD_PAPER_A4)
    draw_cut_marks (cr);
  cairo_restore (cr);
}
