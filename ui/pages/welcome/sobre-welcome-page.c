/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/welcome/sobre-welcome-page.h"

#include <glib/gi18n-lib.h>

#include "session/sobre-job.h"
#include "workspace/sobre-workspace.h"

#define SAMPLE_SEED 20260101

struct _SobreWelcomePage
{
  AdwBin parent_instance;

  AdwBanner *banner;
  GtkStack *stack;
  GtkLabel *path_label;
  char *path;
};

typedef struct
{
  char *path;
  gboolean sample;
} Order;

G_DEFINE_FINAL_TYPE (SobreWelcomePage, sobre_welcome_page, ADW_TYPE_BIN)

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->path);
  g_free (order);
}

static gboolean
make_worker (gpointer data, GValue *result, GError **error)
{
  const Order *order = data;
  g_autoptr (SobreClock) clock = sobre_system_clock_new ();
  g_autoptr (SobreRandom) random = order->sample ? sobre_seeded_random_new (SAMPLE_SEED) : sobre_system_random_new ();
  SobreWorkspace *workspace = sobre_workspace_create (order->path, order->sample, clock, random, error);

  if (workspace == NULL)
    return FALSE;
  g_value_init (result, SOBRE_TYPE_WORKSPACE);
  g_value_take_object (result, workspace);
  return TRUE;
}

static void
show_message (SobreWelcomePage *self, const char *message)
{
  adw_banner_set_use_markup (self->banner, FALSE);
  adw_banner_set_title (self->banner, message != NULL ? message : "");
  adw_banner_set_revealed (self->banner, message != NULL);
}

static DexFuture *
made_cb (DexFuture *future, gpointer user_data)
{
  SobreWelcomePage *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (self->stack == NULL)
    return NULL;
  gtk_stack_set_visible_child_name (self->stack, "choice");
  show_message (self, error != NULL ? error->message : NULL);
  if (value != NULL)
    g_signal_emit_by_name (self, "made", g_value_get_object (value));
  return NULL;
}

static void
make (SobreWelcomePage *self, gboolean sample)
{
  Order *order;

  if (self->path == NULL)
    return;
  order = g_new0 (Order, 1);
  order->path = g_strdup (self->path);
  order->sample = sample;
  gtk_stack_set_visible_child_name (self->stack, "making");
  dex_future_disown (dex_future_finally (sobre_job_run ("create", make_worker, order, order_free), made_cb, g_object_ref (self),
                                         g_object_unref));
}

static void
create_sample_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  make (SOBRE_WELCOME_PAGE (widget), TRUE);
}

static void
create_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  make (SOBRE_WELCOME_PAGE (widget), FALSE);
}

static void
sobre_welcome_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SOBRE_TYPE_WELCOME_PAGE);
  G_OBJECT_CLASS (sobre_welcome_page_parent_class)->dispose (object);
}

static void
sobre_welcome_page_finalize (GObject *object)
{
  g_free (SOBRE_WELCOME_PAGE (object)->path);
  G_OBJECT_CLASS (sobre_welcome_page_parent_class)->finalize (object);
}

static void
sobre_welcome_page_class_init (SobreWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_welcome_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sobre_welcome_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreWelcomePage, banner);
  gtk_widget_class_bind_template_child (widget_class, SobreWelcomePage, stack);
  gtk_widget_class_bind_template_child (widget_class, SobreWelcomePage, path_label);
  gtk_widget_class_install_action (widget_class, "welcome.create-sample", NULL, create_sample_action);
  gtk_widget_class_install_action (widget_class, "welcome.create", NULL, create_action);

  /**
   * SobreWelcomePage::made:
   * @workspace: a SobreWorkspace
   */
  g_signal_new ("made", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                SOBRE_TYPE_WORKSPACE);
}

static void
sobre_welcome_page_init (SobreWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
sobre_welcome_page_set_path (SobreWelcomePage *self, const char *path, const char *message)
{
  /* Translators: the folder that a restaurant will be kept in */
  g_autofree char *place = g_strdup_printf (_ ("It will be kept in %s"), path);

  /* Translators: what is wrong with one of its files. */
  g_autofree char *trouble =
      message != NULL ? g_strdup_printf (_ ("The restaurant in %s cannot be opened: %s"), path, message) : NULL;

  g_set_str (&self->path, path);
  gtk_label_set_text (self->path_label,
                      message == NULL ? place : _ ("Mend the file, or open another folder. Nothing was changed."));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "welcome.create-sample", message == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "welcome.create", message == NULL);
  show_message (self, trouble);
}
