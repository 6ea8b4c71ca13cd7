// Measures what the engine with every verb takes of a catalog, in a worker: to open it, for the first
// question asked, and for later ones, with a like before each that it did not know.
import { encode, float32 } from '../../../static/js/event.js';
import { unpack } from '../../../static/js/embedded.js';
import { random } from './data.js';
import { goProgram } from './program.js';

const day = 86_400;
const from = 1_600_000_000;
const history = 20;

// questions returns the requests, of which similar and search change from one to the next.
const questions = (known) => ({
  recommend: () => ({ v: 'recommend', k: 20, y: float32(-1), w: 'later' }),
  home: () => ({ v: 'home', k: 13, y: float32(-1), w: 'later' }),
  similar: (i) => ({ v: 'movie', i: known[i % known.length].id, k: 12 }),
  search: (i) => ({ v: 'search', q: known[i % known.length].title.slice(0, 4), k: 8 }),
});

// growth opens a bundle, asks the question called first at once and, with rounds, all of them again
// after the idle work is done. It returns ms: {open, first, idle, list of each question}, and bytes of memory.
async function growth({ program, bundle, first, rounds }) {
  const file = new Uint8Array(await (await fetch(bundle)).arrayBuffer());
  const { exports, put } = await goProgram(program);
  const timed = (run) => {
    const began = performance.now();
    const result = run();
    return [performance.now() - began, result];
  };
  const [open, refused] = timed(() => {
    put(file);
    return exports.open(file.length);
  });
  if (refused) throw new Error(`${bundle} does not open`);
  const ask = (request) => {
    const bytes = encode(request);
    put(bytes);
    exports.take(bytes.length);
    const length = exports.answer(); // the memory may grow meanwhile
    const answer = unpack(new Uint8Array(exports.mem.buffer, exports.outbox() >>> 0, length).slice());
    if (answer.error) throw new Error(`${request.v}: ${answer.error.text}`);
    return answer;
  };
  let at = from;
  const act = (id) => ask({ v: 'act', e: [{ i: id, a: 'like', t: at += day }], n: at });
  const [browse, { items: known }] = timed(() => ask({ v: 'browse', s: 'popular', k: 200 }));
  const next = random(5);
  const order = known.map(({ id }) => [next(), id]).sort(([a], [b]) => a - b).map(([, id]) => id);
  for (const id of order.slice(0, history)) act(id);
  const all = questions(known);
  const result = { open, browse, first: timed(() => ask({ ...all[first](3), n: at }))[0], times: {} };
  if (rounds) {
    [result.idle] = timed(() => { while (exports.idle()); });
    for (let round = 0; round < rounds; round++) {
      for (const [name, question] of Object.entries(all)) {
        act(order[(history + round) % order.length]);
        const request = { ...question(history + round), n: at };
        (result.times[name] ??= []).push(timed(() => ask(request))[0]);
        ask({ v: 'undo', n: at });
      }
    }
  }
  return { ...result, memory: exports.mem.buffer.byteLength };
}

importScripts('/wasm_exec.js');
onmessage = async ({ data }) => {
  try {
    postMessage({ done: await growth(data) });
  } catch (error) {
    postMessage({ failed: `${error.stack ?? error}` });
  }
};
