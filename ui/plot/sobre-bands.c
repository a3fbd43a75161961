/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-bands.h"

#include "sobre-drawing-private.h"

#define CAPTION_HEIGHT 20.0
#define WORDS_HEIGHT 22.0
#define PLOT_HEIGHT 56.0
#define LEAST_PLOT_HEIGHT 20.0
#define BAND_GAP 12.0
#define BOTTOM_HEIGHT 20.0
#define LABEL_DROP 15.0
#define LABEL_SIZE 11.0
#define RIGHT_MARGIN 4.0

/* Without a layer a band is words alone. */
typedef struct
{
  SobreAxis *axis;
  SobreLayer *layer;
  char *words;
} Band;

struct _SobreBands
{
  SobreDrawing parent_instance;
  GPtrArray *bands;
  char **columns;
  char **tips;
  SobreScale x;
  char *summary;
  SobreDataTable *table;
  char *empty;
};

G_DEFINE_FINAL_TYPE (SobreBands, sobre_bands, SOBRE_TYPE_DRAWING)

static void
band_free (gpointer data)
{
  Band *band = data;

  g_clear_pointer (&band->axis, sobre_axis_free);
  g_clear_object (&band->layer);
  g_free (band->words);
  g_free (band);
}

static guint
count_plots (const SobreBands *self)
{
  guint n = 0;

  for (guint i = 0; i < self->bands->len; i++)
    n += ((const Band *) g_ptr_array_index (self->bands, i))->layer != NULL;
  return n;
}

/* What all bands take but for their plots. */
static double
measure_rest (const SobreBands *self)
{
  guint n_plots = count_plots (self), n = self->bands->len;

  return SOBRE_DRAWING_TITLES_HEIGHT + n_plots * CAPTION_HEIGHT + (n - n_plots) * WORDS_HEIGHT + (n - 1) * BAND_GAP +
         BOTTOM_HEIGHT;
}

/* The labels of all bands have the same room on the left, so that their columns stand under each other. */
static SobreBox
get_columns_box (const SobreBands *self, SobreCanvas *canvas, double width)
{
  double left = 0;

  for (guint i = 0; i < self->bands->len; i++)
    {
      const Band *band = g_ptr_array_index (self->bands, i);

      if (band->axis != NULL)
        left = MAX (left, sobre_axis_measure_left (band->axis, canvas));
    }
  return (SobreBox) { left, 0, MAX (width - left - RIGHT_MARGIN, 1), 0 };
}

static double
draw_band (const SobreBands *self, SobreCanvas *canvas, const Band *band, SobreBox box, double width, double height)
{
  const SobreTextStyle style = { LABEL_SIZE, 400, sobre_canvas_get_theme (canvas)->dim };
  SobreFrame frame = { .x = &self->x };

  if (band->layer == NULL)
    {
      sobre_canvas_draw_text (canvas, band->words, &style, SOBRE_ALIGN_START, 0, box.y + 13, width);
      return WORDS_HEIGHT;
    }
  if (band->axis->caption != NULL)
    sobre_canvas_draw_text (canvas, band->axis->caption, &style, SOBRE_ALIGN_START, 0, box.y + 9, width);
  box.y += CAPTION_HEIGHT;
  box.height = height;
  frame.box = box;
  frame.y = &band->axis->scale;
  sobre_axis_draw_left (band->axis, canvas, &frame);
  sobre_layer_draw (band->layer, canvas, &frame);
  return CAPTION_HEIGHT + height;
}

/* Every column, every second one and so on, until no label touches the next. */
static void
draw_labels (const SobreBands *self, SobreCanvas *canvas, const SobreBox *box, double baseline)
{
  const SobreTextStyle style = { LABEL_SIZE, 400, sobre_canvas_get_theme (canvas)->dim };
  guint n = g_strv_length (self->columns), stride = 1;
  double step = box->width / n, widest = 0;

  for (guint i = 0; i < n; i++)
    widest = MAX (widest, sobre_canvas_measure (canvas, self->columns[i], &style));
  while (step * stride < widest + 6 && stride < n)
    stride++;
  for (guint i = 0; i < n; i += stride)
    sobre_canvas_draw_text (canvas, self->columns[i], &style, SOBRE_ALIGN_CENTER, box->x + (i + 0.5) * step, baseline,
                            widest + 2);
}

static void
sobre_bands_draw (SobreDrawing *drawing, SobreCanvas *canvas, double width, double height)
{
  SobreBands *self = SOBRE_BANDS (drawing);
  SobreBox box = get_columns_box (self, canvas, width);
  double plot_height = (height - measure_rest (self)) / MAX (count_plots (self), 1);

  box.y = sobre_drawing_draw_titles (drawing, canvas, width);
  if (self->empty != NULL)
    {
      sobre_drawing_draw_empty (canvas, self->empty, width, box.y, height - box.y);
      return;
    }
  if (plot_height < LEAST_PLOT_HEIGHT || box.width < 24)
    return;
  for (guint i = 0; i < self->bands->len; i++)
    {
      if (i > 0)
        box.y += BAND_GAP;
      box.y += draw_band (self, canvas, g_ptr_array_index (self->bands, i), box, width, plot_height);
    }
  draw_labels (self, canvas, &box, box.y + LABEL_DROP);
}

static double
sobre_bands_get_height (SobreDrawing *drawing, SobreCanvas *canvas, double width)
{
  SobreBands *self = SOBRE_BANDS (drawing);

  return self->bands->len > 0 ? measure_rest (self) + count_plots (self) * PLOT_HEIGHT : SOBRE_DRAWING_TITLES_HEIGHT + 80;
}

static char *
sobre_bands_hit_test (SobreDrawing *drawing, SobreCanvas *canvas, double width, double height, double x, double y)
{
  SobreBands *self = SOBRE_BANDS (drawing);
  SobreBox box = get_columns_box (self, canvas, width);
  int column = (int) ((x - box.x) / box.width * g_strv_length (self->columns));

  if (self->empty != NULL || self->tips == NULL || y < SOBRE_DRAWING_TITLES_HEIGHT || x < box.x ||
      column >= (int) g_strv_length (self->tips))
    return NULL;
  return g_strdup (self->tips[column]);
}

static char *
sobre_bands_make_summary (SobreDrawing *drawing)
{
  SobreBands *self = SOBRE_BANDS (drawing);

  return g_strdup (self->empty != NULL ? self->empty : self->summary);
}

static SobreDataTable *
sobre_bands_make_table (SobreDrawing *drawing)
{
  return sobre_data_table_copy (SOBRE_BANDS (drawing)->table);
}

static void
sobre_bands_finalize (GObject *object)
{
  SobreBands *self = SOBRE_BANDS (object);

  g_ptr_array_unref (self->bands);
  g_strfreev (self->columns);
  g_strfreev (self->tips);
  g_free (self->summary);
  g_clear_pointer (&self->table, sobre_data_table_free);
  g_free (self->empty);
  G_OBJECT_CLASS (sobre_bands_parent_class)->finalize (object);
}

static void
sobre_bands_class_init (SobreBandsClass *klass)
{
  SobreDrawingClass *drawing_class = SOBRE_DRAWING_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sobre_bands_finalize;
  drawing_class->draw = sobre_bands_draw;
  drawing_class->get_height = sobre_bands_get_height;
  drawing_class->hit_test = sobre_bands_hit_test;
  drawing_class->make_summary = sobre_bands_make_summary;
  drawing_class->make_table = sobre_bands_make_table;
}

static void
sobre_bands_init (SobreBands *self)
{
  const char *header[] = { NULL };

  self->bands = g_ptr_array_new_with_free_func (band_free);
  self->summary = g_strdup ("");
  self->table = sobre_data_table_new (header);
}

SobreBands *
sobre_bands_new (const char *const *columns)
{
  SobreBands *self = g_object_new (SOBRE_TYPE_BANDS, NULL);

  g_return_val_if_fail (columns[0] != NULL, NULL);

  self->columns = g_strdupv ((char **) columns);
  self->x = (SobreScale) { .kind = SOBRE_SCALE_LINEAR, .min = -0.5, .max = g_strv_length (self->columns) - 0.5 };
  return self;
}

void
sobre_bands_add (SobreBands *self, SobreAxis *axis, SobreSeries *series, gboolean line)
{
  Band *band = g_new0 (Band, 1);

  band->axis = axis;
  band->layer = line ? sobre_line_layer_new (series) : sobre_bar_layer_new (series);
  g_ptr_array_add (self->bands, band);
}

void
sobre_bands_add_words (SobreBands *self, const char *words)
{
  Band *band = g_new0 (Band, 1);

  band->words = g_strdup (words);
  g_ptr_array_add (self->bands, band);
}

void
sobre_bands_set_words (SobreBands *self, const char *summary, SobreDataTable *table, const char *const *tips)
{
  g_set_str (&self->summary, summary);
  g_clear_pointer (&self->table, sobre_data_table_free);
  self->table = table;
  g_clear_pointer (&self->tips, g_strfreev);
  self->tips = g_strdupv ((char **) tips);
}

void
sobre_bands_set_empty (SobreBands *self, const char *words)
{
  g_set_str (&self->empty, words);
}
