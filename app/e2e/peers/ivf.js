// Measures the cells of the engine beside hnswlib's graph of neighbours in a worker: how
// long each takes to build, and then the best ten of the same queries, every search in
// turn in each round.
import { loadHnswlib } from 'hnswlib-wasm';
import * as data from './data.js';
import { goProgram } from './program.js';

importScripts('/wasm_exec.js');

const found = (rows, wanted) => rows.filter((row) => wanted.has(row)).length / wanted.size;
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

// graph builds a graph (Malkov and Yashunin, TPAMI 2020); the bias is one more number of
// each row, as inner products allow.
function graph(library, t) {
  const index = new library.HierarchicalNSW('ip', t.d + 1, '');
  index.initIndex(t.n, 16, 100, 100);
  for (let r = 0; r < t.n; r++) index.addPoint([...t.floats.subarray(r * t.d, (r + 1) * t.d), t.bias[r]], r, false);
  return (ef) => (query) => {
    index.setEfSearch(ef);
    return Array.from(index.searchKnn([...query, 1], 10, undefined).neighbors);
  };
}

function cells({ exports, put, take }, t) {
  put(t.scale, t.bias, t.integers);
  exports.table(t.n, t.d);
  return {
    build: () => exports.cells(),
    scan(query) {
      put(query);
      exports.scan(10);
      return Array.from(take(Int32Array, 10));
    },
    search: (probes) => (query) => {
      put(query);
      exports.near(10, probes);
      return Array.from(take(Int32Array, 10));
    },
  };
}

const timed = (run) => {
  const from = performance.now();
  const result = run();
  return [performance.now() - from, result];
};

// As few cells are probed as find what the graph finds, of the queries that measure and of others:
// what is compared is speed at the same recall.
async function measure({ program, n, d, count, efs }) {
  const library = await loadHnswlib();
  const t = data.table(n, d);
  const ours = cells(await goProgram(program), t);
  const builds = [];
  let of;
  for (let round = 0; round < 3; round++) {
    const [ms, made] = timed(ours.build);
    builds.push(ms);
    of = made;
  }
  const [graphBuilt, searchOf] = timed(() => graph(library, t));
  const chosen = data.queries(t, 200, null, 5);
  const asked = data.queries(t, count, null, 6);
  const wantedOf = (queries) => queries.map((query) => new Set(data.best(t, query, 10)));
  const [choosing, wanted] = [wantedOf(chosen), wantedOf(asked)];
  const recallOf = (search, queries, sets) => mean(queries.map((query, at) => found(search(query), sets[at])));
  const cases = efs.map((ef) => {
    const other = searchOf(ef);
    const aim = Math.max(recallOf(other, chosen, choosing), recallOf(other, asked, wanted));
    let probes = 1;
    while (probes < of && Math.min(recallOf(ours.search(probes), chosen, choosing), recallOf(ours.search(probes), asked, wanted)) < aim) probes++;
    return { ef, probes, searches: { ours: ours.search(probes), theirs: other } };
  });
  const searches = [['scan', ours.scan], ...cases.flatMap(({ ef, probes, searches: s }) => [[`${probes} cells`, s.ours], [`hnswlib ef ${ef}`, s.theirs]])];
  const times = searches.map(() => []);
  for (const query of asked) searches.forEach(([, search], at) => times[at].push(timed(() => search(query))[0]));
  return {
    of, builds, graphBuilt, cases: cases.map(({ ef, probes }) => ({ ef, probes })),
    searches: searches.map(([name, search], at) => ({ name, ms: times[at], recall: recallOf(search, asked, wanted) })),
  };
}

onmessage = async ({ data: task }) => {
  try {
    postMessage({ done: await measure(task) });
  } catch (error) {
    postMessage({ failed: `${error.stack ?? error}` });
  }
};
