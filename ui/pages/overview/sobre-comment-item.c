/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/overview/sobre-comment-item.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sobre-format.h"
#include "widgets/sobre-moment.h"

struct _SobreCommentItem
{
  GObject parent_instance;

  char *text;
  char *place;
  const char *mood;
};

enum
{
  PROP_TEXT = 1,
  PROP_PLACE,
  PROP_MOOD,
};

G_DEFINE_FINAL_TYPE (SobreCommentItem, sobre_comment_item, G_TYPE_OBJECT)

static void
sobre_comment_item_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  SobreCommentItem *self = SOBRE_COMMENT_ITEM (object);

  switch (property_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_PLACE:
      g_value_set_string (value, self->place);
      break;
    case PROP_MOOD:
      g_value_set_static_string (value, self->mood);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_comment_item_finalize (GObject *object)
{
  SobreCommentItem *self = SOBRE_COMMENT_ITEM (object);

  g_free (self->text);
  g_free (self->place);
  G_OBJECT_CLASS (sobre_comment_item_parent_class)->finalize (object);
}

static void
sobre_comment_item_class_init (SobreCommentItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sobre_comment_item_get_property;
  object_class->finalize = sobre_comment_item_finalize;
  g_object_class_install_property (object_class, PROP_TEXT, g_param_spec_string ("text", NULL, NULL, NULL, readable));
  g_object_class_install_property (object_class, PROP_PLACE, g_param_spec_string ("place", NULL, NULL, NULL, readable));
  g_object_class_install_property (object_class, PROP_MOOD, g_param_spec_string ("mood", NULL, NULL, NULL, readable));
}

static void
sobre_comment_item_init (SobreCommentItem *self)
{
}

static const char *
get_mood (double score)
{
  if (isnan (score))
    return "none";
  if (score < 3)
    return "low";
  return score < 4 ? "middle" : "high";
}

SobreCommentItem *
sobre_comment_item_new (const SobreComment *comment, const SobreServiceCalendar *calendar)
{
  SobreCommentItem *self = g_object_new (SOBRE_TYPE_COMMENT_ITEM, NULL);
  g_autofree char *when = sobre_moment_format (comment->submitted_at, calendar);

  /* Translators: a guest's words in quotation marks */
  self->text = g_strdup_printf (_ ("“%s”"), comment->text);
  if (isnan (comment->score))
    {
      /* Translators: under a comment: "Fri 20 Nov, 20:41 · table 12" */
      self->place = g_strdup_printf (_ ("%s · table %s"), when, comment->table_id);
    }
  else
    {
      g_autofree char *score = sobre_format_number (comment->score, 1);

      /* Translators: under a comment: "Fri 20 Nov, 20:41 · table 12 · 4.5" */
      self->place = g_strdup_printf (_ ("%s · table %s · %s"), when, comment->table_id, score);
    }
  self->mood = get_mood (comment->score);
  return self;
}
