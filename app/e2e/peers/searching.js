// Asks the engine with every verb for the titles that fit queries, in a worker, once its index is made. It returns
// the ms of each, the least of some rounds.
import { encode } from '../../../static/js/event.js';
import { unpack } from '../../../static/js/embedded.js';
import { goProgram } from './program.js';

const warm = 40; // a browser makes functions faster while they are called over and over

async function search({ program, bundle, queries, filters, rounds }) {
  const file = new Uint8Array(await (await fetch(bundle)).arrayBuffer());
  const { exports, put } = await goProgram(program);
  put(file);
  if (exports.open(file.length)) throw new Error(`${bundle} does not open`);
  const ask = (request) => {
    const bytes = encode(request);
    put(bytes);
    exports.take(bytes.length);
    const began = performance.now();
    const length = exports.answer();
    const ms = performance.now() - began;
    const answer = unpack(new Uint8Array(exports.mem.buffer, exports.outbox() >>> 0, length).slice());
    if (answer.error) throw new Error(`${request.v}: ${answer.error.text}`);
    return { ms, answer };
  };
  while (exports.idle());
  if (filters) { // what a condition adds to a list, each in turn with another: the last one read is kept
    const list = (f) => ask({ v: 'browse', f, k: 20 }).ms;
    const plain = filters.map(() => list(undefined));
    return filters.map((f, i) => Math.min(...Array.from({ length: rounds }, () => { list('year=1'); return list(f); })) - Math.min(plain[i], list(undefined)));
  }
  for (const q of queries.slice(0, warm)) ask({ v: 'search', q, k: 7 });
  return queries.map((q) => Math.min(...Array.from({ length: rounds }, () => ask({ v: 'search', q, k: 7 }).ms)));
}

importScripts('/wasm_exec.js');
onmessage = async ({ data }) => {
  try {
    postMessage({ done: await search(data) });
  } catch (error) {
    postMessage({ failed: `${error.stack ?? error}` });
  }
};
