/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-aws-client.h"
#include "aws/sobre-aws-reply.h"

G_BEGIN_DECLS

/**
 * SobreAwsElement: an element of a reply in XML. Immutable once it is read.
 * @text: of one without children, else empty
 * @children: (element-type SobreAwsElement): in the document's order
 */
typedef struct
{
  char *name;
  char *text;
  GPtrArray *children;
  gboolean is_open;
} SobreAwsElement;

#define SOBRE_TYPE_AWS_ELEMENT (sobre_aws_element_get_type ())
GType sobre_aws_element_get_type (void);
SobreAwsElement *sobre_aws_element_ref (SobreAwsElement *self);
void sobre_aws_element_unref (SobreAwsElement *self);

/** sobre_aws_element_find: @path: "Stacks/member". Returns: (transfer none) (nullable): the first element at @path below @self */
const SobreAwsElement *sobre_aws_element_find (const SobreAwsElement *self, const char *path);

/** sobre_aws_element_get: Returns: (transfer none) (nullable): the text of the first element at @path */
const char *sobre_aws_element_get (const SobreAwsElement *self, const char *path);

/** sobre_aws_element_count: Returns: how many children the first element at @path has, 0 where there is none */
guint sobre_aws_element_count (const SobreAwsElement *self, const char *path);

/** sobre_aws_element_child: Returns: (transfer none): child @index of the first element at @path, which has that many */
const SobreAwsElement *sobre_aws_element_child (const SobreAwsElement *self, const char *path, guint index);

/**
 * sobre_aws_query:
 * @client: of a service that speaks the query protocol
 * @action: "DescribeStacks"
 * @parameters: (element-type utf8) (transfer full): name, value, name, value, …
 *
 * Returns: (transfer full): resolves to a SobreAwsElement, the element "…Result" of the reply; rejects with %SOBRE_AWS_ERROR
 */
DexFuture *sobre_aws_query (SobreAwsClient *client,
                            SobreAwsService service,
                            const char *action,
                            GPtrArray *parameters,
                            GCancellable *cancellable);

/** SobreAwsPageFunction: reads a page of a list. Returns: whether those behind it are wanted, too */
typedef gboolean (*SobreAwsPageFunction) (const SobreAwsElement *page, gpointer user_data);

/**
 * sobre_aws_query_await_pages:
 * @parameters: (element-type utf8): of each call, but the token that names its page
 * @max_pages: a list that has more ends there
 * @function: called with each page
 *
 * Asks for a list page by page, with sobre_aws_query(). Only in a fiber.
 *
 * Returns: %FALSE with %SOBRE_AWS_ERROR
 */
gboolean sobre_aws_query_await_pages (SobreAwsClient *client,
                                      SobreAwsService service,
                                      const char *action,
                                      GPtrArray *parameters,
                                      guint max_pages,
                                      SobreAwsPageFunction function,
                                      gpointer user_data,
                                      GCancellable *cancellable,
                                      GError **error);

/** sobre_aws_query_parameters: Returns: (transfer full): an array for sobre_aws_query() */
GPtrArray *sobre_aws_query_parameters (void);

/** sobre_aws_query_add: @value: (nullable): %NULL to add nothing */
void sobre_aws_query_add (GPtrArray *parameters, const char *name, const char *value);

/** sobre_aws_query_add_indexed: "Parameters.member.3.ParameterKey". @index: from 0 · @member: (nullable) */
void sobre_aws_query_add_indexed (GPtrArray *parameters, const char *list, guint index, const char *member, const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreAwsElement, sobre_aws_element_unref)

G_END_DECLS
