/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "widgets/sobre-phone-sketch.h"

#include <math.h>

#define STAR_POINTS 5
#define STAR_WAIST 0.42
#define LINE_WIDTH 1.6

typedef enum
{
  ITEM_TEXT,
  ITEM_BOX,
  ITEM_MARK,
} ItemKind;

typedef struct
{
  ItemKind kind;
  SobreInk fill;
  SobreInk edge;
  graphene_rect_t area;
  double radius;
  PangoLayout *layout;
  SobreMark mark;
  guint score;
} Item;

struct _SobrePhoneSketch
{
  PangoContext *context;
  GArray *items;       /* (element-type Item) */
  GHashTable *anchors; /* name → its y, in whole pixels */
  gboolean right_to_left;
  SobreInk ground;
  double y;
};

static void
item_clear (gpointer data)
{
  g_clear_object (&((Item *) data)->layout);
}

/* infra/site/base.css. */
static GdkRGBA
get_colour (SobreInk ink, gboolean dark)
{
  static const guint32 colours[][2] = {
    [SOBRE_INK_GROUND] = { 0xf4f3f0, 0x121719 }, [SOBRE_INK_CARD] = { 0xffffff, 0x1c2326 },
    [SOBRE_INK_TEXT] = { 0x1c2326, 0xeef2f3 },   [SOBRE_INK_DIM] = { 0x566064, 0xa7b2b6 },
    [SOBRE_INK_LINE] = { 0xd9d8d3, 0x333c40 },   [SOBRE_INK_EDGE] = { 0x8a9194, 0x78848a },
    [SOBRE_INK_ACCENT] = { 0x0b5a6b, 0x82cfdf }, [SOBRE_INK_ON_ACCENT] = { 0xffffff, 0x06262d },
    [SOBRE_INK_TINT] = { 0xe3eff1, 0x1d3a42 },   [SOBRE_INK_BAD] = { 0xa8430a, 0xff9d66 },
  };
  guint32 colour = colours[ink][dark ? 1 : 0];

  return (GdkRGBA) { (float) (colour >> 16 & 0xff) / 255, (float) (colour >> 8 & 0xff) / 255, (float) (colour & 0xff) / 255,
                     1 };
}

SobrePhoneSketch *
sobre_phone_sketch_new (PangoContext *context, gboolean right_to_left, SobreInk ground)
{
  SobrePhoneSketch *self = g_new0 (SobrePhoneSketch, 1);

  self->context = g_object_ref (context);
  self->items = g_array_new (FALSE, TRUE, sizeof (Item));
  g_array_set_clear_func (self->items, item_clear);
  self->anchors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->right_to_left = right_to_left;
  self->ground = ground;
  return self;
}

void
sobre_phone_sketch_free (SobrePhoneSketch *self)
{
  g_object_unref (self->context);
  g_array_unref (self->items);
  g_hash_table_unref (self->anchors);
  g_free (self);
}

double
sobre_phone_sketch_get_y (SobrePhoneSketch *self)
{
  return self->y;
}

void
sobre_phone_sketch_set_y (SobrePhoneSketch *self, double y)
{
  self->y = y;
}

void
sobre_phone_sketch_skip (SobrePhoneSketch *self, double height)
{
  self->y += height;
}

static PangoLayout *
make_layout (SobrePhoneSketch *self, const SobreType *type, const char *text)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_new ();
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_font_description_set_family (font, type->serif ? "serif" : "sans-serif");
  pango_font_description_set_absolute_size (font, type->size * PANGO_SCALE);
  pango_font_description_set_weight (font, type->bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  if (type->struck)
    pango_attr_list_insert (attributes, pango_attr_strikethrough_new (TRUE));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_auto_dir (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

double
sobre_phone_sketch_measure (SobrePhoneSketch *self, const SobreType *type, const char *text)
{
  g_autoptr (PangoLayout) layout = make_layout (self, type, text);
  int width;

  pango_layout_get_size (layout, &width, NULL);
  return (double) width / PANGO_SCALE;
}

static graphene_rect_t
make_area (SobrePhoneSketch *self, double x, double y, double width, double height)
{
  double left = self->right_to_left ? SOBRE_PHONE_WIDTH - x - width : x;

  return GRAPHENE_RECT_INIT ((float) left, (float) y, (float) width, (float) height);
}

double
sobre_phone_sketch_text (SobrePhoneSketch *self,
                         const SobreType *type,
                         PangoAlignment align,
                         const char *text,
                         double x,
                         double width)
{
  Item item = { .kind = ITEM_TEXT, .fill = type->ink };
  int height;

  if (text == NULL || *text == '\0')
    return 0;
  item.layout = make_layout (self, type, text);
  pango_layout_set_width (item.layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (item.layout, PANGO_WRAP_WORD_CHAR);
  /* Alignment is by the text's own direction; what is from left to right on a page from the right begins at the right too. */
  if (align != PANGO_ALIGN_CENTER)
    {
      gboolean at_right = self->right_to_left != (align == PANGO_ALIGN_RIGHT);
      gboolean reads_left = pango_layout_get_direction (item.layout, 0) == PANGO_DIRECTION_RTL;

      align = at_right == reads_left ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT;
    }
  pango_layout_set_alignment (item.layout, align);
  pango_layout_get_size (item.layout, NULL, &height);
  item.area = make_area (self, x, self->y, width, (double) height / PANGO_SCALE);
  g_array_append_val (self->items, item);
  return (double) height / PANGO_SCALE;
}

void
sobre_phone_sketch_box (SobrePhoneSketch *self,
                        SobreInk fill,
                        SobreInk edge,
                        double x,
                        double y,
                        double width,
                        double height,
                        double radius)
{
  Item item = { .kind = ITEM_BOX, .fill = fill, .edge = edge, .radius = radius };

  item.area = make_area (self, x, y, width, height);
  g_array_append_val (self->items, item);
}

guint
sobre_phone_sketch_begin_box (SobrePhoneSketch *self, SobreInk fill, double x, double width, double radius)
{
  sobre_phone_sketch_box (self, fill, SOBRE_INK_NONE, x, self->y, width, 0, radius);
  return self->items->len - 1;
}

void
sobre_phone_sketch_end_box (SobrePhoneSketch *self, guint box)
{
  Item *item = &g_array_index (self->items, Item, box);

  item->area.size.height = (float) self->y - item->area.origin.y;
}

void
sobre_phone_sketch_mark (SobrePhoneSketch *self,
                         SobreMark mark,
                         guint score,
                         SobreInk ink,
                         double x,
                         double y,
                         double width,
                         double height)
{
  Item item = { .kind = ITEM_MARK, .fill = ink, .mark = mark, .score = score };

  item.area = make_area (self, x, y, width, height);
  g_array_append_val (self->items, item);
}

void
sobre_phone_sketch_set_anchor (SobrePhoneSketch *self, const char *name)
{
  g_hash_table_insert (self->anchors, g_strdup (name), GUINT_TO_POINTER ((guint) self->y));
}

double
sobre_phone_sketch_find_anchor (SobrePhoneSketch *self, const char *name)
{
  gpointer y;

  if (*name == '\0')
    return 0;
  return g_hash_table_lookup_extended (self->anchors, name, NULL, &y) ? (double) GPOINTER_TO_UINT (y) : -1;
}

static void
draw_box (const Item *item, GtkSnapshot *snapshot, gboolean dark)
{
  GskRoundedRect outline;
  GdkRGBA edge;

  gsk_rounded_rect_init_from_rect (&outline, &item->area, (float) item->radius);
  if (item->fill != SOBRE_INK_NONE)
    {
      GdkRGBA fill = get_colour (item->fill, dark);

      gtk_snapshot_push_rounded_clip (snapshot, &outline);
      gtk_snapshot_append_color (snapshot, &fill, &item->area);
      gtk_snapshot_pop (snapshot);
    }
  if (item->edge == SOBRE_INK_NONE)
    return;
  edge = get_colour (item->edge, dark);
  gtk_snapshot_append_border (snapshot, &outline, (float[]) { 1, 1, 1, 1 }, (GdkRGBA[]) { edge, edge, edge, edge });
}

static void
trace_star (cairo_t *cr, double radius)
{
  for (guint i = 0; i < 2 * STAR_POINTS; i++)
    {
      double angle = G_PI * i / STAR_POINTS - G_PI / 2;
      double length = i % 2 == 0 ? radius : radius * STAR_WAIST;

      cairo_line_to (cr, length * cos (angle), length * sin (angle));
    }
  cairo_close_path (cr);
}

/* The mouth bends from down to up as the score grows. */
static void
trace_face (cairo_t *cr, double radius, guint score)
{
  double bend = ((double) score - 3) / 2 * radius * 0.32;

  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, 0, radius, 0, 2 * G_PI);
  for (int side = -1; side <= 1; side += 2)
    {
      cairo_new_sub_path (cr);
      cairo_arc (cr, side * radius * 0.36, -radius * 0.22, radius * 0.07, 0, 2 * G_PI);
    }
  cairo_move_to (cr, -radius * 0.45, radius * 0.38 - bend / 2);
  cairo_curve_to (cr, -radius * 0.2, radius * 0.38 + bend, radius * 0.2, radius * 0.38 + bend, radius * 0.45,
                  radius * 0.38 - bend / 2);
}

static void
draw_mark (const Item *item, GtkSnapshot *snapshot, gboolean dark)
{
  GdkRGBA colour = get_colour (item->fill, dark);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &item->area);
  double width = item->area.size.width;
  double height = item->area.size.height;
  double radius = MIN (width, height) / 2 - LINE_WIDTH;

  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_translate (cr, item->area.origin.x, item->area.origin.y);
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  if (item->mark == SOBRE_MARK_DOTS)
    {
      cairo_set_line_width (cr, 1);
      cairo_set_dash (cr, (double[]) { 1, 2.5 }, 2, 0);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
      cairo_move_to (cr, 0, height / 2);
      cairo_line_to (cr, width, height / 2);
    }
  else
    {
      cairo_translate (cr, width / 2, height / 2);
      if (item->mark == SOBRE_MARK_STAR)
        trace_star (cr, radius);
      else
        trace_face (cr, radius, item->score);
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
draw_text (const Item *item, GtkSnapshot *snapshot, gboolean dark)
{
  GdkRGBA colour = get_colour (item->fill, dark);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &item->area.origin);
  gtk_snapshot_append_layout (snapshot, item->layout, &colour);
  gtk_snapshot_restore (snapshot);
}

void
sobre_phone_sketch_snapshot (SobrePhoneSketch *self, GtkSnapshot *snapshot, gboolean dark)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = &g_array_index (self->items, Item, i);

      if (item->kind == ITEM_BOX)
        draw_box (item, snapshot, dark);
      else if (item->kind == ITEM_MARK)
        draw_mark (item, snapshot, dark);
      else
        draw_text (item, snapshot, dark);
    }
}

GdkRGBA
sobre_phone_sketch_get_ground (SobrePhoneSketch *self, gboolean dark)
{
  return get_colour (self->ground, dark);
}
