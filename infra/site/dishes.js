// SPDX-FileCopyrightText: The Sobremesa developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The form's question about dishes: the guest ticks what they had of the published menu and gives it stars. It is a module of its own that the form's
// script loads, with the menu, once everything else is there to be answered.
//
// What is said stands in the question's one hidden field, as "4:cod 5:espresso": drafts, progress and sending need to know no more of it. While the menu cannot be
// had it is asked for again, with full jitter, for as long as the form is there; after a few times the guest may say it in words, which stand there as "=The cod
// was cold".

import { el, fill, icon } from "./dom.js";
import { fetchMain, fetchPointer } from "./menu-fetch.js";

const QUICK_TRIES = 3;
const BASE = 500;
const CAP = 30e3;
const MOST_WORDS = 2000;
const menus = new Map();
let dressed;

/** A text of the menu, which may be in another language than the page. */
function carry(node, tag) {
  return el(tag, { lang: node.getAttribute("lang"), dir: node.getAttribute("dir") }, node.textContent);
}

/** The menu's element in a language that it is there in; null where none is published. */
async function readMenu(language) {
  if (!menus.has(language)) {
    const pointer = await fetchPointer();
    if (!pointer)
      return null;
    const there = language in pointer.files ? language : Object.keys(pointer.files)[0];
    const main = await fetchMain(pointer, there);
    for (const text of there === language ? [] : main.querySelectorAll("h2, h3 span"))
      if (!text.lang)
        text.lang = there;
    menus.set(language, main);
  }
  return menus.get(language);
}

function dress(href) {
  dressed ||= new Promise((resolve, reject) => {
    const sheet = el("link", { rel: "stylesheet", href });
    sheet.addEventListener("load", resolve);
    sheet.addEventListener("error", () => {
      sheet.remove();
      dressed = undefined;
      reject();
    });
    document.head.append(sheet);
  });
  return dressed;
}

function drawStars(item, name, score, words) {
  return el("fieldset", { class: "stars", hidden: !score },
    el("legend", { class: "sr" }, name.cloneNode(true)),
    el("div", { class: "row" }, [1, 2, 3, 4, 5].map((n) => el("label", {},
      el("input", { type: "radio", name: `dish.${item}`, value: n, checked: n === score }), icon("star"),
      el("span", { class: "sr" }, fill(words.of5, { n }))))));
}

function drawDish(dish, said, words) {
  const item = dish.dataset.i;
  const name = carry(dish.querySelector("h3 span"), "span");
  const node = el("li", { "data-i": item },
    el("label", { class: "tick" }, el("input", { type: "checkbox", checked: said.has(item) }), name),
    drawStars(item, name, said.get(item), words));
  return node;
}

function drawSection(section, said, words) {
  const dishes = [...section.querySelectorAll(":scope > ul > li")];
  const named = dishes.some((dish) => said.has(dish.dataset.i));
  return el("details", { open: named },
    el("summary", {}, el("span", {}, carry(section.querySelector("h2"), "span"), el("b", {}))),
    el("ul", { role: "list" }, dishes.map((dish) => drawDish(dish, said, words))));
}

/** Says in a section's line how many of its dishes are ticked, which a guest sees while it is shut. */
function count(list) {
  for (const section of list.children)
    section.querySelector("b").textContent = section.querySelectorAll("input[type=checkbox]:checked").length || "";
}

/** What the ticked dishes were given, as the field has it. */
function gather(list) {
  const pairs = [];
  for (const dish of list.querySelectorAll("li"))
    if (dish.querySelector("input").checked && dish.querySelector("[type=radio]:checked"))
      pairs.push(`${dish.querySelector("[type=radio]:checked").value}:${dish.dataset.i}`);
  return pairs.join(" ");
}

/** Lets the form show the question. A guest who is past its place already keeps theirs. */
function show(form, card) {
  const next = card.nextElementSibling;
  const top = next.getBoundingClientRect().top;
  form.dispatchEvent(new Event("input"));
  if (top < innerHeight / 2)
    scrollBy({ top: next.getBoundingClientRect().top - top, behavior: "instant" });
}

/** Waits before the next try: a random share of what doubles, or until the network is back. */
function pause(tries) {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.random() * Math.min(CAP, BASE * 2 ** tries));
    addEventListener("online", resolve, { once: true });
  });
}

/** The menu's element, null where none is published any more or the form is gone. `late` is called where it does not come soon. */
async function awaitMenu(page, form, late) {
  for (let tries = 1; form.isConnected; tries++) {
    try {
      return (await Promise.all([readMenu(page.language), dress(page.dishes[1])]))[0];
    } catch {
      // The network is away, or the menu was replaced a moment ago.
    }
    if (tries === QUICK_TRIES)
      late();
    await pause(tries);
  }
  return null;
}

/** A place for words, in the list's stead. */
function drawWords(field, text) {
  const area = el("textarea", { rows: 3, maxlength: MOST_WORDS, dir: "auto", "aria-label": text });
  area.value = field.value.slice(1);
  area.addEventListener("input", () => {
    const said = area.value.trim();
    field.value = said && `=${said}`;
  });
  return area;
}

function drawList(main, field, page) {
  const said = new Map(field.value.split(" ").filter(Boolean).map((pair) => pair.split(":")).map(([score, item]) => [item, Number(score)]));
  const list = el("div", { class: "dishes" },
    [...main.querySelectorAll("section")].map((section) => drawSection(section, said, page.words)));
  if (list.children.length === 1)
    list.firstElementChild.open = true;
  list.addEventListener("input", ({ target }) => {
    if (target.type === "checkbox")
      target.closest("li").querySelector("fieldset").hidden = !target.checked;
    field.value = gather(list);
    count(list);
  });
  count(list);
  return list;
}

/** Asks in the form that was drawn of the page: puts the dishes into the question's place and shows it. Words that were written stay. */
export async function ask(page, form) {
  const question = page.form.questions.find(({ kind }) => kind === "dish");
  const field = form.elements[`q.${question.id}`];
  let area;
  const put = (node) => {
    field.before(node);
    question.ready = true;
    show(form, field.closest(".card"));
  };
  const askInWords = () => {
    area ||= drawWords(field, field.closest("fieldset").querySelector("legend").textContent);
    if (form.isConnected && !area.isConnected)
      put(area);
  };
  if (field.value[0] === "=")
    askInWords();
  const main = await awaitMenu(page, form, askInWords);
  if (!main || !form.isConnected || field.value[0] === "=" || (area && document.activeElement === area))
    return;
  area?.remove();
  put(drawList(main, field, page));
}
