// Measures what the engine answers, in a worker or on the page's own thread: the engine with every verb
// and a bundle, and a like that it did not know before each question.
import { encode, float32 } from '../../../static/js/event.js';
import { unpack } from '../../../static/js/embedded.js';
import { random } from './data.js';
import { goProgram } from './program.js';

const bytesOf = async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer());
const day = 86_400;
const from = 1_600_000_000;

const questions = {
  list: { v: 'recommend', k: 20, y: float32(-1), w: 'later' },
  'list and reasons': { v: 'recommend', k: 20, y: float32(-1) },
  home: { v: 'home', k: 13, y: float32(-1), w: 'later' },
};

// answers opens a bundle and returns {opened, searched: ms of the first search, memory: bytes,
// times: {"20 likes: list": ms of each round}}.
export async function answers({ program, bundle, likes, count }) {
  const { exports, put } = await goProgram(program);
  const file = await bytesOf(bundle);
  const ms = {};
  const timed = (name, run) => {
    const began = performance.now();
    const result = run();
    ms[name] = performance.now() - began;
    return result;
  };
  const refused = timed('open', () => {
    put(file);
    return exports.open(file.length);
  });
  if (refused) throw new Error(`${bundle} does not open`);
  const ask = (request) => {
    const bytes = encode(request);
    put(bytes);
    exports.take(bytes.length);
    const length = exports.answer();
    return new Uint8Array(exports.mem.buffer, exports.outbox() >>> 0, length).slice();
  };
  const act = (id, at) => ask({ v: 'act', e: [{ i: id, a: 'like', t: at }], n: at });
  const known = unpack(ask({ v: 'browse', s: 'popular', k: 100 })).items.map(({ id }) => id);
  timed('first search', () => ask({ v: 'search', q: 's', k: 8 }));
  timed('first similar', () => ask({ v: 'movie', i: known[3], k: 12 }));
  timed('similar', () => ask({ v: 'movie', i: known[4], k: 12 }));

  const times = {};
  const next = random(5);
  for (const n of likes) {
    ask({ v: 'erase' });
    let at = from;
    const order = known.map((id) => [next(), id]).sort(([a], [b]) => a - b).map(([, id]) => id);
    for (const id of order.slice(0, n - 1)) act(id, at += day);
    for (let round = -3; round < count; round++) {
      for (const [name, question] of Object.entries(questions)) {
        act(order[(n + round + 3) % order.length], at += day);
        const began = performance.now();
        const answer = ask({ ...question, n: at });
        const took = performance.now() - began;
        if (unpack(answer).error) throw new Error(`${name}: ${unpack(answer).error.text}`);
        if (round >= 0) (times[`${n} likes: ${name}`] ??= []).push(took);
        ask({ v: 'undo', n: at });
      }
    }
  }
  return { ...ms, memory: exports.mem.buffer.byteLength, times };
}

globalThis.answers = answers; // on the page's own thread
if (globalThis.WorkerGlobalScope) {
  importScripts('/wasm_exec.js');
  onmessage = async ({ data }) => {
    try {
      postMessage({ done: await answers(data) });
    } catch (error) {
      postMessage({ failed: `${error.stack ?? error}` });
    }
  };
}
