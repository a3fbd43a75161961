// SPDX-FileCopyrightText: The Sobremesa developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The transport of a collector behind API Gateway: one POST to the address that the page names, {"collector": {"url": "https://…/v1"}}.

const TIME_OUT = 20e3;
const REFUSALS = [400, 413, 415];

/**
 * As transport-local.js. A body is sent as plain text, which a browser does not ask leave for first; the API reads it as JSON all the same. A batch is an
 * array there.
 */
export async function send(body, id) {
  const batch = id.includes(".");
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIME_OUT);
  try {
    const { collector } = JSON.parse(document.getElementById("data").textContent);
    const reply = await fetch(`${collector.url}/${batch ? "events" : "responses"}`, {
      method: "POST", headers: { "Content-Type": "text/plain" }, body: batch ? `[${body.split("\n").join(",")}]` : body,
      cache: "no-store", credentials: "omit", redirect: "error", keepalive: true, signal: abort.signal,
    });
    const said = await reply.json();
    if (reply.status === 200 && said.stored)
      return { verdict: "stored", hint: 0 };
    if (said.error && REFUSALS.includes(reply.status))
      return { verdict: "refused", hint: 0 };
    return { verdict: reply.status === 429 || reply.status === 503 ? "busy" : "later", hint: 0 };
  } catch {
    return { verdict: "later", hint: 0 };
  } finally {
    clearTimeout(timer);
  }
}
