// SPDX-FileCopyrightText: The Sobremesa developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Which menu is published and what of it is sold out is asked for while the page is looked at.

import { el } from "./dom.js";
import { fetchPointer } from "./menu-fetch.js";

const PERIOD = 3e3;

export class Live {
  /** @param {function(object): Promise} heard: gets the pointer each time it came */
  constructor(heard) {
    this.heard = heard;
    this.timer = 0;
    document.addEventListener("visibilitychange", () => this.look());
    addEventListener("online", () => this.look());
    addEventListener("pageshow", () => this.look());
  }

  async look() {
    clearTimeout(this.timer);
    if (document.hidden)
      return;
    try {
      const pointer = await fetchPointer();
      if (pointer)
        await this.heard(pointer);
    } catch {
      // The network is away, or something in between answered. What is shown stays.
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), PERIOD);
  }
}

/** Marks what is sold out, and only that. */
export function markGone(main, items, word) {
  for (const node of main.querySelectorAll("[data-i]")) {
    const gone = items.includes(node.dataset.i);
    const mark = node.querySelector(":scope > .gone");
    if (gone && !mark)
      node.firstElementChild.after(el("b", { class: "gone" }, word));
    else if (!gone && mark)
      mark.remove();
    node.classList.toggle("out", gone);
  }
}
