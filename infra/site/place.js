// SPDX-FileCopyrightText: The Sobremesa developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Where the card lies. A page of the laptop says it in its data. One that AWS serves is the same file for every table: it reads its own address,
// /T/STORE/TABLE/KEY or /M/STORE/TABLE/KEY, and at /M/ it is at no table.

import { el, fill } from "./dom.js";

/** The data of a page, with store, table and key in it; the page's header then says which table it is and leads to that table's other page. */
export function readPage(from) {
  const page = JSON.parse(from.getElementById("data").textContent);
  const card = location.pathname.split("/").slice(2);
  const link = from.querySelector("header .to");
  if (page.collector && card.length === 3) {
    [page.store, page.table, page.key] = card;
    from.querySelector(".house").append(el("span", {}, fill(page.words.table, page)));
    if (link)
      link.pathname += card.join("/");
  } else if (page.collector && link?.pathname === "/T/") {
    link.remove();
  }
  return page;
}
