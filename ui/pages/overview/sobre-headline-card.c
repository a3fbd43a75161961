/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/overview/sobre-headline-card.h"

#include <glib/gi18n-lib.h>

struct _SobreHeadlineCard
{
  GtkWidget parent_instance;

  GtkLabel *headline_label;
  GtkBox *evidence_box;
  gboolean stacked;
};

enum
{
  PROP_STACKED = 1,
};

G_DEFINE_FINAL_TYPE (SobreHeadlineCard, sobre_headline_card, GTK_TYPE_WIDGET)

static GtkWidget *
make_label (const char *words)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dimmed");
  return label;
}

static GtkWidget *
make_button (const SobreEvidence *evidence)
{
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), make_label (evidence->words));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "evidence");
  if (evidence->table_id != NULL)
    {
      gtk_widget_set_tooltip_text (button, _ ("Show This Table\342\200\231s Answers"));
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", evidence->store_id, evidence->table_id);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "overview.show-table");
    }
  else
    {
      gtk_widget_set_tooltip_text (button, _ ("Show This Hour\342\200\231s Answers"));
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ii)", evidence->weekday, evidence->hour);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "overview.show-hour");
    }
  return button;
}

static void
sobre_headline_card_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_STACKED)
    g_value_set_boolean (value, SOBRE_HEADLINE_CARD (object)->stacked);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_headline_card_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  SobreHeadlineCard *self = SOBRE_HEADLINE_CARD (object);

  if (property_id != PROP_STACKED)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      return;
    }
  self->stacked = g_value_get_boolean (value);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->evidence_box),
                                  self->stacked ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

static void
sobre_headline_card_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), SOBRE_TYPE_HEADLINE_CARD);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sobre_headline_card_parent_class)->dispose (object);
}

static void
sobre_headline_card_class_init (SobreHeadlineCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = sobre_headline_card_get_property;
  G_OBJECT_CLASS (klass)->set_property = sobre_headline_card_set_property;
  G_OBJECT_CLASS (klass)->dispose = sobre_headline_card_dispose;
  g_object_class_install_property (
      G_OBJECT_CLASS (klass), PROP_STACKED,
      g_param_spec_boolean ("stacked", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-headline-card.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreHeadlineCard, headline_label);
  gtk_widget_class_bind_template_child (widget_class, SobreHeadlineCard, evidence_box);
}

static void
sobre_headline_card_init (SobreHeadlineCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
sobre_headline_card_show (SobreHeadlineCard *self, const SobreHeadline *headline)
{
  GtkWidget *child;

  gtk_label_set_text (self->headline_label, headline->headline);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->evidence_box))) != NULL)
    gtk_box_remove (self->evidence_box, child);
  for (guint i = 0; i < headline->evidence->len; i++)
    {
      const SobreEvidence *evidence = g_ptr_array_index (headline->evidence, i);
      gboolean leads_somewhere = evidence->table_id != NULL || evidence->weekday >= 0;

      gtk_box_append (self->evidence_box, leads_somewhere ? make_button (evidence) : make_label (evidence->words));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->evidence_box), headline->evidence->len > 0);
}
