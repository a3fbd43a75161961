/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "model/sobre-menu.h"
#include "model/sobre-settings.h"

/* A menu with nothing wrong. Each case below changes one place of it and says which issues that makes. */
static const char sound[] =
    "{'languages':['en','de'],'title':{'en':'Menu','de':'Karte'},'intro':{'en':'Good.','de':'Gut.'},"
    "'note':{'en':'Ask.','de':'Fragen.'},"
    "'day_parts':[{'id':'lunch','name':{'en':'Lunch','de':'Mittag'},'from':'12:00','until':'15:00'},"
    "{'id':'night','name':{'en':'Night','de':'Nacht'},'from':'22:00','until':'02:00'}],"
    "'sections':[{'id':'fish','name':{'en':'Fish','de':'Fisch'},'text':{'en':'Wild.','de':'Wild.'},'day_parts':['lunch'],"
    "'dishes':[{'id':'cod','number':7,'name':{'en':'Cod','de':'Kabeljau'},'text':{'en':'Baked','de':'Gebacken'},"
    "'price':'24.50','allergens':['fish','milk'],'traces':['celery'],'diets':['gluten_free'],'sold_out':true,"
    "'options':[{'id':'prawns','name':{'en':'Prawns','de':'Garnelen'},'price':'4.50','allergens':['crustaceans']},"
    "{'id':'oil','name':{'en':'With oil','de':'Mit Öl'},'price':'-1','allergens':[],'traces':['nuts'],"
    "'diets':['lactose_free'],'sold_out':true}]},"
    "{'id':'salad','name':{'en':'Salad','de':'Salat'},'price':'9','allergens':[],'diets':['vegan'],"
    "'day_parts':['night']}]},"
    "{'id':'wine','name':{'en':'Wine','de':'Wein'},'dishes':[{'id':'riesling','name':{'en':'Riesling','de':'Riesling'},"
    "'sizes':[{'id':'glass','name':{'en':'Glass','de':'Glas'},'price':'7.20'},"
    "{'id':'bottle','name':{'en':'Bottle','de':'Flasche'},'price':'26.00'}],'allergens':['sulphites']}]}]}";

/* @issues: paths in order, divided by spaces; a path that begins with ~ is a warning; "." is the document itself */
typedef struct
{
  const char *name;
  const char *from;
  const char *to;
  const char *issues;
} Case;

#define COD "sections[0].dishes[0]"
#define SALAD "sections[0].dishes[1]"
#define WINE "sections[1].dishes[0]"

static const Case cases[] = {
  { "no-languages", "'languages':['en','de'],", "", "languages" },
  { "no-title", "'title':{'en':'Menu','de':'Karte'},", "", "title" },
  { "title-first-language-missing", "'en':'Menu',", "", "title.en" },
  { "title-other-language-missing", "'Menu','de':'Karte'", "'Menu'", "~title.de" },
  { "title-unknown-language", "'de':'Karte'", "'de':'Karte','fr':'Carte'", "~title.fr" },
  { "unknown-member", "'note':", "'notes':", "notes" },
  { "currency-is-the-workspaces", "'note':", "'currency':'EUR','note':", "currency" },
  { "note-names-address", "Ask.", "See www.example.com", "note.en" },
  { "note-direction", "Ask.", "Ask\xe2\x80\xae.", "note.en" },
  { "part-no-id", "'id':'lunch',", "", "day_parts[0].id sections[0].day_parts[0]" },
  { "part-id-doubled", "'id':'night'", "'id':'lunch'", "day_parts[1].id " SALAD ".day_parts[0]" },
  { "part-no-name", "'name':{'en':'Lunch','de':'Mittag'},", "", "day_parts[0].name" },
  { "part-bad-time", "'12:00'", "'12.00'", "day_parts[0].from" },
  { "part-late-time", "'12:00'", "'24:00'", "day_parts[0].from" },
  { "part-minute-60", "'12:00'", "'12:60'", "day_parts[0].from" },
  { "part-short-time", "'12:00'", "'9:00'", "day_parts[0].from" },
  { "part-number", "'12:00'", "12", "day_parts[0].from" },
  { "part-no-until", ",'until':'15:00'", "", "day_parts[0].until" },
  { "part-empty", "'15:00'", "'12:00'", "day_parts[0].until" },
  { "part-unknown-member", "'from':'12:00'", "'from':'12:00','days':['mon']", "day_parts[0].days" },
  { "part-is-text", "'day_parts':[{'id':'lunch'", "'day_parts':['x',{'id':'lunch'", "day_parts[0]" },
  { "no-sections", "'sections':[", "'sections':[],'old':[", "old sections" },
  { "section-is-text", "'sections':[", "'sections':['x',", "sections[0]" },
  { "section-no-id", "'id':'fish',", "", "sections[0].id" },
  { "section-id-doubled", "'id':'wine'", "'id':'fish'", "sections[1].id" },
  { "section-no-dishes", "'id':'wine','name':{'en':'Wine','de':'Wein'},'dishes':[",
    "'id':'wine','name':{'en':'Wine','de':'Wein'},'dishes':[],'meals':[", "sections[1].meals sections[1].dishes" },
  { "section-unknown-part", "'day_parts':['lunch']", "'day_parts':['tea']", "sections[0].day_parts[0]" },
  { "section-no-part", "'day_parts':['lunch']", "'day_parts':[]", "sections[0].day_parts" },
  { "dish-no-id", "'id':'cod',", "", COD ".id" },
  { "dish-id-with-slash", "'id':'cod'", "'id':'cod/x'", COD ".id" },
  { "dish-id-doubled-elsewhere", "'id':'riesling'", "'id':'cod'", WINE ".id" },
  { "dish-number-text", "'number':7", "'number':'7'", COD ".number" },
  { "dish-number-zero", "'number':7", "'number':0", COD ".number" },
  { "dish-number-doubled", "'id':'salad'", "'id':'salad','number':7", SALAD ".number" },
  { "dish-no-name", "'name':{'en':'Cod','de':'Kabeljau'},", "", COD ".name" },
  { "dish-unknown-member", "'number':7", "'nunber':7", COD ".nunber" },
  { "dish-no-price", "'price':'24.50',", "", COD ".price" },
  { "dish-price-number", "'24.50'", "24.5", COD ".price" },
  { "dish-price-comma", "'24.50'", "'24,50'", COD ".price" },
  { "dish-price-negative", "'24.50'", "'-24.50'", COD ".price" },
  { "dish-price-three-decimals", "'24.50'", "'24.500'", COD ".price" },
  { "dish-price-and-sizes", "'sizes':[", "'price':'1','sizes':[", WINE ".price" },
  { "dish-no-allergens", "'price':'9','allergens':[]", "'price':'9'", SALAD ".allergens" },
  { "dish-allergens-null", "'price':'9','allergens':[]", "'price':'9','allergens':null", SALAD ".allergens" },
  { "dish-allergen-unknown", "['fish','milk']", "['fish','lactose']", COD ".allergens[1]" },
  { "dish-allergen-capital", "['fish','milk']", "['Fish','milk']", COD ".allergens[0]" },
  { "dish-allergen-doubled", "['fish','milk']", "['fish','milk','fish']", COD ".allergens[2]" },
  { "dish-allergen-number", "['fish','milk']", "['fish',7]", COD ".allergens[1]" },
  { "dish-allergens-twice", "'traces':['celery']", "'allergens':[]", COD ".allergens" },
  { "dish-trace-contained", "'traces':['celery']", "'traces':['celery','milk']", COD ".traces" },
  { "dish-trace-unknown", "'traces':['celery']", "'traces':['cellery']", COD ".traces[0]" },
  { "dish-diet-unknown", "['vegan']", "['vegetable']", SALAD ".diets[0]" },
  { "dish-vegan-with-milk", "'price':'9','allergens':[]", "'price':'9','allergens':['milk']", SALAD ".diets" },
  { "dish-vegan-with-fish", "'price':'9','allergens':[]", "'price':'9','allergens':['fish']", SALAD ".diets" },
  { "dish-vegetarian-with-molluscs", "'price':'9','allergens':[],'diets':['vegan']",
    "'price':'9','allergens':['molluscs'],'diets':['vegetarian']", SALAD ".diets" },
  { "dish-vegetarian-with-milk", "'price':'9','allergens':[],'diets':['vegan']",
    "'price':'9','allergens':['milk'],'diets':['vegetarian']", "" },
  { "dish-gluten-free-with-gluten", "['fish','milk']", "['fish','gluten']", COD ".diets" },
  { "dish-gluten-free-with-traces", "'traces':['celery']", "'traces':['gluten']", "~" COD ".diets" },
  { "dish-unknown-part", "'day_parts':['night']", "'day_parts':['tea']", SALAD ".day_parts[0]" },
  { "dish-sold-out-text", "'diets':['gluten_free'],'sold_out':true", "'diets':['gluten_free'],'sold_out':'yes'",
    COD ".sold_out" },
  { "sizes-one", "{'id':'glass','name':{'en':'Glass','de':'Glas'},'price':'7.20'},", "", WINE ".sizes" },
  { "size-id-doubled", "'id':'bottle'", "'id':'glass'", WINE ".sizes[1].id" },
  { "size-no-price", ",'price':'7.20'", "", WINE ".sizes[0].price" },
  { "size-allergens", "'price':'7.20'", "'price':'7.20','allergens':[]", WINE ".sizes[0].allergens" },
  { "option-no-allergens", ",'allergens':['crustaceans']", "", COD ".options[0].allergens" },
  { "option-allergen-unknown", "['crustaceans']", "['crabs']", COD ".options[0].allergens[0]" },
  { "option-id-doubled", "'id':'oil'", "'id':'prawns'", COD ".options[1].id" },
  { "option-no-name", "'name':{'en':'Prawns','de':'Garnelen'},", "", COD ".options[0].name" },
  { "option-vegan-with-milk", "'allergens':['crustaceans']", "'allergens':['milk'],'diets':['vegan']",
    COD ".options[0].diets" },
  { "option-unknown-member", "'price':'4.50'", "'prise':'4.50'", COD ".options[0].prise" },
  { "option-is-text", "'options':[", "'options':['x',", COD ".options[0]" },
  { "several", "'number':7,", "'number':-7,'colour':'red',", COD ".colour " COD ".number" },
  { "not-an-object", "{'languages'", "[{'languages'", "." },
  { "not-utf8", "Good.", "Good \xff", "." },
  { "nul", "Good.", "Good\\u0000.", "." },
};

static char *
quote (const char *json)
{
  return g_strdelimit (g_strdup (json), "'", '"');
}

static char *
list_paths (GPtrArray *issues)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) paths = NULL;

  for (guint i = 0; i < issues->len; i++)
    {
      const SobreDocumentIssue *issue = g_ptr_array_index (issues, i);

      g_assert_cmpstr (issue->message, !=, "");
      g_strv_builder_take (builder, g_strconcat (issue->fatal ? "" : "~", *issue->path != '\0' ? issue->path : ".", NULL));
    }
  paths = g_strv_builder_end (builder);
  return g_strjoinv (" ", paths);
}

static void
test_changed (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *base = quote (sound);
  g_autofree char *from = quote (c->from);
  g_autofree char *to = quote (c->to);
  g_autoptr (GString) text = g_string_new (base);
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreMenu) menu = NULL;
  g_autofree char *paths = NULL;

  g_assert_nonnull (strstr (base, from));
  g_string_replace (text, from, to, 1);
  menu = sobre_menu_parse (text->str, (gssize) text->len, "EUR", &issues, &error);
  paths = list_paths (issues);
  g_assert_cmpstr (paths, ==, c->issues);
  if (c->issues[0] == '~' || c->issues[0] == '\0')
    {
      g_assert_no_error (error);
      g_assert_nonnull (menu);
      return;
    }
  g_assert_null (menu);
  g_assert_error (error, SOBRE_SETTINGS_ERROR, SOBRE_SETTINGS_ERROR_INVALID);
}

static SobreMenu *
parse_sound (void)
{
  g_autofree char *json = quote (sound);
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) error = NULL;
  SobreMenu *menu = sobre_menu_parse (json, -1, "EUR", &issues, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (issues->len, ==, 0);
  return menu;
}

static void
test_dish (void)
{
  g_autoptr (SobreMenu) menu = parse_sound ();
  const SobreMenuDish *cod = sobre_menu_find_dish (menu, "cod");
  const SobreMenuDish *salad = sobre_menu_find_dish (menu, "salad");
  const SobreMenuDish *riesling = sobre_menu_find_dish (menu, "riesling");

  g_assert_cmpuint (sobre_menu_get_n_dishes (menu), ==, 3);
  g_assert_cmpuint (cod->number, ==, 7);
  g_assert_cmpint (cod->price, ==, 2450);
  g_assert_cmpstr (sobre_document_text_get (cod->name, "de"), ==, "Kabeljau");
  g_assert_cmpstr (sobre_document_text_get (cod->name, "fr"), ==, "Cod");
  g_assert_cmphex (cod->allergens.contains, ==, 1 << SOBRE_ALLERGEN_FISH | 1 << SOBRE_ALLERGEN_MILK);
  g_assert_cmphex (cod->allergens.traces, ==, 1 << SOBRE_ALLERGEN_CELERY);
  g_assert_cmphex (cod->diets, ==, 1 << SOBRE_DIET_GLUTEN_FREE);
  g_assert_cmphex (cod->parts, ==, 1);
  g_assert_true (cod->sold_out);
  g_assert_cmphex (salad->diets, ==, 1 << SOBRE_DIET_VEGAN | 1 << SOBRE_DIET_VEGETARIAN);
  g_assert_cmphex (salad->parts, ==, 2);
  g_assert_cmpint (salad->price, ==, 900);
  g_assert_cmpuint (riesling->sizes->len, ==, 2);
  g_assert_cmphex (riesling->parts, ==, 0);
  g_assert_cmpint (((const SobreMenuSize *) g_ptr_array_index (riesling->sizes, 1))->price, ==, 2600);
}

static void
test_item (void)
{
  g_autoptr (SobreMenu) menu = parse_sound ();
  const SobreMenuDish *cod = sobre_menu_find_dish (menu, "cod");
  const SobreMenuOption *option = NULL;

  g_assert_true (sobre_menu_find_item (menu, "cod", &option) == cod);
  g_assert_null (option);
  g_assert_true (sobre_menu_find_item (menu, "cod/oil", &option) == cod);
  g_assert_cmpint (option->price, ==, -100);
  g_assert_true (option->sold_out);
  g_assert_cmphex (option->allergens.traces, ==, 1 << SOBRE_ALLERGEN_NUTS);
  g_assert_null (sobre_menu_find_item (menu, "cod/butter", &option));
  g_assert_null (option);
  g_assert_null (sobre_menu_find_item (menu, "cod/oil/x", &option));
  g_assert_null (sobre_menu_find_item (menu, "", NULL));
  g_assert_null (sobre_menu_find_item (menu, "/", NULL));
}

static void
test_whole (void)
{
  g_autoptr (SobreMenu) menu = parse_sound ();
  const SobreMenuPart *night = g_ptr_array_index (sobre_menu_get_parts (menu), 1);

  g_assert_cmpstr (sobre_menu_get_currency (menu), ==, "EUR");
  g_assert_cmpstr (sobre_menu_get_words (menu, SOBRE_MENU_NOTE, "de"), ==, "Fragen.");
  g_assert_cmpuint (night->from, ==, 22 * 60);
  g_assert_cmpuint (night->until, ==, 2 * 60);
  g_assert_cmphex (sobre_menu_get_used_allergens (menu), ==,
                   1 << SOBRE_ALLERGEN_FISH | 1 << SOBRE_ALLERGEN_MILK | 1 << SOBRE_ALLERGEN_CELERY |
                       1 << SOBRE_ALLERGEN_CRUSTACEANS | 1 << SOBRE_ALLERGEN_NUTS | 1 << SOBRE_ALLERGEN_SULPHITES);
  g_assert_cmphex (sobre_menu_get_used_diets (menu), ==,
                   1 << SOBRE_DIET_GLUTEN_FREE | 1 << SOBRE_DIET_LACTOSE_FREE | 1 << SOBRE_DIET_VEGAN |
                       1 << SOBRE_DIET_VEGETARIAN);
}

/* A currency without decimals has prices without a point. */
static void
test_yen (void)
{
  g_autofree char *json = quote (sound);
  g_autoptr (GPtrArray) issues = NULL;
  g_autofree char *paths = NULL;

  g_assert_null (sobre_menu_parse (json, -1, "JPY", &issues, NULL));
  paths = list_paths (issues);
  g_assert_cmpstr (paths, ==, COD ".price " COD ".options[0].price " WINE ".sizes[0].price " WINE ".sizes[1].price");
}

static void
test_too_large (void)
{
  g_autofree char *json = quote (sound);
  g_autofree char *spaces = g_strnfill (1024 * 1024, ' ');
  g_autofree char *large = g_strconcat (json, spaces, NULL);
  g_autoptr (GPtrArray) issues = NULL;

  g_assert_null (sobre_menu_parse (large, -1, "EUR", &issues, NULL));
  g_assert_cmpuint (issues->len, ==, 1);
}

static void
test_sample (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("SOBRE_TEST_SOURCE"), "data/resources/sample/menu.json", NULL);
  g_autofree char *json = NULL;
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreMenu) menu = NULL;

  g_assert_true (g_file_get_contents (path, &json, NULL, NULL));
  menu = sobre_menu_parse (json, -1, "EUR", &issues, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (issues->len, ==, 0);
  g_assert_cmphex (sobre_menu_get_used_allergens (menu), ==, (1 << SOBRE_N_ALLERGENS) - 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/menu/changed/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_changed);
    }
  g_test_add_func ("/menu/dish", test_dish);
  g_test_add_func ("/menu/item", test_item);
  g_test_add_func ("/menu/whole", test_whole);
  g_test_add_func ("/menu/yen", test_yen);
  g_test_add_func ("/menu/too-large", test_too_large);
  g_test_add_func ("/menu/sample", test_sample);
  return g_test_run ();
}
