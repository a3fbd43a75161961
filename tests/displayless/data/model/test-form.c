/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "model/sobre-form.h"
#include "model/sobre-settings.h"

/* A form with nothing wrong. Each case below changes one place of it and says which issues that makes. */
static const char sound[] =
    "{'id':'t','version':3,'languages':['en','de'],"
    "'title':{'en':'How was it?','de':'Wie war es?'},'intro':{'en':'One tap.','de':'Ein Tipp.'},"
    "'questions':["
    "{'id':'mood','kind':'smiley','required':true,'label':{'en':'Mood','de':'Laune'}},"
    "{'id':'why','kind':'choice','multiple':true,'label':{'en':'Why','de':'Warum'},'show_if':{'question':'mood','at_most':2},"
    "'choices':[{'id':'wait','label':{'en':'Wait','de':'Warten'}},{'id':'food','label':{'en':'Food','de':'Essen'}}]},"
    "{'id':'nps','kind':'nps','label':{'en':'Advice','de':'Rat'},'low':{'en':'No','de':'Nein'},'high':{'en':'Yes','de':'Ja'}},"
    "{'id':'more','kind':'text','max_length':100,'label':{'en':'More','de':'Mehr'},'show_if':{'question':'why','is':'food'}}],"
    "'comment':{'text':{'en':'Else?','de':'Noch?'},'max_length':500},"
    "'contact':{'text':{'en':'Reply','de':'Antwort'},'consent':{'en':'Keep {days} days','de':'{days} "
    "Tage'},'retention_days':30},"
    "'consent':{'en':'Agreed','de':'Gut'},'privacy':{'en':'{days} days','de':'{days} Tage'},"
    "'thanks':{'en':'Thanks','de':'Danke'},"
    "'review_link':{'url':'https://example.com/r','label':{'en':'Review','de':'Bewerten'}}}";

/* @issues: paths in order, divided by spaces; a path that begins with ~ is a warning; "." is the document itself */
typedef struct
{
  const char *name;
  const char *from;
  const char *to;
  const char *issues;
} Case;

static const Case cases[] = {
  { "no-id", "'id':'t',", "", "id" },
  { "id-with-space", "'id':'t'", "'id':'t t'", "id" },
  { "id-is-number", "'id':'t'", "'id':7", "id" },
  { "id-too-long", "'id':'t'", "'id':'aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggg'", "id" },
  { "no-version", "'version':3,", "", "version" },
  { "version-zero", "'version':3", "'version':0", "version" },
  { "version-fraction", "'version':3", "'version':3.5", "version" },
  { "version-text", "'version':3", "'version':'3'", "version" },
  { "no-languages", "'languages':['en','de'],", "", "languages" },
  { "languages-empty", "['en','de']", "[]", "languages" },
  { "language-not-a-tag", "['en','de']", "['en','de','x_']", "languages[2]" },
  { "language-twice", "['en','de']", "['en','de','en']", "languages[2]" },
  { "language-number", "['en','de']", "['en','de',1]", "languages[2]" },
  { "no-title", "'title':{'en':'How was it?','de':'Wie war es?'},", "", "title" },
  { "title-plain-text", "'title':{'en':'How was it?','de':'Wie war es?'}", "'title':'How?'", "title" },
  { "title-first-language-missing", "'en':'How was it?',", "", "title.en" },
  { "title-other-language-missing", "'How was it?','de':'Wie war es?'", "'How was it?'", "~title.de" },
  { "title-unknown-language", "'de':'Wie war es?'", "'de':'Wie war es?','fr':'Bien ?'", "~title.fr" },
  { "title-twice", "'title':{'en':'How was it?','de':'Wie war es?'}",
    "'title':{'en':'How was it?','de':'Wie war es?','en':'x'}", "title.en" },
  { "member-twice", "'version':3", "'version':3,'version':3", "version" },
  { "title-blank", "'How was it?'", "'  '", "title.en" },
  { "title-number", "'How was it?'", "5", "title.en" },
  { "title-null", "'How was it?'", "null", "title.en" },
  { "title-too-long", "'How was it?'",
    "'0123456789012345678901234567890123456789012345678901234567890123456789012345678901234'", "title.en" },
  { "intro-list", "'intro':{'en':'One tap.','de':'Ein Tipp.'}", "'intro':[]", "intro" },
  { "intro-direction-override", "One tap.", "One \xe2\x80\xae tap.", "intro.en" },
  { "intro-nul", "One tap.", "One\\u0000 tap.", "." },
  { "intro-control", "One tap.", "One\\u0007 tap.", "intro.en" },
  { "intro-line-break", "One tap.", "One\\ntap.", "intro.en" },
  { "intro-names-address", "One tap.", "See https://example.com", "intro.en" },
  { "question-label-names-address", "'Laune'", "'WWW.example.com'", "questions[0].label.de" },
  { "no-questions", "'questions':[", "'questions':[],'old':[", "old questions" },
  { "question-is-text", "'questions':[", "'questions':['x',", "questions[0]" },
  { "question-no-id", "'id':'nps',", "", "questions[2].id" },
  { "question-id-doubled", "'id':'nps'", "'id':'mood'", "questions[2].id" },
  { "question-no-kind", "'kind':'smiley',", "", "questions[0].kind" },
  { "question-unknown-kind", "'kind':'smiley'", "'kind':'slider'", "questions[0].kind" },
  { "question-kind-list", "'kind':'smiley'", "'kind':['smiley']", "questions[0].kind" },
  { "question-no-label", ",'label':{'en':'Mood','de':'Laune'}", "", "questions[0].label" },
  { "question-unknown-member", "'required':true", "'requird':true", "questions[0].requird" },
  { "question-required-text", "'required':true", "'required':'yes'", "questions[0].required" },
  { "choices-missing",
    "'choices':[{'id':'wait','label':{'en':'Wait','de':'Warten'}},{'id':'food','label':{'en':'Food','de':'Essen'}}]",
    "'required':false", "questions[1].choices questions[3].show_if.is" },
  { "choices-one", "{'id':'wait','label':{'en':'Wait','de':'Warten'}},", "", "questions[1].choices questions[3].show_if.is" },
  { "choice-is-text", "{'id':'wait','label':{'en':'Wait','de':'Warten'}}", "'wait'", "questions[1].choices[0]" },
  { "choice-no-id", "'id':'wait',", "", "questions[1].choices[0].id" },
  { "choice-id-doubled", "'id':'wait'", "'id':'food'", "questions[1].choices[1].id" },
  { "choice-label-missing", "'id':'wait','label':{'en':'Wait','de':'Warten'}", "'id':'wait'", "questions[1].choices[0].label" },
  { "choice-label-first-language", "{'en':'Wait','de':'Warten'}", "{'de':'Warten'}", "questions[1].choices[0].label.en" },
  { "choice-label-other-language", "{'en':'Wait','de':'Warten'}", "{'en':'Wait'}", "~questions[1].choices[0].label.de" },
  { "choice-unknown-member", "'id':'wait',", "'id':'wait','score':1,", "questions[1].choices[0].score" },
  { "choices-of-stars", "'kind':'smiley'", "'kind':'stars','choices':[]", "questions[0].choices" },
  { "multiple-of-smiley", "'kind':'smiley'", "'kind':'smiley','multiple':true", "questions[0].multiple" },
  { "max-length-of-nps", "'kind':'nps'", "'kind':'nps','max_length':9", "questions[2].max_length" },
  { "low-of-text", "'kind':'text'", "'kind':'text','low':{'en':'x'}", "questions[3].low" },
  { "max-length-zero", "'max_length':100", "'max_length':0", "questions[3].max_length" },
  { "max-length-large", "'max_length':100", "'max_length':2001", "questions[3].max_length" },
  { "rule-text", "'show_if':{'question':'mood','at_most':2}", "'show_if':'mood'", "questions[1].show_if" },
  { "rule-no-question", "'question':'mood',", "", "questions[1].show_if.question" },
  { "rule-nowhere", "'question':'mood'", "'question':'weather'", "questions[1].show_if.question" },
  { "rule-forward", "'question':'mood'", "'question':'nps'", "questions[1].show_if.question" },
  { "rule-itself", "'question':'mood'", "'question':'why'", "questions[1].show_if.question" },
  { "rule-no-bound", ",'at_most':2", "", "questions[1].show_if" },
  { "rule-two-bounds", "'at_most':2", "'at_most':2,'at_least':1", "questions[1].show_if.at_least" },
  { "rule-out-of-scale", "'at_most':2", "'at_most':6", "questions[1].show_if.at_most" },
  { "rule-bound-text", "'at_most':2", "'at_most':'2'", "questions[1].show_if.at_most" },
  { "rule-unknown-member", "'at_most':2", "'at_most':2,'less_than':3", "questions[1].show_if.less_than" },
  { "rule-score-of-choices", "'is':'food'", "'at_least':1", "questions[3].show_if.at_least" },
  { "rule-unknown-choice", "'is':'food'", "'is':'rain'", "questions[3].show_if.is" },
  { "rule-choice-number", "'is':'food'", "'is':2", "questions[3].show_if.is" },
  { "rule-about-text",
    "'kind':'nps','label':{'en':'Advice','de':'Rat'},'low':{'en':'No','de':'Nein'},'high':{'en':'Yes','de':'Ja'}},"
    "{'id':'more','kind':'text','max_length':100,'label':{'en':'More','de':'Mehr'},'show_if':{'question':'why','is'",
    "'kind':'text','label':{'en':'Advice','de':'Rat'}},"
    "{'id':'more','kind':'text','max_length':100,'label':{'en':'More','de':'Mehr'},'show_if':{'question':'nps','is'",
    "questions[3].show_if.question" },
  { "dish-first", "'kind':'smiley'", "'kind':'dish'", "questions[0].kind questions[1].show_if.question" },
  { "dish-twice",
    "'kind':'nps','label':{'en':'Advice','de':'Rat'},'low':{'en':'No','de':'Nein'},'high':{'en':'Yes','de':'Ja'}},"
    "{'id':'more','kind':'text','max_length':100,",
    "'kind':'dish','label':{'en':'Advice','de':'Rat'}},{'id':'more','kind':'dish',", "questions[3].kind" },
  { "multiple-of-dish", "'kind':'nps','label':{'en':'Advice','de':'Rat'},'low':{'en':'No','de':'Nein'},'high':",
    "'kind':'dish','multiple':true,'label':", "questions[2].multiple" },
  { "rule-about-dishes",
    "'kind':'nps','label':{'en':'Advice','de':'Rat'},'low':{'en':'No','de':'Nein'},'high':{'en':'Yes','de':'Ja'}},"
    "{'id':'more','kind':'text','max_length':100,'label':{'en':'More','de':'Mehr'},'show_if':{'question':'why','is':'food'}",
    "'kind':'dish','label':{'en':'Advice','de':'Rat'}},"
    "{'id':'more','kind':'text','max_length':100,'label':{'en':'More','de':'Mehr'},'show_if':{'question':'nps','at_most':2}",
    "questions[3].show_if.question" },
  { "comment-text", "'comment':{'text':{'en':'Else?','de':'Noch?'},'max_length':500}", "'comment':'Else?'", "comment" },
  { "comment-no-text", "'comment':{'text':{'en':'Else?','de':'Noch?'},", "'comment':{", "comment.text" },
  { "comment-too-long", "'max_length':500", "'max_length':99999", "comment.max_length" },
  { "contact-no-consent", "'consent':{'en':'Keep {days} days','de':'{days} Tage'},", "", "contact.consent" },
  { "contact-consent-without-days", "Keep {days} days", "Keep it", "contact.consent.en" },
  { "contact-no-days", ",'retention_days':30", "", "contact.retention_days" },
  { "contact-days-negative", "'retention_days':30", "'retention_days':-1", "contact.retention_days" },
  { "no-privacy", "'privacy':{'en':'{days} days','de':'{days} Tage'},", "", "privacy" },
  { "privacy-without-days", "'privacy':{'en':'{days} days'", "'privacy':{'en':'A while'", "privacy.en" },
  { "no-thanks", "'thanks':{'en':'Thanks','de':'Danke'},", "", "thanks" },
  { "review-shown-from-a-score", "'review_link':{", "'review_link':{'show_if':{'question':'mood','at_least':4},",
    "review_link.show_if" },
  { "review-at-least", "'review_link':{", "'review_link':{'at_least':4,", "review_link.at_least" },
  { "review-min-score", "'review_link':{", "'review_link':{'min_score':4,", "review_link.min_score" },
  { "review-unknown-member", "'review_link':{", "'review_link':{'icon':'x',", "review_link.icon" },
  { "review-http", "https://example.com/r", "http://example.com/r", "review_link.url" },
  { "review-script", "https://example.com/r", "javascript:alert(1)", "review_link.url" },
  { "review-user", "https://example.com/r", "https://a:b@example.com/", "review_link.url" },
  { "review-no-host", "https://example.com/r", "https:///r", "review_link.url" },
  { "review-no-url", "'url':'https://example.com/r',", "", "review_link.url" },
  { "review-no-label", ",'label':{'en':'Review','de':'Bewerten'}", "", "review_link.label" },
  { "unknown-member", "'version':3", "'version':3,'colour':'red'", "colour" },
  { "several", "'id':'t','version':3", "'version':0", "id version" },
  { "not-json", "'version':3", "'version':", "." },
  { "not-utf8", "One tap.", "One \xff tap.", "." },
  { "deep", "'version':3", "'version':[[[[[[[[[[[[[[[[[[[[3]]]]]]]]]]]]]]]]]]]]", "." },
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
test_bad (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *base = quote (sound);
  g_autofree char *from = quote (c->from);
  g_autofree char *to = quote (c->to);
  g_autoptr (GString) text = g_string_new (base);
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreForm) form = NULL;
  g_autofree char *paths = NULL;

  g_assert_nonnull (strstr (base, from));
  g_string_replace (text, from, to, 1);
  form = sobre_form_parse (text->str, (gssize) text->len, &issues, &error);
  paths = list_paths (issues);
  g_assert_cmpstr (paths, ==, c->issues);
  if (c->issues[0] == '~')
    {
      g_assert_no_error (error);
      g_assert_nonnull (form);
      return;
    }
  g_assert_null (form);
  g_assert_error (error, SOBRE_SETTINGS_ERROR, SOBRE_SETTINGS_ERROR_INVALID);
}

static void
test_sound (void)
{
  g_autofree char *json = quote (sound);
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreForm) form = sobre_form_parse (json, -1, &issues, &error);
  const SobreFormQuestion *question;

  g_assert_no_error (error);
  g_assert_cmpuint (issues->len, ==, 0);
  g_assert_cmpstr (sobre_form_get_id (form), ==, "t");
  g_assert_cmpint (sobre_form_get_version (form), ==, 3);
  g_assert_cmpstr (sobre_form_get_languages (form)[1], ==, "de");
  g_assert_cmpuint (sobre_form_get_n_questions (form), ==, 4);
  g_assert_cmpint (sobre_form_get_question_kind (form, 2), ==, SOBRE_ANSWER_NPS);
  g_assert_cmpstr (sobre_form_get_question_label (form, 0, "de"), ==, "Laune");
  g_assert_cmpstr (sobre_form_get_question_label (form, 0, "fr"), ==, "Mood");
  g_assert_cmpstr (sobre_form_get_words (form, SOBRE_FORM_COMMENT, "de"), ==, "Noch?");
  g_assert_cmpuint (sobre_form_get_comment_max_length (form), ==, 500);
  g_assert_cmpuint (sobre_form_get_contact_days (form), ==, 30);
  g_assert_cmpstr (sobre_form_get_review_url (form), ==, "https://example.com/r");

  question = sobre_form_get_question (form, 1);
  g_assert_true (question->multiple);
  g_assert_cmpint (question->rule, ==, SOBRE_FORM_AT_MOST);
  g_assert_cmpint (question->score, ==, 2);
  question = sobre_form_get_question (form, 3);
  g_assert_cmpint (question->rule, ==, SOBRE_FORM_IS);
  g_assert_cmpuint (question->shown_after, ==, 1);
  g_assert_cmpstr (question->choice, ==, "food");
}

/* Stars for a lake, a kind of its own for the page; and the name of the menu's ratings where the form has none. */
static void
test_dishes (void)
{
  g_autofree char *from = quote ("'kind':'nps','label':{'en':'Advice','de':'Rat'},'low':{'en':'No','de':'Nein'},'high':");
  g_autofree char *to = quote ("'kind':'dish','required':true,'show_if':{'question':'mood','at_least':3},'label':");
  g_autofree char *json = quote (sound);
  g_autoptr (SobreForm) without = sobre_form_parse (json, -1, NULL, NULL);
  g_autoptr (GString) text = g_string_new (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreForm) form = NULL;
  const SobreFormQuestion *question;

  g_assert_null (sobre_form_find_dish_question (without));
  g_assert_cmpstr (sobre_form_get_dish_question_id (without), ==, "dish");
  g_assert_cmpuint (g_string_replace (text, from, to, 1), ==, 1);
  form = sobre_form_parse (text->str, (gssize) text->len, NULL, &error);
  g_assert_no_error (error);
  question = sobre_form_find_dish_question (form);
  g_assert_true (question == sobre_form_get_question (form, 2));
  g_assert_true (question->dishes && question->required && !question->multiple);
  g_assert_cmpint (question->kind, ==, SOBRE_ANSWER_STARS);
  g_assert_cmpint (question->rule, ==, SOBRE_FORM_AT_LEAST);
  g_assert_cmpstr (sobre_form_question_get_kind_name (question), ==, "dish");
  g_assert_cmpstr (sobre_form_question_get_kind_name (sobre_form_get_question (form, 0)), ==, "smiley");
  g_assert_cmpstr (sobre_form_get_dish_question_id (form), ==, "nps");
}

/* What is published is what was checked: the document parses back to itself. */
static void
test_round_trip (void)
{
  g_autofree char *json = quote (sound);
  g_autoptr (SobreForm) form = sobre_form_parse (json, -1, NULL, NULL);
  g_autoptr (SobreForm) again = sobre_form_parse (sobre_form_get_json (form), -1, NULL, NULL);

  g_assert_nonnull (again);
  g_assert_cmpstr (sobre_form_get_json (again), ==, sobre_form_get_json (form));
}

static void
test_sample (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("SOBRE_TEST_SOURCE"), "data/resources/sample/form.json", NULL);
  g_autofree char *json = NULL;
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreForm) form = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &json, &length, NULL));
  form = sobre_form_parse (json, (gssize) length, &issues, &error);
  g_assert_no_error (error);
  g_assert_nonnull (form);
  g_assert_cmpuint (issues->len, ==, 0);
  g_assert_cmpint (sobre_form_get_question_kind (form, 0), ==, SOBRE_ANSWER_SMILEY);
}

static void
test_too_large (void)
{
  g_autofree char *base = quote (sound);
  g_autofree char *space = g_strnfill (256 * 1024, ' ');
  g_autofree char *json = g_strconcat (base, space, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (sobre_form_parse (json, -1, NULL, &error));
  g_assert_error (error, SOBRE_SETTINGS_ERROR, SOBRE_SETTINGS_ERROR_INVALID);
}

/* 100,000 levels would overrun the stack of a parser that recurses. */
static void
test_very_deep (void)
{
  g_autofree char *json = g_strnfill (100000, '[');
  g_autoptr (GError) error = NULL;

  g_assert_null (sobre_form_parse (json, -1, NULL, &error));
  g_assert_error (error, SOBRE_SETTINGS_ERROR, SOBRE_SETTINGS_ERROR_INVALID);
}

/* Every document that ends too early is refused, and none is read beyond its end. */
static void
test_cut_anywhere (void)
{
  g_autofree char *json = quote (sound);

  for (gsize length = 0; length < strlen (json); length++)
    {
      g_autofree char *cut = g_memdup2 (json, MAX (length, 1));
      g_autoptr (SobreForm) form = sobre_form_parse (cut, (gssize) length, NULL, NULL);

      g_assert_null (form);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form/sound", test_sound);
  g_test_add_func ("/form/dishes", test_dishes);
  g_test_add_func ("/form/round-trip", test_round_trip);
  g_test_add_func ("/form/sample", test_sample);
  g_test_add_func ("/form/too-large", test_too_large);
  g_test_add_func ("/form/very-deep", test_very_deep);
  g_test_add_func ("/form/cut-anywhere", test_cut_anywhere);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/form/bad/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_bad);
    }
  return g_test_run ();
}
