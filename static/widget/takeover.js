// How the engine is opened in the page, takes over from a list made in advance, and what the page and the engine tell each other
// beside questions. A script of its own, which comes once such a list is shown or an engine begins, and advice with it.
import { failure } from './failure.js';
import { join, sequence } from './safe.js';

export { empty } from './advice.js';

// alike reports whether two lists look the same: the cards of one may stand for the other. Where they may not, it waits for
// a click on the element of the first that is on its way.
export async function alike(a, b, element) {
  const same = looks(a, b);
  while (!same && element.matches(':active')) await new Promise((resolve) => { setTimeout(resolve, 50); });
  return same;
}

function looks(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (face(a[i]) !== face(b[i])) return false;
  }
  return true;
}

// face returns what a card shows, as a text.
function face({ id, title, year, genres, image, url, why, price, currency, brand, badge }) {
  const reason = why[0];
  return join([price, currency, join(brand, '\n'), join(badge, '\n'), id, title, year, join(genres, '\n'), image, url, reason && reason.kind + reason.title, reason && join(reason.names, '\n')], '\0');
}

// quiet resolves when the page has loaded and has nothing to do, or after a while.
export const quiet = () => new Promise((resolve) => {
  const loaded = () => (globalThis.requestIdleCallback ? requestIdleCallback(resolve, { timeout: 2000 }) : setTimeout(resolve, 200));
  if (document.readyState === 'complete') loaded();
  else addEventListener('load', loaded, { once: true });
  setTimeout(resolve, 8000);
});

// follow begins to talk with an engine behind a port, by the message init, and tells it whether the page is seen. Where
// another tab of this site has forgotten the visitor, or the live overlay changes what lists may show (../js/live.js), they are asked for
// again; how old the overlay is, the page hears.
export function follow(port, engine, told, init) {
  port.addEventListener('message', ({ data }) => {
    switch (data.type) {
      case 'enrolled':
        engine.arms = data.arms;
        return engine.onarms?.(data.arms);
      case 'forgotten':
        return data.elsewhere ? told.again() : engine.forgotten?.();
      case 'live':
        document.dispatchEvent(new CustomEvent('sparrow:live', { detail: { made: data.at ? new Date(data.at * 1000) : null, models: engine.models } }));
        if (data.again) told.again();
    }
  });
  port.postMessage(init);
  port.postMessage({ type: 'start' });
  const see = () => port.postMessage({ type: document.visibilityState });
  see();
  document.addEventListener('visibilitychange', see);
}

let trusted; // a policy of trusted types; a page lets it be made once

// inline returns a worker of this page, of a script's bytes, or of what is at its address where there are none. In the pinned file,
// which names its hash as sum, it runs the very bytes that were compared: an edge that changed has nothing of its own run in the
// page's origin.
export async function inline(bytes, { href }, sum, trust) {
  let url = href;
  if (bytes) {
    if (sum && await digest(bytes) !== sum) throw failure('integrity', 'the worker is not the file that it was');
    url = URL.createObjectURL(new Blob(sequence([bytes]), { type: 'text/javascript' }));
  }
  const rules = { createScriptURL: (one) => one };
  trusted ??= trust ? trustedTypes.createPolicy('sparrow', rules) : rules;
  return new Worker(trusted.createScriptURL(url), { name: 'sparrow' });
}

// digest returns the SHA-256 of bytes in base64. A page of plain HTTP has none to offer, and
// takes the frame.
async function digest(bytes) {
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  let text = '';
  for (let i = 0; i < 32; i++) text += String.fromCharCode(sum[i]);
  return btoa(text);
}
