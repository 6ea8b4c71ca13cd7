// The service worker and updates: a newer version is offered, and taken when the visitor agrees.
import { base } from './base.js';
import { serviceWorkers } from './platform.js';

const hour = 3600e3;
const workers = serviceWorkers();
let registration = null;
let registering = false;
let updated = null; // Go's callback
let offered = false; // a newer version waits, or has taken over through another tab
let accepted = false;

export const controlled = () => Boolean(workers?.controller);

// keepUp registers the service worker, or looks for a newer one.
export const keepUp = () => (registering ? checkForUpdate() : registerServiceWorker());

function offer() {
  offered = true;
  updated?.();
}

function reloadOnce() {
  if (!accepted) return offer();
  accepted = false;
  location.reload();
}

export async function registerServiceWorker() {
  if (registering || !workers) return;
  registering = true;
  try {
    let before = controlled();
    workers.addEventListener('controllerchange', () => {
      if (before) reloadOnce();
      before = true; // the first time it is but the claim after the first install
    });
    registration = await workers.register(`${base}/sw.js`, { updateViaCache: 'none' });
    if (registration.waiting && registration.active) offer();
    registration.addEventListener('updatefound', () => {
      const next = registration.installing;
      next.addEventListener('statechange', () => {
        if (next.state === 'installed' && registration.active) offer();
      });
    });
    let checked = performance.now();
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState !== 'visible' || performance.now() - checked < hour) return;
      checked = performance.now();
      checkForUpdate();
    });
  } catch (error) {
    console.warn('sparrow: no offline mode:', error);
  }
}

export function checkForUpdate() {
  registration?.update().catch(() => {}); // offline: there is nothing to check
}

// update moves the page to the version that was offered, with one reload.
export function update() {
  const next = registration?.waiting;
  if (!next) return location.reload();
  accepted = true;
  next.addEventListener('statechange', () => next.state === 'activated' && reloadOnce());
  next.postMessage({ type: 'SKIP_WAITING' });
}

export function onupdate(fn) {
  updated = fn;
  if (offered) fn();
}
