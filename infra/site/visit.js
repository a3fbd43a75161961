// SPDX-FileCopyrightText: The Sobremesa developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What happens during one visit of a page, told to the house without knowing who visits: an id that lives as long as the page, no cookie,
// nothing that lasts. Events are gathered and go through the outbox, one batch in PAUSE at most and one when the guest leaves.

import { makeId } from "./outbox.js";

const PAUSE = 10e3;
const BATCH = 50;

export class Visit {
  /** @param {string} page: "menu" or "form". The fields of `place`, store_id and table_id, go into every event. */
  constructor(outbox, page, place) {
    this.outbox = outbox;
    this.common = { visit: makeId(0).slice(15), page, ...place };
    this.reached = new Set();
    this.lines = [];
    this.timer = 0;
    document.addEventListener("visibilitychange", () => document.hidden && this.leave());
  }

  /** Tells of an action: open, language, start, question, item or submit; of what, if of anything. A visit of no store is nobody's. */
  tell(action, target) {
    if (!this.common.store_id)
      return;
    const now = Date.now();
    this.lines.push(JSON.stringify({ id: makeId(now), at: new Date(now).toISOString(), ...this.common, action, target,
      ms: Math.round(performance.now()) }));
    this.fresh = true;
    this.timer ||= setTimeout(() => this.pack(), PAUSE);
  }

  /** Tells of an action the first time that it concerns this target. The last one reached is where a guest who goes has left. */
  reach(action, target) {
    this.last = target;
    if (!this.reached.has(action + target))
      this.tell(action, target);
    this.reached.add(action + target);
  }

  /** The page may never be seen again: what there is goes now. A page that is only hidden goes on with the same visit. */
  leave() {
    if (this.fresh)
      this.tell("leave", this.last);
    this.fresh = false;
    this.pack();
  }

  pack() {
    clearTimeout(this.timer);
    this.timer = 0;
    while (this.lines.length > 0)
      this.outbox.add(`events.${makeId(Date.now())}`, this.lines.splice(0, BATCH).join("\n"));
  }
}
