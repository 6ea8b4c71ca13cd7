// When the app starts on a page that was rendered in advance, to a visitor of whom the device
// keeps nothing: such a page is complete, can be read and scrolled, and its links lead on. The app
// takes the page's thread for most of a second on a slow phone, so it starts with the first sign that
// somebody is there, or when none has come for a while.
import { base } from './base.js';
import { kept } from './early.js';
import { hasDatabase } from './platform.js';

const patience = 12_000; // ms
const moves = ['pointermove', 'scroll', 'wheel', 'focusin']; // of somebody who reads
const presses = ['pointerdown', 'touchstart', 'keydown']; // of somebody who wants something: what follows is shown first
const ends = ['click', 'keyup', 'pointercancel'];
const longest = 400; // ms of a press

let rouse; // ends the wait
const roused = new Promise((resolve) => { rouse = resolve; });

// wake has the app start now.
export const wake = () => rouse();

// painted calls then when the frame that is drawn next is on the screen.
const painted = (then) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(then)));

// awake resolves when the app is to start.
export async function awake() {
  const standing = document.getElementById('seed') && !kept() && !matchMedia('(display-mode: standalone)').matches;
  if (!standing || await hasDatabase(base ? `sparrow ${base}/v1/` : 'sparrow') || await hasDatabase('sparrow-outbox')) return;
  const on = (types, listener) => { for (const type of types) addEventListener(type, listener, { capture: true, passive: true, once: true }); };
  let pressed = false;
  on(moves, () => (globalThis.requestIdleCallback ?? setTimeout)(() => { if (!pressed) rouse(); }, { timeout: 300 }));
  on(presses, () => {
    pressed = true;
    on(ends, () => painted(rouse));
    setTimeout(rouse, longest);
  });
  setTimeout(rouse, patience);
  await roused;
}
