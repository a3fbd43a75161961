/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/menu/sobre-form-sketch.h"

#include "model/sobre-language.h"
#include "publish/sobre-html.h"

#define LEFT SOBRE_PHONE_MARGIN
#define WIDE (SOBRE_PHONE_WIDTH - 2 * SOBRE_PHONE_MARGIN)
#define INSIDE (LEFT + 16)
#define INNER (WIDE - 32)
#define FACE 46.0
#define STAR 30.0
#define STAR_STEP 38.0
#define PILL 44.0
#define GAP 8.0
#define N_SCORES 5

typedef struct
{
  SobrePhoneSketch *sketch;
  SobreForm *form;
  const SobreSiteAssets *assets;
  const char *language;
} Pen;

static const SobreType house = { .size = 13, .bold = TRUE, .ink = SOBRE_INK_ACCENT };
static const SobreType headline = { .size = 28, .bold = TRUE, .ink = SOBRE_INK_TEXT };
static const SobreType body = { .size = 17, .ink = SOBRE_INK_TEXT };
static const SobreType dim = { .size = 16, .ink = SOBRE_INK_DIM };
static const SobreType small = { .size = 14, .ink = SOBRE_INK_DIM };
static const SobreType tiny = { .size = 12, .ink = SOBRE_INK_DIM };
static const SobreType legend = { .size = 17, .bold = TRUE, .ink = SOBRE_INK_TEXT };
static const SobreType button = { .size = 17, .bold = TRUE, .ink = SOBRE_INK_ON_ACCENT };

/* A text below what is there. */
static void
put (Pen *pen, const SobreType *type, const char *text, double x, double width)
{
  sobre_phone_sketch_skip (pen->sketch, sobre_phone_sketch_text (pen->sketch, type, PANGO_ALIGN_LEFT, text, x, width));
}

static const char *
get_words (Pen *pen, SobreFormWords words)
{
  return sobre_form_get_words (pen->form, words, pen->language);
}

static const char *
get_text (Pen *pen, const SobreFormQuestion *question)
{
  return sobre_document_text_get (question->text != NULL ? question->text : question->label, pen->language);
}

static void
put_legend (Pen *pen, const char *text, const char *aside)
{
  put (pen, &legend, text, INSIDE, INNER);
  put (pen, &small, aside, INSIDE, INNER);
  sobre_phone_sketch_skip (pen->sketch, 10);
}

static void
put_faces (Pen *pen)
{
  double step = INNER / N_SCORES;
  double y = sobre_phone_sketch_get_y (pen->sketch);
  double height = 0;

  for (guint i = 0; i < N_SCORES; i++)
    {
      double x = INSIDE + step * i;

      sobre_phone_sketch_mark (pen->sketch, SOBRE_MARK_FACE, i + 1, SOBRE_INK_DIM, x + (step - FACE) / 2, y, FACE, FACE);
      sobre_phone_sketch_set_y (pen->sketch, y + FACE + 6);
      height = MAX (height, sobre_phone_sketch_text (pen->sketch, &tiny, PANGO_ALIGN_CENTER,
                                                     sobre_site_assets_get_face (pen->assets, pen->language, i + 1), x, step));
    }
  sobre_phone_sketch_set_y (pen->sketch, y + FACE + 6 + height);
}

/* The stars stand beside the question where both have room. */
static void
put_stars (Pen *pen, const char *text)
{
  double room = INNER - N_SCORES * STAR_STEP;
  gboolean beside = sobre_phone_sketch_measure (pen->sketch, &legend, text) <= room;
  double y, x = INSIDE + (beside ? room : 0);

  if (beside)
    {
      sobre_phone_sketch_skip (pen->sketch, 8);
      sobre_phone_sketch_text (pen->sketch, &legend, PANGO_ALIGN_LEFT, text, INSIDE, room);
      sobre_phone_sketch_skip (pen->sketch, -8);
    }
  else
    put (pen, &legend, text, INSIDE, INNER);
  y = sobre_phone_sketch_get_y (pen->sketch);
  for (guint i = 0; i < N_SCORES; i++)
    sobre_phone_sketch_mark (pen->sketch, SOBRE_MARK_STAR, 0, SOBRE_INK_EDGE, x + STAR_STEP * i + (STAR_STEP - STAR) / 2, y + 4,
                             STAR, STAR);
  sobre_phone_sketch_skip (pen->sketch, STAR_STEP);
}

static void
put_scale (Pen *pen, const SobreFormQuestion *question)
{
  const guint columns = 6;
  double width = (INNER - (columns - 1) * 6) / columns;
  double y = sobre_phone_sketch_get_y (pen->sketch);
  const char *low = sobre_document_text_get (question->low, pen->language);
  const char *high = sobre_document_text_get (question->high, pen->language);

  for (guint score = 0; score <= 10; score++)
    {
      double x = INSIDE + (score % columns) * (width + 6);
      double top = y + score / columns * (PILL + 6);
      g_autofree char *number = g_strdup_printf ("%u", score);

      sobre_phone_sketch_box (pen->sketch, SOBRE_INK_NONE, SOBRE_INK_EDGE, x, top, width, PILL, 12);
      sobre_phone_sketch_set_y (pen->sketch, top + 11);
      sobre_phone_sketch_text (pen->sketch, &body, PANGO_ALIGN_CENTER, number, x, width);
    }
  sobre_phone_sketch_set_y (pen->sketch, y + 2 * PILL + 6);
  if (low == NULL && high == NULL)
    return;
  sobre_phone_sketch_skip (pen->sketch, 10);
  sobre_phone_sketch_text (pen->sketch, &small, PANGO_ALIGN_LEFT, low, INSIDE, INNER / 2);
  sobre_phone_sketch_skip (pen->sketch, sobre_phone_sketch_text (pen->sketch, &small, PANGO_ALIGN_RIGHT,
                                                                 high != NULL ? high : " ", INSIDE + INNER / 2, INNER / 2));
}

static void
put_choices (Pen *pen, const SobreFormQuestion *question)
{
  double x = INSIDE;

  for (guint i = 0; i < question->choices->len; i++)
    {
      const SobreFormChoice *choice = g_ptr_array_index (question->choices, i);
      const char *label = sobre_document_text_get (choice->label, pen->language);
      double text = MIN (sobre_phone_sketch_measure (pen->sketch, &body, label) + 2, INNER - 32);

      if (x > INSIDE && x + text + 32 > INSIDE + INNER)
        {
          x = INSIDE;
          sobre_phone_sketch_skip (pen->sketch, PILL + GAP);
        }
      sobre_phone_sketch_box (pen->sketch, SOBRE_INK_NONE, SOBRE_INK_EDGE, x, sobre_phone_sketch_get_y (pen->sketch), text + 32,
                              PILL, 22);
      sobre_phone_sketch_skip (pen->sketch, 11);
      sobre_phone_sketch_text (pen->sketch, &body, PANGO_ALIGN_LEFT, label, x + 16, text);
      sobre_phone_sketch_skip (pen->sketch, -11);
      x += text + 32 + GAP;
    }
  sobre_phone_sketch_skip (pen->sketch, PILL);
}

static void
put_area (Pen *pen, double height)
{
  sobre_phone_sketch_box (pen->sketch, SOBRE_INK_NONE, SOBRE_INK_EDGE, INSIDE, sobre_phone_sketch_get_y (pen->sketch), INNER,
                          height, 12);
  sobre_phone_sketch_skip (pen->sketch, height);
}

static void
put_tick (Pen *pen, const char *text, double x, double width)
{
  double height;

  if (text == NULL)
    return;
  sobre_phone_sketch_skip (pen->sketch, 12);
  sobre_phone_sketch_box (pen->sketch, SOBRE_INK_NONE, SOBRE_INK_EDGE, x, sobre_phone_sketch_get_y (pen->sketch), 24, 24, 5);
  height = sobre_phone_sketch_text (pen->sketch, &dim, PANGO_ALIGN_LEFT, text, x + 36, width - 36);
  sobre_phone_sketch_skip (pen->sketch, MAX (height, 24));
}

static void
put_question (Pen *pen, const SobreFormQuestion *question)
{
  const char *text = get_text (pen, question);

  sobre_phone_sketch_set_anchor (pen->sketch, question->id);
  sobre_phone_sketch_skip (pen->sketch, 10);
  switch (question->kind)
    {
    case SOBRE_ANSWER_STARS:
      put_stars (pen, text);
      break;
    case SOBRE_ANSWER_SMILEY:
      put_legend (pen, text, NULL);
      put_faces (pen);
      break;
    case SOBRE_ANSWER_NPS:
      put_legend (pen, text, NULL);
      put_scale (pen, question);
      break;
    case SOBRE_ANSWER_CHOICE:
      put_legend (pen, text, question->multiple ? sobre_site_assets_get_word (pen->assets, pen->language, "several") : NULL);
      put_choices (pen, question);
      break;
    case SOBRE_ANSWER_TEXT:
      put_legend (pen, text, question->required ? NULL : sobre_site_assets_get_word (pen->assets, pen->language, "optional"));
      put_area (pen, 104);
      break;
    }
  sobre_phone_sketch_skip (pen->sketch, 8);
}

static guint
begin_card (Pen *pen)
{
  guint card;

  sobre_phone_sketch_skip (pen->sketch, 12);
  card = sobre_phone_sketch_begin_box (pen->sketch, SOBRE_INK_CARD, LEFT, WIDE, 16);
  sobre_phone_sketch_skip (pen->sketch, 8);
  return card;
}

static void
end_card (Pen *pen, guint card)
{
  sobre_phone_sketch_skip (pen->sketch, 8);
  sobre_phone_sketch_end_box (pen->sketch, card);
}

/* Stars that follow each other share a card. */
static void
put_questions (Pen *pen)
{
  guint card = 0;

  for (guint i = 0; i < sobre_form_get_n_questions (pen->form); i++)
    {
      const SobreFormQuestion *question = sobre_form_get_question (pen->form, i);
      const SobreFormQuestion *before = i > 0 ? sobre_form_get_question (pen->form, i - 1) : NULL;
      gboolean goes_on = before != NULL && question->kind == SOBRE_ANSWER_STARS && before->kind == SOBRE_ANSWER_STARS &&
                         !question->dishes && !before->dishes;

      if (i > 0 && !goes_on)
        end_card (pen, card);
      if (!goes_on)
        card = begin_card (pen);
      put_question (pen, question);
    }
  if (sobre_form_get_n_questions (pen->form) > 0)
    end_card (pen, card);
}

static char *
fill_days (const char *text, guint n_days)
{
  g_autofree char *days = g_strdup_printf ("%u", n_days);

  return text != NULL ? sobre_html_fill (text, "days", days) : NULL;
}

static void
put_comment (Pen *pen)
{
  guint card;

  if (get_words (pen, SOBRE_FORM_COMMENT) == NULL)
    return;
  card = begin_card (pen);
  sobre_phone_sketch_skip (pen->sketch, 10);
  put_legend (pen, get_words (pen, SOBRE_FORM_COMMENT), sobre_site_assets_get_word (pen->assets, pen->language, "optional"));
  put_area (pen, 104);
  sobre_phone_sketch_skip (pen->sketch, 8);
  end_card (pen, card);
}

static void
put_contact (Pen *pen)
{
  g_autofree char *consent = fill_days (get_words (pen, SOBRE_FORM_CONTACT_CONSENT), sobre_form_get_contact_days (pen->form));
  guint card;

  if (get_words (pen, SOBRE_FORM_CONTACT) == NULL)
    return;
  card = begin_card (pen);
  sobre_phone_sketch_skip (pen->sketch, 10);
  put_legend (pen, get_words (pen, SOBRE_FORM_CONTACT), sobre_site_assets_get_word (pen->assets, pen->language, "address"));
  put_area (pen, 48);
  put_tick (pen, consent, INSIDE, INNER);
  sobre_phone_sketch_skip (pen->sketch, 8);
  end_card (pen, card);
}

static void
put_end (Pen *pen, guint retention_days)
{
  g_autofree char *privacy = fill_days (get_words (pen, SOBRE_FORM_PRIVACY), retention_days);

  put_tick (pen, get_words (pen, SOBRE_FORM_CONSENT), LEFT, WIDE);
  sobre_phone_sketch_skip (pen->sketch, 16);
  sobre_phone_sketch_box (pen->sketch, SOBRE_INK_ACCENT, SOBRE_INK_NONE, LEFT, sobre_phone_sketch_get_y (pen->sketch), WIDE, 52,
                          26);
  sobre_phone_sketch_skip (pen->sketch, 14);
  sobre_phone_sketch_text (pen->sketch, &button, PANGO_ALIGN_CENTER,
                           sobre_site_assets_get_word (pen->assets, pen->language, "send"), LEFT, WIDE);
  sobre_phone_sketch_skip (pen->sketch, 38 + 20);
  put (pen, &small, privacy, LEFT, WIDE);
}

SobrePhoneSketch *
sobre_form_sketch (PangoContext *context,
                   SobreForm *form,
                   const SobreSiteAssets *assets,
                   const char *language,
                   const char *restaurant,
                   guint retention_days)
{
  Pen pen = { sobre_phone_sketch_new (context, sobre_language_is_right_to_left (language), SOBRE_INK_GROUND), form, assets,
              language };

  sobre_phone_sketch_skip (pen.sketch, 18);
  put (&pen, &house, restaurant, LEFT, WIDE);
  sobre_phone_sketch_skip (pen.sketch, 16);
  put (&pen, &headline, get_words (&pen, SOBRE_FORM_TITLE), LEFT, WIDE);
  sobre_phone_sketch_skip (pen.sketch, 4);
  put (&pen, &dim, get_words (&pen, SOBRE_FORM_INTRO), LEFT, WIDE);
  sobre_phone_sketch_skip (pen.sketch, 6);
  put_questions (&pen);
  put_comment (&pen);
  put_contact (&pen);
  put_end (&pen, retention_days);
  return pen.sketch;
}
