/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "publish/sobre-site-assets.h"

/* What the pages that guests see have in common. A page is one document with one style sheet and one script, all from the same host;
 * nothing in it is inline but data. The script stands in the head and waits for the document: it marks the root element before anything
 * is painted, so that a guest with JavaScript never sees the plain page flash by, and a guest without it never sees anything else. */

/**
 * SobrePageFrame: all borrowed.
 * @languages: (array zero-terminated=1): those that the page is there in
 * @restaurant: (nullable): name to put above
 * @table_id: (nullable): put under it
 * @style: "form.css"
 * @more_style: (nullable): "dishes.css"
 * @script: (nullable): "form.js"
 * @link: (nullable): the path of the table's other page; the language is added
 * @link_text: the words of that link
 */
typedef struct
{
  const SobreSiteAssets *assets;
  const char *language;
  const char *const *languages;
  const char *title;
  const char *restaurant;
  const char *table_id;
  const char *style;
  const char *more_style;
  const char *script;
  const char *link;
  const char *link_text;
} SobrePageFrame;

/** Everything up to and with the body's begin. */
void sobre_page_frame_begin (GString *html, const SobrePageFrame *frame);

/** Whose page it is, the way to the table's other page, and the other languages. */
void sobre_page_frame_append_header (GString *html, const SobrePageFrame *frame);

/** sobre_page_frame_end: @html: (transfer full). Returns: (transfer full): the whole document */
char *sobre_page_frame_end (GString *html, gsize *length);
