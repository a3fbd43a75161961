/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-theme.h"

#include <math.h>

#define RGB(hex) { ((hex) >> 16 & 0xff) / 255.0, ((hex) >> 8 & 0xff) / 255.0, ((hex) & 0xff) / 255.0, 1 }

/* Okabe and Ito, "Color Universal Design" (2008): told apart by readers with any kind of colour vision. */
#define CATEGORIES_ON_LIGHT                                                                                                    \
  { RGB (0x0072b2), RGB (0xd55e00), RGB (0x009e73), RGB (0xb0629b),                                                            \
    RGB (0xa87700), RGB (0x2b87bd), RGB (0x000000), RGB (0x8a8400) }
#define CATEGORIES_ON_DARK                                                                                                     \
  { RGB (0x56b4e9), RGB (0xff8c3f), RGB (0x3fc79c), RGB (0xe29cca),                                                            \
    RGB (0xe69f00), RGB (0x3f9be0), RGB (0xffffff), RGB (0xf0e442) }

static const SobreTheme themes[SOBRE_N_THEMES] = {
  [SOBRE_THEME_LIGHT] = {
    .card = RGB (0xffffff), .ink = RGB (0x2e3436), .dim = RGB (0x6b7178), .line = RGB (0xe3e4e6), .empty = RGB (0xf4f4f5),
    .data = RGB (0x0072b2), .warning = RGB (0xd55e00), .warning_ink = RGB (0xb84e00), .good_ink = RGB (0x00795a),
    .low = RGB (0xd55e00), .middle = RGB (0xdedee2), .high = RGB (0x0072b2), .categories = CATEGORIES_ON_LIGHT,
  },
  [SOBRE_THEME_DARK] = {
    .card = RGB (0x36363a), .ink = RGB (0xf6f5f4), .dim = RGB (0xb4b7bc), .line = RGB (0x4c4c51), .empty = RGB (0x3f3f44),
    .data = RGB (0x56b4e9), .warning = RGB (0xff8c3f), .warning_ink = RGB (0xffa366), .good_ink = RGB (0x4fd1a7),
    .low = RGB (0xf07c2b), .middle = RGB (0x68686e), .high = RGB (0x3f9be0), .categories = CATEGORIES_ON_DARK,
  },
  [SOBRE_THEME_LIGHT_CONTRAST] = {
    .card = RGB (0xffffff), .ink = RGB (0x000000), .dim = RGB (0x3d4247), .line = RGB (0x9a9ca0), .empty = RGB (0xf0f0f1),
    .data = RGB (0x004f7d), .warning = RGB (0x9a3f00), .warning_ink = RGB (0x8a3800), .good_ink = RGB (0x005a43),
    .low = RGB (0xb34e00), .middle = RGB (0xd4d4d8), .high = RGB (0x005a8e), .categories = CATEGORIES_ON_LIGHT, .patterns = TRUE,
  },
  [SOBRE_THEME_DARK_CONTRAST] = {
    .card = RGB (0x1c1c1f), .ink = RGB (0xffffff), .dim = RGB (0xdedde0), .line = RGB (0x85858c), .empty = RGB (0x2a2a2e),
    .data = RGB (0x8fd0f5), .warning = RGB (0xffab70), .warning_ink = RGB (0xffbd8f), .good_ink = RGB (0x7fe6c4),
    .low = RGB (0xff9a4d), .middle = RGB (0x77777e), .high = RGB (0x6dbdf0), .categories = CATEGORIES_ON_DARK, .patterns = TRUE,
  },
  [SOBRE_THEME_PRINT] = {
    .card = RGB (0xffffff), .ink = RGB (0x1d1d20), .dim = RGB (0x5c6168), .line = RGB (0xd9dade), .empty = RGB (0xf6f6f7),
    .data = RGB (0x0072b2), .warning = RGB (0xd55e00), .warning_ink = RGB (0xb04a00), .good_ink = RGB (0x007053),
    .low = RGB (0xd55e00), .middle = RGB (0xdedee2), .high = RGB (0x0072b2), .categories = CATEGORIES_ON_LIGHT, .patterns = TRUE,
  },
};

const SobreTheme *
sobre_theme_get (SobreThemeKind kind)
{
  g_return_val_if_fail (kind < SOBRE_N_THEMES, &themes[SOBRE_THEME_LIGHT]);

  return &themes[kind];
}

static double
mix (double from, double to, double share)
{
  return from + (to - from) * share;
}

SobreColor
sobre_theme_diverge (const SobreTheme *self, double position)
{
  double share = MIN (fabs (position), 1);
  SobreColor end = position < 0 ? self->low : self->high;

  return (SobreColor) {
    mix (self->middle.red, end.red, share),
    mix (self->middle.green, end.green, share),
    mix (self->middle.blue, end.blue, share),
    1,
  };
}

static double
linearize (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
get_luminance (SobreColor color)
{
  return 0.2126 * linearize (color.red) + 0.7152 * linearize (color.green) + 0.0722 * linearize (color.blue);
}

double
sobre_color_contrast (SobreColor a, SobreColor b)
{
  double first = get_luminance (a), second = get_luminance (b);

  return (MAX (first, second) + 0.05) / (MIN (first, second) + 0.05);
}

SobreColor
sobre_theme_ink_on (const SobreTheme *self, SobreColor ground)
{
  const SobreColor black = RGB (0x000000), white = RGB (0xffffff);

  return sobre_color_contrast (black, ground) > sobre_color_contrast (white, ground) ? black : white;
}

void
sobre_color_set (SobreColor self, cairo_t *cr)
{
  cairo_set_source_rgba (cr, self.red, self.green, self.blue, self.alpha);
}
