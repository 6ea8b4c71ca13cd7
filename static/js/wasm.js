// Brings a program of WebAssembly, whatever type a server gives it, and says why it cannot.
import { Failure, damaged, get, noRoom, unreachable } from './failure.js';
import { sha256 } from './sha256.js';

// load fetches and compiles the program at a URL that holds the first 16 digits of its
// SHA-256. Bytes of the right type compile while they arrive, and are compared with their name
// before they run: one wrong bit may compile. When either fails they are fetched once more, past
// the browser's own cache. integrity, if any, is the hash that the file must have.
export async function load(url, cache = 'default', integrity = undefined) {
  if (!allowed()) throw new Failure('wasm', 'This browser, or a setting of it, refuses WebAssembly.', `no WebAssembly for ${url}`);
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

// allowed reports whether the browser and the page's policy let WebAssembly run.
function allowed() {
  try {
    return Boolean(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))); // the empty module
  } catch {
    return false;
  }
}

// explain says what ails a program whose bytes are the right ones.
function explain(cause) {
  if (cause instanceof RangeError || /memory/i.test(cause.message)) return noRoom(cause);
  return new Failure('browser', 'This browser is too old for the recommender. Update it.', cause);
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
