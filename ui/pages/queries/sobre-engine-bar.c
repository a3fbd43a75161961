/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/queries/sobre-engine-bar.h"

#include <glib/gi18n-lib.h>

struct _SobreEngineBar
{
  AdwBin parent_instance;

  AdwToggleGroup *engine_group;
  GtkWidget *estimate_button;
  GtkWidget *history_button;
  GtkLabel *words_label;
};

G_DEFINE_FINAL_TYPE (SobreEngineBar, sobre_engine_bar, ADW_TYPE_BIN)

static void
engine_changed_cb (SobreEngineBar *self)
{
  gboolean athena = sobre_engine_bar_is_athena (self);

  gtk_widget_set_visible (self->estimate_button, athena);
  gtk_widget_set_visible (self->history_button, athena);
  sobre_engine_bar_show (self, athena ? _ ("Each run on Athena costs money.") : NULL);
}

static void
estimate_clicked_cb (SobreEngineBar *self)
{
  g_signal_emit_by_name (self, "estimate");
}

static void
sobre_engine_bar_class_init (SobreEngineBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_signal_new ("estimate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-engine-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreEngineBar, engine_group);
  gtk_widget_class_bind_template_child (widget_class, SobreEngineBar, estimate_button);
  gtk_widget_class_bind_template_child (widget_class, SobreEngineBar, history_button);
  gtk_widget_class_bind_template_child (widget_class, SobreEngineBar, words_label);
  gtk_widget_class_bind_template_callback (widget_class, engine_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, estimate_clicked_cb);
}

static void
sobre_engine_bar_init (SobreEngineBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
sobre_engine_bar_set_workspace (SobreEngineBar *self, SobreWorkspace *workspace)
{
  sobre_engine_bar_set_athena (self, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), sobre_query_desk_has_athena (workspace));
}

gboolean
sobre_engine_bar_is_athena (SobreEngineBar *self)
{
  return g_strcmp0 (adw_toggle_group_get_active_name (self->engine_group), "athena") == 0;
}

void
sobre_engine_bar_set_athena (SobreEngineBar *self, gboolean athena)
{
  adw_toggle_group_set_active_name (self->engine_group, athena ? "athena" : "local");
}

void
sobre_engine_bar_show (SobreEngineBar *self, const char *words)
{
  gtk_label_set_text (self->words_label, words != NULL ? words : "");
}

const char *
sobre_engine_bar_get_words (SobreEngineBar *self)
{
  return gtk_label_get_text (self->words_label);
}
