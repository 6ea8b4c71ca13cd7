// How the engine takes over from a list made in advance. A script of its own, which comes once that
// is shown, and advice with it.
import { join } from './safe.js';

export { empty } from './advice.js';

// same reports whether two lists look the same: the cards of one may stand for the other.
export function same(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (face(a[i]) !== face(b[i])) return false;
  }
  return true;
}

// face returns what a card shows, as a text.
function face({ id, title, year, genres, image, url, why }) {
  const reason = why[0];
  return join([id, title, year, join(genres, '\n'), image, url, reason && reason.kind + reason.title, reason && join(reason.names, '\n')], '\0');
}

// quiet resolves when the page has loaded and has nothing to do, or after a while.
export const quiet = () => new Promise((resolve) => {
  const loaded = () => (globalThis.requestIdleCallback ? requestIdleCallback(resolve, { timeout: 2000 }) : setTimeout(resolve, 200));
  if (document.readyState === 'complete') loaded();
  else addEventListener('load', loaded, { once: true });
  setTimeout(resolve, 8000);
});
