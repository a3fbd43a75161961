/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "aws/sobre-aws-service.h"
#include "aws/sobre-http-message.h"

G_BEGIN_DECLS

#define SOBRE_AWS_MAX_DEPTH 16 /* of elements and of JSON's brackets */

/**
 * SobreAwsFault: what a reply says went wrong.
 * @code: (nullable): "NoSuchKey"
 * @message: (nullable)
 * @region: (nullable): where the bucket lives, of a redirect
 */
typedef struct
{
  char *code;
  char *message;
  char *region;
} SobreAwsFault;

/** sobre_aws_reply_read_fault: (transfer full): never fails: what cannot be read is not there. @protocol: of the service */
SobreAwsFault *sobre_aws_reply_read_fault (const SobreHttpReply *reply, SobreAwsProtocol protocol);
void sobre_aws_fault_free (SobreAwsFault *self);

/**
 * sobre_aws_reply_parse_json:
 *
 * Returns: (transfer full) (nullable): the reply's object; %NULL with %SOBRE_AWS_ERROR_PROTOCOL when it is no JSON object, not UTF-8 or too deep
 */
JsonObject *sobre_aws_reply_parse_json (const SobreHttpReply *reply, GError **error);

/** Called for each element that holds text only. @path: its names from below the root, "Contents/Key" */
typedef void (*SobreAwsXmlFunction) (const char *path, const char *text, gpointer user_data);

/**
 * sobre_aws_reply_read_xml:
 * @root: the name that the document's root must have; (nullable) for any
 * @leaf: called for each element without children, in the document's order
 * @end: (nullable): called when an element with children ends, with an empty text
 *
 * No document type, no entities but XML's own five, SOBRE_AWS_MAX_DEPTH deep at most.
 *
 * Returns: %FALSE with %SOBRE_AWS_ERROR_PROTOCOL
 */
gboolean sobre_aws_reply_read_xml (const SobreHttpReply *reply,
                                   const char *root,
                                   SobreAwsXmlFunction leaf,
                                   SobreAwsXmlFunction end,
                                   gpointer user_data,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreAwsFault, sobre_aws_fault_free)

G_END_DECLS
