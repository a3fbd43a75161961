/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "qr/sobre-qr-code.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <qrencode.h>
#include <string.h>

#include "qr/sobre-card-error.h"

struct _SobreQrCode
{
  gatomicrefcount ref_count;
  guint size;
  SobreQrLevel level;
  guint8 *modules; /* one byte each, row by row, 1 for dark */
};

/* The four directions in which an outline runs, clockwise, y downwards. */
enum
{
  EAST,
  SOUTH,
  WEST,
  NORTH,
  N_DIRECTIONS,
};

static QRcode *
encode (const char *text, int version, SobreQrLevel level)
{
  const QRecLevel levels[] = { QR_ECLEVEL_L, QR_ECLEVEL_M, QR_ECLEVEL_Q, QR_ECLEVEL_H };

  return QRcode_encodeString (text, version, levels[level], QR_MODE_8, 1);
}

static SobreQrCode *
from_symbol (const QRcode *symbol, SobreQrLevel level)
{
  SobreQrCode *self = g_new0 (SobreQrCode, 1);
  gsize n_modules = (gsize) symbol->width * symbol->width;

  g_atomic_ref_count_init (&self->ref_count);
  self->size = symbol->width;
  self->level = level;
  self->modules = g_malloc (n_modules);
  for (gsize i = 0; i < n_modules; i++)
    self->modules[i] = symbol->data[i] & 1; /* the other bits say what the module is part of */
  return self;
}

SobreQrCode *
sobre_qr_code_new (const char *text, SobreQrLevel floor, GError **error)
{
  QRcode *symbol = encode (text, 0, floor);
  SobreQrLevel level = floor;
  SobreQrCode *self;

  if (symbol == NULL)
    {
      g_set_error (error, SOBRE_CARD_ERROR, SOBRE_CARD_ERROR_TOO_LONG,
                   _ ("No QR code holds these %zu bytes at the wanted level of error correction. Use a shorter address."),
                   strlen (text));
      return NULL;
    }

  for (SobreQrLevel higher = SOBRE_QR_LEVEL_H; higher > floor; higher--)
    {
      QRcode *boosted = encode (text, symbol->version, higher);

      if (boosted != NULL && boosted->version == symbol->version)
        {
          QRcode_free (symbol);
          symbol = boosted;
          level = higher;
          break;
        }
      if (boosted != NULL)
        QRcode_free (boosted);
    }

  self = from_symbol (symbol, level);
  QRcode_free (symbol);
  return self;
}

SobreQrCode *
sobre_qr_code_ref (SobreQrCode *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sobre_qr_code_unref (SobreQrCode *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->modules);
  g_free (self);
}

guint
sobre_qr_code_get_size (const SobreQrCode *self)
{
  return self->size;
}

SobreQrLevel
sobre_qr_code_get_level (const SobreQrCode *self)
{
  return self->level;
}

gboolean
sobre_qr_code_is_dark (const SobreQrCode *self, int column, int row)
{
  if (column < 0 || row < 0 || column >= (int) self->size || row >= (int) self->size)
    return FALSE;
  return self->modules[(gsize) row * self->size + column] != 0;
}

/* For each corner of the module grid, the directions in which an edge leaves it. Edges run clockwise around dark modules and lie
 * only where dark meets light, so every edge is on exactly one outline. */
static guint8 *
find_edges (const SobreQrCode *self)
{
  gsize stride = self->size + 1;
  guint8 *edges = g_malloc0 (stride * stride);

  for (int y = 0; y < (int) self->size; y++)
    for (int x = 0; x < (int) self->size; x++)
      {
        if (!sobre_qr_code_is_dark (self, x, y))
          continue;
        if (!sobre_qr_code_is_dark (self, x, y - 1))
          edges[y * stride + x] |= 1 << EAST;
        if (!sobre_qr_code_is_dark (self, x + 1, y))
          edges[y * stride + x + 1] |= 1 << SOUTH;
        if (!sobre_qr_code_is_dark (self, x, y + 1))
          edges[(y + 1) * stride + x + 1] |= 1 << WEST;
        if (!sobre_qr_code_is_dark (self, x - 1, y))
          edges[(y + 1) * stride + x] |= 1 << NORTH;
      }
  return edges;
}

/* Where modules touch only at a corner the outline turns right, so it stays on its own module. */
static int
choose_direction (guint8 edges, int from)
{
  const int turns[] = { 1, 0, 3 };

  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    if (edges & (1 << ((from + turns[i]) % N_DIRECTIONS)))
      return (from + turns[i]) % N_DIRECTIONS;
  g_return_val_if_reached (EAST);
}

/* Follows the outline that leaves (@x, @y) eastwards until it comes back, and takes its edges off @edges. */
static void
trace_outline (cairo_t *cr, guint8 *edges, gsize stride, int x, int y)
{
  const int step_x[] = { 1, 0, -1, 0 };
  const int step_y[] = { 0, 1, 0, -1 };
  guint8 *start = &edges[y * stride + x];
  int direction = EAST;

  cairo_move_to (cr, x, y);
  for (;;)
    {
      guint8 *corner = &edges[y * stride + x];
      int next;

      if (corner != start || direction != EAST)
        *corner &= ~(1 << direction);
      x += step_x[direction];
      y += step_y[direction];
      next = choose_direction (edges[y * stride + x], direction);
      if (&edges[y * stride + x] == start && next == EAST)
        break;
      if (next != direction)
        cairo_line_to (cr, x, y);
      direction = next;
    }
  *start &= ~(1 << EAST);
  cairo_close_path (cr);
}

static void
add_path (const SobreQrCode *self, cairo_t *cr)
{
  g_autofree guint8 *edges = find_edges (self);
  gsize stride = self->size + 1;

  cairo_new_path (cr);
  for (guint y = 0; y <= self->size; y++)
    for (guint x = 0; x <= self->size; x++)
      if (edges[y * stride + x] & (1 << EAST))
        trace_outline (cr, edges, stride, x, y);
}

static gboolean
surface_is_raster (cairo_surface_t *surface)
{
  switch (cairo_surface_get_type (surface))
    {
    case CAIRO_SURFACE_TYPE_PDF:
    case CAIRO_SURFACE_TYPE_PS:
    case CAIRO_SURFACE_TYPE_SVG:
    case CAIRO_SURFACE_TYPE_RECORDING:
    case CAIRO_SURFACE_TYPE_SCRIPT:
      return FALSE;
    default:
      return TRUE;
    }
}

/* Changes the symbol's place to whole device pixels where there are such and the module has at least one. */
static gboolean
snap_to_device (cairo_t *cr, guint n_modules, double *x, double *y, double *size)
{
  cairo_surface_t *target = cairo_get_group_target (cr);
  cairo_matrix_t matrix;
  double scale_x, scale_y, offset_x, offset_y;
  double module, left, top;

  cairo_get_matrix (cr, &matrix);
  cairo_surface_get_device_scale (target, &scale_x, &scale_y);
  cairo_surface_get_device_offset (target, &offset_x, &offset_y);
  if (!surface_is_raster (target) || matrix.xy != 0 || matrix.yx != 0 || matrix.xx <= 0 || matrix.xx != matrix.yy ||
      scale_x != scale_y)
    return FALSE;

  /* A hundredth of a pixel is forgiven, so that a place that is whole but for rounding does not lose a pixel per module. */
  module = floor (*size * matrix.xx * scale_x / n_modules + 0.01);
  if (module < 1)
    return FALSE;
  left = (*x * matrix.xx + matrix.x0) * scale_x + offset_x;
  top = (*y * matrix.yy + matrix.y0) * scale_y + offset_y;
  left = round (left + (*size * matrix.xx * scale_x - module * n_modules) / 2);
  top = round (top + (*size * matrix.xx * scale_x - module * n_modules) / 2);
  *x = ((left - offset_x) / scale_x - matrix.x0) / matrix.xx;
  *y = ((top - offset_y) / scale_y - matrix.y0) / matrix.yy;
  *size = module * n_modules / (matrix.xx * scale_x);
  return TRUE;
}

void
sobre_qr_code_draw (const SobreQrCode *self, cairo_t *cr, double x, double y, double size)
{
  cairo_save (cr);
  if (snap_to_device (cr, self->size, &x, &y, &size))
    cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_translate (cr, x, y);
  cairo_scale (cr, size / self->size, size / self->size);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
  add_path (self, cr);
  cairo_fill (cr);
  cairo_restore (cr);
}
