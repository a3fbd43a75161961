// SPDX-FileCopyrightText: The Sobremesa developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What of the menu is shown. A dish carries sets of bits in hexadecimal: data-a what it contains or may contain, data-d the diets it fits,
// data-p the parts of the day it is served in. Who avoids something sees no dish with as much as traces of it.

import { fill } from "./dom.js";

const texts = new WeakMap();

function bits(text) {
  return parseInt(text || "0", 16);
}

/** A text without case and accents, to be searched in. */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function textOf(dish) {
  if (!texts.has(dish))
    texts.set(dish, plain(dish.textContent));
  return texts.get(dish);
}

/** What a guest has chosen. */
export function readFilter(form) {
  const chosen = (name) => [...form.elements].filter((input) => input.name === name && input.checked)
    .reduce((set, input) => set | bits(input.value), 0);
  return { words: plain(form.elements.q.value).split(/\s+/).filter(Boolean), diets: chosen("d"), without: chosen("a"), part: chosen("p") };
}

function fits(dish, filter) {
  const { a, d, p } = dish.dataset;
  return (bits(a) & filter.without) === 0 && (filter.diets & ~bits(d)) === 0 &&
    (filter.part === 0 || !p || (bits(p) & filter.part) !== 0) && filter.words.every((word) => textOf(dish).includes(word));
}

/** Shows what fits, and says how many dishes that are. */
export function applyFilter(main, words) {
  const form = main.querySelector(".filter");
  const filter = readFilter(form);
  let shown = 0;
  let total = 0;
  for (const section of main.querySelectorAll("section")) {
    let here = 0;
    for (const dish of section.lastElementChild.children) {
      dish.hidden = !fits(dish, filter);
      here += !dish.hidden;
      total++;
      for (const option of dish.querySelectorAll("li"))
        option.hidden = (bits(option.dataset.a) & filter.without) !== 0;
    }
    section.hidden = here === 0;
    main.querySelector(`a[href="#${section.id}"]`).parentNode.hidden = section.hidden;
    shown += here;
  }
  const labels = [...form.querySelectorAll("details :checked")].filter((input) => input.value !== "0")
    .map((input) => input.nextElementSibling.textContent);
  form.querySelector("summary span").textContent = labels.length > 0 ? `: ${labels.join(", ")}` : "";
  form.querySelector("[role=status]").textContent =
    shown === total ? "" : shown === 0 ? words.nothing : fill(words.shown, { n: shown, total });
}

/** The part of the day that it is now where the restaurant is, as a bit; 0 between them. */
export function partNow(main, now) {
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: main.dataset.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
    .format(now).split(":");
  const minute = time[0] * 60 + Number(time[1]);
  const index = (main.dataset.parts || "").split(" ").findIndex((part) => {
    const [from, until] = part.split("-").map(Number);
    return from < until ? minute >= from && minute < until : minute >= from || minute < until;
  });
  return index < 0 ? 0 : 1 << index;
}

/** Chooses a part of the day as a guest would. */
export function choosePart(form, part) {
  for (const input of form.elements)
    if (input.name === "p")
      input.checked = bits(input.value) === part;
}

/** Carries what was chosen over to another version or language of the menu. */
export function copyFilter(from, to) {
  to.elements.q.value = from.elements.q.value;
  to.querySelector("details").open = from.querySelector("details").open;
  for (const input of to.elements)
    for (const other of from.elements)
      if (input.name && input.type !== "search" && input.name === other.name && input.value === other.value)
        input.checked = other.checked;
}
