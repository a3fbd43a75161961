/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stack/sobre-stack-talk.h"

G_BEGIN_DECLS

/** SobreStackTalk: the way from a flow, which runs on threads of the pool, to its listener. May be used from any thread. */
typedef struct _SobreStackTalk SobreStackTalk;

/** sobre_stack_talk_new: for the listener's main context. @listener: copied. Returns: (transfer full) */
SobreStackTalk *sobre_stack_talk_new (const SobreStackListener *listener);
SobreStackTalk *sobre_stack_talk_ref (SobreStackTalk *self);
void sobre_stack_talk_unref (SobreStackTalk *self);

/**
 * sobre_stack_talk_spawn:
 * @data: (transfer full): freed by @free when the flow is over
 *
 * Begins a flow on the pool. It goes to its end, and so lets its listener go, whatever becomes of the future.
 *
 * Returns: (transfer full): of @fiber's result
 */
DexFuture *sobre_stack_talk_spawn (DexFiberFunc fiber, gpointer data, GDestroyNotify free);

/** sobre_stack_talk_tell: @news: copied */
void sobre_stack_talk_tell (SobreStackTalk *self, const SobreStackNews *news);

/** sobre_stack_talk_step: @words: what is begun now */
void sobre_stack_talk_step (SobreStackTalk *self, const char *words);

/** sobre_stack_talk_tell_event: a SobreStackTell. @talk: a SobreStackTalk */
void sobre_stack_talk_tell_event (const SobreStackEvent *event, gpointer talk);

/**
 * sobre_stack_talk_ask: for fibers
 * @question: copied
 *
 * Returns: whether the word came back; else %FALSE with %SOBRE_STACK_ERROR_DECLINED for a plan, %SOBRE_STACK_ERROR_LOSS for everything else, the listener's own error, or
 *   %G_IO_ERROR_CANCELLED
 */
gboolean
sobre_stack_talk_ask (SobreStackTalk *self, const SobreStackQuestion *question, GCancellable *cancellable, GError **error);

/** sobre_stack_talk_flush: for fibers. Waits until everything was told. */
void sobre_stack_talk_flush (SobreStackTalk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreStackTalk, sobre_stack_talk_unref)

G_END_DECLS
