/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "widgets/sobre-column-view.h"

/* GTK has no property for it: a title is a box of a label and, at its end, the arrow of the sort order. */
void
sobre_column_view_align_title (GtkColumnView *view, guint position)
{
  GtkWidget *title = gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (view)));
  GtkWidget *box;
  GtkWidget *label;

  for (guint i = 0; i < position && title != NULL; i++)
    title = gtk_widget_get_next_sibling (title);
  box = title != NULL ? gtk_widget_get_first_child (title) : NULL;
  label = box != NULL ? gtk_widget_get_first_child (box) : NULL;
  if (label == NULL || !GTK_IS_LABEL (label))
    return;
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
}
