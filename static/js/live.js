// How the engine worker goes by the live overlay, <base>live.json: what changes by the minute, such as
// stock and rules (wasm/live/FORMAT.md). It is asked for beside the model, or, where this device has
// one, after the first answer, and then every 45 seconds while the page is visible. An engine gets the
// newest before it answers and, when another one comes, between two answers; the page then asks for its
// lists again. One that cannot be used is told on the console, and the last good one stays.
//
//   worker → page   live {at: when it was made, Unix seconds, 0 where it does not say; again: whether what was answered may be another by it}
import { answered, engine, entering, store, wait } from './active.js';
import { open } from './compile.js';
import { Refusal } from './engine.js';
import { encode } from './event.js';

const period = 45e3; // ms between two looks: with ten seconds that an answer may be cached, a change is obeyed within a minute
const rare = 15 * 60e3; // ms, where the server has no overlay
const patience = 1000; // ms that a first answer waits for the overlay
const most = 8 << 20; // bytes
const without = '{"version":1}'; // an overlay that changes nothing

let base;
let keeps = false; // whether what is good is kept on this device
let kept = ''; // the text that is
let good = null; // {text, packed, at, none}: the overlay that engines get
let bad = ''; // the text of one that could not be used
let visible = true;
let looked = 0; // when, Unix ms
let looking = null; // the look under way
let timer; // of the next

// goLive says where the overlay comes from, and whether it is kept for a start without a network.
export function goLive(from, keeping) {
  base = from;
  keeps = keeping;
  entering(prepare);
  answered(() => { if (!looked) look(); });
}

// begin takes what this device has, or else asks for it.
export async function begin() {
  const text = keeps && !good && await store.get('live');
  if (typeof text === 'string') {
    kept = text;
    good = read(text);
  }
  if (!good) look();
}

// look asks the server whether there is another overlay.
export function look() {
  looking ??= news().finally(() => {
    looking = null;
    clearTimeout(timer);
    timer = setTimeout(turn, pause());
  });
  return looking;
}

const pause = () => (good?.none ? rare : period);

async function news() {
  const cache = looked ? 'no-cache' : 'default';
  looked = Date.now();
  try {
    const response = await fetch(`${base}live.json`, { cache, signal: AbortSignal.timeout(period) });
    if (!response.ok && response.status !== 404) throw new Error(`HTTP ${response.status}`);
    const text = response.ok ? await response.text() : without;
    if (!text || text === good?.text || text === bad) return; // an empty answer says nothing: anything on the way may give it
    if (text.length > most) throw new Error(`more than ${most} bytes`);
    const next = read(text);
    if (!next) bad = text;
    else if (engine) wait(() => take(next));
    else good = next;
  } catch (cause) {
    console.info('sparrow: no news of live.json:', cause);
  }
}

// read returns the overlay that a text is; null for one that is no JSON.
function read(text) {
  try {
    const overlay = JSON.parse(text);
    return { text, packed: encode(overlay), at: Date.parse(overlay.at) / 1000 || 0, none: Object.keys(overlay).join() === 'version' };
  } catch (cause) {
    console.warn('sparrow: live.json is no overlay, and the last good one stays:', cause);
    return null;
  }
}

// take gives the engine that answers another overlay.
function take(next) {
  if (!engine || next.text === good?.text) return;
  try {
    tell(engine.live(next.packed));
  } catch (cause) {
    bad = next.text;
    console.warn('sparrow: live.json cannot be used, and the last good one stays:', cause);
    if (!(cause instanceof Refusal)) throw cause;
    return;
  }
  const same = next.none && (good?.none ?? true);
  good = next;
  keep();
  if (!same) postMessage({ type: 'live', at: next.at, again: true });
}

// prepare gives an engine that has not answered yet the overlay, and returns it with its model; an
// engine that ends by that is started again without.
async function prepare(ready) {
  if (!good && looking) await Promise.race([looking, new Promise((resolve) => { setTimeout(resolve, patience); })]);
  if (!good) return ready;
  try {
    if (!good.none) {
      tell(ready.engine.live(good.packed));
      postMessage({ type: 'live', at: good.at, again: false });
    }
    keep();
  } catch (cause) {
    bad = good.text;
    good = null;
    console.warn('sparrow: live.json cannot be used:', cause);
    if (!(cause instanceof Refusal)) return open(ready.model);
  }
  return ready;
}

function keep() {
  if (!keeps || kept === good.text) return;
  kept = good.text;
  store.put('live', kept);
}

// tell names what of an overlay does nothing.
function tell(remarks) {
  if (remarks.length) console.info(`sparrow: of live.json is not used:\n${remarks.join('\n')}`);
}

// show is told whether the page is visible.
export function show(now) {
  visible = now;
  turn();
}

function turn() {
  if (visible && engine && looked && Date.now() - looked >= pause()) look();
}
