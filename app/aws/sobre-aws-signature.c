/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* AWS Signature Version 4 ("AWS Signature Version 4 for API requests", IAM User Guide; "Authenticating Requests: Using the Authorization Header", Amazon
 * S3 API Reference).
 *
 *   canonical request = method ⏎ path ⏎ query ⏎ headers, a line each ⏎ ⏎ names of the headers ⏎ SHA-256 of the body
 *   string to sign    = "AWS4-HMAC-SHA256" ⏎ time ⏎ scope ⏎ SHA-256 of the canonical request
 *   scope             = day/region/service/aws4_request
 *   key               = HMAC (HMAC (HMAC (HMAC ("AWS4" + secret, day), region), service), "aws4_request")
 *
 * S3 takes the path as it stands on the request line, so that keys with "//" and ".." can be named, and wants the body's hash as a header. Every other
 * service takes away "." and ".." and doubled slashes and encodes what is left once more. The query's parameters are sorted by name, then by value,
 * both as encoded. */

#include "aws/sobre-aws-signature.h"

#include <string.h>

#define ALGORITHM "AWS4-HMAC-SHA256"
#define KEY_BYTES 32

/** Header: one header, its name in lower case. @value: without needless blanks; of a repeated header all values, with commas between */
typedef struct
{
  char *name;
  GString *value;
} Header;

static void
free_secret (gpointer data)
{
  char *text = data;

  explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
free_header (gpointer data)
{
  Header *header = data;

  explicit_bzero (header->value->str, header->value->len);
  g_string_free (header->value, TRUE);
  g_free (header->name);
  g_free (header);
}

static gboolean
is_s3 (const SobreAwsSignable *signable)
{
  return strcmp (signable->service, "s3") == 0;
}

/* The parts of an address. Nothing is decoded: what is signed is what is sent. */
static void
split_url (const char *url, char **host, char **path, char **query)
{
  const char *authority = strstr (url, "://");
  gsize length, path_length;

  authority = authority != NULL ? authority + 3 : url;
  length = strcspn (authority, "/?#");
  *host = g_ascii_strdown (authority, (gssize) length);
  path_length = strcspn (authority + length, "?#");
  *path = g_strndup (authority + length, path_length);
  authority += length + path_length;
  *query = *authority == '?' ? g_strndup (authority + 1, strcspn (authority + 1, "#")) : g_strdup ("");
}

/* The Host header leaves a scheme's own port away. */
static void
drop_default_port (const char *url, char *host)
{
  if (g_ascii_strncasecmp (url, "https:", 6) == 0 && g_str_has_suffix (host, ":443"))
    host[strlen (host) - 4] = '\0';
  else if (g_ascii_strncasecmp (url, "http:", 5) == 0 && g_str_has_suffix (host, ":80"))
    host[strlen (host) - 3] = '\0';
}

/* RFC 3986, 5.2.4, and doubled slashes are one. */
static char *
remove_dots (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  GString *text = g_string_new ("/");

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (parts[i][0] == '\0' || strcmp (parts[i], ".") == 0)
        continue;
      if (strcmp (parts[i], "..") != 0)
        g_ptr_array_add (kept, parts[i]);
      else if (kept->len > 0)
        g_ptr_array_set_size (kept, (gint) kept->len - 1);
    }
  for (guint i = 0; i < kept->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "/" : "", (const char *) g_ptr_array_index (kept, i));
  if (kept->len > 0 && g_str_has_suffix (path, "/"))
    g_string_append_c (text, '/');
  return g_string_free_and_steal (text);
}

static char *
make_canonical_path (const SobreAwsSignable *signable, const char *path)
{
  g_autofree char *plain = NULL;
  GString *encoded;

  if (is_s3 (signable))
    return g_strdup (path[0] != '\0' ? path : "/");
  plain = remove_dots (path);
  encoded = g_string_new (NULL);
  for (const char *at = plain; *at != '\0'; at++)
    if (g_ascii_isalnum (*at) || strchr ("-._~/", *at) != NULL)
      g_string_append_c (encoded, *at);
    else
      g_string_append_printf (encoded, "%%%02X", (guint8) *at);
  return g_string_free_and_steal (encoded);
}

/** Parameter: of a query, as encoded. @name: not terminated */
typedef struct
{
  const char *name;
  gsize length;
  const char *value;
} Parameter;

static gint
compare_parameters_cb (gconstpointer left, gconstpointer right)
{
  const Parameter *a = left, *b = right;
  int order = memcmp (a->name, b->name, MIN (a->length, b->length));

  if (order == 0 && a->length != b->length)
    order = a->length < b->length ? -1 : 1;
  return order != 0 ? order : strcmp (a->value, b->value);
}

static char *
make_canonical_query (const char *query)
{
  g_auto (GStrv) pairs = g_strsplit (query, "&", -1);
  g_autoptr (GArray) parameters = g_array_new (FALSE, FALSE, sizeof (Parameter));
  GString *text = g_string_new (NULL);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      const char *equals = strchr (pairs[i], '=');
      Parameter parameter = { pairs[i], equals != NULL ? (gsize) (equals - pairs[i]) : strlen (pairs[i]),
                              equals != NULL ? equals + 1 : "" };

      g_array_append_val (parameters, parameter);
    }
  g_array_sort (parameters, compare_parameters_cb);
  for (guint i = 0; i < parameters->len; i++)
    {
      const Parameter *parameter = &g_array_index (parameters, Parameter, i);

      g_string_append_printf (text, "%s%.*s=%s", i > 0 ? "&" : "", (int) parameter->length, parameter->name, parameter->value);
    }
  return g_string_free_and_steal (text);
}

/* Headers that a proxy on the way, or the transport, may add or change. */
static gboolean
is_signed (const char *name)
{
  static const char *const unsigned_names[] = { "authorization",
                                                "connection",
                                                "expect",
                                                "keep-alive",
                                                "proxy-authenticate",
                                                "proxy-authorization",
                                                "te",
                                                "trailer",
                                                "transfer-encoding",
                                                "upgrade",
                                                "user-agent",
                                                "x-amzn-trace-id",
                                                NULL };

  return !g_strv_contains (unsigned_names, name);
}

/* Blanks at the ends go, and several are one. */
static void
append_trimmed (GString *text, const char *value)
{
  gboolean blank = FALSE, any = FALSE;

  for (; *value != '\0'; value++)
    if (g_ascii_isspace (*value) || *value == '\v')
      blank = TRUE;
    else
      {
        if (blank && any)
          g_string_append_c (text, ' ');
        g_string_append_c (text, *value);
        blank = FALSE;
        any = TRUE;
      }
}

static gint
compare_headers_cb (gconstpointer left, gconstpointer right)
{
  return strcmp ((*(const Header *const *) left)->name, (*(const Header *const *) right)->name);
}

/* Returns: (element-type Header): sorted, each name once */
static GPtrArray *
collect_headers (GPtrArray *headers)
{
  GPtrArray *collected = g_ptr_array_new_with_free_func (free_header);
  g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < headers->len; i++)
    {
      const char *text = g_ptr_array_index (headers, i);
      const char *colon = strchr (text, ':');
      g_autofree char *name = colon != NULL ? g_strstrip (g_ascii_strdown (text, colon - text)) : NULL;
      Header *header;

      if (name == NULL || !is_signed (name))
        continue;
      header = g_hash_table_lookup (by_name, name);
      if (header == NULL)
        {
          header = g_new0 (Header, 1);
          header->name = g_steal_pointer (&name);
          header->value = g_string_new (NULL);
          g_hash_table_insert (by_name, header->name, header);
          g_ptr_array_add (collected, header);
        }
      else
        g_string_append_c (header->value, ',');
      append_trimmed (header->value, colon + 1);
    }
  g_ptr_array_sort (collected, compare_headers_cb);
  return collected;
}

static char *
hash_body (const SobreAwsSignable *signable)
{
  gsize length = 0;
  const guint8 *bytes = signable->body != NULL ? g_bytes_get_data (signable->body, &length) : NULL;

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes != NULL ? bytes : (const guint8 *) "", length);
}

char *
sobre_aws_signature_dup_canonical (const SobreAwsSignable *signable, GPtrArray *headers, char **names)
{
  g_autoptr (GPtrArray) collected = collect_headers (headers);
  g_autoptr (GString) signed_names = g_string_new (NULL);
  g_autofree char *host = NULL;
  g_autofree char *path = NULL;
  g_autofree char *query = NULL;
  g_autofree char *canonical_path = NULL;
  g_autofree char *canonical_query = NULL;
  g_autofree char *body = NULL;
  GString *text = g_string_new (NULL);

  split_url (signable->url, &host, &path, &query);
  canonical_path = make_canonical_path (signable, path);
  canonical_query = query[0] != '\0' ? make_canonical_query (query) : g_strdup ("");
  g_string_append_printf (text, "%s\n%s\n%s\n", signable->method, canonical_path, canonical_query);
  for (guint i = 0; i < collected->len; i++)
    {
      const Header *header = g_ptr_array_index (collected, i);

      g_string_append_printf (text, "%s:%s\n", header->name, header->value->str);
      g_string_append_printf (signed_names, "%s%s", i > 0 ? ";" : "", header->name);
      if (strcmp (header->name, "x-amz-content-sha256") == 0)
        g_set_str (&body, header->value->str);
    }
  if (body == NULL)
    body = hash_body (signable);
  g_string_append_printf (text, "\n%s\n%s", signed_names->str, body);
  *names = g_string_free_and_steal (g_steal_pointer (&signed_names));
  return g_string_free_and_steal (text);
}

static void
hmac (const guint8 *key, gsize key_length, const char *text, guint8 digest[KEY_BYTES])
{
  g_autoptr (GHmac) made = g_hmac_new (G_CHECKSUM_SHA256, key, key_length);
  gsize length = KEY_BYTES;

  g_hmac_update (made, (const guchar *) text, (gssize) strlen (text));
  g_hmac_get_digest (made, digest, &length);
}

static char *
sign (const SobreAwsSignable *signable, const SobreCredentials *credentials, const char *day, const char *string_to_sign)
{
  g_autofree char *secret = g_strconcat ("AWS4", sobre_credentials_get_secret_access_key (credentials), NULL);
  GString *hex = g_string_new (NULL);
  guint8 key[KEY_BYTES];

  hmac ((const guint8 *) secret, strlen (secret), day, key);
  hmac (key, sizeof key, signable->region, key);
  hmac (key, sizeof key, signable->service, key);
  hmac (key, sizeof key, "aws4_request", key);
  hmac (key, sizeof key, string_to_sign, key);
  for (guint i = 0; i < sizeof key; i++)
    g_string_append_printf (hex, "%02x", key[i]);
  explicit_bzero (secret, strlen (secret));
  explicit_bzero (key, sizeof key);
  return g_string_free_and_steal (hex);
}

/* What is sent beside the request's own headers, but for the signature. */
static GPtrArray *
add_headers (const SobreAwsSignable *signable, const SobreCredentials *credentials, const char *stamp)
{
  GPtrArray *added = g_ptr_array_new_with_free_func (free_secret);
  const char *token = sobre_credentials_get_session_token (credentials);
  g_autofree char *host = NULL;
  g_autofree char *path = NULL;
  g_autofree char *query = NULL;
  g_autofree char *body = is_s3 (signable) ? hash_body (signable) : NULL;

  split_url (signable->url, &host, &path, &query);
  drop_default_port (signable->url, host);
  g_ptr_array_add (added, g_strconcat ("host: ", host, NULL));
  g_ptr_array_add (added, g_strconcat ("x-amz-date: ", stamp, NULL));
  if (token != NULL)
    g_ptr_array_add (added, g_strconcat ("x-amz-security-token: ", token, NULL));
  if (body != NULL)
    g_ptr_array_add (added, g_strconcat ("x-amz-content-sha256: ", body, NULL));
  return added;
}

GPtrArray *
sobre_aws_signature_make (const SobreAwsSignable *signable, const SobreCredentials *credentials)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (signable->now_ms / 1000);
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  g_autofree char *day = g_strndup (stamp, 8);
  g_autofree char *scope = g_strdup_printf ("%s/%s/%s/aws4_request", day, signable->region, signable->service);
  GPtrArray *added = add_headers (signable, credentials, stamp);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autofree char *names = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *string_to_sign = NULL;
  g_autofree char *signature = NULL;

  g_ptr_array_extend (all, signable->headers, NULL, NULL);
  g_ptr_array_extend (all, added, NULL, NULL);
  canonical = sobre_aws_signature_dup_canonical (signable, all, &names);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical, -1);
  string_to_sign = g_strdup_printf (ALGORITHM "\n%s\n%s\n%s", stamp, scope, hash);
  signature = sign (signable, credentials, day, string_to_sign);
  g_ptr_array_add (added, g_strdup_printf ("authorization: " ALGORITHM " Credential=%s/%s, SignedHeaders=%s, Signature=%s",
                                           sobre_credentials_get_access_key_id (credentials), scope, names, signature));
  /* The token is among what was hashed. */
  explicit_bzero (canonical, strlen (canonical));
  return added;
}
