/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

/**
 * SobreIntakeOptions: the command line of sobremesa-intake.
 * @listen: ADDR:PORT
 * @menu: (nullable): the folder of the published menus, which exists; read only
 * @key_fd: a descriptor with the 32 bytes of the cards' secret; -1 when there is none
 * @status_fd: a descriptor that takes one JSON object a line; -1 for none
 * @segment_bytes: a spool segment of this size is closed; 0 for the usual size
 */
typedef struct
{
  char *listen;
  char *spool;
  char *site;
  char *form;
  char *tables;
  char *settings;
  char *menu;
  char **hosts;
  int key_fd;
  int status_fd;
  int segment_bytes;
} SobreIntakeOptions;

/** sobre_intake_options_parse: Returns: %FALSE with a GOptionError */
gboolean sobre_intake_options_parse (SobreIntakeOptions *self, int argc, char **argv, GError **error);
void sobre_intake_options_clear (SobreIntakeOptions *self);

/** sobre_intake_options_dup_address: Returns: (transfer full) (nullable): where to listen; %NULL when it is no numeric ADDR:PORT */
GInetSocketAddress *sobre_intake_options_dup_address (const SobreIntakeOptions *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SobreIntakeOptions, sobre_intake_options_clear)
