/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* form.json and menu.json as trees that a program edits. A place is named as issues name it, "sections[2].dishes[0].price", the whole
 * document by "". Trees are immutable and share what they have in common; members that nobody knows stay where they are. */

/**
 * sobre_document_open:
 * @max_bytes: more is refused
 *
 * Reads what can be edited without losing anything: valid JSON, one object, no member twice. What the document means is not looked at.
 *
 * Returns: (transfer full) (nullable): an immutable node that holds an object; %NULL with %SOBRE_SETTINGS_ERROR
 */
JsonNode *sobre_document_open (const char *json, gsize length, gsize max_bytes, GError **error);

/** sobre_document_find: Returns: (transfer none) (nullable): what is at @path, %NULL where there is nothing */
JsonNode *sobre_document_find (JsonNode *root, const char *path);

/**
 * sobre_document_replace:
 * @before: (nullable): what has to be at @path, %NULL for nothing
 * @after: (nullable): what is to be there instead, %NULL for nothing; only a member of an object can come or go
 *
 * Returns: (transfer full) (nullable): a tree with @after at @path; %NULL where something else than @before is there, so that a change
 *   never falls on what it was not made for
 */
JsonNode *sobre_document_replace (JsonNode *root, const char *path, JsonNode *before, JsonNode *after);

/* What a tree that may be right or wrong holds; nothing where it is something else. */

/** (transfer none) (nullable): @node's string; @node: (nullable) */
const char *sobre_document_get_string (JsonNode *node);

/** (transfer none) (nullable): the list that a member of @object is */
JsonArray *sobre_document_get_array (JsonObject *object, const char *member);

/** (transfer none) (nullable): the object at a place of a list */
JsonObject *sobre_document_get_object (JsonArray *array, guint index);

/** sobre_document_dup_text: @node: (nullable): texts by language. Returns: (transfer full): the one in @language, else any, else "" */
char *sobre_document_dup_text (JsonNode *node, const char *language);

/** sobre_document_list_languages: Returns: (transfer full): what the member "languages" of @root lists; never empty */
char **sobre_document_list_languages (JsonNode *root);

/**
 * sobre_document_splice:
 * @list: (nullable): a list; %NULL for an empty one
 * @added: (nullable): what comes in at @index
 *
 * Returns: (transfer full): the list without @n_removed entries from @index on, and with @added
 */
JsonNode *sobre_document_splice (JsonNode *list, guint index, guint n_removed, JsonNode *added);

/** sobre_document_set: Returns: (transfer full): @node, an object, with @value (transfer full) (nullable) as its member, or without it */
JsonNode *sobre_document_set (JsonNode *node, const char *member, JsonNode *value);

/** sobre_document_new_object, -string, -text: Returns: (transfer full): an empty object; a string; a text that is there in one language */
JsonNode *sobre_document_new_object (void);
JsonNode *sobre_document_new_string (const char *string);
JsonNode *sobre_document_new_text (const char *language, const char *text);

/** Whether both are nothing, or both are equal. */
gboolean sobre_document_is_same (JsonNode *a, JsonNode *b);

/**
 * sobre_document_format:
 *
 * Returns: (transfer full): @root as people read it: two spaces a level, and on one line what fits on one; ends with a line feed
 */
char *sobre_document_format (JsonNode *root);

/**
 * sobre_document_make_id:
 * @name: what people call it
 * @otherwise: "dish", where no letter or digit of @name can be part of an id
 * @is_taken: whether an id is another's already
 *
 * Returns: (transfer full): "fish-soup", or "fish-soup-2" where that is taken
 */
char *sobre_document_make_id (const char *name,
                              const char *otherwise,
                              gboolean (*is_taken) (const char *id, gpointer user_data),
                              gpointer user_data);

G_END_DECLS
