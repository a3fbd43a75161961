/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-aws-reply.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-aws-error.h"

void
sobre_aws_fault_free (SobreAwsFault *self)
{
  g_free (self->code);
  g_free (self->message);
  g_free (self->region);
  g_free (self);
}

/* Brackets outside strings, so that a parser that recurses is never handed what would exhaust its stack. */
static gboolean
is_shallow (const char *text, gsize length)
{
  gboolean in_string = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < length; i++)
    if (in_string)
      {
        if (text[i] == '\\')
          i++;
        else
          in_string = text[i] != '"';
      }
    else if (text[i] == '"')
      in_string = TRUE;
    else if (text[i] == '{' || text[i] == '[')
      {
        if (++depth > SOBRE_AWS_MAX_DEPTH)
          return FALSE;
      }
    else if ((text[i] == '}' || text[i] == ']') && depth > 0)
      depth--;
  return TRUE;
}

JsonObject *
sobre_aws_reply_parse_json (const SobreHttpReply *reply, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize length;
  const char *text = g_bytes_get_data (reply->body, &length);
  JsonNode *root;

  if (length > 0 && g_utf8_validate_len (text, length, NULL) && is_shallow (text, length) &&
      json_parser_load_from_data (parser, text, (gssize) length, NULL))
    {
      root = json_parser_get_root (parser);
      if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
        return json_object_ref (json_node_get_object (root));
    }
  g_propagate_error (
      error, sobre_aws_error_new (SOBRE_AWS_ERROR_PROTOCOL, reply->status, NULL, "%s", _ ("The reply is no JSON object")));
  return NULL;
}

/** Reading: where in a document a parser is. */
typedef struct
{
  const char *root;
  SobreAwsXmlFunction leaf;
  SobreAwsXmlFunction end;
  gpointer user_data;
  GString *path;
  GString *text;
  guint depth;
  gboolean has_children;
} Reading;

static void
start_element_cb (GMarkupParseContext *context,
                  const char *name,
                  const char **attribute_names,
                  const char **attribute_values,
                  gpointer user_data,
                  GError **error)
{
  Reading *reading = user_data;

  if (++reading->depth > SOBRE_AWS_MAX_DEPTH)
    g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "too deep");
  else if (reading->depth == 1)
    {
      if (reading->root != NULL && strcmp (name, reading->root) != 0)
        g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_UNKNOWN_ELEMENT, "another document");
    }
  else
    {
      if (reading->path->len > 0)
        g_string_append_c (reading->path, '/');
      g_string_append (reading->path, name);
    }
  g_string_truncate (reading->text, 0);
  reading->has_children = FALSE;
}

static void
end_element_cb (GMarkupParseContext *context, const char *name, gpointer user_data, GError **error)
{
  Reading *reading = user_data;
  const char *slash;

  reading->depth--;
  if (reading->depth == 0)
    return;
  if (!reading->has_children)
    reading->leaf (reading->path->str, reading->text->str, reading->user_data);
  else if (reading->end != NULL)
    reading->end (reading->path->str, "", reading->user_data);
  slash = strrchr (reading->path->str, '/');
  g_string_truncate (reading->path, slash != NULL ? (gsize) (slash - reading->path->str) : 0);
  reading->has_children = TRUE;
}

static void
text_cb (GMarkupParseContext *context, const char *text, gsize length, gpointer user_data, GError **error)
{
  g_string_append_len (((Reading *) user_data)->text, text, (gssize) length);
}

/* Comments and processing instructions pass; a document type, where entities could be declared, does not. */
static void
passthrough_cb (GMarkupParseContext *context, const char *text, gsize length, gpointer user_data, GError **error)
{
  if (length >= 9 && g_ascii_strncasecmp (text, "<!DOCTYPE", 9) == 0)
    g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "a document type");
}

gboolean
sobre_aws_reply_read_xml (const SobreHttpReply *reply,
                          const char *root,
                          SobreAwsXmlFunction leaf,
                          SobreAwsXmlFunction end,
                          gpointer user_data,
                          GError **error)
{
  static const GMarkupParser parser = { start_element_cb, end_element_cb, text_cb, passthrough_cb, NULL };
  g_autoptr (GString) path = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  Reading reading = { root, leaf, end, user_data, path, text, 0, FALSE };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &reading, NULL);
  gsize length;
  const char *data = g_bytes_get_data (reply->body, &length);

  if (length > 0 && g_markup_parse_context_parse (context, data, (gssize) length, NULL) &&
      g_markup_parse_context_end_parse (context, NULL))
    return TRUE;
  g_propagate_error (error, sobre_aws_error_new (SOBRE_AWS_ERROR_PROTOCOL, reply->status, NULL, "%s",
                                                 _ ("The reply is not the XML document that was expected")));
  return FALSE;
}

/* REST-XML: <Error><Code/><Message/>…; query: <ErrorResponse><Error><Code/>… */
static void
fault_cb (const char *path, const char *text, gpointer user_data)
{
  SobreAwsFault *fault = user_data;
  const char *name = g_str_has_prefix (path, "Error/") ? path + strlen ("Error/") : path;

  if (strcmp (name, "Code") == 0 && fault->code == NULL)
    fault->code = g_strdup (text);
  else if (strcmp (name, "Message") == 0 && fault->message == NULL)
    fault->message = g_strdup (text);
  else if (strcmp (name, "Region") == 0 && fault->region == NULL)
    fault->region = g_strdup (text);
}

static char *
dup_string_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_dup_string (node)
             : NULL;
}

/* "com.amazonaws.athena#InvalidRequestException:http://…" is InvalidRequestException. */
static char *
strip_code (const char *code)
{
  const char *hash = strchr (code, '#');
  const char *begin = hash != NULL ? hash + 1 : code;

  return g_strndup (begin, strcspn (begin, ":"));
}

static void
read_json_fault (const SobreHttpReply *reply, SobreAwsFault *fault)
{
  const char *header = sobre_http_reply_get_header (reply, "x-amzn-errortype");
  g_autoptr (JsonObject) object = sobre_aws_reply_parse_json (reply, NULL);
  g_autofree char *code = g_strdup (header);

  if (object != NULL)
    {
      static const char *const code_names[] = { "__type", "code", "error" };
      static const char *const message_names[] = { "message", "Message", "error_description" };

      for (guint i = 0; i < G_N_ELEMENTS (code_names) && code == NULL; i++)
        code = dup_string_member (object, code_names[i]);
      for (guint i = 0; i < G_N_ELEMENTS (message_names) && fault->message == NULL; i++)
        fault->message = dup_string_member (object, message_names[i]);
    }
  if (code != NULL)
    fault->code = strip_code (code);
}

SobreAwsFault *
sobre_aws_reply_read_fault (const SobreHttpReply *reply, SobreAwsProtocol protocol)
{
  SobreAwsFault *fault = g_new0 (SobreAwsFault, 1);
  const char *region = sobre_http_reply_get_header (reply, "x-amz-bucket-region");

  if (protocol == SOBRE_AWS_REST_JSON || protocol == SOBRE_AWS_JSON_1_1)
    read_json_fault (reply, fault);
  else if (g_bytes_get_size (reply->body) > 0)
    sobre_aws_reply_read_xml (reply, NULL, fault_cb, NULL, fault, NULL);
  if (fault->region == NULL)
    fault->region = g_strdup (region);
  return fault;
}
