/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Everything is laid out twice by the same functions: once without drawing, to know how high it is and how many pages there are. */

#include "publish/sobre-menu-print.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "model/sobre-language.h"
#include "publish/sobre-html.h"

/* A4 in points. */
#define PAGE_WIDTH 595.28
#define PAGE_HEIGHT 841.89
#define MARGIN 48.0
#define COLUMN_GAP 32.0
#define COLUMN_WIDTH ((PAGE_WIDTH - 2 * MARGIN - COLUMN_GAP) / 2)
#define TITLE_HEIGHT 92.0
#define FOOT_HEIGHT 24.0
#define SECTION_GAP 18.0
#define DISH_GAP 9.0
#define PRICE_GAP 10.0
#define INDENT 10.0

#define SERIF "Noto Serif, Noto Naskh Arabic, Georgia, serif"
#define SANS "Noto Sans, Noto Sans Arabic, sans-serif"

/* Printer: where the next thing goes. @drawing: whether it is drawn, or only measured */
typedef struct
{
  const SobreMenuSpeech *speech;
  const char *restaurant;
  const char *const *sold_out;
  cairo_t *cr;
  PangoContext *context;
  gboolean right_to_left;
  gboolean drawing;
  guint page;
  guint n_pages;
  guint column;
  double y;
} Printer;

static double
get_top (const Printer *self)
{
  return self->page == 1 ? MARGIN + TITLE_HEIGHT : MARGIN;
}

/* The first column is where reading begins. */
static double
get_left (const Printer *self)
{
  gboolean second = self->column == (self->right_to_left ? 0 : 1);

  return MARGIN + (second ? COLUMN_WIDTH + COLUMN_GAP : 0);
}

/* Lays a text out @width wide and, if it is to be seen, draws it at a distance from the side where reading begins. Returns its height. */
static double
put_text (Printer *self,
          const char *text,
          const char *font,
          double size,
          double gray,
          double left,
          double y,
          double width,
          double *used)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (self->context);
  PangoFontDescription *description = pango_font_description_from_string (font);
  int text_width, text_height;

  pango_font_description_set_absolute_size (description, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, description);
  pango_font_description_free (description);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_alignment (layout, self->right_to_left ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_size (layout, &text_width, &text_height);
  if (used != NULL)
    *used = (double) text_width / PANGO_SCALE;
  if (self->drawing)
    {
      cairo_set_source_rgb (self->cr, gray, gray, gray);
      cairo_move_to (self->cr, left, y);
      pango_cairo_show_layout (self->cr, layout);
    }
  return (double) text_height / PANGO_SCALE;
}

/* A line of text across the column, @indent in from where reading begins. */
static void
put_line (Printer *self, const char *text, const char *font, double size, double gray, double indent)
{
  double left = get_left (self) + (self->right_to_left ? 0 : indent);

  if (text != NULL)
    self->y += put_text (self, text, font, size, gray, left, self->y, COLUMN_WIDTH - indent, NULL);
}

/* A name with its price on the other side of the column. */
static void
put_priced (Printer *self, const char *name, const char *price, const char *font, double size, double indent)
{
  Printer measure = *self;
  double price_width = 0, left = get_left (self), name_room, height, name_left, price_left;

  measure.drawing = FALSE;
  if (price != NULL)
    put_text (&measure, price, SANS " Semi-Bold", size, 0, 0, 0, COLUMN_WIDTH, &price_width);
  name_room = COLUMN_WIDTH - indent - (price != NULL ? price_width + PRICE_GAP : 0);
  name_left = self->right_to_left ? left + COLUMN_WIDTH - indent - name_room : left + indent;
  price_left = self->right_to_left ? left : left + COLUMN_WIDTH - price_width;
  height = put_text (self, name, font, size, 0, name_left, self->y, name_room, NULL);
  if (price != NULL)
    put_text (self, price, SANS " Semi-Bold", size, 0, price_left, self->y, price_width + 1, NULL);
  self->y += height;
}

/* "4, 7 (8)": what it contains, and in brackets what it may contain, by the numbers of the legend. */
static char *
dup_codes (SobreAllergens allergens)
{
  GString *codes = g_string_new (NULL);
  guint n_traces = 0;

  for (guint i = 0; i < SOBRE_N_ALLERGENS; i++)
    if (allergens.contains & 1u << i)
      g_string_append_printf (codes, codes->len > 0 ? ", %u" : "%u", i + 1);
  for (guint i = 0; i < SOBRE_N_ALLERGENS; i++)
    if (allergens.traces & 1u << i)
      g_string_append_printf (codes, n_traces++ > 0 ? ", %u" : codes->len > 0 ? " (%u" : "(%u", i + 1);
  if (n_traces > 0)
    g_string_append_c (codes, ')');
  return g_string_free (codes, FALSE);
}

static const char *
say (const Printer *self, const SobreDocumentText *text)
{
  return sobre_document_text_get (text, self->speech->language);
}

static gboolean
is_sold_out (const Printer *self, const char *item)
{
  return self->sold_out != NULL && g_strv_contains (self->sold_out, item);
}

static void
put_option (Printer *self, const SobreMenuDish *dish, const SobreMenuOption *option)
{
  g_autofree char *item = g_strdup_printf ("%s/%s", dish->id, option->id);
  g_autofree char *price = sobre_menu_say_surcharge (self->speech, option->price);
  g_autofree char *codes = dup_codes (option->allergens);
  g_autofree char *diets = sobre_menu_say_diets (self->speech, option->diets);
  g_autofree char *fits = diets != NULL ? sobre_html_fill (sobre_menu_say (self->speech, "fits"), "list", diets) : NULL;
  g_autofree char *text = g_strjoin (" ", say (self, option->name), *codes != '\0' || fits != NULL ? "·" : "", codes,
                                     fits != NULL ? fits : "", NULL);

  put_priced (self, g_strchomp (text), price, SANS, 8.5, INDENT);
  if (is_sold_out (self, item))
    put_line (self, sobre_menu_say (self->speech, "gone"), SANS " Semi-Bold", 8.5, 0.35, INDENT);
}

static void
put_dish (Printer *self, gconstpointer data)
{
  const SobreMenuDish *dish = data;
  g_autofree char *name =
      dish->number != 0 ? g_strdup_printf ("%u  %s", dish->number, say (self, dish->name)) : g_strdup (say (self, dish->name));
  g_autofree char *price = dish->sizes->len == 0 ? sobre_menu_say_price (self->speech, dish->price) : NULL;
  g_autofree char *diets = sobre_menu_say_diets (self->speech, dish->diets);
  g_autofree char *codes = dup_codes (dish->allergens);
  g_autofree char *notes = g_strjoin (diets != NULL && *codes != '\0' ? " · " : "", diets != NULL ? diets : "", codes, NULL);

  put_priced (self, name, price, SERIF " Semi-Bold", 11, 0);
  if (is_sold_out (self, dish->id))
    put_line (self, sobre_menu_say (self->speech, "gone"), SANS " Semi-Bold", 9, 0.35, 0);
  put_line (self, say (self, dish->text), SANS, 9, 0.2, 0);
  for (guint i = 0; i < dish->sizes->len; i++)
    {
      const SobreMenuSize *size = g_ptr_array_index (dish->sizes, i);
      g_autofree char *amount = sobre_menu_say_price (self->speech, size->price);

      put_priced (self, say (self, size->name), amount, SANS, 9, INDENT);
    }
  if (*notes != '\0')
    put_line (self, notes, SANS, 8, 0.35, 0);
  for (guint i = 0; i < dish->options->len; i++)
    put_option (self, dish, g_ptr_array_index (dish->options, i));
  self->y += DISH_GAP;
}

static void
put_heading (Printer *self, gconstpointer data)
{
  const SobreMenuSection *section = data;
  g_autofree char *hours = sobre_menu_say_hours (self->speech, section->parts);

  if (self->y > get_top (self))
    self->y += SECTION_GAP;
  put_line (self, say (self, section->name), SERIF " Semi-Bold", 16, 0, 0);
  put_line (self, say (self, section->text), SANS, 9, 0.35, 0);
  put_line (self, hours, SANS, 8.5, 0.35, 0);
  self->y += DISH_GAP / 2;
}

static void
put_legend (Printer *self, gconstpointer data)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *traces = sobre_html_fill (sobre_menu_say (self->speech, "traces"), "list", "(1)");

  for (guint i = 0; i < SOBRE_N_ALLERGENS; i++)
    g_string_append_printf (names, "%s%u\u00a0%s", i > 0 ? " · " : "", i + 1, sobre_menu_say_allergen (self->speech, i));
  self->y += SECTION_GAP;
  put_line (self, sobre_menu_say (self->speech, "legend"), SERIF " Semi-Bold", 11, 0, 0);
  put_line (self, names->str, SANS, 8.5, 0.2, 0);
  put_line (self, traces, SANS, 8.5, 0.2, 0);
  put_line (self, sobre_menu_say (self->speech, "ask"), SANS " Semi-Bold", 9, 0, 0);
  put_line (self, sobre_menu_get_words (self->speech->menu, SOBRE_MENU_NOTE, self->speech->language), SANS, 8.5, 0.2, 0);
}

static void
put_title (Printer *self)
{
  double width = PAGE_WIDTH - 2 * MARGIN;
  const char *intro = sobre_menu_get_words (self->speech->menu, SOBRE_MENU_INTRO, self->speech->language);
  double y = MARGIN;

  y += put_text (self, self->restaurant, SANS " Semi-Bold", 10, 0.35, MARGIN, y, width, NULL);
  y += put_text (self, sobre_menu_get_words (self->speech->menu, SOBRE_MENU_TITLE, self->speech->language), SERIF " Semi-Bold",
                 28, 0, MARGIN, y, width, NULL);
  if (intro != NULL)
    put_text (self, intro, SANS, 10, 0.35, MARGIN, y, width, NULL);
}

static void
put_foot (Printer *self)
{
  g_autofree char *n = g_strdup_printf ("%u", self->page);
  g_autofree char *total = g_strdup_printf ("%u", self->n_pages);
  g_autofree char *with_n = sobre_html_fill (sobre_menu_say (self->speech, "page"), "n", n);
  g_autofree char *text = sobre_html_fill (with_n, "total", total);

  put_text (self, text, SANS, 8, 0.35, MARGIN, PAGE_HEIGHT - MARGIN + 6, PAGE_WIDTH - 2 * MARGIN, NULL);
}

static void
next_column (Printer *self)
{
  self->column++;
  if (self->column > 1)
    {
      put_foot (self);
      if (self->drawing)
        cairo_show_page (self->cr);
      self->column = 0;
      self->page++;
    }
  self->y = get_top (self);
}

typedef void (*Put) (Printer *self, gconstpointer data);

/* Puts things that stay together, in the next column where they do not fit in this one. @second: (nullable) */
static void
put_together (Printer *self, Put first, gconstpointer first_data, Put second, gconstpointer second_data)
{
  Printer measure = *self;

  measure.drawing = FALSE;
  first (&measure, first_data);
  if (second != NULL)
    second (&measure, second_data);
  if (measure.y > PAGE_HEIGHT - MARGIN - FOOT_HEIGHT && self->y > get_top (self))
    next_column (self);
  first (self, first_data);
  if (second != NULL)
    second (self, second_data);
}

/* The whole menu. Returns how many pages it took. */
static guint
put_menu (Printer *self)
{
  GPtrArray *sections = sobre_menu_get_sections (self->speech->menu);

  self->page = 1;
  self->column = 0;
  self->y = get_top (self);
  put_title (self);
  for (guint i = 0; i < sections->len; i++)
    {
      const SobreMenuSection *section = g_ptr_array_index (sections, i);

      put_together (self, put_heading, section, put_dish, g_ptr_array_index (section->dishes, 0));
      for (guint j = 1; j < section->dishes->len; j++)
        put_together (self, put_dish, g_ptr_array_index (section->dishes, j), NULL, NULL);
    }
  put_together (self, put_legend, NULL, NULL, NULL);
  put_foot (self);
  return self->page;
}

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
sobre_menu_print (const SobreMenuSpeech *speech, const char *restaurant, const char *const *sold_out, guint *n_pages)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (write_cb, bytes, PAGE_WIDTH, PAGE_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  PangoContext *context = pango_cairo_create_context (cr);
  Printer printer = {
    .speech = speech,
    .restaurant = restaurant,
    .sold_out = sold_out,
    .cr = cr,
    .context = context,
    .right_to_left = sobre_language_is_right_to_left (speech->language),
  };

  pango_context_set_base_dir (context, printer.right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  pango_context_set_language (context, pango_language_from_string (speech->language));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE,
                                  sobre_menu_get_words (speech->menu, SOBRE_MENU_TITLE, speech->language));
  printer.n_pages = put_menu (&printer);
  printer.drawing = TRUE;
  *n_pages = put_menu (&printer);
  g_object_unref (context);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}
