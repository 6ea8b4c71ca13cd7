// The widget's cost for a host's page, and how long its visitors wait: bytes of the loader, requests,
// layout shift, blocking, the first list cold over a phone's network and from the cache.
// RUNS=<loads of each kind> (5). Needs the site compressed as it ships.
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch } from '../lib/browser.mjs';
import { run } from '../lib/exported.mjs';
import { median } from '../lib/figures.mjs';
import { host, page } from '../lib/host.mjs';
import { lists } from '../lib/lists.mjs';
import { Server, fast4g, siteFolder } from '../lib/server.mjs';
import { record, settled } from '../lib/widget.mjs';

const runs = Number(process.env.RUNS ?? 5);
const text = '<p>Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.</p>';
const list = '<sparrow-similar item="50" link="/movie/{id}"></sparrow-similar>';
let edge;
let site;

// watch runs in the page before its scripts: it sums up layout shifts, and
// blocking time.
function watch() {
  globalThis.cost = { shift: 0, blocked: 0, longest: 0 };
  new PerformanceObserver((entries) => { for (const { value, hadRecentInput } of entries.getEntries()) cost.shift += hadRecentInput ? 0 : value; }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((entries) => {
    for (const { duration } of entries.getEntries()) {
      cost.blocked += Math.max(0, duration - 50);
      cost.longest = Math.max(cost.longest, duration);
    }
  }).observe({ type: 'longtask', buffered: true });
}

// visit opens a host's page in a browser without any cache of it, and closes it
// after measure.
async function visit(markup, measure, { slow = null, head = '' } = {}) {
  const browser = await launch();
  site.pages = { '/': { body: page(edge.origin, markup, { head }) } };
  site.latency = slow ? slow.latency : 0;
  edge.slow = slow;
  edge.requests.length = 0;
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.addInitScript(record);
    await context.addInitScript(watch);
    return await measure(await context.newPage(), context);
  } finally {
    edge.slow = null;
    await browser.close();
  }
}

// shown returns the milliseconds from the start of the navigation to the first list.
async function shown(tab) {
  await settled(tab);
  return tab.evaluate(() => received.events.find(({ name }) => name === 'ready').at);
}

export async function measure(judge) {
  [edge, site] = [await new Server().start(), await host(null)];
  try {
    const named = { say: judge.say, figure: (one) => judge.figure({ ...one, name: `widget: ${one.name}` }) };
    await costs(named);
    await waits(named);
  } finally {
    await edge.stop();
    site.stop();
  }
}

async function costs(judge) {
  const { size } = await stat(path.join(siteFolder, 'v1/widget.js.br'));
  judge.figure({ name: 'loader, brotli 11', unit: 'KB', bar: 8, measured: size / 1000, digits: 2 });
  const pinned = (await readdir(path.join(siteFolder, 'a'))).find((name) => name.endsWith('.widget.js.br'));
  judge.figure({ name: 'the pinned script, with all that runs in a page inside, brotli 11', unit: 'KB', bar: 17, measured: (await stat(path.join(siteFolder, 'a', pinned))).size / 1000, digits: 2 });

  const early = await visit(`${text.repeat(60)}${list}`, async (tab) => {
    await tab.goto(site.origin);
    await sleep(2000);
    const before = edge.requests.filter((one) => one !== '/v1/widget.js').length;
    await tab.evaluate(() => document.querySelector('sparrow-similar').scrollIntoView());
    await settled(tab); // it was live
    return before;
  });
  judge.figure({ name: 'requests before it is near the view', bar: 0, measured: early });

  const shift = (markup, head) => visit(markup, async (tab) => {
    await tab.goto(site.origin);
    await settled(tab).catch(() => {});
    for (let i = 0; i < 30; i++) {
      await tab.evaluate(() => scrollBy(0, 100));
      await sleep(30);
    }
    await settled(tab);
    await sleep(300);
    return tab.evaluate(() => cost.shift);
  }, { slow: fast4g, head });
  judge.figure({ name: 'layout shift, one line below the fold, scrolled to', bar: 0.01, measured: await shift(`${text.repeat(30)}${list}${text.repeat(20)}`), digits: 4 });
  judge.figure({ name: 'layout shift, in the first view, room reserved as the guide says', bar: 0.01, measured: await shift(`${list}${text.repeat(20)}`, '<style>sparrow-similar{display:block;min-height:366px}</style>'), digits: 4 });
  judge.say(`(in the first view without room reserved it shifts by ${(await shift(`${list}${text.repeat(20)}`)).toFixed(3)})`);

  const blocked = [];
  for (let i = 0; i < runs; i++) {
    blocked.push(await visit(list, async (tab, context) => {
      await (await context.newCDPSession(tab)).send('Emulation.setCPUThrottlingRate', { rate: 4 });
      await tab.goto(site.origin);
      await settled(tab);
      await sleep(1500);
      return tab.evaluate(() => cost.blocked);
    }));
  }
  judge.figure({ name: 'blocking time of the main thread at CPU × 4', unit: 'ms', bar: 50, measured: median(blocked), runs });
}

async function waits(judge) {
  const cold = [];
  for (let i = 0; i < runs; i++) {
    cold.push(await visit(list, async (tab) => {
      await tab.goto(site.origin);
      return (await shown(tab)) / 1000;
    }, { slow: fast4g }));
  }
  judge.figure({ name: 'first list without one made in advance, cold, 8.1 Mbit/s and 165 ms, demo bundle', unit: 's', bar: 2.5, measured: median(cold), runs, digits: 2 });

  // The same with lists made in advance, as an edge has them: not compressed.
  run('./build', 'lists', '--bundle', 'data/demo');
  const made = await lists();
  edge.site = async (name) => (name === '/v1/similar/50.json' ? made(name) : null);
  const first = [];
  for (let i = 0; i < runs; i++) {
    first.push(await visit(list, async (tab) => {
      const answers = [];
      tab.on('response', (response) => response.url().startsWith(edge.origin) && answers.push({ path: new URL(response.url()).pathname, bytes: Number(response.headers()['content-length'] ?? 0) }));
      await tab.goto(site.origin);
      const seconds = (await shown(tab)) / 1000;
      const before = await tab.evaluate(() => cost.shift);
      const { mode } = await tab.evaluate(() => received.events.find(({ name }) => name === 'ready'));
      if (mode !== 'list') throw new Error(`the first list is by ${mode}`);
      await tab.waitForFunction(() => received.events.some(({ name, mode: by }) => name === 'ready' && by === 'inline'), null, { timeout: 30e3 });
      await sleep(300);
      const needed = answers.filter(({ path: one }) => !/takeover|engine|bundle|latest|experiments|trending/.test(one));
      return { seconds, bytes: needed.reduce((sum, { bytes }) => sum + bytes, 0) / 1000, shift: await tab.evaluate(() => cost.shift) - before, paths: needed.map(({ path: one, bytes }) => `${one.replace(/[0-9a-f]{16}\./, '')} ${bytes}`) };
    }, { slow: fast4g, head: '<style>sparrow-similar{display:block;min-height:366px}</style>' }));
  }
  judge.say(`(the first list needs ${first[0].paths.join(', ')} bytes; ${first.map(({ seconds }) => seconds.toFixed(2)).join(' ')} s)`);
  judge.figure({ name: 'first similar list on a strange page, cold, 8.1 Mbit/s and 165 ms', unit: 's', bar: 0.8, measured: median(first.map(({ seconds }) => seconds)), runs, digits: 2 });
  judge.figure({ name: 'first similar list on a strange page: bytes of all that it needs', unit: 'KB', bar: 16, measured: Math.max(...first.map(({ bytes }) => bytes)), runs, digits: 1 });
  judge.figure({ name: 'layout shift when the engine takes over', bar: 0, measured: Math.max(...first.map(({ shift: moved }) => moved)), runs, digits: 4 });
  edge.site = null;

  const warm = await visit(list, async (tab) => {
    const all = [];
    await tab.goto(site.origin);
    await shown(tab);
    for (let i = 0; i < 2 * runs + 1; i++) {
      await tab.goto(`${site.origin}/?${i}`);
      all.push(await shown(tab) - await tab.evaluate(() => performance.getEntriesByType('navigation')[0].responseEnd));
      await sleep(500);
    }
    return all;
  }, { slow: fast4g });
  judge.say(`(from the cache: ${warm.map(Math.round).join(' ')} ms)`);
  judge.figure({ name: 'first list, from the cache, since the page arrived', unit: 'ms', bar: 300, measured: median(warm), runs: warm.length });
}
