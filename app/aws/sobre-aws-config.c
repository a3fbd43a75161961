/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-aws-config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-retry.h"

#define MAX_FILE_BYTES (1 << 20)
#define MAX_ATTEMPTS 20

struct _SobreAwsConfig
{
  GHashTable *sections; /* "kind name" → (key → value) */
  char **environment;
};

G_DEFINE_BOXED_TYPE (SobreAwsConfig, sobre_aws_config, sobre_aws_config_ref, sobre_aws_config_unref)

/** Reading: where in a file a reader is. @parent: (nullable): the key that indented lines belong to */
typedef struct
{
  GHashTable *sections;
  GHashTable *section;
  const char *file;
  gboolean is_credentials;
  guint line;
  char *parent;
} Reading;

static void
free_secret (gpointer data)
{
  explicit_bzero (data, strlen (data));
  g_free (data);
}

static char *
make_section_key (SobreAwsSection section, const char *name)
{
  return g_strdup_printf ("%u %s", (guint) section, name);
}

static GHashTable *
enter_section (Reading *reading, SobreAwsSection section, const char *name)
{
  g_autofree char *key = make_section_key (section, name);
  GHashTable *found = g_hash_table_lookup (reading->sections, key);

  if (found == NULL)
    {
      found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_secret);
      g_hash_table_insert (reading->sections, g_steal_pointer (&key), found);
    }
  return found;
}

static gboolean
fail (const Reading *reading, const char *what, GError **error)
{
  g_propagate_error (error, sobre_aws_error_new (SOBRE_AWS_ERROR_CONFIGURATION, 0, NULL, _ ("%s, line %u: %s"), reading->file,
                                                 reading->line, what));
  return FALSE;
}

/* "[profile night]", "[default]", "[sso-session house]", "[services local]"; a name may be quoted. Other sections are others' business. */
static gboolean
read_section (Reading *reading, const char *line, GError **error)
{
  const char *end = strrchr (line, ']');
  g_autofree char *inner = NULL;
  g_auto (GStrv) words = NULL;
  int n_words = 0;

  if (end == NULL)
    return fail (reading, _ ("a section's name ends with “]”"), error);
  inner = g_strndup (line + 1, (gsize) (end - line - 1));
  g_clear_pointer (&reading->parent, g_free);
  reading->section = NULL;
  if (reading->is_credentials)
    {
      reading->section = enter_section (reading, SOBRE_AWS_SECTION_PROFILE, g_strstrip (inner));
      return TRUE;
    }
  if (!g_shell_parse_argv (inner, &n_words, &words, NULL))
    return fail (reading, _ ("the section's name cannot be read"), error);
  if (n_words == 1 && strcmp (words[0], "default") == 0)
    reading->section = enter_section (reading, SOBRE_AWS_SECTION_PROFILE, "default");
  else if (n_words == 2 && strcmp (words[0], "profile") == 0)
    reading->section = enter_section (reading, SOBRE_AWS_SECTION_PROFILE, words[1]);
  else if (n_words == 2 && strcmp (words[0], "sso-session") == 0)
    reading->section = enter_section (reading, SOBRE_AWS_SECTION_SSO_SESSION, words[1]);
  else if (n_words == 2 && strcmp (words[0], "services") == 0)
    reading->section = enter_section (reading, SOBRE_AWS_SECTION_SERVICES, words[1]);
  return TRUE;
}

/* A value ends where a blank and a # or ; begin a comment. */
static void
cut_comment (char *value)
{
  for (char *at = value; *at != '\0'; at++)
    if ((*at == '#' || *at == ';') && at > value && g_ascii_isspace (at[-1]))
      {
        *at = '\0';
        return;
      }
}

static gboolean
read_setting (Reading *reading, char *line, gboolean indented, GError **error)
{
  char *equals = strchr (line, '=');
  g_autofree char *name = NULL;
  char *value;

  /* An indented line without a sign continues a value, which no setting read here has. */
  if (equals == NULL)
    return indented ? TRUE : fail (reading, _ ("neither a section nor “name = value”"), error);
  *equals = '\0';
  value = equals + 1;
  cut_comment (value);
  g_strstrip (value);
  name = g_ascii_strdown (g_strstrip (line), -1);
  if (name[0] == '\0')
    return fail (reading, _ ("a setting without a name"), error);
  if (reading->section == NULL)
    return TRUE;
  if (indented && reading->parent != NULL)
    {
      g_hash_table_replace (reading->section, g_strconcat (reading->parent, ".", name, NULL), g_strdup (value));
      return TRUE;
    }
  g_clear_pointer (&reading->parent, g_free);
  if (value[0] == '\0')
    reading->parent = g_strdup (name);
  else
    g_hash_table_replace (reading->section, g_steal_pointer (&name), g_strdup (value));
  return TRUE;
}

static gboolean
read_file (GHashTable *sections, const char *text, gboolean is_credentials, GError **error)
{
  g_auto (GStrv) lines = NULL;
  Reading reading = { .sections = sections, .is_credentials = is_credentials };
  gboolean read = TRUE;

  reading.file = is_credentials ? _ ("the AWS credentials file") : _ ("the AWS config file");
  if (text == NULL)
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL))
    {
      reading.line = 1;
      return fail (&reading, _ ("the file is not UTF-8 text"), error);
    }
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && read; i++)
    {
      gboolean indented = lines[i][0] == ' ' || lines[i][0] == '\t';
      char *line = g_strstrip (lines[i]);

      reading.line = i + 1;
      if (line[0] == '\0' || line[0] == '#' || line[0] == ';')
        continue;
      read =
          line[0] == '[' && !indented ? read_section (&reading, line, error) : read_setting (&reading, line, indented, error);
    }
  for (guint i = 0; lines[i] != NULL; i++)
    explicit_bzero (lines[i], strlen (lines[i]));
  g_free (reading.parent);
  return read;
}

SobreAwsConfig *
sobre_aws_config_parse (const char *config, const char *credentials, const char *const *environment, GError **error)
{
  g_autoptr (SobreAwsConfig) self = g_atomic_rc_box_new0 (SobreAwsConfig);

  self->sections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  self->environment = g_strdupv ((char **) environment);
  /* What both files say of a profile, the credentials file says last. */
  if (!read_file (self->sections, config, FALSE, error) || !read_file (self->sections, credentials, TRUE, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
load_file (const char *path, char **text, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) failure = NULL;
  gsize length = 0;

  if (g_file_load_contents (file, NULL, text, &length, NULL, &failure))
    {
      if (length <= MAX_FILE_BYTES && strlen (*text) == length)
        return TRUE;
      g_propagate_error (error, sobre_aws_error_new (SOBRE_AWS_ERROR_CONFIGURATION, 0, NULL, _ ("%s is no text file"), path));
      return FALSE;
    }
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (
      error, sobre_aws_error_new (SOBRE_AWS_ERROR_CONFIGURATION, 0, NULL, _ ("%s cannot be read: %s"), path, failure->message));
  return FALSE;
}

static char *
find_file (const char *const *environment, const char *variable, const char *name)
{
  const char *given = g_environ_getenv ((char **) environment, variable);
  const char *home = g_environ_getenv ((char **) environment, "HOME");

  if (given != NULL && given[0] != '\0')
    return g_str_has_prefix (given, "~/") && home != NULL ? g_build_filename (home, given + 2, NULL) : g_strdup (given);
  return g_build_filename (home != NULL ? home : g_get_home_dir (), ".aws", name, NULL);
}

SobreAwsConfig *
sobre_aws_config_load (const char *const *environment, GError **error)
{
  g_autofree char *config_path = find_file (environment, "AWS_CONFIG_FILE", "config");
  g_autofree char *credentials_path = find_file (environment, "AWS_SHARED_CREDENTIALS_FILE", "credentials");
  char *config = NULL;
  char *credentials = NULL;
  SobreAwsConfig *self = NULL;

  if (load_file (config_path, &config, error) && load_file (credentials_path, &credentials, error))
    self = sobre_aws_config_parse (config, credentials, environment, error);
  g_clear_pointer (&config, free_secret);
  g_clear_pointer (&credentials, free_secret);
  return self;
}

SobreAwsConfig *
sobre_aws_config_ref (SobreAwsConfig *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  SobreAwsConfig *self = data;

  g_hash_table_unref (self->sections);
  for (guint i = 0; self->environment != NULL && self->environment[i] != NULL; i++)
    explicit_bzero (self->environment[i], strlen (self->environment[i]));
  g_strfreev (self->environment);
}

void
sobre_aws_config_unref (SobreAwsConfig *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

const char *
sobre_aws_config_get (const SobreAwsConfig *self, SobreAwsSection section, const char *name, const char *key)
{
  g_autofree char *section_key = make_section_key (section, name);
  GHashTable *found = g_hash_table_lookup (self->sections, section_key);

  return found != NULL ? g_hash_table_lookup (found, key) : NULL;
}

gboolean
sobre_aws_config_has (const SobreAwsConfig *self, SobreAwsSection section, const char *name)
{
  g_autofree char *section_key = make_section_key (section, name);

  return g_hash_table_contains (self->sections, section_key);
}

const char *
sobre_aws_config_getenv (const SobreAwsConfig *self, const char *name)
{
  const char *value = g_environ_getenv (self->environment, name);

  return value != NULL && value[0] != '\0' ? value : NULL;
}

char **
sobre_aws_config_list_profiles (const SobreAwsConfig *self)
{
  g_autofree char *prefix = make_section_key (SOBRE_AWS_SECTION_PROFILE, "");
  g_autoptr (GPtrArray) names = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->sections);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_str_has_prefix (key, prefix))
      g_ptr_array_add (names, g_strdup ((const char *) key + strlen (prefix)));
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

const char *
sobre_aws_config_get_profile (const SobreAwsConfig *self, const char *wanted)
{
  const char *named = wanted != NULL ? wanted : sobre_aws_config_getenv (self, "AWS_PROFILE");

  return named != NULL ? named : "default";
}

const char *
sobre_aws_config_get_region (const SobreAwsConfig *self, const char *profile)
{
  const char *region = sobre_aws_config_getenv (self, "AWS_REGION");

  if (region == NULL)
    region = sobre_aws_config_getenv (self, "AWS_DEFAULT_REGION");
  return region != NULL ? region : sobre_aws_config_get (self, SOBRE_AWS_SECTION_PROFILE, profile, "region");
}

const char *
sobre_aws_config_get_endpoint (const SobreAwsConfig *self, const char *profile, SobreAwsService service)
{
  const char *setting = sobre_aws_service_get_info (service)->setting;
  const char *ignored = sobre_aws_config_getenv (self, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");
  g_autofree char *upper = g_ascii_strup (setting, -1);
  g_autofree char *variable = g_strconcat ("AWS_ENDPOINT_URL_", upper, NULL);
  g_autofree char *nested = g_strconcat (setting, ".endpoint_url", NULL);
  const char *services = sobre_aws_config_get (self, SOBRE_AWS_SECTION_PROFILE, profile, "services");
  const char *found;

  if (ignored != NULL && g_ascii_strcasecmp (ignored, "true") == 0)
    return NULL;
  found = sobre_aws_config_getenv (self, variable);
  if (found == NULL)
    found = sobre_aws_config_getenv (self, "AWS_ENDPOINT_URL");
  if (found == NULL && services != NULL)
    found = sobre_aws_config_get (self, SOBRE_AWS_SECTION_SERVICES, services, nested);
  return found != NULL ? found : sobre_aws_config_get (self, SOBRE_AWS_SECTION_PROFILE, profile, "endpoint_url");
}

guint
sobre_aws_config_get_max_attempts (const SobreAwsConfig *self, const char *profile)
{
  const char *text = sobre_aws_config_getenv (self, "AWS_MAX_ATTEMPTS");
  guint64 number;

  if (text == NULL)
    text = sobre_aws_config_get (self, SOBRE_AWS_SECTION_PROFILE, profile, "max_attempts");
  return text != NULL && g_ascii_string_to_unsigned (text, 10, 1, MAX_ATTEMPTS, &number, NULL) ? (guint) number
                                                                                               : SOBRE_RETRY_ATTEMPTS;
}
