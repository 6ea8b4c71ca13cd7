// The service worker: keeps one complete version of the app on the device, so that it
// opens without a network, and never mixes two. The model is not its business: the
// engine worker keeps it (models.js). The exporter fills in the first two constants.
'use strict';

const assets = __ASSETS__; // file name → URL; a URL /a/<16 hex>.<name> is named by its SHA-256
const version = '__VERSION__';
const prefix = 'sparrow-app-';
const own = prefix + version;
const home = { '/': '/', '/zh/': '/zh/', '/zh': '/zh/' };
const shell = (path) => (path.startsWith('/zh/') ? '/zh/shell.html' : '/shell.html');
const pages = ['/', '/zh/', '/shell.html', '/zh/shell.html', '/manifest.webmanifest'];

// All of a version or none: when one file is missing or wrong, the install fails, the
// version before stays in charge, and the browser tries again at a later visit.
self.addEventListener('install', (event) => event.waitUntil(install()));

async function install() {
  const cache = await caches.open(own);
  const kept = await Promise.allSettled([
    ...Object.values(assets).map((url) => keepAsset(cache, url)),
    ...pages.map((url) => keepPage(cache, url)),
  ]);
  const failed = kept.find((one) => one.status === 'rejected');
  if (!failed) return;
  await caches.delete(own);
  throw failed.reason;
}

// keepAsset takes a file over from an older version if its name, hence its content, is
// the same; else it downloads it and checks the content against the name.
async function keepAsset(cache, url) {
  const known = await ofAnyVersion(url);
  if (known) return cache.put(url, known);
  const response = await download(url, 'default');
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer()));
  const hex = Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (!url.startsWith(`/a/${hex}.`)) throw new Error(`${url} arrived damaged`);
  return cache.put(url, response);
}

// keepPage downloads a page and checks that it is whole and belongs to this version:
// between two deployments, or behind a hotel's sign-in page, it may not.
async function keepPage(cache, url) {
  const response = await download(url, 'no-cache');
  const text = await response.clone().text();
  const good = url.endsWith('.webmanifest') || (text.includes(assets['app.js']) && text.trimEnd().endsWith('</html>'));
  if (!good) throw new Error(`${url} is damaged or of another version`);
  return cache.put(url, response);
}

async function download(url, cache) {
  const response = await fetch(url, { cache });
  if (!response.ok || response.redirected) throw new Error(`${url}: HTTP ${response.status}`);
  return response;
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
  if (method !== 'GET' || origin !== self.location.origin) return;
  if (mode === 'navigate') {
    if (!/^\/(a|v1|frame|demo)\/|^\/demo$|^\/[^/]*\.[a-z]+$/.test(pathname)) event.respondWith(page(event.request, home[pathname] ?? shell(pathname)));
  } else if (pathname.startsWith('/a/') || pages.includes(pathname)) {
    event.respondWith(asset(event.request, pathname));
  }
});

// page answers a navigation from this version alone; the network is for a cache that
// the browser has thrown away.
async function page(request, url) {
  return (await caches.match(url, { cacheName: own })) ?? fetch(request);
}

// asset also answers pages that another tab's update has left behind on their version.
async function asset(request, url) {
  return (await caches.match(url, { cacheName: own })) ?? (await ofAnyVersion(url)) ?? fetch(request);
}

async function ofAnyVersion(url) {
  if (!url.startsWith('/a/')) return undefined;
  for (const cacheName of await caches.keys()) {
    const found = cacheName.startsWith(prefix) && await caches.match(url, { cacheName });
    if (found) return found;
  }
  return undefined;
}
