/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workspace/sobre-sample-visits.h"

#include <string.h>

#include "model/sobre-id.h"
#include "model/sobre-money.h"
#include "model/sobre-time.h"

#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define MOST_DISHES 64
#define SILENT_SHARE 0.8
#define MENU_CHANCE 0.75
#define FORM_CHANCE 0.5
#define RATES_CHANCE 0.3
#define TABLE_KNOWN_CHANCE 0.94

/** Trait: what sets a dish apart. @interest: how often it is looked at beside another one · @taste: what it adds to a guest's mood */
typedef struct
{
  const char *id;
  double interest;
  double taste;
} Trait;

/* The octopus draws eyes and disappoints; the risotto is a find that few make. */
static const Trait traits[] = {
  { "octopus", 3.2, -1.5 },
  { "turbot", 2.6, 0.1 },
  { "steak", 2.2, -0.3 },
  { "oysters", 2.1, 0.15 },
  { "fish-soup", 2.4, 0.2 },
  { "mussels", 1.8, -0.1 },
  { "cod", 1.7, 0.1 },
  { "crab", 1.5, -0.5 },
  { "burrata", 1.4, 0 },
  { "risotto", 0.45, 0.4 },
  { "celeriac", 0.6, 0.1 },
  { "chips", 1.1, -0.8 },
  { "vongole", 1.3, -0.2 },
  { "sorbet", 0.5, 0.2 },
  { "chocolate-cake", 1.9, 0.2 },
  { "fish-and-chips", 1.6, -0.5 },
  { "hummus", 0.9, 0 },
  { "water", 0.15, -0.4 },
  { "coffee", 0.3, -0.2 },
  { "cucumber", 0.4, -0.6 },
};

struct _SobreSampleVisits
{
  SobreMenu *menu;
  SobreForm *form;
  SobreDice dice;
  const SobreMenuDish *dishes[MOST_DISHES];
  double interests[MOST_DISHES];
  double tastes[MOST_DISHES];
  guint n_dishes;
  const char *question;
  GPtrArray *lines[SOBRE_DATASET_ORDERS + 1];
};

void
sobre_sample_line_free (gpointer line)
{
  SobreSampleLine *self = line;

  g_free (self->line);
  g_free (self);
}

static Trait
find_trait (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (traits); i++)
    {
      if (g_str_equal (traits[i].id, id))
        return traits[i];
    }
  return (Trait) { id, 1, (g_str_hash (id) * 2654435761u >> 8) % 1000 / 1000.0 - 0.55 };
}

static void
list_dishes (SobreSampleVisits *self)
{
  GPtrArray *sections = sobre_menu_get_sections (self->menu);

  for (guint i = 0; i < sections->len; i++)
    {
      const SobreMenuSection *section = g_ptr_array_index (sections, i);

      for (guint j = 0; j < section->dishes->len && self->n_dishes < MOST_DISHES; j++)
        {
          const SobreMenuDish *dish = g_ptr_array_index (section->dishes, j);
          Trait trait = find_trait (dish->id);

          self->dishes[self->n_dishes] = dish;
          self->interests[self->n_dishes] = trait.interest;
          self->tastes[self->n_dishes++] = trait.taste;
        }
    }
}

SobreSampleVisits *
sobre_sample_visits_new (SobreMenu *menu, SobreForm *form, guint64 seed)
{
  SobreSampleVisits *self = g_new0 (SobreSampleVisits, 1);

  self->menu = g_object_ref (menu);
  self->form = g_object_ref (form);
  self->question = sobre_form_get_dish_question_id (form);
  self->dice.random = sobre_seeded_random_new (seed);
  for (guint i = 0; i < G_N_ELEMENTS (self->lines); i++)
    self->lines[i] = g_ptr_array_new_with_free_func (sobre_sample_line_free);
  list_dishes (self);
  return self;
}

void
sobre_sample_visits_free (SobreSampleVisits *self)
{
  g_object_unref (self->menu);
  g_object_unref (self->form);
  g_object_unref (self->dice.random);
  for (guint i = 0; i < G_N_ELEMENTS (self->lines); i++)
    g_ptr_array_unref (self->lines[i]);
  g_free (self);
}

guint
sobre_sample_visits_count_silent (SobreSampleVisits *self, guint n)
{
  return (guint) (n * (SILENT_SHARE + 0.2 * (sobre_dice_unit (&self->dice) - 0.5)));
}

SobreSampleGuest
sobre_sample_visits_make_guest (SobreSampleVisits *self, const SobreSampleDay *day, GPtrArray *tables, gboolean main_store)
{
  return sobre_sample_make_guest (&self->dice, day, tables, main_store);
}

static gboolean
is_served (SobreSampleVisits *self, const SobreMenuDish *dish, guint minute)
{
  GPtrArray *parts = sobre_menu_get_parts (self->menu);

  for (guint i = 0; i < parts->len; i++)
    {
      const SobreMenuPart *part = g_ptr_array_index (parts, i);

      if ((dish->parts >> i & 1) != 0 && minute >= part->from && minute < part->until)
        return TRUE;
    }
  return dish->parts == 0;
}

/* A dish that is served at the guest's hour; what is not served at all is left to chance. */
static guint
pick_dish (SobreSampleVisits *self, guint minute)
{
  guint dish = 0;

  for (guint i = 0; i < 8; i++)
    {
      dish = sobre_dice_pick (&self->dice, self->interests, self->n_dishes);
      if (is_served (self, self->dishes[dish], minute))
        break;
    }
  return dish;
}

static GString *
begin_line (SobreSampleVisits *self, gint64 at, const SobreSampleGuest *guest, gboolean with_table)
{
  g_autoptr (SobreClock) clock = sobre_manual_clock_new (at);
  SobreId id = sobre_id_make_v7 (clock, self->dice.random);
  char id_text[SOBRE_ID_STRING_LENGTH + 1], time[SOBRE_TIME_STRING_LENGTH + 1];
  GString *line = g_string_sized_new (320);

  sobre_id_format (&id, id_text);
  sobre_time_format (at, time);
  g_string_append_printf (line, "{\"v\":1,\"id\":\"%s\",\"at\":\"%s\",\"store_id\":\"%s\"", id_text, time,
                          sobre_table_get_store_id (guest->table));
  if (with_table)
    g_string_append_printf (line, ",\"table_id\":\"%s\"", sobre_table_get_table_id (guest->table));
  return line;
}

static void
end_line (SobreSampleVisits *self, SobreDataset dataset, gint64 received_at, GString *line)
{
  SobreSampleLine *added = g_new0 (SobreSampleLine, 1);

  g_string_append (line, "}\n");
  added->received_at = received_at;
  added->line = g_string_free (line, FALSE);
  g_ptr_array_add (self->lines[dataset], added);
}

/** Page: one that a guest has open. @now: the time there, which goes on */
typedef struct
{
  const SobreSampleGuest *guest;
  const char *name;
  char visit[17];
  gint64 opened;
  gint64 now;
} Page;

static Page
open_page (SobreSampleVisits *self, const SobreSampleGuest *guest, const char *name, gint64 at)
{
  Page page = { .guest = guest, .name = name, .opened = at, .now = at };
  guint64 bits;

  sobre_random_fill (self->dice.random, &bits, sizeof bits);
  g_snprintf (page.visit, sizeof page.visit, "%016" G_GINT64_MODIFIER "x", bits);
  return page;
}

/* Events travel in batches, so each arrives some seconds after it happened. */
static void
tell (SobreSampleVisits *self, Page *page, const char *action, const char *target)
{
  GString *line = begin_line (self, page->now, page->guest, TRUE);
  gint64 received_at = page->now + 300 + sobre_dice_roll (&self->dice, 9700);
  char received[SOBRE_TIME_STRING_LENGTH + 1];

  sobre_time_format (received_at, received);
  g_string_append_printf (line, ",\"received_at\":\"%s\",\"visit\":\"%s\",\"page\":\"%s\",\"action\":\"%s\"", received,
                          page->visit, page->name, action);
  if (target != NULL)
    g_string_append_printf (line, ",\"target\":\"%s\"", target);
  g_string_append_printf (line, ",\"ms\":%" G_GINT64_FORMAT, page->now - page->opened);
  end_line (self, SOBRE_DATASET_EVENTS, received_at, line);
  page->now += 2000 + sobre_dice_roll (&self->dice, 12000);
}

static void
read_menu (SobreSampleVisits *self, const SobreSampleGuest *guest, gint64 at)
{
  Page page = open_page (self, guest, "menu", at);
  guint n = sobre_dice_roll (&self->dice, 6);
  const char *last = NULL;

  tell (self, &page, "open", sobre_menu_get_languages (self->menu)[0]);
  for (guint i = 0; i < n; i++)
    {
      last = self->dishes[pick_dish (self, guest->minute)]->id;
      tell (self, &page, "item", last);
    }
  tell (self, &page, "leave", last);
}

static gboolean
is_asked (SobreSampleVisits *self, const SobreFormQuestion *question, const SobreSampleGuest *guest)
{
  int score = sobre_sample_round_score (guest->moods[SOBRE_SAMPLE_OVERALL], 1, 5);

  switch (question->rule)
    {
    case SOBRE_FORM_AT_MOST:
      return score <= question->score;
    case SOBRE_FORM_AT_LEAST:
      return score >= question->score;
    case SOBRE_FORM_ALWAYS:
    case SOBRE_FORM_IS:
    default:
      return question->rule == SOBRE_FORM_ALWAYS;
    }
}

/* Who does not answer leaves somewhere on the way, most of them where eleven numbers come up. */
static void
read_form (SobreSampleVisits *self, const SobreSampleGuest *guest, gint64 at, gboolean answers)
{
  Page page = open_page (self, guest, "form", at - 50000 - sobre_dice_roll (&self->dice, 60000));
  const char *last = NULL;

  tell (self, &page, "open", sobre_form_get_languages (self->form)[0]);
  if (!answers && sobre_dice_chance (&self->dice, 0.4))
    {
      tell (self, &page, "leave", NULL);
      return;
    }
  tell (self, &page, "start", NULL);
  for (guint i = 0; i < sobre_form_get_n_questions (self->form); i++)
    {
      const SobreFormQuestion *question = sobre_form_get_question (self->form, i);

      if (!is_asked (self, question, guest))
        continue;
      if (!answers && last != NULL && sobre_dice_chance (&self->dice, question->kind == SOBRE_ANSWER_NPS ? 0.45 : 0.15))
        break;
      last = question->id;
      tell (self, &page, "question", last);
    }
  tell (self, &page, answers ? "submit" : "leave", answers ? NULL : last);
}

/* The bill of one guest: what the till sold them, some time before they were done. */
static void
order (SobreSampleVisits *self, const SobreSampleGuest *guest, gint64 at, guint dish, gboolean with_table)
{
  const SobreMenuDish *sold = self->dishes[dish];
  const SobreMenuSize *size = sold->sizes->len > 0 ? g_ptr_array_index (sold->sizes, 0) : NULL;
  guint quantity = sobre_dice_chance (&self->dice, 0.15) ? 2 : 1;
  const char *currency = sobre_menu_get_currency (self->menu);
  g_autofree char *amount = sobre_money_format (quantity * (size != NULL ? size->price : sold->price), currency);
  const char *name = sobre_document_text_get (sold->name, sobre_menu_get_languages (self->menu)[0]);
  GString *line = begin_line (self, at, guest, with_table);

  g_string_append_printf (line, ",\"item_id\":\"%s\",\"item\":\"%s\",\"quantity\":%u,\"amount\":%s,\"currency\":\"%s\"",
                          sold->id, name, quantity, amount, currency);
  end_line (self, SOBRE_DATASET_ORDERS, at, line);
}

char *
sobre_sample_visits_serve (SobreSampleVisits *self, const SobreSampleGuest *guest, gint64 at, gboolean answers)
{
  g_autoptr (GString) stars = g_string_new (NULL);
  gint64 seated = at - (45 + sobre_dice_roll (&self->dice, 25)) * MINUTE_MS;
  gboolean with_table = sobre_dice_chance (&self->dice, TABLE_KNOWN_CHANCE);
  gboolean rates = answers && sobre_dice_chance (&self->dice, RATES_CHANCE);
  guint n = 2 + sobre_dice_roll (&self->dice, 3);

  if (sobre_dice_chance (&self->dice, MENU_CHANCE))
    read_menu (self, guest, seated + MINUTE_MS);
  for (guint i = 0; i < n; i++)
    {
      guint dish = pick_dish (self, guest->minute);
      double mood = guest->moods[SOBRE_SAMPLE_FOOD] + self->tastes[dish] + sobre_dice_normal (&self->dice, 0, 0.4);

      order (self, guest, seated + (8 + 9 * i) * MINUTE_MS + sobre_dice_roll (&self->dice, MINUTE_MS), dish, with_table);
      if (rates && strstr (stars->str, self->dishes[dish]->id) == NULL)
        g_string_append_printf (stars, "%s{\"question\":\"%s\",\"kind\":\"stars\",\"score\":%d,\"item\":\"%s\"}",
                                stars->len > 0 ? "," : "", self->question, sobre_sample_round_score (mood, 1, 5),
                                self->dishes[dish]->id);
    }
  if (answers || sobre_dice_chance (&self->dice, FORM_CHANCE))
    read_form (self, guest, at, answers);
  return g_string_free (g_steal_pointer (&stars), FALSE);
}

GPtrArray *
sobre_sample_visits_take (SobreSampleVisits *self, SobreDataset dataset)
{
  GPtrArray *lines = self->lines[dataset];

  self->lines[dataset] = g_ptr_array_new_with_free_func (sobre_sample_line_free);
  return lines;
}

SobreRandom *
sobre_sample_visits_get_random (SobreSampleVisits *self)
{
  return self->dice.random;
}
