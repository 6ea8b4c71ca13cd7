// Measures in Chromium what the engine answers: in a worker, as a visitor meets it, and on the
// page's own thread at a quarter of the speed, for a phone: the browser cannot slow a worker
// down. Exit code 1 when a bar is missed. BUNDLES="name=file …" adds bundles to the demo's;
// bars are of those named sasrec (of MovieLens 1M). ROUNDS=<of each question> (30).
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Figures, least, median } from './figures.mjs';
import { script, stage } from './stage.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const count = Number(process.env.ROUNDS ?? 30);
const { bundle } = JSON.parse(readFileSync(here('../../../data/demo/latest.json')));
const bundles = [['demo', here(`../../../data/demo/${bundle}.bundle`)], ...(process.env.BUNDLES ?? '').split(/\s+/).filter(Boolean).map((one) => one.split('='))];
const bars = {
  demo: { list: 3 },
  sasrec: { list: 5, 'list and reasons': 12, home: 10, slow: 50 },
};

const { browser, page, work, end } = await stage({
  '/answers.js': script('answers.js'), '/whole.wasm': here('../../../.build/whole.wasm'),
  ...Object.fromEntries(bundles.map(([name, file]) => [`/${name}.bundle`, file])),
});
const figures = new Figures();

function show(name, { open, memory, times, ...first }) {
  console.log(`${name}: open ${open.toFixed(0)} ms, ${Object.entries(first).map(([what, ms]) => `${what} ${ms.toFixed(1)} ms`).join(', ')}, ${(memory / 2 ** 20).toFixed(1)} MB`);
  for (const [what, ms] of Object.entries(times)) console.log(`  ${what.padEnd(28)} ${median(ms).toFixed(2).padStart(8)} ${least(ms).toFixed(2).padStart(8)}`);
}

try {
  console.log(`${cpus()[0].model}, ${cpus().length} processors, Chromium ${browser.version()}; ms p50, least of ${count} rounds, a new like before each`);
  for (const [name] of bundles) {
    const task = { program: '/whole.wasm', bundle: `/${name}.bundle`, likes: [3, 20, 100], count };
    const result = await work('/answers.js', task);
    show(name, result);
    for (const question of ['list', 'list and reasons', 'home']) {
      const bar = bars[name]?.[question];
      if (bar) figures.atMost(`${name}, 20 likes: ${question}, p50`, bar, median(result.times[`20 likes: ${question}`]), 'ms');
    }
  }
  const slow = await page.context().newCDPSession(page);
  await page.addScriptTag({ url: '/wasm_exec.js' });
  await page.addScriptTag({ url: '/answers.js' });
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  for (const [name] of bundles) {
    const result = await page.evaluate((task) => globalThis.answers(task), { program: '/whole.wasm', bundle: `/${name}.bundle`, likes: [20], count: Math.min(count, 12) });
    show(`${name}, on the page's thread at CPU × 4`, result);
    const bar = bars[name]?.slow;
    if (bar) figures.atMost(`${name}, 20 likes at CPU × 4: list, p50`, bar, median(result.times['20 likes: list']), 'ms');
  }
} finally {
  await end();
}
process.exit(figures.print());
