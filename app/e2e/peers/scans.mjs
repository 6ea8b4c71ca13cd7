// The best of many vectors, beside other libraries on the same numbers and in one run: each table's
// engines in turn in every round. CASES="62000x64 …" measures those tables alone.
import { existsSync } from 'node:fs';
import { least, median, merged } from '../lib/figures.mjs';
import { built, libraries, script, stage } from './stage.mjs';

const k = 100;
const scanned = ['ORT int8', 'ORT float32', 'TF.js rows', 'TF.js columns'];

// cases are all tables [n, d]: the number of items of MovieLens 1M, of a shop, of MovieLens 25M, a million.
const cases = [3_883, 10_000, 62_000, 1_000_000].flatMap((n) => [32, 64, 128].map((d) => [n, d]));

// Numbers of a table from which on its engines do not fit into one worker beside each other: each
// peer then stands beside ours in a worker of their own.
const apart = 1e8;

// The embeddings of MovieLens 1M of that width, where make has trained them.
export const real = (d) => built(`ml-1m-${d}.vectors`);

// measureCase returns what each worker measured of one table, {times, recall, built}.
async function measureCase(work, n, d, count) {
  const task = { program: '/inner.wasm', kind: 'scans', n, d, k, count, real: existsSync(real(d)) ? `/${d}.vectors` : null };
  if (n * d < apart) return [await work('/scans.js', { ...task, graph: n > 5_000 && n < 100_000 })]; // a graph of a million: minutes
  const pairs = [];
  for (const peer of [...scanned, 'JavaScript']) pairs.push(await work('/scans.js', { ...task, count: Math.min(count, 5), names: ['ours', peer] }));
  return pairs;
}

export async function measure(judge) {
  const count = Number(process.env.ROUNDS ?? 30);
  const chosen = process.env.CASES?.split(/[ ,]+/);
  const { work, end } = await stage({
    '/scans.js': script('scans.js'), '/inner.wasm': built('inner.wasm'), ...libraries,
    ...Object.fromEntries([32, 64, 128].map((d) => [`/${d}.vectors`, real(d)])),
  });
  try {
    for (const [n, d] of cases) {
      if (chosen ? !chosen.includes(`${n}x${d}`) : n < 10_000 && !existsSync(real(d))) continue;
      const { times, recall, built: graph } = merged(await measureCase(work, n, d, n > 100_000 ? Math.min(count, 8) : count));
      judge.say(`the best ${k} of ${n} × ${d}, ${existsSync(real(d)) ? 'MovieLens 1M and around it' : 'drawn'}${graph ? ` (hnswlib: the best 10, built in ${(graph / 1000).toFixed(1)} s)` : ''}: p50, least`);
      for (const [engine, ms] of Object.entries(times)) {
        judge.say(`  ${engine.padEnd(16)} ${median(ms).toFixed(3).padStart(9)} ${least(ms).toFixed(3).padStart(9)}  recall ${recall[engine].toFixed(3)}`);
        judge.point({ n, d, k: engine.startsWith('hnswlib') ? 10 : k, engine, ms: least(ms), recall: recall[engine] });
      }
      const bars = d === 64 && n > 10_000 ? [2.5, 7] : [undefined, undefined];
      judge.ratio(`the best ${k} of ${n} × ${d}, against the fastest library`, bars[0], times, scanned);
      judge.ratio(`the best ${k} of ${n} × ${d}, against JavaScript`, bars[1], times, ['JavaScript']);
      const hnswlib = Object.keys(times).filter((name) => name.startsWith('hnswlib'));
      for (const name of hnswlib) judge.ratio(`all ${n} × ${d} scanned, against a graph for the best 10`, undefined, times, [name]);
    }
  } finally {
    await end();
  }
}
