// What the engine answers: in a worker, as a visitor meets it, and on the page's own thread at a quarter of
// the speed, for a phone: the browser cannot slow a worker down. The bundles are the demo's and that of
// MovieLens 1M, where make has trained it; BUNDLES="name=file …" adds others: those of 62,000 and 200,000 items
// have bars where they are called 62k and 200k.
import { existsSync, readFileSync } from 'node:fs';
import { least, median } from '../lib/figures.mjs';
import { built, script, stage } from './stage.mjs';

const demo = new URL('../../../data/demo/', import.meta.url);
const likes = [3, 20, 100];
const bars = {
  demo: { '20 likes: list': 3 },
  'ML-1M': { '20 likes: list': 5, '20 likes: list and reasons': 12, '20 likes: home': 10 },
  '62k': { open: 200, '20 likes: similar': 10, 'search, early': 50, 'search, later': 50 },
  '200k': { open: 700, '20 likes: home': 100, memory: 200 },
};
const slowBars = { 'ML-1M': { '20 likes: list': 50 } };

function show(judge, name, { first, memory, times }, barsOf) {
  const keep = (what, figure) => {
    const bar = barsOf?.[what];
    judge[bar ? 'figure' : 'aside']({ name: `${name}, ${what}${figure.runs ? ', p50' : ''}`, bar, ...figure });
  };
  judge.say(`${name}: p50, least in ms`);
  keep('memory', { measured: memory / 1e6, unit: 'MB', digits: 1 });
  for (const [what, ms] of Object.entries({ ...first, ...times })) {
    judge.say(`  ${what.padEnd(28)} ${median(ms).toFixed(2).padStart(8)} ${least(ms).toFixed(2).padStart(8)}`);
    keep(what, { measured: median(ms), unit: 'ms', digits: 2, runs: ms.length });
  }
}

export async function measure(judge) {
  const count = Number(process.env.ROUNDS ?? 30);
  const { bundle } = JSON.parse(readFileSync(new URL('latest.json', demo)));
  const bundles = [['demo', new URL(`${bundle}.bundle`, demo)], ...(existsSync(built('ml-1m-64.bundle')) ? [['ML-1M', built('ml-1m-64.bundle')]] : []),
    ...(process.env.BUNDLES ?? '').split(/\s+/).filter(Boolean).map((one) => one.split('='))];
  const { page, work, end } = await stage({
    '/answers.js': script('answers.js'), '/whole.wasm': built('whole.wasm'),
    ...Object.fromEntries(bundles.map(([name, file]) => [`/${name}.bundle`, readFileSync(file)])),
  });
  const task = (name, more) => ({ program: '/whole.wasm', bundle: `/${name}.bundle`, likes, count, ...more });
  try {
    for (const [name] of bundles) show(judge, name, await work('/answers.js', task(name)), bars[name]);
    const slow = await page.context().newCDPSession(page);
    await page.addScriptTag({ url: '/wasm_exec.js' });
    await page.addScriptTag({ url: '/answers.js' });
    await slow.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    for (const [name] of bundles) {
      const result = await page.evaluate((one) => globalThis.answers(one), task(name, { count: Math.min(count, 12), visits: 1 }));
      show(judge, `${name} on the page's thread at CPU × 4`, result, slowBars[name]);
    }
  } finally {
    await end();
  }
}
