// SPDX-FileCopyrightText: The Sobremesa developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The menu's page. The server has drawn the menu; this script filters it, marks what is sold out, puts a newly published one in its place
// and lets the guest rate dishes. Without it the whole menu can be read.

import { el, fill } from "./dom.js";
import { applyFilter, choosePart, copyFilter, partNow } from "./menu-filter.js";
import { fetchMain } from "./menu-fetch.js";
import { Live, markGone } from "./menu-live.js";
import { drawRatings, keepRatings, makeAnswers, readRatings } from "./menu-rate.js";
import { makeId, Outbox } from "./outbox.js";
import { readPage } from "./place.js";
import { send } from "./transport-local.js";
import { Visit } from "./visit.js";

const LOOK = 1500;

const started = performance.now();
let page;
let main;
let outbox;
let visit;
let gone = [];
let chosen = false;
let ratings = readRatings();
let sent = "";

/** A dish that stays in sight for a moment has been looked at. */
const looks = new Map();
const eye = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    clearTimeout(looks.get(target));
    if (isIntersecting)
      looks.set(target, setTimeout(() => document.hidden || visit.reach("item", target.dataset.i), LOOK));
  }
}, { threshold: 0.8 });

function announce(word) {
  document.getElementById("status").textContent = word ? page.words[word] : "";
}

function followClock() {
  if (!chosen)
    choosePart(main.querySelector(".filter"), partNow(main, new Date()));
  applyFilter(main, page.words);
}

function drawBar() {
  const bar = document.querySelector(".bar");
  const button = el("button", { type: "button", class: "send" }, page.words.send);
  bar.hidden = ratings.size === 0;
  bar.replaceChildren(el("span", {}, fill(page.words.rated, { n: ratings.size })), button);
  button.addEventListener("click", sendRatings);
}

function rate(item, score) {
  ratings.set(item, score);
  keepRatings(ratings);
  drawBar();
}

function sendRatings() {
  const now = Date.now();
  sent = makeId(now);
  const body = JSON.stringify({
    id: sent, submitted_at: new Date(now).toISOString(), store_id: page.store, table_id: page.table, key: page.key || undefined,
    form_id: page.form.id, form_version: page.form.version, language: page.language,
    answers: makeAnswers(page.form.question, ratings), duration_ms: Math.round(performance.now() - started),
  });
  ratings = new Map();
  keepRatings(ratings);
  visit.tell("submit");
  show(main.cloneNode(true));
  announce(outbox.add(sent, body) ? "sending" : "unsaved");
}

function hear(id, verdict) {
  if (id !== sent)
    return;
  if (verdict === "stored")
    announce("sent");
  else if (verdict === "refused")
    announce("refused");
  else
    announce(outbox.memory.has(id) ? "unsaved" : "saved");
}

/** The dish at the top of the window, and how far from it: what a guest reads stays where it is when the menu changes around it. */
function findPlace() {
  const dish = [...main.querySelectorAll("section > ul > li:not([hidden])")].find((node) => node.getBoundingClientRect().bottom > 0);
  return dish && { id: dish.id, top: dish.getBoundingClientRect().top };
}

/** What has the focus, by what will find it again. */
function findFocus() {
  const { name, value, type, selectionStart } = document.activeElement;
  return main.contains(document.activeElement) && name ? { name, value, text: type === "search", selectionStart } : null;
}

function restoreFocus(focus) {
  const input = focus && [...main.querySelectorAll("input")].find((other) =>
    other.name === focus.name && (focus.text || other.value === focus.value));
  if (!input)
    return;
  input.focus({ preventScroll: true });
  if (focus.text)
    input.setSelectionRange(focus.selectionStart, focus.selectionStart);
}

/** Shows an element “main”: another version's, or another language's. */
function show(next) {
  const place = findPlace();
  const focus = findFocus();
  for (const old of next.querySelectorAll(".rating"))
    old.remove();
  if (next !== main) {
    copyFilter(main.querySelector(".filter"), next.querySelector(".filter"));
    main.replaceWith(next);
    main = next;
  }
  const form = main.querySelector(".filter");
  form.addEventListener("input", (event) => {
    chosen ||= event.target.name === "p";
    applyFilter(main, page.words);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => {
    chosen = true;
    applyFilter(main, page.words);
  }));
  eye.disconnect();
  for (const dish of main.querySelectorAll("section > ul > li"))
    eye.observe(dish);
  markGone(main, gone, page.words.gone);
  if (page.form && page.table) {
    drawRatings(main, ratings, page.words, rate);
    drawBar();
  }
  followClock();
  restoreFocus(focus);
  const dish = place && document.getElementById(place.id);
  if (dish && place.top < 0)
    scrollBy(0, dish.getBoundingClientRect().top - place.top);
}

/** What the restaurant says now. */
async function heard(pointer) {
  gone = pointer.sold_out;
  if (String(pointer.version) !== main.dataset.version) {
    if (!(page.language in pointer.files)) {
      location.reload();
      return;
    }
    show(await fetchMain(pointer, page.language));
    announce("updated");
  }
  markGone(main, gone, page.words.gone);
  followClock();
}

/** Another language without leaving the page, so that what was filtered and rated stays. */
async function switchLanguage(event) {
  const link = event.target.closest("a[hreflang]");
  if (!link)
    return;
  event.preventDefault();
  try {
    const reply = await fetch(link.href, { cache: "no-store" });
    const other = new DOMParser().parseFromString(await reply.text(), "text/html");
    page = readPage(other);
    visit.tell("language", page.language);
    document.documentElement.lang = page.language;
    document.documentElement.dir = page.dir;
    document.title = other.title;
    document.querySelector("header").replaceWith(other.querySelector("header"));
    listen();
    show(document.adoptNode(other.querySelector("main")));
    history.replaceState(null, "", link.href);
  } catch {
    announce("offline");
  }
}

function listen() {
  document.querySelector("header nav")?.addEventListener("click", switchLanguage);
}

// Runs in the head: the class is there before anything is painted.
document.documentElement.classList.add("js");
addEventListener("DOMContentLoaded", () => {
  page = readPage(document);
  main = document.querySelector("main");
  gone = [...main.querySelectorAll("[data-i] > .gone")].map((node) => node.parentNode.dataset.i);
  document.body.append(el("div", { class: "bar", hidden: true }));
  outbox = new Outbox(send, hear);
  visit = new Visit(outbox, "menu", { store_id: page.store, table_id: page.table });
  visit.tell("open", page.language);
  listen();
  show(main);
  new Live(heard).look();
  outbox.flush(true);
});
