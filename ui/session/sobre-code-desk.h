/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-mfa.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_CODE_DESK (sobre_code_desk_get_type ())

/**
 * SobreCodeDesk:
 *
 * Where calls to AWS wait for somebody to type the code of an MFA device. Calls ask it from any thread; whoever shows the question uses the rest on the
 * main thread. Questions come one after another.
 *
 * Signal "question": there is one to be shown, see sobre_code_desk_get_serial(). Where nobody is connected, or whoever was asked last gave no code, a
 * question is answered with an error at once, so that what the program does by itself asks nobody twice; sobre_code_desk_allow() begins anew.
 */
G_DECLARE_FINAL_TYPE (SobreCodeDesk, sobre_code_desk, SOBRE, CODE_DESK, GObject)

SobreCodeDesk *sobre_code_desk_new (void);

/** sobre_code_desk_make_mfa: Returns: (transfer full): asks this desk for as long as it is there */
SobreMfa *sobre_code_desk_make_mfa (SobreCodeDesk *self);

/** sobre_code_desk_allow: somebody wants something of AWS now, and may be asked again */
void sobre_code_desk_allow (SobreCodeDesk *self);

/** sobre_code_desk_get_serial: Returns: (nullable): the device of the question that is to be shown; %NULL while there is none */
const char *sobre_code_desk_get_serial (SobreCodeDesk *self);

/** sobre_code_desk_get_problem: Returns: (nullable): why the code that was given before was not taken */
const char *sobre_code_desk_get_problem (SobreCodeDesk *self);

/** sobre_code_desk_answer: answers the question. @code: six digits */
void sobre_code_desk_answer (SobreCodeDesk *self, const char *code);

/** sobre_code_desk_decline: answers the question, and those that wait behind it, with an error that says that no code was given */
void sobre_code_desk_decline (SobreCodeDesk *self);

G_END_DECLS
