/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "sobre-theme.h"

#define TEXT_CONTRAST 4.5 /* WCAG 2.1, 1.4.3 */
#define MARK_CONTRAST 3.0 /* WCAG 2.1, 1.4.11 */
#define ENHANCED 7.0      /* WCAG 2.1, 1.4.6 */

static void
test_contrast_formula (void)
{
  const SobreColor black = { 0, 0, 0, 1 }, white = { 1, 1, 1, 1 }, gray = { 0x76 / 255.0, 0x76 / 255.0, 0x76 / 255.0, 1 };

  g_assert_cmpfloat_with_epsilon (sobre_color_contrast (black, white), 21, 1e-9);
  g_assert_cmpfloat_with_epsilon (sobre_color_contrast (white, black), 21, 1e-9);
  g_assert_cmpfloat_with_epsilon (sobre_color_contrast (white, gray), 4.54, 0.01);
}

static void
test_text_and_marks_stand_out (void)
{
  for (SobreThemeKind kind = 0; kind < SOBRE_N_THEMES; kind++)
    {
      const SobreTheme *theme = sobre_theme_get (kind);
      gboolean high = kind == SOBRE_THEME_LIGHT_CONTRAST || kind == SOBRE_THEME_DARK_CONTRAST;

      g_assert_cmpfloat (sobre_color_contrast (theme->ink, theme->card), >=, high ? 15 : ENHANCED);
      g_assert_cmpfloat (sobre_color_contrast (theme->dim, theme->card), >=, high ? ENHANCED : TEXT_CONTRAST);
      g_assert_cmpfloat (sobre_color_contrast (theme->warning_ink, theme->card), >=, high ? ENHANCED : TEXT_CONTRAST);
      g_assert_cmpfloat (sobre_color_contrast (theme->good_ink, theme->card), >=, high ? ENHANCED : TEXT_CONTRAST);
      g_assert_cmpfloat (sobre_color_contrast (theme->data, theme->card), >=, high ? 4.5 : MARK_CONTRAST);
      g_assert_cmpfloat (sobre_color_contrast (theme->warning, theme->card), >=, high ? 4.5 : MARK_CONTRAST);
      g_assert_cmpfloat (sobre_color_contrast (theme->low, theme->card), >=, MARK_CONTRAST);
      g_assert_cmpfloat (sobre_color_contrast (theme->high, theme->card), >=, MARK_CONTRAST);
      for (guint i = 0; i < SOBRE_N_CATEGORIES; i++)
        g_assert_cmpfloat (sobre_color_contrast (theme->categories[i], theme->card), >=, MARK_CONTRAST);
    }
}

/* What a mark says is written on it in black or white: one of them always reads. */
static void
test_ink_reads_on_every_colour_of_the_ramp (void)
{
  for (SobreThemeKind kind = 0; kind < SOBRE_N_THEMES; kind++)
    for (int i = -20; i <= 20; i++)
      {
        const SobreTheme *theme = sobre_theme_get (kind);
        SobreColor ground = sobre_theme_diverge (theme, i / 20.0);

        g_assert_cmpfloat (sobre_color_contrast (sobre_theme_ink_on (theme, ground), ground), >=, TEXT_CONTRAST);
      }
}

static void
test_ramp_ends_where_it_should (void)
{
  const SobreTheme *theme = sobre_theme_get (SOBRE_THEME_LIGHT);

  g_assert_cmpmem (&theme->low, sizeof (SobreColor), &(SobreColor[]) { sobre_theme_diverge (theme, -1) }, sizeof (SobreColor));
  g_assert_cmpfloat_with_epsilon (sobre_theme_diverge (theme, 0).green, theme->middle.green, 1e-12);
  g_assert_cmpfloat_with_epsilon (sobre_theme_diverge (theme, 7).blue, theme->high.blue, 1e-12);
}

/* Viénot, Brettel and Mollon (1999): what a reader without red (protan) or green (deutan) cones sees, in linear RGB. */
static void
simulate (SobreColor color, const double matrix[9], double seen[3])
{
  double rgb[3] = { pow (color.red, 2.2), pow (color.green, 2.2), pow (color.blue, 2.2) };

  for (guint i = 0; i < 3; i++)
    seen[i] = matrix[i * 3] * rgb[0] + matrix[i * 3 + 1] * rgb[1] + matrix[i * 3 + 2] * rgb[2];
}

static void
test_low_and_high_differ_for_colour_blind_readers (void)
{
  const double protan[9] = { 0.11238, 0.88762, 0, 0.11238, 0.88762, 0, 0.00401, -0.00401, 1 };
  const double deutan[9] = { 0.29275, 0.70725, 0, 0.29275, 0.70725, 0, -0.02234, 0.02234, 1 };

  for (SobreThemeKind kind = 0; kind < SOBRE_N_THEMES; kind++)
    for (guint i = 0; i < 2; i++)
      {
        const SobreTheme *theme = sobre_theme_get (kind);
        double low[3], high[3], distance = 0;

        simulate (theme->low, i == 0 ? protan : deutan, low);
        simulate (theme->high, i == 0 ? protan : deutan, high);
        for (guint k = 0; k < 3; k++)
          distance += (low[k] - high[k]) * (low[k] - high[k]);
        g_assert_cmpfloat (sqrt (distance), >, 0.2);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/theme/contrast-formula", test_contrast_formula);
  g_test_add_func ("/theme/text-and-marks-stand-out", test_text_and_marks_stand_out);
  g_test_add_func ("/theme/ink-reads-on-every-colour-of-the-ramp", test_ink_reads_on_every_colour_of_the_ramp);
  g_test_add_func ("/theme/ramp-ends-where-it-should", test_ramp_ends_where_it_should);
  g_test_add_func ("/theme/low-and-high-differ-for-colour-blind-readers", test_low_and_high_differ_for_colour_blind_readers);
  return g_test_run ();
}
