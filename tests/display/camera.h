/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fake-stack.h"
#include "shell/sobre-application.h"
#include "shell/sobre-window.h"

/**
 * Camera: takes pictures of a window, rendered by itself.
 * @look: see take-screenshots.c
 * @only: (nullable): the one page that is taken
 * @size: of the window now
 */
typedef struct
{
  const char *folder;
  const char *look;
  const char *only;
  SobreApplication *application;
  GSettings *settings;
  SobreWindow *window;
  struct
  {
    int width;
    int height;
  } size;
} Camera;

/** camera_rest: until transitions have come to their end */
void camera_rest (void);
void camera_resize (Camera *self, int width, int height);

/** camera_take: a picture of the window as it is, in each scheme of the look. @name: what its file is called */
void camera_take (Camera *self, const char *name);
void camera_show_page (Camera *self, const char *page);

/** camera_take_aws: what has to do with an account: the account itself, the question for a code, the history of Athena */
void camera_take_aws (Camera *self, int width, int height);
/** Waits until @condition is true of @data, or ends the program. */
void camera_wait (gboolean (*condition) (gpointer data), gpointer data, const char *what);

/** camera_take_site: what goes on to the site: on its way, refused, stopped. @stack: that the window's workspace was deployed to */
void camera_take_site (Camera *self, FakeStack *stack, int width, int height);

/** camera_take_import: a file on its way into the lake. @folder: where the file may be */
void camera_take_import (Camera *self, const char *folder, int width, int height);

/** camera_take_cloud: the panels of the Cloud page in all their states */
void camera_take_cloud (Camera *self, FakeStack *stack, int width, int height);
