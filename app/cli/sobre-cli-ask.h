/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/sobre-cli.h"

/** sobre_cli_can_ask: Returns: whether a person sits at the terminal */
gboolean sobre_cli_can_ask (void);

/**
 * sobre_cli_ask:
 * @question: shown on the terminal
 * @secret: whether what is typed stays invisible
 *
 * Reads a line, from the terminal where there is one, else from the standard input, on a thread of its own. Whatever becomes of the question, the terminal
 * shows afterwards what is typed.
 *
 * Returns: (transfer full): resolves to the line without its end, a string; rejects with %G_IO_ERROR_CANCELLED at the end of the input and when the user
 *   interrupts
 */
DexFuture *sobre_cli_ask (SobreCli *cli, const char *question, gboolean secret);

/** sobre_cli_ask_mfa: a SobreMfaFunction that asks on the terminal; three times at most for what is no code of six digits. @cli: a SobreCli */
DexFuture *sobre_cli_ask_mfa (const char *serial, const char *problem, gpointer cli);
