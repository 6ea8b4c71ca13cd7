// Measures in Chromium the engine's cells beside hnswlib's graph on the same vectors, in one
// interleaved run: at least as much found of the best ten, how long a query takes, and how
// long the index takes to build. The builder is what builds it; what that would take in the
// browser is printed beside it. Prints a table; exit code 1 when a bar is missed.
// QUERIES=<of each search> (400). `make bench-peers` builds what it needs; the machine
// should be idle otherwise.
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Figures, least, median } from './figures.mjs';
import { script, stage } from './stage.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const [n, d] = [62_000, 64];
const figures = new Figures();

// native returns the seconds that the builder takes: the least of three.
function native() {
  const out = execFileSync('go', ['test', '-run', '^$', '-bench', `^BenchmarkCells/N=${n}$`, '-benchtime', '1x', '-count', '3', './build/index'], { cwd: here('../../..'), encoding: 'utf8' });
  return least([...out.matchAll(/^BenchmarkCells\S+\s+\d+\s+(\d+) ns\/op/gm)].map((line) => line[1] / 1e9));
}

const { browser, work, end } = await stage({ '/ivf.js': script('ivf.js'), '/inner.wasm': here('../../../.build/inner.wasm') });
try {
  const { of, builds, graphBuilt, cases, searches } = await work('/ivf.js', { program: '/inner.wasm', n, d, count: Number(process.env.QUERIES ?? 400), efs: [10, 50] });
  const built = native();
  console.log(`${cpus()[0].model}, ${cpus().length} processors, Chromium ${browser.version()}; the best 10 of ${n} × ${d}, ${of} cells`);
  console.log(`  built: hnswlib ${(graphBuilt / 1000).toFixed(2)} s; cells ${(least(builds) / 1000).toFixed(2)} s in WebAssembly, ${built.toFixed(2)} s by the builder`);
  for (const { name, ms, recall } of searches) console.log(`  ${name.padEnd(16)} p50 ${median(ms).toFixed(3)} ms, least ${least(ms).toFixed(3)}, recall ${recall.toFixed(3)}`);
  const ms = (name) => median(searches.find((search) => search.name === name).ms);
  for (const { ef, probes } of cases) figures.atLeast(`the best 10 of ${n} × ${d} at the recall of ef ${ef}, against hnswlib`, 1, ms(`hnswlib ef ${ef}`) / ms(`${probes} cells`), '×');
  figures.atLeast('building, by the builder, against hnswlib', 20, graphBuilt / 1000 / built, '×');
} finally {
  await end();
}
process.exit(figures.print());
