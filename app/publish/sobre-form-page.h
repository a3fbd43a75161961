/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-form.h"
#include "model/sobre-id.h"
#include "model/sobre-menu.h"
#include "publish/sobre-site-assets.h"
#include "publish/sobre-site-way.h"

G_BEGIN_DECLS

/** What every page has to be sent with, beside nosniff and no-referrer: no inline script or style, no other host. */
#define SOBRE_FORM_PAGE_CSP                                                                                                    \
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "          \
  "base-uri 'none'; frame-ancestors 'none'"

/**
 * SobreFormPage: what a page is made of; all borrowed.
 * @language: one of the form's, see sobre_form_page_choose_language()
 * @restaurant: (nullable): name to put above
 * @retention_days: how long answers are kept; put in the privacy text's {days}
 * @store_id: (nullable): as tables.csv has it, or as the card says where it is not known; %NULL on a page for every table, as are the next two
 * @table_id: (nullable): likewise
 * @key: (nullable): the card's key as it came, right or wrong
 * @id: (nullable): the answer's id if it is sent without JavaScript; the script makes its own
 * @now: milliseconds since the epoch
 * @menu_path: (nullable): where the menu of the same table is, if there is one
 * @way: which way answers go
 *
 * sobre_form_page_render_thanks() and sobre_form_page_render_problem() need only the first four and @retention_days.
 */
typedef struct
{
  SobreForm *form;
  const SobreSiteAssets *assets;
  const char *language;
  const char *restaurant;
  guint retention_days;
  const char *store_id;
  const char *table_id;
  const char *key;
  const SobreId *id;
  gint64 now;
  const char *menu_path;
  SobreSiteWay way;
} SobreFormPage;

/** SobreFormProblem: why an answer that came without JavaScript was not stored. */
typedef enum
{
  SOBRE_FORM_PROBLEM_INCOMPLETE, /* 400: nothing was answered, or a rule was broken: go back and complete it */
  SOBRE_FORM_PROBLEM_ALREADY,    /* 409: this page was sent before with other answers; those are kept */
  SOBRE_FORM_PROBLEM_TOO_LONG,   /* 413 */
  SOBRE_FORM_PROBLEM_BUSY,       /* 429, 503: try again */
  SOBRE_FORM_PROBLEM_NOT_FOUND,  /* 404: no page of that name; scan the code on the table */
  SOBRE_FORM_PROBLEM_NO_MENU,    /* 404: no menu is published */
} SobreFormProblem;

/**
 * sobre_form_page_choose_language:
 * @wanted: (nullable): ?lang= of the request
 * @accept_language: (nullable): the header's value (RFC 9110, section 12.5.4; lookup as in RFC 4647, section 3.4)
 *
 * Returns: (transfer none): the form's language to use, its first one where nothing fits
 */
const char *sobre_form_page_choose_language (SobreForm *form, const char *wanted, const char *accept_language);

/**
 * sobre_form_page_render:
 *
 * The form as a whole HTML document: it can be answered and posted to /v1/form as it is, and holds the data from which the script
 * draws the same form.
 *
 * Returns: (transfer full): UTF-8 HTML, to be sent as text/html; charset=utf-8 with SOBRE_FORM_PAGE_CSP and no-store
 */
char *sobre_form_page_render (const SobreFormPage *page, gsize *length);

/** sobre_form_page_render_thanks: the page /thanks. Returns: (transfer full): UTF-8 HTML, the same for every guest (F9) */
char *sobre_form_page_render_thanks (const SobreFormPage *page, gsize *length);

/**
 * sobre_form_page_render_dishes:
 * @menu: the published one
 *
 * The page /D/…, for guests without JavaScript: the thanks, and the question about dishes as a form of its own. Only where the form has one.
 *
 * Returns: (transfer full): UTF-8 HTML
 */
char *sobre_form_page_render_dishes (const SobreFormPage *page, SobreMenu *menu, gsize *length);

/** sobre_form_page_render_problem: Returns: (transfer full): UTF-8 HTML that says what happened and what to do */
char *sobre_form_page_render_problem (const SobreFormPage *page, SobreFormProblem problem, gsize *length);

G_END_DECLS
