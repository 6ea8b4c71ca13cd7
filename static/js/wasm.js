// Brings a program of WebAssembly, whatever type a server gives it, and says why it cannot.
import { Failure, damaged, get, noRoom, unreachable } from './failure.js';
import { sha256 } from './sha256.js';

// load fetches and compiles the program at a URL that holds the first 16 digits of its
// SHA-256. Bytes of the right type compile while they arrive, and are compared with their name
// before they run: one wrong bit may compile. When either fails they are fetched once more, past
// the browser's own cache. integrity, if any, is the hash that the file must have.
export async function load(url, cache = 'default', integrity = undefined) {
  let response = await get(url, { cache, integrity });
  if (WebAssembly.compileStreaming && /^application\/wasm\b/.test(response.headers.get('Content-Type'))) {
    try {
      const module = await WebAssembly.compileStreaming(response);
      if (!integrity) await read(url, await get(url, { cache: 'force-cache' })); // the bytes that came, from the browser's own cache
      return module;
    } catch (cause) {
      console.warn('sparrow: once more:', url, cause);
      response = await get(url, { cache: 'reload', integrity });
    }
  }
  return WebAssembly.compile(await read(url, response)).catch((cause) => { throw explain(cause); });
}

// read returns the bytes of an answer, which are those that its URL is named by.
async function read(url, response) {
  const bytes = new Uint8Array(await response.arrayBuffer().catch((cause) => { throw unreachable(cause); }));
  const [, name] = /\/([0-9a-f]{16})\.[^/]*$/.exec(url) ?? [];
  if (name && !(await sha256(bytes)).startsWith(name)) throw damaged(`${url}: the checksum does not match`);
  return bytes;
}

// start makes an instance of a program.
export const start = (module, imports) => WebAssembly.instantiate(module, imports).catch((cause) => { throw explain(cause); });

// demand throws where the browser, or the page's policy, cannot run a program, before any of it
// is downloaded.
export function demand() {
  try {
    new WebAssembly.Module(module()); // the empty one, which a policy may refuse
  } catch (cause) {
    throw new Failure('wasm', 'This browser, or a setting of it, refuses WebAssembly.', cause);
  }
  if (!WebAssembly.validate(module(...splat))) throw old('no SIMD for WebAssembly');
}

const module = (...sections) => Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, ...sections);
const splat = [1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11]; // a function with i8x16.splat

const old = (cause) => new Failure('browser', 'This browser is too old for the recommender. Update it.', cause);

// explain says what ails a program whose bytes are the right ones.
function explain(cause) {
  if (cause instanceof RangeError || /memory/i.test(cause.message)) return noRoom(cause);
  return old(cause);
}

// full reports whether a memory cannot grow any more.
export function full(memory) {
  try {
    memory.grow(256); // 16 MB, what Go asks for at a time and more
    return false;
  } catch {
    return true;
  }
}
