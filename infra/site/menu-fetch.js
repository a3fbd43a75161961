// SPDX-FileCopyrightText: The Sobremesa developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What of the published menu is fetched: the pointer, a small file that the browser knows the tag of, so that an unchanged one costs an empty reply;
// and the menu in a language, which never changes, because its name holds the hash of its bytes.

const POINTER = "/menu/current.json";

/** {version, files: language → name, sold_out}, or null where no menu is published: a bucket that may not be listed says 403 of what it does not hold. */
export async function fetchPointer() {
  const reply = await fetch(POINTER, { cache: "no-cache", credentials: "omit", redirect: "error" });
  if (!reply.ok && ![403, 404, 410].includes(reply.status))
    throw new Error(reply.status);
  return reply.ok ? reply.json() : null;
}

/** The published menu in a language, as its element “main”. */
export async function fetchMain(pointer, language) {
  const reply = await fetch(`/menu/${pointer.files[language]}`, { credentials: "omit", redirect: "error" });
  if (!reply.ok)
    throw new Error(reply.status);
  return document.adoptNode(new DOMParser().parseFromString(await reply.text(), "text/html").querySelector("main"));
}
