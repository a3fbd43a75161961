/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "publish/sobre-menu-text.h"

#include "model/sobre-money.h"
#include "publish/sobre-html.h"

const char *
sobre_menu_say (const SobreMenuSpeech *speech, const char *key)
{
  return sobre_site_words_get (speech->words, speech->language, key);
}

const char *
sobre_menu_say_allergen (const SobreMenuSpeech *speech, SobreAllergen allergen)
{
  return sobre_site_words_get_item (speech->words, speech->language, "allergens", allergen);
}

const char *
sobre_menu_say_diet (const SobreMenuSpeech *speech, SobreDiet diet)
{
  return sobre_site_words_get_item (speech->words, speech->language, "diets", diet);
}

/* The members of a set, each by its word. */
static char *
list (const SobreMenuSpeech *speech, const char *key, guint set, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    if (set & 1u << i)
      {
        if (text->len > 0)
          g_string_append (text, sobre_menu_say (speech, "separator"));
        g_string_append (text, sobre_site_words_get_item (speech->words, speech->language, key, i));
      }
  return g_string_free (text, FALSE);
}

static char *
say_allergens (const SobreMenuSpeech *speech, const char *key, guint16 set)
{
  g_autofree char *names = list (speech, "allergens", set, SOBRE_N_ALLERGENS);

  return set != 0 ? sobre_html_fill (sobre_menu_say (speech, key), "list", names) : NULL;
}

char *
sobre_menu_say_contains (const SobreMenuSpeech *speech, SobreAllergens allergens)
{
  return say_allergens (speech, "contains", allergens.contains);
}

char *
sobre_menu_say_traces (const SobreMenuSpeech *speech, SobreAllergens allergens)
{
  return say_allergens (speech, "traces", allergens.traces);
}

char *
sobre_menu_say_diets (const SobreMenuSpeech *speech, guint8 diets)
{
  guint said = diets & 1u << SOBRE_DIET_VEGAN ? diets & ~(1u << SOBRE_DIET_VEGETARIAN) : diets;

  return said != 0 ? list (speech, "diets", said, SOBRE_N_DIETS) : NULL;
}

char *
sobre_menu_say_price (const SobreMenuSpeech *speech, gint64 amount)
{
  const SobreMoneyStyle style = {
    .pattern = sobre_menu_say (speech, "money"),
    .point = sobre_menu_say (speech, "point"),
    .group = sobre_menu_say (speech, "group"),
  };

  return sobre_money_format_for_people (amount, sobre_menu_get_currency (speech->menu), &style);
}

char *
sobre_menu_say_surcharge (const SobreMenuSpeech *speech, gint64 amount)
{
  g_autofree char *price = sobre_menu_say_price (speech, amount);

  if (amount == 0)
    return NULL;
  return amount > 0 ? g_strconcat ("+", price, NULL) : g_steal_pointer (&price);
}

static char *
say_part (const SobreMenuSpeech *speech, const SobreMenuPart *part)
{
  g_autofree char *from = g_strdup_printf ("%02u:%02u", part->from / 60, part->from % 60);
  g_autofree char *until = g_strdup_printf ("%02u:%02u", part->until / 60, part->until % 60);
  g_autofree char *with_from = sobre_html_fill (sobre_menu_say (speech, "hours"), "from", from);
  g_autofree char *with_hours = sobre_html_fill (with_from, "until", until);

  return sobre_html_fill (with_hours, "part", sobre_document_text_get (part->name, speech->language));
}

char *
sobre_menu_say_hours (const SobreMenuSpeech *speech, guint16 parts)
{
  GPtrArray *all = sobre_menu_get_parts (speech->menu);
  GString *text;

  if (parts == 0)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < all->len; i++)
    if (parts & 1u << i)
      {
        g_autofree char *part = say_part (speech, g_ptr_array_index (all, i));

        if (text->len > 0)
          g_string_append (text, " · ");
        g_string_append (text, part);
      }
  return g_string_free (text, FALSE);
}
