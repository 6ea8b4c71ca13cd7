// Measures one case in a worker, as the engine runs in one: every library in turn in each
// round, so that a slow moment of the machine meets all of them.
import * as data from './data.js';
import * as engines from './engines.js';

importScripts('/wasm_exec.js');
let loaded;

// rounds runs every function of runs once a round with the same argument and returns the
// times in ms by name, without those of the first rounds, and the last results.
async function rounds(runs, argument, count) {
  const times = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
  const results = {};
  for (let round = -3; round < count; round++) {
    for (const [name, run] of Object.entries(runs)) {
      const x = argument(round + 3);
      const from = performance.now();
      const result = await run(x);
      const ms = performance.now() - from;
      if (round >= 0) times[name].push(ms);
      (results[name] ??= []).push(result);
    }
  }
  return { times, results };
}

// What each engine's scan is made of. TF.js keeps the table as rows or as columns: which is faster depends
// on its size.
const kinds = {
  ours: (t, k) => engines.oursScan(loaded.ours, t, k),
  'ORT int8': engines.ortInt8,
  'ORT float32': engines.ortFloat,
  'TF.js rows': (t, k) => engines.tfScan(t, k, false),
  'TF.js columns': (t, k) => engines.tfScan(t, k, true),
  JavaScript: engines.jsScan,
};

// scans measures the engines of names, all where none are named, and hnswlib if graph is set.
async function scans({ n, d, k, count, graph, real, names = Object.keys(kinds) }) {
  const own = real && data.embeddings(await (await fetch(real)).arrayBuffer());
  const t = data.table(n, d, own);
  const asked = data.queries(t, count + 3, own);
  const wanted = asked.map((query) => data.best(t, query, k));
  const runs = {};
  for (const name of names) runs[name] = await kinds[name](t, k);
  let built = null;
  if (graph) {
    const made = engines.hnsw(loaded.hnsw, t);
    built = made.built;
    runs['hnswlib ef 10'] = made.search(10, 10);
    runs['hnswlib ef 50'] = made.search(10, 50);
  }
  const { times, results } = await rounds(runs, (round) => asked[round], count);
  for (const run of Object.values(runs)) run.free?.();
  const recall = Object.fromEntries(Object.entries(results).map(([name, found]) => [name, data.overlap(found, wanted, name.startsWith('hnswlib') ? 10 : k)]));
  return { times, recall, built };
}

async function networks({ sizes, rows, count }) {
  const layers = data.layers(sizes);
  const x = data.inputs(rows, sizes[0]);
  const runs = {
    ours: engines.oursNetwork(loaded.ours, layers, rows),
    'ORT float32': await engines.ortNetwork(layers, rows),
    'TF.js': engines.tfNetwork(layers, rows),
  };
  const { times, results } = await rounds(runs, () => x, count);
  const apart = (name) => Math.max(...results[name][0].map((v, at) => Math.abs(v - results.ours[0][at])));
  return { times, apart: Object.fromEntries(Object.keys(runs).map((name) => [name, apart(name)])) };
}

// The table and the queries that native.mjs gives to C too.
let kept;
function keep({ n, d, k, count }) {
  const t = data.table(n, d);
  kept = { scan: engines.oursScan(loaded.ours, t, k), asked: data.queries(t, count) };
}

// scan returns the ms and the rows of one of the queries.
function scan({ at }) {
  const from = performance.now();
  const rows = kept.scan(kept.asked[at]);
  return { ms: performance.now() - from, rows: Array.from(rows) };
}

onmessage = async ({ data: { program, kind, ...rest } }) => {
  try {
    loaded ??= await engines.ready(program);
    postMessage({ done: await { scans, networks, keep, scan }[kind](rest) });
  } catch (error) {
    postMessage({ failed: `${error.stack ?? error}` });
  }
};
