// The engine's cells beside hnswlib's graph on the same vectors, in one interleaved run: at least as
// much found of the best ten, how long a query takes, and how long the index takes to build. The
// builder is what builds it; what that would take in the browser is told beside it.
// QUERIES=<of each search> (400).
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { least, median } from '../lib/figures.mjs';
import { built, script, stage } from './stage.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const [n, d] = [62_000, 64];

// native returns the seconds that the builder takes: the least of three.
function native() {
  const out = execFileSync('go', ['test', '-run', '^$', '-bench', `^BenchmarkCells/N=${n}$`, '-benchtime', '1x', '-count', '3', './build/index'], { cwd: here('../../..'), encoding: 'utf8' });
  return least([...out.matchAll(/^BenchmarkCells\S+\s+\d+\s+(\d+) ns\/op/gm)].map((line) => line[1] / 1e9));
}

export async function measure(judge) {
  const { work, end } = await stage({ '/ivf.js': script('ivf.js'), '/inner.wasm': built('inner.wasm') });
  try {
    const { of, builds, graphBuilt, cases, searches } = await work('/ivf.js', { program: '/inner.wasm', n, d, count: Number(process.env.QUERIES ?? 400), efs: [10, 50] });
    const seconds = native();
    judge.say(`the best 10 of ${n} × ${d}, ${of} cells; built: hnswlib ${(graphBuilt / 1000).toFixed(2)} s; cells ${(least(builds) / 1000).toFixed(2)} s in WebAssembly, ${seconds.toFixed(2)} s by the builder`);
    for (const { name, ms, recall } of searches) judge.say(`  ${name.padEnd(16)} p50 ${median(ms).toFixed(3)} ms, least ${least(ms).toFixed(3)}, recall ${recall.toFixed(3)}`);
    const ms = (name) => median(searches.find((search) => search.name === name).ms);
    for (const { ef, probes } of cases) {
      judge.figure({ name: `the best 10 of ${n} × ${d} by cells, at the recall of ef ${ef}, p50`, bar: 1, least: true, measured: ms(`hnswlib ef ${ef}`) / ms(`${probes} cells`), unit: '×', digits: 2, peer: 'hnswlib', runs: searches[0].ms.length });
    }
    judge.figure({ name: `cells of ${n} × ${d} built by the builder`, bar: 20, least: true, measured: graphBuilt / 1000 / seconds, unit: '×', digits: 0, peer: 'hnswlib', runs: 3 });
  } finally {
    await end();
  }
}
