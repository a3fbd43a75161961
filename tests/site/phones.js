// SPDX-FileCopyrightText: The Sobremesa developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Many phones on one clock that jumps: the outbox and the direct transport of infra/site, as they are, against a Cognito and a Firehose that fail for a while. Pages are opened one after
// the other until the trouble begins; each sends one answer while it lasts. Prints what happened.
//
// usage: node phones.js SITE OPTIONS, where OPTIONS is JSON: {phones, trouble: [from, until], seed, limits: {GetId, GetCredentialsForIdentity, PutRecord}}, in seconds and requests a second

"use strict";
const fs = require("fs");
const path = require("path");

const [site, options] = [process.argv[2], JSON.parse(process.argv[3])];
const START = 1764590400000;

// Randomness from a seed (Marsaglia's xorshift, 32 bits).
let state = options.seed;
function random() {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) / 2 ** 32;
}

// The clock: jumps to the next thing that is to happen, once nothing is being computed.
let now = START;
let count = 0;
let computing = 0;
const agenda = new Map();

function after(delay, task) {
  agenda.set(++count, { at: now + Math.max(0, delay), task });
  return count;
}

class FakeDate extends Date {
  constructor(...values) {
    super(...(values.length > 0 ? values : [now]));
  }

  static now() {
    return now;
  }
}

const counted = (object, name) => (...values) => {
  computing++;
  return object[name](...values).finally(() => computing--);
};
const subtle = Object.fromEntries(["digest", "importKey", "sign"].map((name) => [name, counted(crypto.subtle, name)]));

function makeStorage() {
  const values = new Map();
  const methods = { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => values.set(key, String(value)), removeItem: (key) => values.delete(key),
    key: (index) => [...values.keys()][index] ?? null };
  return new Proxy(methods, {
    get: (_, key) => (key === "length" ? values.size : methods[key] || values.get(key)),
    set: (_, key, value) => Boolean(values.set(key, String(value))),
  });
}

// AWS.
const requests = [];
const records = [];
const excess = [];
const busy = {};

/** What the service makes of a request: a reply, or nothing where the connection breaks. */
function serve(operation, message) {
  const second = Math.floor(now / 1000);
  const seen = (busy[operation] ||= {});
  seen[second] = (seen[second] || 0) + 1;
  if (seen[second] > options.limits[operation])
    excess.push([operation, second - START / 1000]);
  requests.push([operation, now - START]);
  const store = () => message.DeliveryStreamName === "x-responses" && records.push([now, atob(message.Record.Data)]);
  const fate = now - START >= options.trouble[0] * 1000 && now - START < options.trouble[1] * 1000 ? Math.floor(random() * 7) : 7;
  if (fate < 6) {
    // What is stored and not acknowledged comes again: nothing must be lost for being told twice.
    if (fate === 0)
      store();
    return [() => null, () => null, () => ({ status: 400, said: { __type: "ThrottlingException" } }), () => ({ status: 503, said: { __type: "ServiceUnavailableException" } }),
      () => ({ status: 502, text: "<html>Bad gateway</html>" }), () => ({ status: 500, said: { __type: "InternalFailure" } })][fate]();
  }
  store();
  return { status: 200, said: {
    GetId: { IdentityId: `eu-central-1:${count}` }, PutRecord: { RecordId: String(count) },
    GetCredentialsForIdentity: { Credentials: { AccessKeyId: "A", SecretKey: "s", SessionToken: "t", Expiration: now / 1000 + 3600 } },
  }[operation] };
}

function fetch(url, { headers, body }) {
  const operation = headers["x-amz-target"].split(".").pop();
  return new Promise((resolve, reject) => {
    after(20 + random() * 80, () => {
      const reply = serve(operation, JSON.parse(body));
      after(20 + random() * 80, () => (reply
        ? resolve({ ok: reply.status === 200, status: reply.status, headers: { get: () => new FakeDate().toUTCString() },
          json: async () => (reply.said ?? JSON.parse(reply.text)) })
        : reject(new TypeError("reset"))));
    });
  });
}

// The phones.
const code = ["outbox.js", "transport-direct.js"].map((name) => fs.readFileSync(path.join(site, name), "utf8").replace(/^import .*$/gm, "").replace(/^export /gm, "")).join("\n");
const collector = { region: "eu-central-1", pool: "eu-central-1:pool", responses: "x-responses", events: "x-events" };
const names = ["document", "localStorage", "sessionStorage", "fetch", "setTimeout", "clearTimeout", "Date", "Math", "crypto", "addEventListener"];
const waits = [];
const sent = [];
let unsent = 0;

function makePhone() {
  const chance = Object.create(Math, { random: { value: random } });
  let tries = 0;
  // An answer that arrives begins the count of tries anew, as a new one does.
  const wait = (task, delay) => {
    waits.push([++tries, delay]);
    return after(delay, task);
  };
  const page = { getElementById: () => ({ textContent: JSON.stringify({ collector }) }), addEventListener() {}, hidden: false };
  const environment = [page, makeStorage(), makeStorage(), fetch, wait, (timer) => agenda.delete(timer), FakeDate, chance,
    { subtle, getRandomValues: (bytes) => crypto.getRandomValues(bytes) }, () => undefined];
  const { Outbox, send, makeId } = new Function(...names, `${code}\nreturn { Outbox, send, makeId };`)(...environment);
  const outbox = new Outbox(send, (id, verdict) => {
    if (verdict === "stored")
      unsent--;
    else if (verdict === "refused")
      throw new Error(`${id} was refused`);
  });
  const open = () => {
    unsent++;
    outbox.add(`events.${makeId(now)}`, "{}");
  };
  const answer = () => {
    const id = makeId(now);
    tries = 0;
    unsent++;
    sent.push(id);
    outbox.add(id, JSON.stringify({ id, submitted_at: new FakeDate().toISOString(), store_id: "HARBOUR", table_id: "7", form_id: "visit", form_version: 1, language: "en",
      answers: [{ question: "overall", kind: "smiley", score: 1 + Math.floor(random() * 5) }], duration_ms: 9000 }));
  };
  return { open, answer };
}

async function settle() {
  do
    await new Promise((resolve) => setImmediate(resolve));
  while (computing > 0);
}

async function main() {
  const [from, until] = options.trouble.map((second) => second * 1000);
  for (let i = 0; i < options.phones; i++) {
    const phone = makePhone();
    after((i / options.phones) * (from - 2000), phone.open);
    after(from + random() * (until - from), phone.answer);
  }
  while (agenda.size > 0 && now - START < 24 * 3600e3) {
    const [next, { at, task }] = [...agenda].reduce((one, other) => (other[1].at < one[1].at ? other : one));
    agenda.delete(next);
    now = at;
    task();
    await settle();
  }
  console.log(JSON.stringify({ sent, unsent, waits, excess, records, requests: requests.length, ended: (now - START) / 1000,
    peaks: Object.fromEntries(Object.entries(busy).map(([name, seconds]) => [name, Math.max(...Object.values(seconds))])) }));
}

main();
