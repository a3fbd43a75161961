// SPDX-FileCopyrightText: The Sobremesa developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The outbox: answers that have not arrived yet, in the browser's storage.
//
// An answer gets its id and is stored before the first try, and is removed only when the collector says that it has it. So an answer
// survives a reload, a closed tab and a flat battery, and a repeated one is recognised by its id and stored once. Nothing expires.
// Every answer has a key of its own: two tabs never overwrite each other's. What is sent beside answers has an id with a name before it,
// "events.…": it goes after them, and its fate is nobody's news.
//
// Delays are those of docs/form.md: full jitter, three quick tries, then 30 s doubling up to 15 min, for ever.

const PREFIX = "sobremesa.outbox.";
const QUICK_TRIES = 3;
const QUICK_BASE = { later: 50, busy: 1000 };
const QUICK_CAP = 20e3;
const SLOW_BASE = 30e3;
const SLOW_CAP = 900e3;
const HINT_MARGIN = 5e3;

/** Milliseconds before try number `tries` (the first repeat is 1) after a failure; `hint` is what the server asks for, if anything. */
export function delayBefore(tries, verdict, hint, random) {
  const cap = tries < QUICK_TRIES
    ? Math.min(QUICK_BASE[verdict] * 2 ** (tries - 1), QUICK_CAP)
    : Math.min(SLOW_BASE * 2 ** Math.min(tries - QUICK_TRIES, 20), SLOW_CAP);
  const delay = random() * cap;
  return hint > 0 ? Math.max(delay, Math.min(hint, delay + HINT_MARGIN)) : delay;
}

/** A UUID version 7 (RFC 9562). crypto.randomUUID is missing on plain http, getRandomValues is not. */
export function makeId(now) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 0; i < 6; i++)
    bytes[i] = Math.floor(now / 2 ** (40 - 8 * i)) % 256;
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return Array.from(bytes, (byte, i) => ([4, 6, 8, 10].includes(i) ? "-" : "") + byte.toString(16).padStart(2, "0")).join("");
}

export class Outbox {
  /** @param {function(string, string): Promise<{verdict: string, hint: number}>} send: of a body and its id; verdict is stored, refused, later
      or busy */
  constructor(send, changed) {
    this.send = send;
    this.changed = changed;
    this.memory = new Map();
    this.tries = 0;
    this.timer = 0;
    this.busy = false;
    addEventListener("online", () => this.flush(true));
    addEventListener("pageshow", () => this.flush(true));
    document.addEventListener("visibilitychange", () => document.hidden || this.flush(true));
  }

  /** Ids of what has not arrived: answers, the oldest first, then the rest. */
  list() {
    const ids = [...this.memory.keys()];
    try {
      for (let i = 0; i < localStorage.length; i++)
        if (localStorage.key(i).startsWith(PREFIX))
          ids.push(localStorage.key(i).slice(PREFIX.length));
    } catch {
      // Storage can be forbidden; what is in memory is all there is then.
    }
    return ids.sort();
  }

  /** Keeps an answer and begins to send. Returns whether it would survive a closed page. */
  add(id, body) {
    let kept = true;
    try {
      localStorage.setItem(PREFIX + id, body);
    } catch {
      this.memory.set(id, body);
      kept = false;
    }
    this.flush(true);
    return kept;
  }

  read(id) {
    return this.memory.get(id) ?? localStorage.getItem(PREFIX + id);
  }

  remove(id) {
    if (!this.memory.delete(id))
      localStorage.removeItem(PREFIX + id);
  }

  /** Sends what there is. `fresh`: something has changed, so that waiting longer would be idle. */
  async flush(fresh) {
    if (fresh)
      this.tries = 0;
    if (this.busy)
      return;
    this.busy = true;
    clearTimeout(this.timer);
    const tried = new Set();
    const failed = [];
    // One answer that the collector stumbles over does not hold back the others; two failures are the network's.
    for (let id; failed.length < 2 && (id = this.list().find((other) => !tried.has(other)));) {
      tried.add(id);
      const body = this.read(id);
      if (!body)
        continue;
      const outcome = await this.send(body, id);
      if (outcome.verdict === "later" || outcome.verdict === "busy")
        failed.push(outcome);
      else
        this.remove(id);
      this.changed(id, outcome.verdict);
    }
    if (failed.length > 0) {
      const { verdict, hint } = failed.at(-1);
      for (const id of this.list())
        if (!tried.has(id))
          this.changed(id, verdict);
      this.timer = setTimeout(() => this.flush(false), delayBefore(++this.tries, verdict, hint, Math.random));
    }
    this.busy = false;
  }
}
