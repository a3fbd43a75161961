/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-session.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_ACCOUNT_PAGE (sobre_account_page_get_type ())

/**
 * SobreAccountPage:
 *
 * Which AWS account a restaurant's lake and queries are asked with: profile and region, signing in, keys for the keyring, and a test that
 * answers in plain words.
 */
G_DECLARE_FINAL_TYPE (SobreAccountPage, sobre_account_page, SOBRE, ACCOUNT_PAGE, AdwPreferencesPage)

SobreAccountPage *sobre_account_page_new (SobreSession *session);

G_END_DECLS
