/* Keeps what a reader visited, and the search, for use without a network (search_offline in site.toml). */
"use strict";

const SHELF = "bulletin-1";
const MOST = 3000;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  // Files whose address changes with their content need not be asked for again.
  const isLasting = address.searchParams.has("v") || address.pathname.includes("/assets/");
  const isDoubted = event.request.cache === "reload";
  event.respondWith(isLasting && !isDoubted ? shelfFirst(event.request) : networkFirst(event.request));
});

// What a page had loaded before this worker was there.
self.addEventListener("message", (event) => {
  const isOurs = (address) => new URL(address, self.location).origin === self.location.origin;
  const loads = event.data.filter(isOurs).map((address) => networkFirst(new Request(address)));
  event.waitUntil(Promise.all(loads));
});

async function shelfFirst(request) {
  const shelf = await caches.open(SHELF);
  return (await shelf.match(request)) || keep(shelf, request, await fetch(request));
}

async function networkFirst(request) {
  const shelf = await caches.open(SHELF);
  // A page is the same whatever is asked of it: /search/?q=… is /search/.
  const key = request.mode === "navigate" ? request.url.replace(/[?#].*$/, "") : request;
  try {
    return await keep(shelf, key, await fetch(request));
  } catch {
    return (await shelf.match(key)) || Response.error();
  }
}

async function keep(shelf, key, answer) {
  if (answer.ok && answer.type === "basic" && !answer.redirected) {
    try {
      await shelf.put(key, answer.clone());
      const keys = Math.random() < 0.01 ? await shelf.keys() : [];
      await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST)).map((old) => shelf.delete(old)));
    } catch {
      // There may be no room left: what was fetched is shown all the same.
    }
  }
  return answer;
}
