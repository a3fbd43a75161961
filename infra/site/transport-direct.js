// SPDX-FileCopyrightText: The Sobremesa developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The transport of a collector that is a stream of Amazon Data Firehose: the guest's page gets keys of its own from Amazon Cognito, which may put records into two
// streams and nothing else, and signs each call (Signature Version 4). The page names them:
// {"collector": {"region": "eu-central-1", "pool": "eu-central-1:…", "responses": "…-responses", "events": "…-events"}}.
//
// An identity is asked for once and kept as long as the tab is open; keys are kept in memory and renewed before they run out. A phone's clock may be wrong: AWS's replies
// say what time it is there.

const TIME_OUT = 20e3;
const IDENTITY = "sobremesa.identity";
const EARLY = 300e3;
const SKEW = 60e3;
const STALE = /Token|Signature|Expired|Client|NotFound/;
const encoder = new TextEncoder();
let guest;
let ahead = 0;
let identity = "";
try {
  identity = sessionStorage[IDENTITY];
} catch {
  // Storage can be forbidden; then each page has an identity of its own.
}

function remember(id) {
  identity = id;
  try {
    sessionStorage[IDENTITY] = id;
  } catch {
    // As above.
  }
}

const toHex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

const digest = async (text) => toHex(await crypto.subtle.digest("SHA-256", encoder.encode(text)));

async function authenticate(key, text) {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return crypto.subtle.sign("HMAC", imported, encoder.encode(text));
}

/** The header Authorization of a POST to "/". The names of `headers` are in lower case and in order. */
async function authorize(keys, region, service, headers, body) {
  const date = headers["x-amz-date"];
  const parts = [date.slice(0, 8), region, service, "aws4_request"];
  const names = Object.keys(headers).join(";");
  const request = ["POST", "/", "", ...Object.entries(headers).map((pair) => pair.join(":")), "", names, await digest(body)].join("\n");
  let key = encoder.encode(`AWS4${keys.SecretKey}`);
  for (const part of parts)
    key = await authenticate(key, part);
  const scope = parts.join("/");
  const signature = toHex(await authenticate(key, ["AWS4-HMAC-SHA256", date, scope, await digest(request)].join("\n")));
  return `AWS4-HMAC-SHA256 Credential=${keys.AccessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
}

/** Calls a service; signed, where there are keys. What it says, or what went wrong as `code`. */
async function call({ region }, service, target, message, keys) {
  const host = `${service}.${region}.amazonaws.com`;
  const body = JSON.stringify(message);
  const headers = { "content-type": "application/x-amz-json-1.1" };
  if (keys)
    Object.assign(headers, { host, "x-amz-date": new Date(Date.now() + ahead).toISOString().replace(/[-:]|\.\d+/g, ""), "x-amz-security-token": keys.SessionToken });
  headers["x-amz-target"] = target;
  // The browser sends "host" by itself, and lets nobody else.
  if (keys)
    headers.authorization = await authorize(keys, region, service, headers, body);
  const reply = await fetch(`https://${host}/`, {
    method: "POST", headers, body, cache: "no-store", credentials: "omit", redirect: "error", keepalive: true, signal: AbortSignal.timeout?.(TIME_OUT),
  });
  const off = Date.parse(reply.headers.get("Date")) - Date.now();
  if (off)
    ahead = Math.abs(off) > SKEW ? off : 0;
  const said = await reply.json();
  return reply.ok ? said : { code: said.__type || "HTTP" };
}

/** Keys that hold for a while, or the `code` of what keeps them away. */
async function getKeys(collector) {
  if (guest?.Expiration * 1000 - EARLY > Date.now() + ahead)
    return guest;
  const cognito = (operation, message) => call(collector, "cognito-identity", `AWSCognitoIdentityService.${operation}`, message);
  const made = identity ? { IdentityId: identity } : await cognito("GetId", { IdentityPoolId: collector.pool });
  const got = made.code ? made : await cognito("GetCredentialsForIdentity", made);
  // An identity that is gone is asked for anew; one that is only busy is kept.
  if (!made.code)
    remember(/NotFound/.test(got.code) ? "" : made.IdentityId);
  guest = got.Credentials;
  return guest || got;
}

/** As transport-local.js; nothing is ever refused, because a stream takes every record. */
export async function send(body, id) {
  let reply = {};
  try {
    const { collector } = JSON.parse(document.getElementById("data").textContent);
    const bytes = Array.from(encoder.encode(body), (byte) => String.fromCharCode(byte));
    const record = { DeliveryStreamName: collector[id.includes(".") ? "events" : "responses"], Record: { Data: btoa(bytes.join("")) } };
    // Keys that AWS no longer takes, or not at this hour, are renewed once.
    for (let tries = 0; tries < 2; tries++) {
      const keys = await getKeys(collector);
      reply = keys.code ? keys : await call(collector, "firehose", "Firehose_20150804.PutRecord", record, keys);
      if (reply.RecordId)
        return { verdict: "stored", hint: 0 };
      if (!STALE.test(reply.code))
        break;
      guest = null;
    }
  } catch {
    // The network is away, or something in between answered.
  }
  return { verdict: reply.code ? "busy" : "later", hint: 0 };
}
