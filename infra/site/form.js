// SPDX-FileCopyrightText: The Sobremesa developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The form's page: draws the form from the data that came with the page, follows the guest, keeps a draft, hands the answer to the
// outbox. Without this script the page is a plain form that the collector takes as well.

import { el, fill } from "./dom.js";
import { drawForm } from "./draw.js";
import { collect, findProblems, isAsked, progress, say } from "./model.js";
import { delayBefore, makeId, Outbox } from "./outbox.js";
import { readPage } from "./place.js";
import { send } from "./transport-local.js";
import { Visit } from "./visit.js";

const started = performance.now();
const draftKey = `sobremesa.draft.${location.pathname}`;
let page;
let form;
let sent = "";
let before = [];
let visit;

function announce(word) {
  document.getElementById("status").textContent = word ? page.words[word] : "";
}

function keepDraft() {
  try {
    sessionStorage.setItem(draftKey, JSON.stringify([...new FormData(form)]));
  } catch {
    // A draft is a comfort only.
  }
}

function dropDraft() {
  try {
    sessionStorage.removeItem(draftKey);
  } catch {
    // There was none.
  }
}

function restoreDraft() {
  let fields = [];
  try {
    fields = JSON.parse(sessionStorage.getItem(draftKey)) || [];
  } catch {
    return;
  }
  for (const [name, value] of fields)
    for (const input of form.elements)
      if (input.name === name && (input.type === "radio" || input.type === "checkbox"))
        input.checked ||= input.value === value;
      else if (input.name === name)
        input.value = value;
  const contact = form.querySelector("details");
  if (contact)
    contact.open = fields.some(([name, value]) => name.startsWith("contact") && value !== "");
}

/** Tells that the guest has come to the question of a field. */
function reach({ target }) {
  const place = target.closest(".q");
  if (!place)
    return;
  visit.reach("start");
  visit.reach("question", place.id.slice(2) || "contact");
}

/** Shows what is asked now. The first tap opens the rest. */
function follow() {
  const data = new FormData(form);
  const [answered, asked] = progress(page.form, data);
  for (const question of page.form.questions) {
    const node = document.getElementById(`q-${question.id}`);
    const hidden = !isAsked(page.form, data, question);
    node.hidden = hidden;
    if (node.parentNode.children.length === 1)
      node.parentNode.hidden = hidden;
  }
  form.classList.toggle("start", page.form.questions[0].kind === "smiley" && answered === 0 && !form.classList.contains("open"));
  const bar = document.getElementById("progress");
  bar.max = asked;
  bar.value = answered;
  bar.setAttribute("aria-label", fill(page.words.progress, { n: answered, total: asked }));
}

/** What a problem's field is filled in by: it is an input itself, or a question around some. */
function findInputs(field) {
  const target = document.getElementById(field);
  return target.matches("input") ? [target] : target.querySelectorAll("input, textarea");
}

function showProblems(problems) {
  const box = form.querySelector(".errors");
  for (const node of form.querySelectorAll("[aria-invalid]"))
    node.removeAttribute("aria-invalid");
  box.hidden = problems.length === 0;
  box.replaceChildren();
  if (problems.length === 0)
    return;
  box.append(el("h2", {}, page.words.check), el("ul", {}, problems.map(({ field, word, text }) => {
    const link = el("a", { href: `#${field}` },
      fill(page.words[word], { question: say(page.form, page.language, text) || "" }));
    link.addEventListener("click", (event) => {
      const [input] = findInputs(field);
      event.preventDefault();
      input.closest("details")?.setAttribute("open", "");
      input.focus();
      document.getElementById(field).scrollIntoView({ block: "center" });
    });
    return el("li", {}, link);
  })));
  for (const { field } of problems)
    for (const input of findInputs(field))
      input.setAttribute("aria-invalid", "true");
  form.classList.add("open");
  follow();
  box.focus();
}

function thank() {
  const link = page.form.review_link;
  const again = el("button", { type: "button", class: "quiet" }, page.words.again);
  const thanks = el("section", { class: "thanks", tabindex: "-1" },
    el("div", { class: "done", "aria-hidden": "true" }),
    el("h1", {}, say(page.form, page.language, page.form.thanks)),
    el("p", { id: "fate", role: "status" }, page.words.sending),
    link && el("a", { class: "send", href: link.url, rel: "noopener noreferrer" }, say(page.form, page.language, link.label)),
    again);
  again.addEventListener("click", () => start(true));
  form.replaceWith(thanks);
  document.getElementById("progress").hidden = true;
  scrollTo(0, 0);
  thanks.focus();
}

function submit(event) {
  event.preventDefault();
  const data = new FormData(form);
  const problems = findProblems(page.form, data);
  showProblems(problems);
  if (problems.length > 0)
    return;
  const now = Date.now();
  sent = makeId(now);
  const body = JSON.stringify({
    id: sent, submitted_at: new Date(now).toISOString(), store_id: page.store, table_id: page.table, key: page.key || undefined,
    form_id: page.form.id, form_version: page.form.version, language: page.language, ...collect(page.form, data),
    duration_ms: Math.round(performance.now() - started),
  });
  keepDraft();
  visit.tell("submit");
  visit.last = undefined;
  thank();
  tellFate(outbox.add(sent, body) ? "sending" : "unsaved");
}

function tellFate(word) {
  const fate = document.getElementById("fate");
  if (fate)
    fate.textContent = page.words[word];
}

/** What the outbox says about an answer: this page's, or an earlier one's. */
function hear(id, verdict) {
  const stored = verdict === "stored";
  if (id === sent && verdict === "refused") {
    start(false);
    announce("refused");
  } else if (id === sent) {
    if (stored)
      dropDraft();
    tellFate(stored ? "sent" : outbox.memory.has(id) ? "unsaved" : "saved");
  } else if (before.includes(id)) {
    before = before.filter((other) => other !== id || !stored);
    announce(before.length > 0 ? "waiting" : "arrived");
  }
}

/** Another language without leaving the page, so that nothing that was typed is lost when the network is away. */
async function switchLanguage(event) {
  const link = event.target.closest("a[hreflang]");
  if (!link)
    return;
  event.preventDefault();
  try {
    const reply = await fetch(link.href, { cache: "no-store" });
    const other = new DOMParser().parseFromString(await reply.text(), "text/html");
    const next = readPage(other);
    keepDraft();
    page = next;
    visit.tell("language", page.language);
    document.documentElement.lang = page.language;
    document.documentElement.dir = page.dir;
    document.title = other.title;
    document.querySelector("header").replaceWith(other.querySelector("header"));
    listen();
    history.replaceState(null, "", link.href);
    start(false);
  } catch {
    announce("offline");
  }
}

function listen() {
  document.querySelector("header nav")?.addEventListener("click", switchLanguage);
}

/** The question about dishes comes by itself, once the rest is there to be answered. What cannot be loaded is asked for again under another address, because a
    browser may remember that a module could not be had. */
function askDishes(drawn, tries) {
  if (page.dishes && drawn === form)
    setTimeout(() => import(`${page.dishes[0]}?${tries}`).then(({ ask }) => ask(page, drawn), () => askDishes(drawn, tries + 1)),
      tries && delayBefore(tries, "busy", 0, Math.random));
}

function start(fresh) {
  if (fresh)
    dropDraft();
  form = drawForm(page.form, page.language, page.words, page.days);
  document.querySelector("main").replaceChildren(form);
  restoreDraft();
  form.addEventListener("input", (event) => {
    follow();
    keepDraft();
    reach(event);
  });
  form.addEventListener("focusin", reach);
  form.addEventListener("submit", submit);
  document.getElementById("progress").hidden = false;
  sent = "";
  announce("");
  follow();
  requestAnimationFrame(() => askDishes(form, 0));
  if (fresh)
    form.querySelector("input").focus();
}

let outbox;

function begin() {
  page = readPage(document);
  outbox = new Outbox(send, hear);
  before = outbox.list().filter((id) => !id.includes("."));
  visit = new Visit(outbox, "form", { store_id: page.store, table_id: page.table });
  visit.tell("open", page.language);
  start(false);
  listen();
  if (before.length > 0)
    announce("waiting");
  outbox.flush(true);
}

// Runs in the head: the class is there before anything is painted, and goes again if the form cannot be drawn.
document.documentElement.classList.add("js");
addEventListener("DOMContentLoaded", () => {
  try {
    begin();
  } finally {
    document.documentElement.classList.toggle("js", Boolean(form));
  }
});
