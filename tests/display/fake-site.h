/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FAKE_SITE_BUCKET "sobremesa-site-bucket"

/**
 * FakeSite: the site's bucket of a stack, and the menu's function behind it.
 * @refusal: (nullable): the code of the error that every write gets
 * @delay_us: how long a write takes
 * @n_writes: that were taken
 */
typedef struct
{
  const char *refusal;
  guint delay_us;
  guint n_writes;
  GHashTable *objects; /* (element-type utf8 GBytes) */
} FakeSite;

/** fake_site_answer: one request, with the lock of whoever serves it held. */
void fake_site_answer (FakeSite *self, const char *head, const char *body, GString *reply);

/** fake_site_dup: Returns: (transfer full) (nullable): an object as text */
char *fake_site_dup (FakeSite *self, const char *key);

/** fake_site_put: as somebody else would. */
void fake_site_put (FakeSite *self, const char *key, const char *text);
void fake_site_clear (FakeSite *self);

G_END_DECLS
