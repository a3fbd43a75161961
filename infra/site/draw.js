// SPDX-FileCopyrightText: The Sobremesa developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Draws a form.json document in one language. The server draws the same elements for guests without JavaScript
// (app/publish/sobre-form-markup.c), so one style sheet dresses both.

import { el, fill, icon } from "./dom.js";
import { say } from "./model.js";

function radio(question, type, value, ...content) {
  return el("label", {}, el("input", { type, name: `q.${question.id}`, value }), content);
}

function scale(question, least, most, content) {
  const row = el("div", { class: "row" });
  for (let score = least; score <= most; score++)
    row.append(radio(question, "radio", score, content(score)));
  return row;
}

function drawInput(form, question, language, words) {
  const t = (text) => say(form, language, text);
  switch (question.kind) {
    case "smiley":
      return scale(question, 1, 5, (score) => [icon(`f${score}`), el("span", {}, words.faces[score - 1])]);
    case "stars":
      return scale(question, 1, 5, (score) => [icon("star"), el("span", { class: "sr" }, fill(words.of5, { n: score }))]);
    case "nps":
      return [
        scale(question, 0, 10, (score) => el("span", {}, score)),
        (question.low || question.high) &&
          el("p", { class: "ends" }, el("span", {}, question.low && `0 · ${t(question.low)}`),
             el("span", {}, question.high && `10 · ${t(question.high)}`)),
      ];
    case "dish":
      return el("input", { type: "hidden", name: `q.${question.id}` });
    default:
      return el("div", { class: "row" }, question.choices.map((choice) =>
        radio(question, question.multiple ? "checkbox" : "radio", choice.id, el("span", {}, t(choice.label)))));
  }
}

function drawArea(name, id, label, length, words, required) {
  return el("div", { class: "q text", id: `q-${id}` },
    el("label", { for: `t-${id}` }, label, !required && [" ", el("small", {}, words.optional)]),
    el("textarea", { id: `t-${id}`, name, rows: 3, maxlength: length, dir: "auto" }));
}

export function drawQuestion(form, question, language, words) {
  const text = say(form, language, question.text || question.label);
  if (question.kind === "text")
    return drawArea(`q.${question.id}`, question.id, text, question.max_length || 2000, words, question.required);
  const required = question.required && !question.multiple;
  return el("fieldset", { class: `q ${question.kind}`, id: `q-${question.id}`, role: required && "radiogroup",
    "aria-required": required && "true" },
    el("legend", {}, text, question.multiple && [" ", el("small", {}, words.several)]),
    drawInput(form, question, language, words));
}

function drawContact(form, language, words) {
  const contact = form.contact;
  return el("details", { class: "q contact" },
    el("summary", {}, say(form, language, contact.text)),
    el("label", { for: "contact" }, words.address),
    el("input", { id: "contact", name: "contact", maxlength: 200, autocomplete: "email", dir: "ltr" }),
    el("label", { class: "tick" }, el("input", { type: "checkbox", id: "contact_consent", name: "contact_consent", value: "yes" }),
       el("span", {}, fill(say(form, language, contact.consent), { days: contact.retention_days }))));
}

/** Stars that follow each other share a card. */
function drawQuestions(form, language, words) {
  const cards = [];
  let previous = "";
  for (const question of form.questions) {
    if (question.kind !== "stars" || previous !== "stars")
      cards.push(el("div", { class: "card" }));
    cards.at(-1).append(drawQuestion(form, question, language, words));
    previous = question.kind;
  }
  return cards;
}

/** The whole form but its hidden fields. */
export function drawForm(form, language, words, days) {
  const t = (text) => say(form, language, text);
  return el("form", { id: "form", novalidate: true },
    el("div", { class: "hero" }, el("h1", {}, t(form.title)), form.intro && el("p", {}, t(form.intro))),
    el("div", { class: "errors", role: "alert", tabindex: "-1", hidden: true }),
    drawQuestions(form, language, words),
    form.comment && el("div", { class: "card" },
      drawArea("comment", "comment", t(form.comment.text), form.comment.max_length || 2000, words)),
    form.contact && el("div", { class: "card" }, drawContact(form, language, words)),
    form.consent && el("label", { class: "tick" }, el("input", { type: "checkbox", id: "consent", name: "consent", value: "yes" }),
                       el("span", {}, t(form.consent))),
    el("p", { class: "trap", "aria-hidden": "true" },
       el("label", {}, "Website", el("input", { name: "website", tabindex: "-1", autocomplete: "off" }))),
    el("button", { class: "send" }, words.send),
    el("p", { class: "privacy" }, fill(t(form.privacy), { days })));
}
