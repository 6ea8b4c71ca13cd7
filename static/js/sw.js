// The service worker: keeps one complete version of the app on the device, so that it
// opens without a network, and never mixes two. The model is not its business: the
// engine worker keeps it (models.js). The exporter fills in the first four constants.
'use strict';

const assets = __ASSETS__; // file name → URL; a URL /a/<16 hex>.<name> is named by its SHA-256
const routes = __ROUTES__; // addresses of the app besides its home; one that ends in a slash stands for all below it
const headers = __HEADERS__; // of pages
const version = '__VERSION__';
const base = new URL('.', self.location).pathname.slice(0, -1); // of the site on its host: '' or '/repo'
const prefix = base ? `sparrow-app ${base} ` : 'sparrow-app-'; // two sites of one host share their caches
const own = prefix + version;

// All of a version or none: when one file is missing or wrong, the install fails, the
// version before stays in charge, and the browser tries again at a later visit.
self.addEventListener('install', (event) => {
  event.waitUntil(install());
  // Chromium asks the network for a page at the same time as this worker, 31 KB for nothing, unless
  // a route says that the worker answers.
  event.addRoutes?.({ condition: { requestMode: 'navigate' }, source: 'fetch-event' }).catch(() => {});
});

async function install() {
  const cache = await caches.open(own);
  const kept = await Promise.allSettled(Object.values(assets).map((url) => keep(cache, url)));
  const failed = kept.find((one) => one.status === 'rejected');
  if (!failed) return;
  await caches.delete(own);
  throw failed.reason;
}

// keep takes a file over from an older version if its name, hence its content, is the
// same; else it downloads it and checks the content against the name. One that does not
// match may lie damaged in the browser's own cache, for a year, and one that breaks off may be
// the delta of a file that does: the second try goes past it, and edges then send the whole file.
// Pages are kept under such names, too, as texts: a host may add to every page that it
// sends, or leave something out, and no name would fit.
async function keep(cache, url) {
  const good = (await ofAnyVersion(url)) ?? (await download(url, 'default').catch(broken)) ?? (await download(url, 'reload'));
  if (!good) throw new Error(`${url} is not what was exported: damaged, changed on the way, or another page in its place`);
  return cache.put(url, good);
}

// download returns the answer to a URL, or null when its content does not have that name.
async function download(url, cache) {
  const response = await fetch(url, { cache });
  if (!response.ok || response.redirected) throw new Error(`${url}: HTTP ${response.status}`);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer()));
  const hex = Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return url.startsWith(`${base}/a/${hex}.`) ? response : null;
}

// broken swallows the failure of a body or of the network, for a second try.
function broken(error) {
  if (!(error instanceof TypeError)) throw error;
  return null;
}

// The page sends this when the visitor has agreed to the update.
self.addEventListener('message', (event) => {
  if (event.data?.type === 'SKIP_WAITING') self.skipWaiting();
});

// Claiming makes the page of a first visit ours too, so that an update has to wait for it.
self.addEventListener('activate', (event) => event.waitUntil(prune().then(() => self.clients.claim())));

// prune deletes our caches of older versions. While pages are open, the newest of them
// stays: such a page may have been loaded from it.
async function prune() {
  const older = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== own);
  const open = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (open.length) older.pop();
  await Promise.all(older.map((name) => caches.delete(name)));
}

self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method === 'POST' && origin === self.location.origin && pathname === `${base}/shared`) event.respondWith(share(event.request));
  if (method !== 'GET' || origin !== self.location.origin || !pathname.startsWith(`${base}/`)) return;
  const path = pathname.slice(base.length);
  const page = mode === 'navigate' && pageOf(path);
  if (page) event.respondWith(text(event.request, page, 'text/html; charset=utf-8'));
  else if (path === '/manifest.webmanifest') event.respondWith(text(event.request, 'manifest.txt', 'application/manifest+json'));
  else if (path === '/zh/manifest.webmanifest') event.respondWith(text(event.request, 'manifest.zh.txt', 'application/manifest+json'));
  else if (path.startsWith('/a/')) event.respondWith(asset(event.request, pathname));
});

// share keeps the file of a form that another app sends, of the manifest's share_target, until the page asks the
// visitor about it.
async function share(request) {
  const file = (await request.formData().catch(() => null))?.get('file');
  if (file instanceof File && file.size <= 200_000_000) {
    await caches.delete('sparrow-shared');
    const cache = await caches.open('sparrow-shared');
    await cache.put(`${base}/shared/${encodeURIComponent(file.name.slice(-100))}`, new Response(file));
  }
  return Response.redirect(`${base}/profile?shared`, 303);
}

// pageOf returns which page answers an address; '' for one that is not the app's: the
// host may have something there.
function pageOf(path) {
  const [, folder, rest] = path.match(/^(\/zh(?=\/|$))?(.*?)\/?$/);
  const zh = folder ? '.zh' : '';
  if (!rest) return `home${zh}.txt`;
  return routes.some((route) => rest === route || (route.endsWith('/') && rest.startsWith(route))) ? `shell${zh}.txt` : '';
}

// text answers with what is kept as a text, from this version alone; the network is for a
// cache that the browser has thrown away.
async function text(request, name, type) {
  const kept = await caches.match(assets[name], { cacheName: own });
  return kept ? new Response(kept.body, { headers: { ...headers, 'Content-Type': type } }) : fetch(request);
}

// asset also answers pages that another tab's update has left behind on their version.
async function asset(request, url) {
  return (await caches.match(url, { cacheName: own })) ?? (await ofAnyVersion(url)) ?? fetch(request);
}

async function ofAnyVersion(url) {
  for (const cacheName of await caches.keys()) {
    const found = cacheName.startsWith(prefix) && await caches.match(url, { cacheName });
    if (found) return found;
  }
  return undefined;
}
