// The strip that shows how far the app has come, and what went wrong.
import { base } from './base.js';
import { wordsOf } from './loader-words.js';

const words = wordsOf(location.pathname.slice(base.length));
const delay = 400; // ms after which a tap that was kept is said to be

let strip;
const label = document.createElement('p');
const bar = document.createElement('progress');

function find() { strip ??= document.getElementById('app-wasm-loader') ?? document.createElement('div'); }

// showLoading shows that the app is on its way.
export function showLoading() {
  if (document.documentElement.dataset.app) return; // it failed before it was wanted
  find();
  label.id = 'app-wasm-loader-label'; // go-app writes a failure to start into it
  label.textContent ||= words.loading;
  bar.setAttribute('aria-label', words.loading);
  strip.setAttribute('role', 'status');
  strip.replaceChildren(label, bar);
}

// showNoted says that what was tapped is kept, if the app takes its time.
export function showNoted() {
  setTimeout(() => {
    if (!document.documentElement.dataset.app) label.textContent = words.noted;
  }, delay);
}

// showFailure says why the app is not there and what to do. undone reports whether something
// that was tapped is lost with it; mend runs before the page is loaded again.
export function showFailure({ code = 'network', status = 0 }, undone, mend = async () => {}) {
  document.documentElement.dataset.app = 'failed';
  find();
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = words.again;
  button.onclick = async () => {
    await mend();
    location.reload();
  };
  label.textContent = (words[code] ?? words.stopped).replace('{status}', status) + (undone ? ` ${words.undone}` : '');
  strip.setAttribute('role', 'alert');
  strip.replaceChildren(label, button);
  document.body.append(strip);
}
