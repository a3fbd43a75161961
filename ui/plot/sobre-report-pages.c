/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-report-pages.h"

#include <glib/gi18n-lib.h>

#include "sobre-drawing-private.h"
#include "sobre-format.h"
#include "sobre-table-ranking.h"
#include "sobre-visits-plots.h"

#define MARGIN 52.0
#define CONTENT_WIDTH (SOBRE_REPORT_WIDTH - 2 * MARGIN)
#define HEAD_HEIGHT 84.0
#define FOOT_HEIGHT 26.0
#define GAP 24.0
#define COLUMN_GAP 28.0
#define TREND_HEIGHT 212.0
#define INTEREST_HEIGHT 300.0
#define MOST_DISHES 20
#define LEAST_PLAN_SHARE 0.7
#define COMMENT_WIDTH ((CONTENT_WIDTH - COLUMN_GAP) / 2)
#define COMMENT_STEP 12.0
#define LEAST_COMMENTS_HEIGHT 120.0
#define HEAT_SHARE 0.6
#define RANKING_COLUMNS 2
#define LEAST_RANKING_LINES 3

/* A drawing at its place; of a comment list its titles, or @n_comments from @first_comment on. */
typedef struct
{
  SobreDrawing *drawing;
  SobreBox box;
  guint first_comment;
  guint n_comments;
  gboolean titles_only;
} Item;

struct _SobreReportPages
{
  GPtrArray *drawings;
  GPtrArray *pages; /* of GArray of Item */
  double height;
  double end; /* of the last item on the last page */
  char *title;
  char *filter;
  char *calendar;
  char *age;
  char *left_out;
  char *made;
};

static gboolean
is_endless (const SobreReportPages *self)
{
  return self->height == SOBRE_REPORT_ENDLESS;
}

static void
add_page (SobreReportPages *self)
{
  g_ptr_array_add (self->pages, g_array_new (FALSE, FALSE, sizeof (Item)));
  self->end = self->pages->len == 1 ? MARGIN + HEAD_HEIGHT : MARGIN;
}

static double
get_room (const SobreReportPages *self)
{
  return is_endless (self) ? G_MAXFLOAT : self->height - MARGIN - FOOT_HEIGHT - self->end;
}

static void
put (SobreReportPages *self, const Item *item)
{
  g_array_append_vals (g_ptr_array_index (self->pages, self->pages->len - 1), item, 1);
}

/* Drawings beside each other, each @shares of the width; on the next page when they do not fit on this one. */
static void
add_row (SobreReportPages *self, SobreDrawing *const *drawings, const double *shares, guint n, double height)
{
  double left = MARGIN, room = CONTENT_WIDTH - (n - 1) * COLUMN_GAP;

  if (height > get_room (self))
    add_page (self);
  for (guint i = 0; i < n; i++)
    {
      Item item = { .drawing = drawings[i], .box = { left, self->end, room * shares[i], height } };

      put (self, &item);
      left += item.box.width + COLUMN_GAP;
    }
  self->end += height + GAP;
}

/* How high a column of the comments from @first on is: what is left of the page, or less where two even columns hold the rest. */
static double
choose_column_height (SobreCommentList *list, SobreCanvas *canvas, guint first, double room)
{
  guint n_left = sobre_comment_list_get_n_comments (list) - first;
  double used;

  sobre_comment_list_draw_part (list, canvas, first, COMMENT_WIDTH, G_MAXFLOAT, FALSE, &used);
  for (double height = used / 2; height < room; height += COMMENT_STEP)
    {
      guint n = sobre_comment_list_draw_part (list, canvas, first, COMMENT_WIDTH, height, FALSE, &used);

      if (n + sobre_comment_list_draw_part (list, canvas, first + n, COMMENT_WIDTH, height, FALSE, &used) == n_left)
        return height;
    }
  return room;
}

/* One column of comments; how many it holds. A comment that is longer than a page is cut at the page's end. */
static guint
add_comment_column (SobreReportPages *self, SobreCanvas *canvas, SobreDrawing *drawing, guint first, double left, double height)
{
  Item item = { .drawing = drawing, .box = { left, self->end, COMMENT_WIDTH, height }, .first_comment = first };
  double used;

  item.n_comments =
      sobre_comment_list_draw_part (SOBRE_COMMENT_LIST (drawing), canvas, first, COMMENT_WIDTH, height, FALSE, &used);
  if (item.n_comments == 0 && height >= self->height - 2 * MARGIN - HEAD_HEIGHT - FOOT_HEIGHT && !is_endless (self))
    item.n_comments = 1;
  if (item.n_comments > 0)
    put (self, &item);
  return item.n_comments;
}

/* In two columns a page, the titles over the first. */
static void
add_comments (SobreReportPages *self, SobreCanvas *canvas, SobreDrawing *drawing)
{
  guint n_comments = sobre_comment_list_get_n_comments (SOBRE_COMMENT_LIST (drawing));
  guint first = 0;
  Item titles = { .drawing = drawing, .box = { MARGIN, 0, CONTENT_WIDTH, SOBRE_DRAWING_TITLES_HEIGHT }, .titles_only = TRUE };

  if (n_comments == 0)
    {
      add_row (self, &drawing, (const double[]) { 1 }, 1, sobre_drawing_get_height (drawing, canvas, CONTENT_WIDTH));
      return;
    }
  if (get_room (self) < LEAST_COMMENTS_HEIGHT)
    add_page (self);
  titles.box.y = self->end;
  put (self, &titles);
  self->end += SOBRE_DRAWING_TITLES_HEIGHT;
  while (first < n_comments)
    {
      double height = choose_column_height (SOBRE_COMMENT_LIST (drawing), canvas, first, get_room (self));

      first += add_comment_column (self, canvas, drawing, first, MARGIN, height);
      if (first < n_comments)
        first += add_comment_column (self, canvas, drawing, first, MARGIN + COMMENT_WIDTH + COLUMN_GAP, height);
      self->end += height + GAP;
      if (first < n_comments)
        add_page (self);
    }
}

static SobreDrawing *
keep (SobreReportPages *self, SobreDrawing *drawing)
{
  g_ptr_array_add (self->drawings, drawing);
  return drawing;
}

static void
add_tiles (SobreReportPages *self, SobreCanvas *canvas, GPtrArray *tiles)
{
  g_autofree double *shares = g_new (double, tiles->len);

  for (guint i = 0; i < tiles->len; i++)
    {
      shares[i] = 1.0 / tiles->len;
      keep (self, g_object_ref (g_ptr_array_index (tiles, i)));
    }
  add_row (self, (SobreDrawing *const *) tiles->pdata, shares, tiles->len,
           sobre_drawing_get_height (g_ptr_array_index (tiles, 0), canvas, CONTENT_WIDTH / tiles->len));
}

/* A little lower than suits it, when that keeps it on the page. */
static void
add_floor_plan (SobreReportPages *self, SobreCanvas *canvas, const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  SobreDrawing *plan = sobre_figures_make_floor_plan (figures, labels);
  double height;

  if (plan == NULL)
    return;
  height = sobre_drawing_get_height (plan, canvas, CONTENT_WIDTH);
  if (get_room (self) >= LEAST_PLAN_SHARE * height)
    height = MIN (height, get_room (self));
  keep (self, plan);
  add_row (self, &plan, (const double[]) { 1 }, 1, height);
}

/* Every table, as many on a page as fit there. */
static void
add_ranking (SobreReportPages *self, SobreCanvas *canvas, const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  guint n_tables = sobre_figures_count_ranked (figures), first = 0;

  do
    {
      guint n_lines = MIN (sobre_table_ranking_count_lines (get_room (self)), (n_tables - first + 1) / RANKING_COLUMNS);
      SobreDrawing *part;

      if (n_lines < LEAST_RANKING_LINES && n_lines * RANKING_COLUMNS < n_tables - first)
        {
          add_page (self);
          n_lines = sobre_table_ranking_count_lines (get_room (self));
        }
      part = keep (self, sobre_figures_make_ranking (figures, labels, first, MAX (n_lines, 1) * RANKING_COLUMNS));
      add_row (self, &part, (const double[]) { 1 }, 1, sobre_drawing_get_height (part, canvas, CONTENT_WIDTH));
      first += MAX (n_lines, 1) * RANKING_COLUMNS;
    }
  while (first < n_tables);
}

static void
add_pair (SobreReportPages *self, SobreCanvas *canvas, SobreDrawing *left, SobreDrawing *right)
{
  SobreDrawing *pair[2] = { keep (self, left), keep (self, right) };
  double width = (CONTENT_WIDTH - COLUMN_GAP) / 2;

  add_row (self, pair, (const double[]) { 0.5, 0.5 }, 2,
           MAX (sobre_drawing_get_height (left, canvas, width), sobre_drawing_get_height (right, canvas, width)));
}

/* What guests did before they answered; a house without menu and till has nothing to read here. */
static void
add_visits (SobreReportPages *self, SobreCanvas *canvas, const SobreReport *report)
{
  const SobreVisitFigures *visits = report->visits;
  const SobreFigures *figures = report->figures;
  const SobreFiguresLabels *labels = &report->labels;
  SobreDrawing *wide;

  if (visits == NULL || !sobre_visits_have_anything (visits))
    return;
  add_pair (self, canvas, sobre_visits_make_funnel (visits, figures, labels),
            sobre_visits_make_drop_off (visits, figures, labels));
  wide = keep (self, sobre_visits_make_hours (visits, figures, labels));
  add_row (self, &wide, (const double[]) { 1 }, 1, sobre_drawing_get_height (wide, canvas, CONTENT_WIDTH));
  wide = keep (self, sobre_visits_make_interest (visits, figures, labels));
  add_row (self, &wide, (const double[]) { 1 }, 1, INTEREST_HEIGHT);
  wide = keep (self, sobre_visits_make_dishes (visits, figures, labels, MOST_DISHES));
  add_row (self, &wide, (const double[]) { 1 }, 1, sobre_drawing_get_height (wide, canvas, CONTENT_WIDTH));
}

static void
lay_out (SobreReportPages *self, SobreCanvas *canvas, const SobreReport *report, guint max_comments)
{
  const SobreFigures *figures = report->figures;
  const SobreFiguresLabels *labels = &report->labels;
  g_autoptr (GPtrArray) tiles = sobre_figures_make_tiles (figures, labels);
  SobreDrawing *trend, *pair[2];

  add_page (self);
  add_tiles (self, canvas, tiles);
  trend = keep (self, sobre_figures_make_trend (figures, labels));
  add_row (self, &trend, (const double[]) { 1 }, 1, TREND_HEIGHT);
  pair[0] = keep (self, sobre_figures_make_heat_map (figures, labels));
  pair[1] = keep (self, sobre_figures_make_questions (figures, labels));
  add_row (self, pair, (const double[]) { HEAT_SHARE, 1 - HEAT_SHARE }, 2,
           MAX (sobre_drawing_get_height (pair[0], canvas, CONTENT_WIDTH * HEAT_SHARE),
                sobre_drawing_get_height (pair[1], canvas, CONTENT_WIDTH * (1 - HEAT_SHARE))));
  add_floor_plan (self, canvas, figures, labels);
  add_ranking (self, canvas, figures, labels);
  add_visits (self, canvas, report);
  add_comments (self, canvas, keep (self, sobre_figures_make_comments (figures, labels, max_comments)));
  if (is_endless (self))
    self->height = self->end + FOOT_HEIGHT + MARGIN;
}

/* Text is as wide on any surface, so what is laid out on a recording fits where it is drawn. */
static SobreCanvas *
make_measuring_canvas (void)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  SobreCanvas *canvas = sobre_canvas_new (cr, sobre_theme_get (SOBRE_THEME_PRINT));

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return canvas;
}

static char *
describe_left_out (const SobreFigures *figures)
{
  g_autofree char *n = sobre_format_count (figures->n_unverified);

  if (figures->n_unverified == 0 || figures->filter->unverified)
    return g_strdup ("");
  return g_strdup_printf (ngettext ("%s answer without a valid card is left out",
                                    "%s answers without a valid card are left out", (gulong) figures->n_unverified),
                          n);
}

static char *
describe_making (const SobreReport *report)
{
  gint32 day = sobre_service_calendar_locate (report->labels.calendar, report->made_at).day;
  g_autofree char *date = sobre_format_day (day, TRUE);
  g_autofree char *time = sobre_format_time (report->made_at, report->labels.calendar);

  /* Translators: a date and a time. */
  return g_strdup_printf (_ ("Made with Sobremesa on %s, %s"), date, time);
}

SobreReportPages *
sobre_report_pages_new (const SobreReport *report, double page_height, guint max_comments)
{
  SobreReportPages *self = g_new0 (SobreReportPages, 1);
  g_autoptr (SobreCanvas) canvas = make_measuring_canvas ();

  self->drawings = g_ptr_array_new_with_free_func (g_object_unref);
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  self->height = page_height;
  self->title = g_strdup (report->restaurant);
  self->filter = sobre_figures_describe_filter (report->figures, &report->labels);
  self->calendar = sobre_figures_describe_calendar (&report->labels);
  self->age = sobre_figures_describe_age (report->figures, &report->labels);
  self->left_out = describe_left_out (report->figures);
  self->made = describe_making (report);
  lay_out (self, canvas, report, max_comments);
  return self;
}

void
sobre_report_pages_free (SobreReportPages *self)
{
  g_ptr_array_unref (self->drawings);
  g_ptr_array_unref (self->pages);
  g_free (self->title);
  g_free (self->filter);
  g_free (self->calendar);
  g_free (self->age);
  g_free (self->left_out);
  g_free (self->made);
  g_free (self);
}

guint
sobre_report_pages_get_n_pages (const SobreReportPages *self)
{
  return self->pages->len;
}

double
sobre_report_pages_get_height (const SobreReportPages *self)
{
  return self->height;
}

static void
draw_head (const SobreReportPages *self, SobreCanvas *canvas)
{
  const SobreTheme *theme = sobre_canvas_get_theme (canvas);
  SobreTextStyle title = { 26, 700, theme->ink };
  const SobreTextStyle what = { 13, 600, theme->ink };
  const SobreTextStyle dim = { 12, 400, theme->dim };
  double natural = sobre_canvas_measure (canvas, self->title, &title);
  SobreBox filter;

  title.size = MAX (title.size * MIN (CONTENT_WIDTH / natural, 1), 15);
  sobre_canvas_draw_text (canvas, self->title, &title, SOBRE_ALIGN_START, MARGIN, MARGIN + 22, CONTENT_WIDTH);
  filter = sobre_canvas_draw_text (canvas, self->filter, &what, SOBRE_ALIGN_START, MARGIN, MARGIN + 45, CONTENT_WIDTH);
  sobre_canvas_draw_text (canvas, self->calendar, &dim, SOBRE_ALIGN_START, MARGIN, MARGIN + 63, CONTENT_WIDTH * 0.6);
  sobre_canvas_draw_text (canvas, self->age, &dim, SOBRE_ALIGN_END, MARGIN + CONTENT_WIDTH, MARGIN + 63, CONTENT_WIDTH * 0.38);
  sobre_canvas_draw_text (canvas, self->left_out, &dim, SOBRE_ALIGN_END, MARGIN + CONTENT_WIDTH, MARGIN + 45,
                          CONTENT_WIDTH - filter.width - 16);
}

static void
draw_foot (const SobreReportPages *self, SobreCanvas *canvas, guint page)
{
  const SobreTheme *theme = sobre_canvas_get_theme (canvas);
  const SobreTextStyle style = { 11, 400, theme->dim };
  double baseline = self->height - MARGIN + 6;
  g_autofree char *number = g_strdup_printf (_ ("page %u of %u"), page + 1, self->pages->len);
  g_autofree char *words = g_strdup_printf ("%s · %s", self->title, self->filter);
  double number_width;

  sobre_canvas_draw_line (canvas, MARGIN, baseline - 18, MARGIN + CONTENT_WIDTH, baseline - 18, theme->line, FALSE);
  number_width = sobre_canvas_draw_text (canvas, number, &style, SOBRE_ALIGN_END, MARGIN + CONTENT_WIDTH, baseline, 120).width;
  sobre_canvas_draw_text (canvas, page == 0 ? self->made : words, &style, SOBRE_ALIGN_START, MARGIN, baseline,
                          CONTENT_WIDTH - number_width - 16);
}

static void
draw_item (SobreCanvas *canvas, const Item *item)
{
  double used;

  sobre_canvas_push (canvas, item->box.x, item->box.y);
  if (item->titles_only)
    sobre_drawing_draw_titles (item->drawing, canvas, item->box.width);
  else if (item->n_comments > 0)
    sobre_comment_list_draw_part (SOBRE_COMMENT_LIST (item->drawing), canvas, item->first_comment, item->box.width,
                                  item->box.height + 0.01, TRUE, &used);
  else
    sobre_drawing_draw (item->drawing, canvas, item->box.width, item->box.height);
  sobre_canvas_pop (canvas);
}

void
sobre_report_pages_draw (const SobreReportPages *self, SobreCanvas *canvas, guint page)
{
  const GArray *items = g_ptr_array_index (self->pages, page);
  cairo_t *cr = sobre_canvas_get_cr (canvas);

  sobre_color_set (sobre_canvas_get_theme (canvas)->card, cr);
  cairo_rectangle (cr, 0, 0, SOBRE_REPORT_WIDTH, self->height);
  cairo_fill (cr);
  if (page == 0)
    draw_head (self, canvas);
  for (guint i = 0; i < items->len; i++)
    draw_item (canvas, &g_array_index (items, Item, i));
  draw_foot (self, canvas, page);
}

GPtrArray *
sobre_report_pages_get_drawings (const SobreReportPages *self)
{
  return self->drawings;
}

const char *
sobre_report_pages_get_title (const SobreReportPages *self)
{
  return self->title;
}

const char *
sobre_report_pages_get_filter (const SobreReportPages *self)
{
  return self->filter;
}

const char *
sobre_report_pages_get_calendar (const SobreReportPages *self)
{
  return self->calendar;
}

const char *
sobre_report_pages_get_age (const SobreReportPages *self)
{
  return self->age;
}
