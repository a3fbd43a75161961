/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-s3.h"
#include "publish/sobre-site-files.h"
#include "stack/sobre-stack-site.h"

G_BEGIN_DECLS

#define SOBRE_SITE_PUBLIC "public/"
#define SOBRE_SITE_FORM_SOURCE "source/form.json"
#define SOBRE_SITE_MENU_SOURCE "source/menu.json"
#define SOBRE_SITE_MENU_RESULT "source/result.json"

/** SobreSiteJob: publishing, while it is done; all of it is for fibers. @stack: as it stands · @known: (element-type utf8 utf8): key → ETag of what is there · @site: what is told in the end */
typedef struct
{
  SobreStackWork *work;
  char *workspace;
  char *site_folder;
  SobreSiteParts parts;
  gboolean dry;
  SobreAwsClient *s3;
  SobreStack *stack;
  const char *bucket;
  GHashTable *known;
  SobreSettings *settings;
  SobreForm *form;
  SobreSiteAssets *assets;
  SobreMenuPointer *pointer;
  SobreMenu *menu;
  char *address;
  char **languages;
  SobreStackSite *site;
} SobreSiteJob;

/** sobre_site_dup_md5: Returns: (transfer full): an ETag of @bytes */
char *sobre_site_dup_md5 (GBytes *bytes);

/** sobre_site_job_has: Returns: whether those bytes are there */
gboolean sobre_site_job_has (SobreSiteJob *job, const char *key, GBytes *bytes);

/** sobre_site_job_list: Learns what is there below @prefix. */
gboolean sobre_site_job_list (SobreSiteJob *job, const char *prefix, GError **error);

/** sobre_site_job_read: Returns: (transfer full) (nullable): what is there; %NULL without an error where nothing is */
GBytes *sobre_site_job_read (SobreSiteJob *job, const char *key, GError **error);

/** sobre_site_job_write: those of @files (element-type SobreSiteFile) that are not there as they should be */
gboolean sobre_site_job_write (SobreSiteJob *job, GPtrArray *files, GError **error);

/** sobre_site_dup_menu_folder: Returns: (transfer full): where a workspace's menus are published */
char *sobre_site_dup_menu_folder (const char *workspace);

/** sobre_site_job_load_menu: the one that is published in the workspace; none is no error */
gboolean sobre_site_job_load_menu (SobreSiteJob *job, GError **error);

/** sobre_site_job_publish_menu: Waits for the word of the menu's function. */
gboolean sobre_site_job_publish_menu (SobreSiteJob *job, const SobreSiteSetup *setup, GError **error);

G_END_DECLS
