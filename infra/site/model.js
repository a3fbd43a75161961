// SPDX-FileCopyrightText: The Sobremesa developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a form.json document means: texts in a language, which questions are asked, what is still missing. No document nodes here.

/** A text of the document in a language, else in the form's first one. */
export function say(form, language, text) {
  return text && (text[language] || text[form.languages[0]]);
}

/** The answers to one question as texts: FormData's view of the page. */
function given(data, id) {
  return data.getAll(`q.${id}`).filter((value) => value.trim() !== "");
}

/** Whether a question is asked: its rule holds for an earlier question that is asked itself. The one about dishes waits for its module. */
export function isAsked(form, data, question) {
  const rule = question.show_if;
  if (question.kind === "dish" && !question.ready)
    return false;
  if (!rule)
    return true;
  const earlier = form.questions.find((other) => other.id === rule.question);
  const values = given(data, rule.question);
  if (!isAsked(form, data, earlier) || values.length === 0)
    return false;
  if (rule.is !== undefined)
    return values.includes(String(rule.is));
  return rule.at_most !== undefined ? Number(values[0]) <= rule.at_most : Number(values[0]) >= rule.at_least;
}

/** How far a guest is: [answered, asked], the open comment not counted. */
export function progress(form, data) {
  const asked = form.questions.filter((question) => isAsked(form, data, question));
  return [asked.filter((question) => given(data, question.id).length > 0).length, asked.length];
}

/** What keeps the form from being sent: [{field, word, question}], in the page's order. */
export function findProblems(form, data) {
  const problems = [];
  for (const question of form.questions)
    if (question.required && isAsked(form, data, question) && given(data, question.id).length === 0)
      problems.push({ field: `q-${question.id}`, word: "missing", text: question.text || question.label });
  const address = (data.get("contact") || "").trim();
  if (address === "" && data.get("contact_consent"))
    problems.push({ field: "contact", word: "reach" });
  if (address !== "" && !data.get("contact_consent"))
    problems.push({ field: "contact_consent", word: "consent" });
  if (form.consent && !data.get("consent"))
    problems.push({ field: "consent", word: "agree", text: form.consent });
  if (problems.length === 0 && progress(form, data)[0] === 0 && (data.get("comment") || "").trim() === "")
    problems.push({ field: `q-${form.questions[0].id}`, word: "empty" });
  return problems;
}

/** The members of a record that the guest's answers give. */
export function collect(form, data) {
  const answers = [];
  for (const question of form.questions)
    if (isAsked(form, data, question))
      for (const value of given(data, question.id)) {
        const add = (said) => answers.push({ question: question.id, kind: question.kind, ...said });
        if (question.kind === "choice")
          add({ choice: value });
        else if (question.kind === "text")
          add({ text: value.trim() });
        else if (question.kind !== "dish")
          add({ score: Number(value) });
        else if (value[0] === "=")
          add({ kind: "text", text: value.slice(1) });
        else
          for (const [score, item] of value.split(" ").map((pair) => pair.split(":")))
            add({ kind: "stars", score: Number(score), item });
      }
  const record = { answers };
  const comment = (data.get("comment") || "").trim();
  if (comment !== "")
    record.comment = comment;
  if (data.get("contact_consent"))
    Object.assign(record, { contact: data.get("contact").trim(), contact_days: form.contact.retention_days });
  if (data.get("consent"))
    record.consent = true;
  if (data.get("website"))
    record.website = data.get("website");
  return record;
}
