// Measures in Chromium the engine's inner loops beside those of other libraries on the same
// numbers, in one interleaved run, and prints a table; exit code 1 when a bar is missed.
// ROUNDS=<of each case> (30), MILLION=0 leaves out the million items, CASES=62000x64
// all others. `make bench-peers`
// builds what it needs; the machine should be idle otherwise.
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Figures, least, median } from './figures.mjs';
import { script, stage } from './stage.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const count = Number(process.env.ROUNDS ?? 30);
const figures = new Figures();

// compare records how many times faster ours is than the fastest of some others, by the
// least times.
function compare(name, bar, times, others) {
  const fastest = others.reduce((a, b) => (least(times[a]) <= least(times[b]) ? a : b));
  figures.atLeast(`${name}, against ${fastest}`, bar, least(times[fastest]) / least(times.ours), '×');
}

function row(name, ms, more) {
  console.log(`  ${name.padEnd(16)} ${median(ms).toFixed(3).padStart(9)} ${least(ms).toFixed(3).padStart(9)}  ${more}`);
}

const { browser, work, end } = await stage({
  '/scans.js': script('scans.js'), '/inner.wasm': here('../../../.build/inner.wasm'),
  '/ort/': here('node_modules/onnxruntime-web/dist'), '/tf/': here('node_modules/@tensorflow/tfjs-backend-wasm/dist'),
});
const measure = (task) => work('/scans.js', { program: '/inner.wasm', ...task });
try {
  console.log(`${cpus()[0].model}, ${cpus().length} processors, Chromium ${browser.version()}; ms p50, least of ${count} rounds`);
  const cases = [[10_000, 32], [10_000, 64], [10_000, 128], [62_000, 32], [62_000, 64], [62_000, 128], [1_000_000, 64]];
  for (const [n, d] of cases) {
    if (process.env.CASES ? !process.env.CASES.split(' ').includes(`${n}x${d}`) : n === 1_000_000 && process.env.MILLION === '0') continue;
    const graph = n === 62_000 && d === 64;
    const { times, recall, built } = await measure({ kind: 'scans', n, d, k: 100, count: n > 100_000 ? Math.min(count, 8) : count, graph });
    console.log(`the best 100 of ${n} × ${d}${built ? ` (hnswlib: the best 10, built in ${(built / 1000).toFixed(1)} s)` : ''}`);
    for (const [name, ms] of Object.entries(times)) row(name, ms, `recall ${recall[name].toFixed(3)}`);
    if (d === 64 && n > 10_000) {
      compare(`the best 100 of ${n} × ${d}`, 2.5, times, ['ORT int8', 'ORT float32', 'TF.js rows', 'TF.js columns']);
      compare(`the best 100 of ${n} × ${d}`, 7, times, ['JavaScript']);
    }
  }
  for (const [sizes, rows, bar] of [[[160, 128, 64, 1], 500, 1], [[90, 64, 32, 1], 300, null]]) {
    const { times, apart } = await measure({ kind: 'networks', sizes, rows, count });
    console.log(`${rows} rows through ${sizes.join('-')}, float32`);
    for (const [name, ms] of Object.entries(times)) row(name, ms, `apart ${apart[name].toExponential(1)}`);
    if (bar) compare(`${rows} rows through ${sizes.join('-')}`, bar, times, ['ORT float32', 'TF.js']);
  }
} finally {
  await end();
}
process.exit(figures.print());
