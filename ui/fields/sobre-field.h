/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "model/sobre-document-edit.h"

G_BEGIN_DECLS

/**
 * SobreFieldContext: what a field may have to know beside its own object; all borrowed.
 * @root: the whole document
 * @languages: (array zero-terminated=1): its languages, the house's own first
 * @path: of the object that the field is of
 */
typedef struct
{
  JsonNode *root;
  char **languages;
  const char *path;
} SobreFieldContext;

#define SOBRE_TYPE_FIELD (sobre_field_get_type ())

/**
 * SobreField:
 *
 * A member of an object of form.json or menu.json under the hands of a person. It shows what is there, right or wrong, and makes another
 * object of it; it changes nothing itself. Properties: "member", "title", "hint" (strings), "unless" (string, nullable: the member
 * that hides it where it is there), "kinds" (string, nullable: of questions that it is for, "choice text"). Emits "changed" when a person has changed it.
 */
G_DECLARE_DERIVABLE_TYPE (SobreField, sobre_field, SOBRE, FIELD, AdwBin)

/**
 * SobreFieldClass:
 * @load: shows the member of @object
 * @store: what @object, a node, becomes with what is shown; (transfer full)
 * @show_issues: @issues that are about the member or what is below it; @prefix: its path
 */
struct _SobreFieldClass
{
  AdwBinClass parent_class;

  void (*load) (SobreField *self, JsonObject *object, const SobreFieldContext *context);
  JsonNode *(*store) (SobreField *self, JsonNode *object);
  void (*show_issues) (SobreField *self, const GPtrArray *issues, const char *prefix);
};

void sobre_field_load (SobreField *self, JsonObject *object, const SobreFieldContext *context);
JsonNode *sobre_field_store (SobreField *self, JsonNode *object);

/** sobre_field_take_issues: @issues: of the whole document · @base: path of the field's object */
void sobre_field_take_issues (SobreField *self, const GPtrArray *issues, const char *base);

const char *sobre_field_get_member (SobreField *self);
const char *sobre_field_get_title (SobreField *self);

/** sobre_fields_collect: Returns: (transfer full) (element-type SobreField): those below @widget that are in no other field, in order */
GPtrArray *sobre_fields_collect (GtkWidget *widget);

/* For fields. */

/** Puts what a person uses between title and hint. */
void sobre_field_set_content (SobreField *self, GtkWidget *content);

/** A person has changed it; nothing while it is being loaded. */
void sobre_field_emit_changed (SobreField *self);

/** sobre_field_say_issues: shows the faults at or below @prefix, and the warnings at it, below the content. */
void sobre_field_say_issues (SobreField *self, const GPtrArray *issues, const char *prefix);

/** Whether @path is @prefix or below it. */
gboolean sobre_field_is_below (const char *path, const char *prefix);

G_END_DECLS
