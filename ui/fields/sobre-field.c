/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fields/sobre-field.h"

#include <string.h>

#include "model/sobre-document.h"

typedef struct
{
  GtkWidget *box;
  GtkWidget *title_label;
  GtkWidget *hint_label;
  GtkWidget *issue_label;
  char *member;
  char *title;
  char *hint;
  char *unless;
  char *kinds;
  gboolean loading;
} SobreFieldPrivate;

enum
{
  PROP_MEMBER = 1,
  PROP_TITLE,
  PROP_HINT,
  PROP_UNLESS,
  PROP_KINDS,
};

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SobreField, sobre_field, ADW_TYPE_BIN)

static SobreFieldPrivate *
get_private (SobreField *self)
{
  return sobre_field_get_instance_private (self);
}

static void
sobre_field_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  SobreFieldPrivate *priv = get_private (SOBRE_FIELD (object));

  switch (property_id)
    {
    case PROP_MEMBER:
      g_value_set_string (value, priv->member);
      break;
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_HINT:
      g_value_set_string (value, priv->hint);
      break;
    case PROP_UNLESS:
      g_value_set_string (value, priv->unless);
      break;
    case PROP_KINDS:
      g_value_set_string (value, priv->kinds);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
show_text (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

static void
sobre_field_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  SobreFieldPrivate *priv = get_private (SOBRE_FIELD (object));

  switch (property_id)
    {
    case PROP_MEMBER:
      g_set_str (&priv->member, g_value_get_string (value));
      break;
    case PROP_TITLE:
      g_set_str (&priv->title, g_value_get_string (value));
      show_text (priv->title_label, priv->title);
      break;
    case PROP_HINT:
      g_set_str (&priv->hint, g_value_get_string (value));
      show_text (priv->hint_label, priv->hint);
      break;
    case PROP_UNLESS:
      g_set_str (&priv->unless, g_value_get_string (value));
      break;
    case PROP_KINDS:
      g_set_str (&priv->kinds, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_field_finalize (GObject *object)
{
  SobreFieldPrivate *priv = get_private (SOBRE_FIELD (object));

  g_free (priv->member);
  g_free (priv->title);
  g_free (priv->hint);
  g_free (priv->unless);
  g_free (priv->kinds);
  G_OBJECT_CLASS (sobre_field_parent_class)->finalize (object);
}

static void
sobre_field_class_init (SobreFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sobre_field_get_property;
  object_class->set_property = sobre_field_set_property;
  object_class->finalize = sobre_field_finalize;
  klass->show_issues = sobre_field_say_issues;
  g_object_class_install_property (object_class, PROP_MEMBER, g_param_spec_string ("member", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_TITLE, g_param_spec_string ("title", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_HINT, g_param_spec_string ("hint", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_UNLESS, g_param_spec_string ("unless", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_KINDS, g_param_spec_string ("kinds", NULL, NULL, NULL, flags));
  g_signal_new ("changed", SOBRE_TYPE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
add_label (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);
  gtk_widget_set_visible (label, FALSE);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
sobre_field_init (SobreField *self)
{
  SobreFieldPrivate *priv = get_private (self);

  priv->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  priv->title_label = add_label (priv->box, "heading");
  priv->hint_label = add_label (priv->box, "caption");
  gtk_widget_add_css_class (priv->hint_label, "dimmed");
  priv->issue_label = add_label (priv->box, "caption");
  adw_bin_set_child (ADW_BIN (self), priv->box);
}

static gboolean
is_for (const SobreFieldPrivate *priv, JsonObject *object)
{
  const char *kind = sobre_document_get_string (json_object_get_member (object, "kind"));
  g_auto (GStrv) kinds = priv->kinds != NULL ? g_strsplit (priv->kinds, " ", -1) : NULL;

  return (kinds == NULL || (kind != NULL && g_strv_contains ((const char *const *) kinds, kind))) &&
         (priv->unless == NULL || !json_object_has_member (object, priv->unless));
}

void
sobre_field_load (SobreField *self, JsonObject *object, const SobreFieldContext *context)
{
  SobreFieldPrivate *priv = get_private (self);

  priv->loading = TRUE;
  SOBRE_FIELD_GET_CLASS (self)->load (self, object, context);
  if (priv->unless != NULL || priv->kinds != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self), is_for (priv, object));
  priv->loading = FALSE;
}

JsonNode *
sobre_field_store (SobreField *self, JsonNode *object)
{
  return SOBRE_FIELD_GET_CLASS (self)->store (self, object);
}

void
sobre_field_take_issues (SobreField *self, const GPtrArray *issues, const char *base)
{
  SobreFieldPrivate *priv = get_private (self);
  g_autofree char *prefix = g_strconcat (base, *base != '\0' ? "." : "", priv->member, NULL);

  SOBRE_FIELD_GET_CLASS (self)->show_issues (self, issues, prefix);
}

const char *
sobre_field_get_member (SobreField *self)
{
  return get_private (self)->member;
}

const char *
sobre_field_get_title (SobreField *self)
{
  return get_private (self)->title != NULL ? get_private (self)->title : "";
}

static void
collect (GtkWidget *widget, GPtrArray *fields)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (SOBRE_IS_FIELD (child))
      g_ptr_array_add (fields, g_object_ref (child));
    else
      collect (child, fields);
}

GPtrArray *
sobre_fields_collect (GtkWidget *widget)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_object_unref);

  collect (widget, fields);
  return fields;
}

void
sobre_field_set_content (SobreField *self, GtkWidget *content)
{
  SobreFieldPrivate *priv = get_private (self);

  gtk_box_insert_child_after (GTK_BOX (priv->box), content, priv->title_label);
}

void
sobre_field_emit_changed (SobreField *self)
{
  if (!get_private (self)->loading)
    g_signal_emit_by_name (self, "changed");
}

gboolean
sobre_field_is_below (const char *path, const char *prefix)
{
  gsize length = strlen (prefix);

  return strncmp (path, prefix, length) == 0 && (path[length] == '\0' || path[length] == '.' || path[length] == '[');
}

void
sobre_field_say_issues (SobreField *self, const GPtrArray *issues, const char *prefix)
{
  SobreFieldPrivate *priv = get_private (self);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean fatal = FALSE;

  for (guint i = 0; i < issues->len; i++)
    {
      const SobreDocumentIssue *issue = g_ptr_array_index (issues, i);

      /* What is missing in a language says so in its own place. */
      if (!sobre_field_is_below (issue->path, prefix) || (!issue->fatal && !g_str_equal (issue->path, prefix)))
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", issue->message);
      fatal |= issue->fatal;
    }
  show_text (priv->issue_label, text->str);
  gtk_widget_set_css_classes (priv->issue_label, (const char *[]) { "caption", fatal ? "error" : "warning", NULL });
}
