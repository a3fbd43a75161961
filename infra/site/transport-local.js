// SPDX-FileCopyrightText: The Sobremesa developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The transport of the local collector: one POST to the laptop that served the page.

const TIME_OUT = 20e3;
const REFUSALS = [400, 413, 415, 422];

/**
 * Sends one record, or a batch of others, a line each: its id begins with where it goes. The verdict is "stored" when the collector has it (409: it had it before), "refused" when it never will, "busy" or
 * "later" when it may be sent again. Whatever does not speak JSON is not the collector but something in between, such as a hotel's
 * log-in page: later.
 */
export async function send(body, id) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIME_OUT);
  try {
    const reply = await fetch(`/v1/${id.includes(".") ? "events" : "responses"}`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body,
      cache: "no-store", credentials: "omit", redirect: "error", keepalive: true, signal: abort.signal,
    });
    const hint = Number(reply.headers.get("Retry-After")) * 1000 || 0;
    const text = (reply.headers.get("Content-Type") || "").startsWith("application/json") ? await reply.json() : null;
    if (text && (((reply.status === 200 || reply.status === 201) && !text.error) || reply.status === 409))
      return { verdict: "stored", hint };
    if (text && text.error && REFUSALS.includes(reply.status))
      return { verdict: "refused", hint };
    return { verdict: reply.status === 429 || reply.status === 503 ? "busy" : "later", hint };
  } catch {
    return { verdict: "later", hint: 0 };
  } finally {
    clearTimeout(timer);
  }
}
