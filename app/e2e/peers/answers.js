// Measures what the engine answers, in a worker or on the page's own thread: the engine with every verb
// and a bundle, and a like that it did not know before each question.
import { encode, float32 } from '../../../static/js/event.js';
import { unpack } from '../../../static/js/embedded.js';
import { random } from './data.js';
import { goProgram } from './program.js';

const day = 86_400;
const from = 1_600_000_000;
const warm = 10; // rounds until the browser has compiled the program for the second time

const questions = {
  list: () => ({ v: 'recommend', k: 20, y: float32(-1), w: 'later' }),
  'list and reasons': () => ({ v: 'recommend', k: 20, y: float32(-1) }),
  home: () => ({ v: 'home', k: 13, y: float32(-1), w: 'later' }),
  similar: (id) => ({ v: 'movie', i: id, k: 12 }),
};

// opened returns an engine that has opened a bundle, and the ms of it.
async function opened(program, file) {
  const { exports, put } = await goProgram(program);
  const began = performance.now();
  put(file);
  const refused = exports.open(file.length);
  const ms = performance.now() - began;
  if (refused) throw new Error('the bundle does not open');
  const ask = (request) => {
    const bytes = encode(request);
    put(bytes);
    exports.take(bytes.length);
    const length = exports.answer();
    return new Uint8Array(exports.mem.buffer, exports.outbox() >>> 0, length).slice();
  };
  // timed returns the ms of an answer, which must not be an error.
  const timed = (request) => {
    const start = performance.now();
    const answer = ask(request);
    const took = performance.now() - start;
    const { error } = unpack(answer);
    if (error) throw new Error(`${request.v}: ${error.text}`);
    return took;
  };
  return { exports, ask, timed, ms, popular: () => unpack(ask({ v: 'browse', s: 'popular', k: 200 })).items.map(({ id }) => id) };
}

// first measures what a visit asks once: a search before the engine has prepared anything and one after, and
// how long a piece of that preparation takes. Each from an engine of its own: nothing is warm.
async function first(program, file) {
  const search = { v: 'search', q: 's', k: 8 };
  const early = await opened(program, file);
  const ms = { open: early.ms, 'search, early': early.timed(search) };
  const later = await opened(program, file);
  const known = later.popular();
  ms['similar, first'] = later.timed(questions.similar(known[3]));
  ms['longest piece of idle work'] = 0;
  for (let more = 1; more;) {
    const start = performance.now();
    more = later.exports.idle();
    ms['longest piece of idle work'] = Math.max(ms['longest piece of idle work'], performance.now() - start);
  }
  ms['search, later'] = later.timed(search);
  ms.open = Math.min(ms.open, later.ms);
  return ms;
}

// answers returns {first: ms of what is asked once, of each round, memory: bytes, times: {"20 likes:
// list": ms of each round}}.
export async function answers({ program, bundle, likes, count, visits = 3 }) {
  const file = new Uint8Array(await (await fetch(bundle)).arrayBuffer());
  const once = {};
  for (let visit = 0; visit < visits; visit++) {
    for (const [what, ms] of Object.entries(await first(program, file))) (once[what] ??= []).push(ms);
  }
  const { exports, ask, timed, popular } = await opened(program, file);
  const known = popular();
  const times = {};
  const next = random(5);
  for (const n of likes) {
    ask({ v: 'erase' });
    let at = from;
    const act = (id) => ask({ v: 'act', e: [{ i: id, a: 'like', t: at += day }], n: at });
    const order = known.map((id) => [next(), id]).sort(([a], [b]) => a - b).map(([, id]) => id);
    for (const id of order.slice(0, n - 1)) act(id);
    const fresh = order.slice(n - 1); // never among those that are liked
    for (let round = -warm; round < count; round++) {
      for (const [name, question] of Object.entries(questions)) {
        act(fresh[(round + warm) % fresh.length]);
        const ms = timed({ ...question(fresh[(round + warm + 10) % fresh.length]), n: at });
        if (round >= 0) (times[`${n} likes: ${name}`] ??= []).push(ms);
        ask({ v: 'undo', n: at });
      }
    }
  }
  return { first: once, memory: exports.mem.buffer.byteLength, times };
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
