/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The interface that GNOME Shell asks ("Writing a Search Provider", GNOME Developer Documentation). The Shell asks for ids, then what they mean:
 * the last results are kept, so that the second question costs nothing. */

#include "shell/sobre-search-provider.h"

#define INTERFACE "org.gnome.Shell.SearchProvider2"
#define INACTIVITY_MS 30000

static const char interface_xml[] =
    "<node><interface name='" INTERFACE "'>"
    "<method name='GetInitialResultSet'><arg type='as' name='terms' direction='in'/><arg type='as' direction='out'/></method>"
    "<method name='GetSubsearchResultSet'><arg type='as' name='previous' direction='in'/><arg type='as' name='terms' "
    "direction='in'/>"
    "<arg type='as' direction='out'/></method>"
    "<method name='GetResultMetas'><arg type='as' name='ids' direction='in'/><arg type='aa{sv}' direction='out'/></method>"
    "<method name='ActivateResult'><arg type='s' name='id' direction='in'/><arg type='as' name='terms' direction='in'/>"
    "<arg type='u' name='timestamp' direction='in'/></method>"
    "<method name='LaunchSearch'><arg type='as' name='terms' direction='in'/><arg type='u' name='timestamp' "
    "direction='in'/></method>"
    "</interface></node>";

struct _SobreSearchProvider
{
  GObject parent_instance;

  GApplication *application; /* not owned: it owns this */
  SobreSearchPlace place;
  gpointer user_data;
  GHashTable *found; /* id → SobreFound, of the last search */
  guint registration;
};

G_DEFINE_FINAL_TYPE (SobreSearchProvider, sobre_search_provider, G_TYPE_OBJECT)

/* Search: one question on its way. */
typedef struct
{
  SobreSearchProvider *provider;
  GDBusMethodInvocation *invocation;
} Search;

static void
search_free (gpointer data)
{
  Search *self = data;

  g_application_release (self->provider->application);
  g_object_unref (self->provider);
  g_free (self);
}

static DexFuture *
found_cb (DexFuture *future, gpointer user_data)
{
  Search *search = user_data;
  SobreSearchProvider *self = search->provider;
  const GValue *value = dex_future_get_value (future, NULL);
  GListModel *list = value != NULL ? g_value_get_object (value) : NULL;
  g_autoptr (GVariantBuilder) ids = g_variant_builder_new (G_VARIANT_TYPE ("as"));

  g_hash_table_remove_all (self->found);
  for (guint i = 0; list != NULL && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (SobreFound) found = g_list_model_get_item (list, i);
      const char *id = sobre_found_get_id (found);

      g_variant_builder_add (ids, "s", id);
      g_hash_table_insert (self->found, g_strdup (id), g_steal_pointer (&found));
    }
  g_dbus_method_invocation_return_value (search->invocation, g_variant_new ("(as)", ids));
  return NULL;
}

static void
search (SobreSearchProvider *self, GDBusMethodInvocation *invocation, const char *const *terms)
{
  Search *package = g_new0 (Search, 1);
  g_autofree char *path = self->place (self->user_data);

  package->provider = g_object_ref (self);
  package->invocation = invocation;
  g_application_hold (self->application);
  /* A search is followed by others, and by the question what was found. */
  g_application_set_inactivity_timeout (self->application, INACTIVITY_MS);
  dex_future_disown (dex_future_finally (sobre_finder_find (path, terms), found_cb, package, search_free));
}

static GIcon *
make_icon (SobreFoundKind kind)
{
  static const char *const names[] = {
    [SOBRE_FOUND_TABLE] = "view-grid-symbolic",
    [SOBRE_FOUND_QUERY] = "system-search-symbolic",
    [SOBRE_FOUND_COMMENT] = "user-available-symbolic",
  };

  return g_themed_icon_new (names[kind]);
}

static GVariant *
describe (SobreSearchProvider *self, const char *const *ids)
{
  g_autoptr (GVariantBuilder) metas = g_variant_builder_new (G_VARIANT_TYPE ("aa{sv}"));

  for (; *ids != NULL; ids++)
    {
      SobreFound *found = g_hash_table_lookup (self->found, *ids);
      g_autoptr (GIcon) icon = NULL;

      if (found == NULL)
        continue;
      icon = make_icon (sobre_found_get_kind (found));
      g_variant_builder_open (metas, G_VARIANT_TYPE ("a{sv}"));
      g_variant_builder_add (metas, "{sv}", "id", g_variant_new_string (*ids));
      g_variant_builder_add (metas, "{sv}", "name", g_variant_new_string (sobre_found_get_title (found)));
      g_variant_builder_add (metas, "{sv}", "icon", g_icon_serialize (icon));
      if (sobre_found_get_description (found) != NULL)
        g_variant_builder_add (metas, "{sv}", "description", g_variant_new_string (sobre_found_get_description (found)));
      g_variant_builder_close (metas);
    }
  return g_variant_new ("(aa{sv})", metas);
}

static void
activate (SobreSearchProvider *self, const char *id, const char *const *terms)
{
  SobreFound *found = g_hash_table_lookup (self->found, id);
  g_autofree char *words = g_strjoinv (" ", (char **) terms);

  if (found != NULL)
    g_signal_emit_by_name (self, "chosen", found, words);
  else
    g_signal_emit_by_name (self, "launched", words);
}

static void
method_cb (GDBusConnection *bus,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer user_data)
{
  SobreSearchProvider *self = user_data;
  g_autofree const char **first = NULL;
  g_autofree const char **second = NULL;
  const char *id = NULL;

  if (g_str_equal (method, "GetInitialResultSet"))
    {
      g_variant_get (parameters, "(^a&s)", &first);
      search (self, invocation, first);
      return;
    }
  if (g_str_equal (method, "GetSubsearchResultSet"))
    {
      g_variant_get (parameters, "(^a&s^a&s)", &first, &second);
      /* More words may bring what the first search had cut off, so it is not its results that are searched. */
      search (self, invocation, second);
      return;
    }
  if (g_str_equal (method, "GetResultMetas"))
    {
      g_variant_get (parameters, "(^a&s)", &first);
      g_dbus_method_invocation_return_value (invocation, describe (self, first));
      return;
    }
  if (g_str_equal (method, "ActivateResult"))
    {
      g_variant_get (parameters, "(&s^a&su)", &id, &first, NULL);
      activate (self, id, first);
    }
  else
    {
      g_autofree char *words = NULL;

      g_variant_get (parameters, "(^a&su)", &first, NULL);
      words = g_strjoinv (" ", (char **) first);
      g_signal_emit_by_name (self, "launched", words);
    }
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
sobre_search_provider_finalize (GObject *object)
{
  g_hash_table_unref (SOBRE_SEARCH_PROVIDER (object)->found);
  G_OBJECT_CLASS (sobre_search_provider_parent_class)->finalize (object);
}

static void
sobre_search_provider_class_init (SobreSearchProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_search_provider_finalize;
  g_signal_new ("chosen", SOBRE_TYPE_SEARCH_PROVIDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, SOBRE_TYPE_FOUND,
                G_TYPE_STRING);
  g_signal_new ("launched", SOBRE_TYPE_SEARCH_PROVIDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sobre_search_provider_init (SobreSearchProvider *self)
{
  self->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

SobreSearchProvider *
sobre_search_provider_new (GApplication *application, SobreSearchPlace place, gpointer user_data)
{
  SobreSearchProvider *self = g_object_new (SOBRE_TYPE_SEARCH_PROVIDER, NULL);

  self->application = application;
  self->place = place;
  self->user_data = user_data;
  return self;
}

gboolean
sobre_search_provider_export (SobreSearchProvider *self, GDBusConnection *bus, const char *path, GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = method_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface_xml, error);

  if (node == NULL)
    return FALSE;
  self->registration =
      g_dbus_connection_register_object (bus, path, node->interfaces[0], &vtable, g_object_ref (self), g_object_unref, error);
  return self->registration != 0;
}

void
sobre_search_provider_unexport (SobreSearchProvider *self, GDBusConnection *bus)
{
  if (self->registration != 0)
    g_dbus_connection_unregister_object (bus, self->registration);
  self->registration = 0;
}
