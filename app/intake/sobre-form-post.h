/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-form.h"

/**
 * sobre_form_post_to_json:
 * @form: tells each question's kind
 * @body: what a browser without JavaScript posts: id, store, table, key, form_id, form_version, lang, started (milliseconds since
 *   the epoch), q.<question> once for each choice, q.<question>/<dish> for each dish, comment, contact, contact_consent, consent, website
 * @now: milliseconds since the epoch
 * @language: (out) (nullable): the page's language, for the reply
 * @card: (out) (nullable): "STORE/TABLE/KEY", escaped for a URL, when @form asks about dishes and the post is not from the page that does
 * @json_length: (out): bytes
 * @rule: (out): the broken rule's name, static, when %NULL is returned: those of sobre_urlencoded_parse(), "form.empty" (nothing
 *   was answered), "form.consent" (the form asks for it and it was not given)
 *
 * Writes the post as the JSON that the form's script would have sent. An answer to a question that @form does not have is kept as
 * text. Values are not judged here; the gate does that.
 *
 * Returns: (transfer full) (nullable): one JSON object; %NULL when @body is no form post
 */
char *sobre_form_post_to_json (SobreForm *form,
                               const char *body,
                               gsize length,
                               gint64 now,
                               char **language,
                               char **card,
                               gsize *json_length,
                               const char **rule);
