// SPDX-FileCopyrightText: The Sobremesa developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Stars for single dishes. They wait on the page until the guest sends them, all in one answer, through the same outbox as a form.

import { el, fill } from "./dom.js";

const RATINGS = `sobremesa.ratings.${location.pathname}`;

/** Dish → stars, kept as long as the tab. */
export function readRatings() {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(RATINGS)) || []);
  } catch {
    return new Map();
  }
}

export function keepRatings(ratings) {
  try {
    sessionStorage.setItem(RATINGS, JSON.stringify([...ratings]));
  } catch {
    // They live as long as the page then.
  }
}

/** The answers of a record that the ratings make. */
export function makeAnswers(question, ratings) {
  return [...ratings].map(([item, score]) => ({ question, kind: "stars", score, item }));
}

function drawStars(item, name, score, words) {
  return el("fieldset", { class: "stars" }, el("legend", { class: "sr" }, name),
    [1, 2, 3, 4, 5].map((n) => el("label", {},
      el("input", { type: "radio", name: `rate.${item}`, value: n, checked: n === score }),
      el("span", { class: "sr" }, fill(words.stars, { n })))));
}

/** Puts a way to rate below every dish. `rated` is called with dish and stars. */
export function drawRatings(main, ratings, words, rated) {
  for (const dish of main.querySelectorAll("section > ul > li")) {
    const item = dish.dataset.i;
    const name = fill(words.rate_dish, { dish: dish.querySelector("h3 span").textContent });
    const button = el("button", { type: "button", class: "rate", "aria-label": name }, words.rate);
    const place = el("div", { class: "rating" }, ratings.has(item) ? drawStars(item, name, ratings.get(item), words) : button);
    button.addEventListener("click", () => {
      place.replaceChildren(drawStars(item, name, 0, words));
      place.querySelector("input").focus();
    });
    place.addEventListener("change", (event) => rated(item, Number(event.target.value)));
    dish.append(place);
  }
}
