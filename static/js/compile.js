// engine.wasm, compiled once for all the engines that this worker starts.
import { Engine } from './engine.js';
import { Failure, unreachable } from './models.js';

let module = null;
let tries = 0;

// compile fetches and compiles it, unless that is done; from the second try on not from the
// browser's own cache, which may hold a damaged file. progress(loaded, total) counts it as one.
// integrity, if any, is the hash that the file must have.
export async function compile(url, progress, integrity) {
  if (module) return;
  progress(0, 1);
  const response = await fetch(url, { cache: tries++ ? 'reload' : 'default', integrity }).catch((cause) => { throw unreachable(cause); });
  if (!response.ok) throw unreachable(`engine.wasm: HTTP ${response.status}`);
  try {
    module = await WebAssembly.compileStreaming(response);
  } catch (cause) {
    throw new Failure('engine', 'The recommender did not load completely. Try again, or reload the page.', cause);
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
    throw new Failure('decode', 'The movie model does not fit this version of the app. Reload the page to update it, then try again.', cause);
  }
  return { engine, model };
}
