// Measures in Chromium the engine's inner loops beside those of other libraries on the same
// numbers, in one interleaved run, and prints a table; exit code 1 when a bar is missed.
// ROUNDS=<of each case> (30), MILLION=0 leaves out the million items. `make bench-peers`
// builds what it needs; the machine should be idle otherwise.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { launch } from '../lib/browser.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const built = path.resolve(here('../../../.build'));
const count = Number(process.env.ROUNDS ?? 30);

const script = buildSync({
  entryPoints: [here('worker.js')], bundle: true, write: false, format: 'iife', minify: true, platform: 'browser',
  define: { 'import.meta.url': '"http://localhost/"' },
}).outputFiles[0].contents;

// file returns what a path of the page is.
async function file(url) {
  const [, folder, name] = /^\/(ort|tf)\/([\w.-]+)$/.exec(url) ?? [];
  switch (folder) {
    case 'ort': return readFile(here(`node_modules/onnxruntime-web/dist/${name}`));
    case 'tf': return readFile(here(`node_modules/@tensorflow/tfjs-backend-wasm/dist/${name}`));
  }
  switch (url) {
    case '/': return '<!doctype html><title>peers</title>';
    case '/worker.js': return script;
    case '/inner.wasm': return readFile(path.join(built, 'inner.wasm'));
    case '/wasm_exec.js': return readFile(path.join(process.env.GOROOT, 'lib/wasm/wasm_exec.js'));
  }
  throw new Error(`no ${url}`);
}

const types = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };
const server = createServer(async (request, response) => {
  try {
    const body = await file(request.url);
    response.writeHead(200, { // isolated, so that its clock is fine
      'Content-Type': types[path.extname(request.url)] ?? 'text/html', 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp',
    }).end(body);
  } catch (error) {
    response.writeHead(404).end(String(error));
  }
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

// measure runs one case in a worker of its own.
async function measure(page, task) {
  const { done, failed } = await page.evaluate((message) => new Promise((resolve) => {
    const worker = new Worker('/worker.js');
    worker.onerror = (event) => resolve({ failed: event.message });
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data);
    };
    worker.postMessage(message);
  }), { program: '/inner.wasm', ...task });
  if (failed) throw new Error(failed);
  return done;
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const least = (values) => Math.min(...values);
const figures = [];

// compare records how many times faster ours is than the fastest of some others, by the
// least times.
function compare(name, bar, times, others) {
  const fastest = others.reduce((a, b) => (least(times[a]) <= least(times[b]) ? a : b));
  const measured = least(times[fastest]) / least(times.ours);
  figures.push({ figure: `${name}, against ${fastest}`, bar: `≥ ${bar} ×`, measured: `${measured.toFixed(2)} ×`, reached: measured >= bar });
}

function row(name, ms, more = '') {
  console.log(`  ${name.padEnd(16)} ${median(ms).toFixed(3).padStart(9)} ${least(ms).toFixed(3).padStart(9)}  ${more}`);
}

const browser = await launch();
try {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  console.log(`${cpus()[0].model}, ${cpus().length} processors, Chromium ${browser.version()}; ms p50, least of ${count} rounds`);
  const cases = [[10_000, 32], [10_000, 64], [10_000, 128], [62_000, 32], [62_000, 64], [62_000, 128], [1_000_000, 64]];
  for (const [n, d] of cases) {
    if (n === 1_000_000 && process.env.MILLION === '0') continue;
    const graph = n === 62_000 && d === 64;
    const { times, recall, built: building } = await measure(page, { kind: 'scans', n, d, k: 100, count: n > 100_000 ? Math.min(count, 8) : count, graph });
    console.log(`the best 100 of ${n} × ${d}${building ? ` (hnswlib: the best 10, built in ${(building / 1000).toFixed(1)} s)` : ''}`);
    for (const [name, ms] of Object.entries(times)) row(name, ms, `recall ${recall[name].toFixed(3)}`);
    if (d === 64 && n > 10_000) {
      compare(`the best 100 of ${n} × ${d}`, 2.5, times, ['ORT int8', 'ORT float32', 'TF.js rows', 'TF.js columns']);
      compare(`the best 100 of ${n} × ${d}`, 7, times, ['JavaScript']);
    }
  }
  for (const [sizes, rows, bar] of [[[160, 128, 64, 1], 500, 1], [[90, 64, 32, 1], 300, null]]) {
    const { times, apart } = await measure(page, { kind: 'networks', sizes, rows, count });
    console.log(`${rows} rows through ${sizes.join('-')}, float32`);
    for (const [name, ms] of Object.entries(times)) row(name, ms, `apart ${apart[name].toExponential(1)}`);
    if (bar) compare(`${rows} rows through ${sizes.join('-')}`, bar, times, ['ORT float32', 'TF.js']);
  }
} finally {
  await browser.close();
  server.close();
}
const cells = [['figure', 'bar', 'measured', 'reached'], ...figures.map((one) => [one.figure, one.bar, one.measured, one.reached ? 'yes' : 'NO'])];
const widths = cells[0].map((_, column) => Math.max(...cells.map((cell) => cell[column].length)));
for (const line of cells) console.log(line.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
process.exit(figures.every((one) => one.reached) ? 0 : 1);
