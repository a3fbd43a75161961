/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fake-service.h"
#include "fake-stack.h"
#include "pages/cloud/sobre-cloud-page.h"
#include "window-fixture.h"

/* The Cloud page in a window of its own, on an AWS of loopback. */

#define CLOUD_SECONDS 20

/** Cloud: @wanted: what cloud_is_shown() looks for */
typedef struct
{
  SobreWindowFixture *files;
  SobreSession *session;
  FakeStack stack;
  FakeService *service;
  GtkWidget *window;
  GtkWidget *page;
  const char *wanted;
} Cloud;

/** cloud_open: for g_test_add(): with one stack, deployed, and a window that is not presented yet */
void cloud_open (Cloud *self, gconstpointer data);
void cloud_close (Cloud *self, gconstpointer data);

/** cloud_is_shown: Returns: whether a label that can be seen says what @data, a Cloud, wants */
gboolean cloud_is_shown (gpointer data);

/** cloud_expect: fails unless a label that says @wanted can be seen soon */
void cloud_expect (Cloud *self, const char *wanted);

/** cloud_expect_gone: fails unless soon no label that can be seen says @unwanted */
void cloud_expect_gone (Cloud *self, const char *unwanted);

/** cloud_show: presents the window and opens a panel of the page by its tag, once the page is there */
void cloud_show (Cloud *self, const char *tag);

/** cloud_answer: answers the dialog that is shown */
void cloud_answer (Cloud *self, const char *response);

/** cloud_find_panel: Returns: (transfer none): the panel that is shown */
GtkWidget *cloud_find_panel (Cloud *self);
