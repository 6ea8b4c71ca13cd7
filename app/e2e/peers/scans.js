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

// overlap returns the share of the k best that was found, mean over the rounds.
const overlap = (found, wanted, k) => found.reduce((sum, rows, at) => sum + Array.from(rows).slice(0, k).filter((row) => wanted[at].has(row)).length, 0) / found.length / k;

async function scans({ n, d, k, count, graph }) {
  const t = data.table(n, d);
  const asked = data.queries(t, count + 3);
  const runs = {
    ours: engines.oursScan(loaded.ours, t, k),
    'ORT int8': await engines.ortInt8(t, k),
    'ORT float32': await engines.ortFloat(t, k),
    'TF.js rows': engines.tfScan(t, k, false),
    'TF.js columns': engines.tfScan(t, k, true),
    JavaScript: engines.jsScan(t, k),
  };
  let built = null;
  if (graph) {
    const made = engines.hnsw(loaded.hnsw, t);
    built = made.built;
    runs['hnswlib ef 10'] = made.search(10, 10);
    runs['hnswlib ef 50'] = made.search(10, 50);
  }
  const { times, results } = await rounds(runs, (round) => asked[round], count);
  for (const run of Object.values(runs)) run.free?.();
  const wanted = asked.map((query) => data.best(t, query, k));
  const recall = Object.fromEntries(Object.entries(results).map(([name, found]) => {
    const of = name.startsWith('hnswlib') ? 10 : k;
    return [name, overlap(found, wanted.map((rows) => new Set(rows.slice(0, of))), of)];
  }));
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

onmessage = async ({ data: { program, kind, ...rest } }) => {
  try {
    loaded ??= await engines.ready(program);
    postMessage({ done: await { scans, networks }[kind](rest) });
  } catch (error) {
    postMessage({ failed: `${error.stack ?? error}` });
  }
};
