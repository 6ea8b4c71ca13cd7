// The engine's program, compiled once for all the engines that this worker starts: in the app the
// page's own, which it hands over compiled, for a widget engine.wasm.
import { Engine, Refusal } from './engine.js';
import { Failure, noRoom } from './failure.js';
import { load } from './wasm.js';

let module = null;
let tries = 0;
let shared; // a promise of the page's program

// expect returns what to call with the page's program, when that is there; with undefined where
// the browser cannot hand it over.
export function expect() {
  let hand;
  shared = new Promise((resolve) => { hand = resolve; });
  return hand;
}

// compile waits for the page's program, or fetches and compiles the one at url, unless that is
// done; from the second try on not from the browser's own cache, which may hold a damaged file.
// progress(loaded, total) counts it as one. integrity, if any, is the hash that the file must have.
export async function compile(url, progress, integrity) {
  if (module) return;
  progress(0, 1);
  try {
    module = await shared ?? await load(url, tries++ ? 'reload' : 'default', integrity);
  } finally {
    progress(1, 1);
  }
}

// open starts an engine and has it open a model {hash, bytes}. It returns both.
export async function open(model) {
  const engine = await Engine.start(module);
  try {
    engine.open(model.bytes);
  } catch (cause) {
    if (engine.full) throw noRoom(cause);
    if (!(cause instanceof Refusal)) throw cause;
    throw new Failure('decode', 'The model does not fit this version of the app. Reload the page to update it, then try again.', cause);
  }
  return { engine, model };
}
