/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shell/sobre-account-page.h"

#include <glib/gi18n-lib.h>

#include "aws/sobre-sts.h"
#include "session/sobre-account-desk.h"

struct _SobreAccountPage
{
  AdwPreferencesPage parent_instance;

  AdwComboRow *profile_row;
  AdwEntryRow *region_row;
  AdwActionRow *test_row;
  GtkWidget *test_spinner;
  GtkWidget *test_button;
  GtkWidget *login_group;
  AdwActionRow *login_row;
  GtkWidget *login_spinner;
  GtkButton *login_button;
  AdwEntryRow *key_id_row;
  AdwPasswordEntryRow *secret_row;
  GtkWidget *keep_row;

  SobreWorkspace *workspace;
  SobreCodeDesk *code_desk;
  SobreAccountState *state;
  GCancellable *login; /* while somebody signs in */
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (SobreAccountPage, sobre_account_page, ADW_TYPE_PREFERENCES_PAGE)

static void
say (SobreAccountPage *self, const char *message)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);
  AdwToast *toast = adw_toast_new (message);

  adw_toast_set_use_markup (toast, FALSE);
  if (dialog != NULL)
    adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), toast);
  else
    g_object_unref (toast);
}

static void
show_state (SobreAccountPage *self, const SobreAccountState *state)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = 0;

  self->showing = TRUE;
  gtk_string_list_append (names, _ ("The usual one"));
  for (guint i = 0; state->profiles[i] != NULL; i++)
    {
      gtk_string_list_append (names, state->profiles[i]);
      if (g_strcmp0 (state->profiles[i], state->profile) == 0)
        chosen = i + 1;
    }
  /* A profile that workspace.json names and this computer does not have is shown all the same. */
  if (chosen == 0 && state->profile != NULL)
    {
      gtk_string_list_append (names, state->profile);
      chosen = g_list_model_get_n_items (G_LIST_MODEL (names)) - 1;
    }
  adw_combo_row_set_model (self->profile_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->profile_row, chosen);
  gtk_editable_set_text (GTK_EDITABLE (self->region_row), state->used_region != NULL ? state->used_region : "");
  gtk_widget_set_visible (self->login_group, state->has_sso);
  self->showing = FALSE;
}

static DexFuture *
loaded_cb (DexFuture *future, gpointer user_data)
{
  SobreAccountPage *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (self->workspace == NULL)
    return NULL;
  if (value == NULL)
    {
      adw_action_row_set_subtitle (self->test_row, error->message);
      return NULL;
    }
  g_clear_pointer (&self->state, sobre_account_state_free);
  self->state = g_value_dup_boxed (value);
  show_state (self, self->state);
  return NULL;
}

static void
load_state (SobreAccountPage *self)
{
  dex_future_disown (
      dex_future_finally (sobre_account_desk_load (self->workspace), loaded_cb, g_object_ref (self), g_object_unref));
}

static DexFuture *
stored_cb (DexFuture *future, gpointer user_data)
{
  SobreAccountPage *self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->workspace == NULL)
    return NULL;
  if (dex_future_get_value (future, &error) == NULL)
    say (self, error->message);
  load_state (self);
  return NULL;
}

static char *
dup_profile (SobreAccountPage *self)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (self->profile_row);

  return adw_combo_row_get_selected (self->profile_row) > 0 && item != NULL ? g_strdup (gtk_string_object_get_string (item))
                                                                            : NULL;
}

/* A region is written down only where it is not the profile's own. */
static char *
dup_region (SobreAccountPage *self, const char *profile)
{
  g_autofree char *region = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->region_row))));
  gboolean shown = g_strcmp0 (region, self->state->used_region) == 0;

  if (*region == '\0' || (shown && g_strcmp0 (profile, self->state->profile) != 0))
    return NULL;
  return shown ? g_strdup (self->state->region) : g_steal_pointer (&region);
}

static void
choice_changed_cb (SobreAccountPage *self)
{
  g_autofree char *profile = NULL;
  g_autofree char *region = NULL;

  if (self->showing || self->workspace == NULL || self->state == NULL)
    return;
  profile = dup_profile (self);
  region = dup_region (self, profile);
  if (region != NULL && !sobre_aws_region_is_valid (region))
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->region_row), "error");
      say (self, _ ("A region is written like “eu-central-1”."));
      return;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (self->region_row), "error");
  dex_future_disown (dex_future_finally (sobre_account_desk_store (self->workspace, profile, region), stored_cb,
                                         g_object_ref (self), g_object_unref));
}

static DexFuture *
tested_cb (DexFuture *future, gpointer user_data)
{
  SobreAccountPage *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  g_autofree char *answer = NULL;

  if (self->workspace == NULL)
    return NULL;
  if (value != NULL)
    {
      const SobreCallerIdentity *identity = g_value_get_boxed (value);

      answer = g_strdup_printf (_ ("It works: account %s as %s"), identity->account, identity->arn);
    }
  adw_action_row_set_subtitle (self->test_row, answer != NULL ? answer : error->message);
  gtk_widget_set_visible (self->test_spinner, FALSE);
  gtk_widget_set_sensitive (self->test_button, TRUE);
  return NULL;
}

static void
test_clicked_cb (SobreAccountPage *self)
{
  sobre_code_desk_allow (self->code_desk);
  gtk_widget_set_visible (self->test_spinner, TRUE);
  gtk_widget_set_sensitive (self->test_button, FALSE);
  adw_action_row_set_subtitle (self->test_row, _ ("Asking AWS…"));
  dex_future_disown (
      dex_future_finally (sobre_account_desk_test (self->workspace), tested_cb, g_object_ref (self), g_object_unref));
}

/* The invitation comes on another thread. */
typedef struct
{
  SobreAccountPage *page;
  char *code;
  char *uri;
} Invitation;

static void
invitation_free (gpointer data)
{
  Invitation *self = data;

  g_object_unref (self->page);
  g_free (self->code);
  g_free (self->uri);
  g_free (self);
}

static gboolean
show_invitation_cb (gpointer data)
{
  Invitation *invitation = data;
  SobreAccountPage *self = invitation->page;
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (invitation->uri);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  /* Translators: %s is a code of letters that a web page asks for. */
  g_autofree char *words = g_strdup_printf (
      _ ("Type the code %s on the page that opens, or compare it with the one shown there."), invitation->code);

  if (self->login == NULL)
    return G_SOURCE_REMOVE;
  adw_action_row_set_subtitle (self->login_row, words);
  gtk_uri_launcher_launch (launcher, root != NULL ? GTK_WINDOW (root) : NULL, NULL, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
invite_cb (const SobreSsoInvitation *from, gpointer user_data)
{
  Invitation *invitation = g_new0 (Invitation, 1);

  invitation->page = g_object_ref (user_data);
  invitation->code = g_strdup (from->user_code);
  invitation->uri = g_strdup (from->uri_complete);
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, show_invitation_cb, invitation, invitation_free);
}

static DexFuture *
logged_in_cb (DexFuture *future, gpointer user_data)
{
  SobreAccountPage *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  g_clear_object (&self->login);
  if (self->workspace == NULL)
    return NULL;
  gtk_widget_set_visible (self->login_spinner, FALSE);
  gtk_button_set_label (self->login_button, _ ("Sign In"));
  adw_action_row_set_subtitle (self->login_row, value != NULL ? _ ("Signed in") : error->message);
  return NULL;
}

static void
login_clicked_cb (SobreAccountPage *self)
{
  if (self->login != NULL)
    {
      g_cancellable_cancel (self->login);
      return;
    }
  self->login = g_cancellable_new ();
  gtk_widget_set_visible (self->login_spinner, TRUE);
  gtk_button_set_label (self->login_button, _ ("Cancel"));
  dex_future_disown (dex_future_finally (sobre_account_desk_log_in (self->workspace, invite_cb, self, self->login),
                                         logged_in_cb, g_object_ref (self), g_object_unref));
}

static void
keys_changed_cb (SobreAccountPage *self)
{
  gtk_widget_set_sensitive (self->keep_row, *gtk_editable_get_text (GTK_EDITABLE (self->key_id_row)) != '\0' &&
                                                *gtk_editable_get_text (GTK_EDITABLE (self->secret_row)) != '\0');
}

static DexFuture *
kept_cb (DexFuture *future, gpointer user_data)
{
  SobreAccountPage *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = dex_future_get_value (future, &error) != NULL;

  if (self->workspace == NULL)
    return NULL;
  say (self, done ? _ ("The keyring holds the key. Test the account to try it.") : error->message);
  if (done)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->key_id_row), "");
      gtk_editable_set_text (GTK_EDITABLE (self->secret_row), "");
    }
  return NULL;
}

static DexFuture *
forgotten_cb (DexFuture *future, gpointer user_data)
{
  SobreAccountPage *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = dex_future_get_value (future, &error) != NULL;

  if (self->workspace != NULL)
    say (self, done ? _ ("The keyring holds no key any more") : error->message);
  return NULL;
}

static const char *
get_used_profile (SobreAccountPage *self)
{
  return self->state != NULL ? self->state->used_profile : "default";
}

static void
keep_activated_cb (SobreAccountPage *self)
{
  dex_future_disown (dex_future_finally (
      sobre_account_desk_store_keys (get_used_profile (self), gtk_editable_get_text (GTK_EDITABLE (self->key_id_row)),
                                     gtk_editable_get_text (GTK_EDITABLE (self->secret_row))),
      kept_cb, g_object_ref (self), g_object_unref));
}

static void
forget_activated_cb (SobreAccountPage *self)
{
  dex_future_disown (dex_future_finally (sobre_account_desk_clear_keys (get_used_profile (self)), forgotten_cb,
                                         g_object_ref (self), g_object_unref));
}

static void
sobre_account_page_dispose (GObject *object)
{
  SobreAccountPage *self = SOBRE_ACCOUNT_PAGE (object);

  if (self->login != NULL)
    g_cancellable_cancel (self->login);
  g_clear_object (&self->workspace);
  g_clear_object (&self->code_desk);
  g_clear_pointer (&self->state, sobre_account_state_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_ACCOUNT_PAGE);
  G_OBJECT_CLASS (sobre_account_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SobreAccountPage, profile_row);
  gtk_widget_class_bind_template_child (widget_class, SobreAccountPage, region_row);
  gtk_widget_class_bind_template_child (widget_class, SobreAccountPage, test_row);
  gtk_widget_class_bind_template_child (widget_class, SobreAccountPage, test_spinner);
  gtk_widget_class_bind_template_child (widget_class, SobreAccountPage, test_button);
  gtk_widget_class_bind_template_child (widget_class, SobreAccountPage, login_group);
  gtk_widget_class_bind_template_child (widget_class, SobreAccountPage, login_row);
  gtk_widget_class_bind_template_child (widget_class, SobreAccountPage, login_spinner);
  gtk_widget_class_bind_template_child (widget_class, SobreAccountPage, login_button);
  gtk_widget_class_bind_template_child (widget_class, SobreAccountPage, key_id_row);
  gtk_widget_class_bind_template_child (widget_class, SobreAccountPage, secret_row);
  gtk_widget_class_bind_template_child (widget_class, SobreAccountPage, keep_row);
}

static void
sobre_account_page_class_init (SobreAccountPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_account_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-account-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, choice_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, login_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, keys_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, forget_activated_cb);
}

static void
sobre_account_page_init (SobreAccountPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

SobreAccountPage *
sobre_account_page_new (SobreSession *session)
{
  SobreAccountPage *self = g_object_new (SOBRE_TYPE_ACCOUNT_PAGE, NULL);

  self->workspace = g_object_ref (sobre_session_get_workspace (session));
  self->code_desk = g_object_ref (sobre_session_get_code_desk (session));
  load_state (self);
  return self;
}
