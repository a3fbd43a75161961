/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/sobre-menu-changes.h"

#define HEAD "{'languages':['en'],'title':{'en':'Menu'},'sections':[{'id':'s','name':{'en':'All'},'dishes':["
#define TAIL "]}]}"
#define COD "{'id':'cod','number':7,'name':{'en':'Cod'},'price':'1','allergens':['fish'],'traces':['milk']}"
#define COD_CHANGED                                                                                                            \
  "{'id':'cod','number':7,'name':{'en':'Fresh cod'},'price':'2','allergens':['fish','milk'],'traces':['nuts']}"
#define COD_RENAMED "{'id':'codfish','number':8,'name':{'en':'Cod'},'price':'1','allergens':['fish'],'traces':['milk']}"
#define SOUP                                                                                                                   \
  "{'id':'soup','number':9,'name':{'en':'Soup'},'price':'1','allergens':[],'options':["                                        \
  "{'id':'prawns','name':{'en':'prawns'},'allergens':['crustaceans']},{'id':'bread','name':{'en':'bread'},'allergens':[]}]}"
#define SOUP_NUMBER_7 "{'id':'soup','number':7,'name':{'en':'Soup'},'price':'1','allergens':[]}"

static SobreMenu *
parse (const char *dishes)
{
  g_autofree char *json = g_strdelimit (g_strconcat (HEAD, dishes, TAIL, NULL), "'", '"');
  g_autoptr (GError) error = NULL;
  SobreMenu *menu = sobre_menu_parse (json, -1, "EUR", NULL, &error);

  g_assert_no_error (error);
  return menu;
}

static char *
describe (GPtrArray *changes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const SobreAllergenChange *change = g_ptr_array_index (changes, i);

      g_string_append_printf (text, "%s[%s] %s %s>%s; ", change->item, change->name, sobre_allergen_get_name (change->allergen),
                              sobre_presence_get_name (change->was), sobre_presence_get_name (change->is));
    }
  return g_string_free (text, FALSE);
}

/* @before: (nullable) */
typedef struct
{
  const char *name;
  const char *before;
  const char *after;
  const char *changes;
} Case;

static const Case cases[] = {
  { "first", NULL, COD, "cod[Cod] fish no-item>contains; cod[Cod] milk no-item>traces; " },
  { "same", COD, COD, "" },
  { "changed", COD, COD_CHANGED, "cod[Fresh cod] milk traces>contains; cod[Fresh cod] nuts none>traces; " },
  { "changed-back", COD_CHANGED, COD, "cod[Cod] milk contains>traces; cod[Cod] nuts traces>none; " },
  { "option-comes", COD, COD "," SOUP, "soup/prawns[Soup, prawns] crustaceans no-item>contains; " },
  { "dish-goes", COD "," SOUP, SOUP, "cod[Cod] fish contains>no-item; cod[Cod] milk traces>no-item; " },
  { "option-goes", SOUP, SOUP_NUMBER_7, "soup/prawns[Soup, prawns] crustaceans contains>no-item; " },
};

static void
test_allergens (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (SobreMenu) before = c->before != NULL ? parse (c->before) : NULL;
  g_autoptr (SobreMenu) after = parse (c->after);
  g_autoptr (GPtrArray) changes = sobre_menu_list_allergen_changes (before, after);
  g_autofree char *text = describe (changes);

  g_assert_cmpstr (text, ==, c->changes);
}

static void
test_numbers (void)
{
  g_autoptr (SobreMenu) before = parse (COD "," SOUP);
  g_autoptr (SobreMenu) same = parse (SOUP "," COD_CHANGED);
  g_autoptr (SobreMenu) moved = parse (SOUP_NUMBER_7 "," COD_RENAMED);
  g_autoptr (GPtrArray) none = sobre_menu_list_number_changes (before, same);
  g_autoptr (GPtrArray) some = sobre_menu_list_number_changes (before, moved);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (some->len, ==, 2);
  for (guint i = 0; i < some->len; i++)
    {
      const SobreDocumentIssue *issue = g_ptr_array_index (some, i);

      g_assert_false (issue->fatal);
      g_assert_cmpstr (issue->path, ==, i == 0 ? "soup" : "codfish");
    }
}

static void
test_names (void)
{
  SobrePresence presence;

  for (guint i = SOBRE_PRESENCE_NO_ITEM; i <= SOBRE_PRESENCE_CONTAINS; i++)
    {
      g_assert_true (sobre_presence_parse (sobre_presence_get_name (i), &presence));
      g_assert_cmpint (presence, ==, i);
    }
  g_assert_false (sobre_presence_parse ("", &presence));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/menu-changes/allergens/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_allergens);
    }
  g_test_add_func ("/menu-changes/numbers", test_numbers);
  g_test_add_func ("/menu-changes/names", test_names);
  return g_test_run ();
}
