/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/menu/sobre-menu-sketch.h"

#include "model/sobre-language.h"

#define LEFT SOBRE_PHONE_MARGIN
#define WIDE (SOBRE_PHONE_WIDTH - 2 * SOBRE_PHONE_MARGIN)
#define NUMBER 32.0
#define GAP 8.0

typedef struct
{
  SobrePhoneSketch *sketch;
  const SobreMenuSpeech *speech;
  const char *const *sold_out;
} Pen;

static const SobreType house = { .size = 13, .bold = TRUE, .ink = SOBRE_INK_ACCENT };
static const SobreType headline = { .size = 30, .bold = TRUE, .serif = TRUE, .ink = SOBRE_INK_TEXT };
static const SobreType intro = { .size = 16, .ink = SOBRE_INK_DIM };
static const SobreType ask = { .size = 15, .bold = TRUE, .ink = SOBRE_INK_TEXT };
static const SobreType note = { .size = 15, .ink = SOBRE_INK_TEXT };
static const SobreType chip = { .size = 15, .bold = TRUE, .ink = SOBRE_INK_ACCENT };
static const SobreType section_type = { .size = 26, .bold = TRUE, .serif = TRUE, .ink = SOBRE_INK_TEXT };
static const SobreType number_type = { .size = 14, .serif = TRUE, .ink = SOBRE_INK_DIM };
static const SobreType name_type = { .size = 19, .bold = TRUE, .serif = TRUE, .ink = SOBRE_INK_TEXT };
static const SobreType gone_name_type = { .size = 19, .bold = TRUE, .serif = TRUE, .struck = TRUE, .ink = SOBRE_INK_DIM };
static const SobreType price_type = { .size = 16, .bold = TRUE, .ink = SOBRE_INK_TEXT };
static const SobreType text_type = { .size = 16, .ink = SOBRE_INK_TEXT };
static const SobreType small_type = { .size = 14, .ink = SOBRE_INK_DIM };
static const SobreType diet_type = { .size = 14, .bold = TRUE, .ink = SOBRE_INK_ACCENT };
static const SobreType gone_type = { .size = 14, .bold = TRUE, .ink = SOBRE_INK_BAD };

/* A text below what is there. */
static void
put (Pen *pen, const SobreType *type, const char *text, double x, double width)
{
  sobre_phone_sketch_skip (pen->sketch, sobre_phone_sketch_text (pen->sketch, type, PANGO_ALIGN_LEFT, text, x, width));
}

/* Likewise, @text: (transfer full) (nullable) */
static void
put_taken (Pen *pen, const SobreType *type, char *text, double x, double width)
{
  g_autofree char *owned = text;

  put (pen, type, owned, x, width);
}

static gboolean
is_sold_out (const Pen *pen, const char *dish, const char *option)
{
  g_autofree char *item = option != NULL ? g_strconcat (dish, "/", option, NULL) : g_strdup (dish);

  return pen->sold_out != NULL && item != NULL && g_strv_contains (pen->sold_out, item);
}

static void
put_gone (Pen *pen, double x)
{
  const char *words = sobre_menu_say (pen->speech, "gone");
  double width = sobre_phone_sketch_measure (pen->sketch, &gone_type, words) + 2;

  sobre_phone_sketch_skip (pen->sketch, 3);
  sobre_phone_sketch_box (pen->sketch, SOBRE_INK_NONE, SOBRE_INK_BAD, x, sobre_phone_sketch_get_y (pen->sketch), width + 20, 24,
                          12);
  sobre_phone_sketch_skip (pen->sketch, 2);
  sobre_phone_sketch_text (pen->sketch, &gone_type, PANGO_ALIGN_LEFT, words, x + 10, width);
  sobre_phone_sketch_skip (pen->sketch, 26);
}

/* What stands beside the name: one price, or each size with its own. */
static char *
say_prices (Pen *pen, const SobreMenuDish *dish)
{
  GString *text;

  if (dish->sizes->len == 0)
    return sobre_menu_say_price (pen->speech, dish->price);
  text = g_string_new (NULL);
  for (guint i = 0; i < dish->sizes->len; i++)
    {
      const SobreMenuSize *size = g_ptr_array_index (dish->sizes, i);
      g_autofree char *price = sobre_menu_say_price (pen->speech, size->price);

      g_string_append_printf (text, "%s%s %s", i > 0 ? "\n" : "", sobre_document_text_get (size->name, pen->speech->language),
                              price);
    }
  return g_string_free_and_steal (text);
}

static double
put_prices (Pen *pen, const SobreMenuDish *dish, double *width)
{
  g_autofree char *prices = say_prices (pen, dish);

  *width = sobre_phone_sketch_measure (pen->sketch, &price_type, prices) + 2;
  return sobre_phone_sketch_text (pen->sketch, &price_type, PANGO_ALIGN_RIGHT, prices, LEFT + WIDE - *width, *width);
}

static void
put_name (Pen *pen, const SobreMenuDish *dish, double x)
{
  gboolean gone = is_sold_out (pen, dish->id, NULL);
  const SobreType *type = gone ? &gone_name_type : &name_type;
  const char *name = sobre_document_text_get (dish->name, pen->speech->language);
  double y = sobre_phone_sketch_get_y (pen->sketch);
  double price_width, price_height, room, height, natural;

  if (dish->number > 0)
    {
      g_autofree char *number = g_strdup_printf ("%u", dish->number);

      sobre_phone_sketch_set_y (pen->sketch, y + 5);
      sobre_phone_sketch_text (pen->sketch, &number_type, PANGO_ALIGN_LEFT, number, LEFT, NUMBER);
    }
  sobre_phone_sketch_set_y (pen->sketch, y + 2);
  price_height = put_prices (pen, dish, &price_width);
  sobre_phone_sketch_set_y (pen->sketch, y);
  room = LEFT + WIDE - price_width - GAP - x;
  height = sobre_phone_sketch_text (pen->sketch, type, PANGO_ALIGN_LEFT, name, x, room);
  natural = sobre_phone_sketch_measure (pen->sketch, type, name);
  if (natural + 3 * GAP < room && dish->sizes->len == 0)
    sobre_phone_sketch_mark (pen->sketch, SOBRE_MARK_DOTS, 0, SOBRE_INK_EDGE, x + natural + GAP, y + 18, room - natural - GAP,
                             4);
  sobre_phone_sketch_skip (pen->sketch, dish->sizes->len > 0 ? MAX (height, price_height) : height);
}

static void
put_option (Pen *pen, const SobreMenuDish *dish, const SobreMenuOption *option, double x, double width)
{
  const char *name = sobre_document_text_get (option->name, pen->speech->language);
  g_autofree char *surcharge = sobre_menu_say_surcharge (pen->speech, option->price);
  g_autofree char *line = surcharge != NULL ? g_strdup_printf ("%s %s", name, surcharge) : g_strdup (name);
  SobreType type = note;

  type.struck = is_sold_out (pen, dish->id, option->id);
  put (pen, &type, line, x, width);
  if (type.struck)
    put_gone (pen, x);
  put_taken (pen, &small_type, sobre_menu_say_contains (pen->speech, option->allergens), x, width);
  put_taken (pen, &small_type, sobre_menu_say_traces (pen->speech, option->allergens), x, width);
}

static void
put_options (Pen *pen, const SobreMenuDish *dish, double x, double width)
{
  double begin = sobre_phone_sketch_get_y (pen->sketch) + 6;

  if (dish->options->len == 0)
    return;
  sobre_phone_sketch_skip (pen->sketch, 6);
  for (guint i = 0; i < dish->options->len; i++)
    {
      put_option (pen, dish, g_ptr_array_index (dish->options, i), x + 14, width - 14);
      sobre_phone_sketch_skip (pen->sketch, 4);
    }
  sobre_phone_sketch_box (pen->sketch, SOBRE_INK_LINE, SOBRE_INK_NONE, x, begin, 2,
                          sobre_phone_sketch_get_y (pen->sketch) - begin, 0);
}

static void
put_dish (Pen *pen, const SobreMenuSection *section, const SobreMenuDish *dish)
{
  double x = LEFT + (dish->number > 0 ? NUMBER : 0);
  double width = LEFT + WIDE - x;

  sobre_phone_sketch_set_anchor (pen->sketch, dish->id);
  sobre_phone_sketch_skip (pen->sketch, 18);
  put_name (pen, dish, x);
  if (is_sold_out (pen, dish->id, NULL))
    put_gone (pen, x);
  sobre_phone_sketch_skip (pen->sketch, 1);
  put (pen, &text_type, sobre_document_text_get (dish->text, pen->speech->language), x, width);
  put_taken (pen, &diet_type, sobre_menu_say_diets (pen->speech, dish->diets), x, width);
  put_taken (pen, &small_type, sobre_menu_say_contains (pen->speech, dish->allergens), x, width);
  put_taken (pen, &small_type, sobre_menu_say_traces (pen->speech, dish->allergens), x, width);
  if (dish->parts != section->parts)
    put_taken (pen, &small_type, sobre_menu_say_hours (pen->speech, dish->parts), x, width);
  put_options (pen, dish, x, width);
}

static void
put_section (Pen *pen, const SobreMenuSection *section)
{
  sobre_phone_sketch_set_anchor (pen->sketch, section->id);
  sobre_phone_sketch_skip (pen->sketch, 34);
  put (pen, &section_type, sobre_document_text_get (section->name, pen->speech->language), LEFT, WIDE);
  put (pen, &intro, sobre_document_text_get (section->text, pen->speech->language), LEFT, WIDE);
  put_taken (pen, &small_type, sobre_menu_say_hours (pen->speech, section->parts), LEFT, WIDE);
  for (guint i = 0; i < section->dishes->len; i++)
    put_dish (pen, section, g_ptr_array_index (section->dishes, i));
}

static void
put_warning (Pen *pen)
{
  guint box;

  sobre_phone_sketch_skip (pen->sketch, 14);
  box = sobre_phone_sketch_begin_box (pen->sketch, SOBRE_INK_TINT, LEFT, WIDE, 12);
  sobre_phone_sketch_skip (pen->sketch, 12);
  put (pen, &ask, sobre_menu_say (pen->speech, "ask"), LEFT + 16, WIDE - 32);
  put (pen, &note, sobre_menu_get_words (pen->speech->menu, SOBRE_MENU_NOTE, pen->speech->language), LEFT + 16, WIDE - 32);
  sobre_phone_sketch_skip (pen->sketch, 12);
  sobre_phone_sketch_end_box (pen->sketch, box);
}

/* The line of sections, which a finger pushes; what is beyond the edge is not there. */
static void
put_navigation (Pen *pen)
{
  GPtrArray *sections = sobre_menu_get_sections (pen->speech->menu);
  double x = LEFT;

  sobre_phone_sketch_skip (pen->sketch, 20);
  for (guint i = 0; i < sections->len; i++)
    {
      const SobreMenuSection *section = g_ptr_array_index (sections, i);
      const char *name = sobre_document_text_get (section->name, pen->speech->language);
      double width = sobre_phone_sketch_measure (pen->sketch, &chip, name) + 2;

      if (x + width > SOBRE_PHONE_WIDTH)
        break;
      sobre_phone_sketch_text (pen->sketch, &chip, PANGO_ALIGN_LEFT, name, x, width);
      x += width + 22;
    }
  sobre_phone_sketch_skip (pen->sketch, 32);
  sobre_phone_sketch_box (pen->sketch, SOBRE_INK_LINE, SOBRE_INK_NONE, 0, sobre_phone_sketch_get_y (pen->sketch),
                          SOBRE_PHONE_WIDTH, 1, 0);
}

SobrePhoneSketch *
sobre_menu_sketch (PangoContext *context, const SobreMenuSpeech *speech, const char *const *sold_out, const char *restaurant)
{
  GPtrArray *sections = sobre_menu_get_sections (speech->menu);
  Pen pen = { sobre_phone_sketch_new (context, sobre_language_is_right_to_left (speech->language), SOBRE_INK_CARD), speech,
              sold_out };

  sobre_phone_sketch_skip (pen.sketch, 18);
  put (&pen, &house, restaurant, LEFT, WIDE);
  sobre_phone_sketch_skip (pen.sketch, 18);
  put (&pen, &headline, sobre_menu_get_words (speech->menu, SOBRE_MENU_TITLE, speech->language), LEFT, WIDE);
  put (&pen, &intro, sobre_menu_get_words (speech->menu, SOBRE_MENU_INTRO, speech->language), LEFT, WIDE);
  put_warning (&pen);
  put_navigation (&pen);
  for (guint i = 0; i < sections->len; i++)
    put_section (&pen, g_ptr_array_index (sections, i));
  return pen.sketch;
}
