/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "intake/sobre-places.h"
#include "model/sobre-clock.h"
#include "model/sobre-random.h"
#include "model/sobre-settings.h"
#include "publish/sobre-form-page.h"
#include "publish/sobre-menu-live.h"

/** The first step of the path of the page that asks guests without JavaScript about dishes. */
#define SOBRE_DISHES_PAGE "D"

/**
 * SobreIntakePages: what the guests' pages are made of; all borrowed.
 * @menu: (nullable): the published menu, if this restaurant publishes one
 * @settings: (nullable): names the restaurant and says how long answers are kept
 */
typedef struct
{
  SobreForm *form;
  const SobreSiteAssets *assets;
  SobreMenuLive *menu;
  const SobreSettings *settings;
  const SobrePlaces *places;
  SobreClock *clock;
  SobreRandom *random;
} SobreIntakePages;

/**
 * sobre_intake_pages_serve_form:
 * @path: "/T/<STORE>/<TABLE>/<KEY>" as it came
 * @language: (nullable): what ?lang= says
 *
 * The form of a table. An unknown table or a wrong key gets it too: whoever holds a card is asked, and the answer says that it
 * is not verified. A path of another shape is answered with 404 and what to do.
 */
void sobre_intake_pages_serve_form (const SobreIntakePages *self,
                                    SoupServerMessage *message,
                                    const char *path,
                                    const char *language);

/** Whether a menu is published at the moment. */
gboolean sobre_intake_pages_has_menu (const SobreIntakePages *self);

/**
 * sobre_intake_pages_serve_dishes:
 * @path: "/D/<STORE>/<TABLE>/<KEY>" as it came
 *
 * The question about dishes for a guest without JavaScript, who comes here from a form that was sent; the thanks alone where there is nothing
 * to ask about (any more).
 */
void sobre_intake_pages_serve_dishes (const SobreIntakePages *self,
                                      SoupServerMessage *message,
                                      const char *path,
                                      const char *language);

void sobre_intake_pages_serve_thanks (const SobreIntakePages *self, SoupServerMessage *message, const char *language);

void sobre_intake_pages_serve_problem (const SobreIntakePages *self,
                                       SoupServerMessage *message,
                                       guint status,
                                       SobreFormProblem problem,
                                       const char *language);

/** sobre_intake_pages_serve_asset: @name: what stood behind /assets/ */
void sobre_intake_pages_serve_asset (const SobreIntakePages *self, SoupServerMessage *message, const char *name);

/**
 * sobre_intake_pages_serve_menu:
 * @path: "/M/<STORE>/<TABLE>/<KEY>" as it came, or "/M/" for the menu away from any table
 */
void sobre_intake_pages_serve_menu (const SobreIntakePages *self,
                                    SoupServerMessage *message,
                                    const char *path,
                                    const char *language);

/** sobre_intake_pages_serve_menu_file: @name: what stood behind /menu/: the pointer, or a file that it names */
void sobre_intake_pages_serve_menu_file (const SobreIntakePages *self, SoupServerMessage *message, const char *name);
