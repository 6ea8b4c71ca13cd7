// The longest task of the page and of the engine's worker on a visit to the site, as Chromium's own
// trace has it. Starting the programs is one task each and is told, without a bar. RUNS=<visits> (5).
import { idle, launch, visit, watch } from '../lib/browser.mjs';
import { forYou, go, like, movies } from '../lib/pages.mjs';
import { median } from '../lib/figures.mjs';
import { Server } from '../lib/server.mjs';

// what a visitor does once the site is there.
const steps = [
  ['likes', async (page) => { for (const id of [movies.shining, movies.alien, movies.heat]) await like(page, id); }],
  ['for you', forYou],
  ['search', async (page) => {
    await page.click('#search');
    await page.keyboard.type('star', { delay: 120 });
    await idle(page);
  }],
  ['browse', (page) => go(page, '/browse')],
  ['item', (page) => go(page, `/movie/${movies.starWars}`)],
  ['home', (page) => go(page, '/')],
  ['lab', (page) => go(page, '/lab')],
];

const mark = (page, name) => page.evaluate((one) => { performance.mark(one); }, `step ${name}`);

// walk returns the trace of a first visit, with a mark before each step.
async function walk(server) {
  const browser = await launch();
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await watch(context, server.origin);
    await browser.startTracing(undefined, { categories: ['toplevel', 'loading', 'blink.user_timing', '__metadata'] });
    const page = await visit(context, server.origin);
    await idle(page);
    for (const [name, act] of steps) {
      await mark(page, name);
      await act(page);
      await idle(page);
    }
    return JSON.parse(await browser.stopTracing()).traceEvents;
  } finally {
    await browser.close();
  }
}

const threads = { CrRendererMain: 'page', 'DedicatedWorker thread': 'worker' };

// longest returns {"page, search": ms} of a trace: of each thread and step the longest task that began
// in it, from the first paint on. Before the first mark it is "start".
export function longest(events) {
  const names = new Map(events.filter(({ name }) => name === 'thread_name').map(({ pid, tid, args }) => [`${pid}/${tid}`, threads[args.name]]));
  const marks = events.filter(({ name }) => name.startsWith('step ')).map(({ name, ts }) => ({ name: name.slice(5), ts })).sort((a, b) => a.ts - b.ts);
  const site = events.find(({ name }) => name.startsWith('step '))?.pid; // other processes draw other pages
  const painted = events.find(({ name, pid }) => name === 'firstContentfulPaint' && pid === site)?.ts;
  const all = {};
  for (const { name, pid, tid, ts, dur } of events) {
    const thread = names.get(`${pid}/${tid}`);
    if (!/RunTask$/.test(name) || pid !== site || !thread || !dur || ts < painted) continue;
    const step = marks.findLast((one) => one.ts <= ts)?.name ?? 'start';
    all[`${thread}, ${step}`] = Math.max(all[`${thread}, ${step}`] ?? 0, dur / 1000);
  }
  return all;
}

export async function measure(judge) {
  const runs = Number(process.env.RUNS ?? 5);
  const server = await new Server().start();
  const all = {};
  try {
    for (let run = 0; run < runs; run++) {
      for (const [where, ms] of Object.entries(longest(await walk(server)))) (all[where] ??= []).push(ms);
    }
  } finally {
    await server.stop();
  }
  for (const [where, ms] of Object.entries(all)) judge.aside({ name: `longest task, ${where}, p50`, measured: median(ms), unit: 'ms', runs });
  for (const thread of Object.values(threads)) {
    const after = Object.entries(all).filter(([where]) => where.startsWith(thread) && !where.endsWith('start')).map(([where, ms]) => [median(ms), where]).sort(([a], [b]) => b - a);
    judge.figure({ name: `longest task of the ${thread} once the programs have started, p50 of visits (in: ${after[0][1].split(', ')[1]})`, bar: 50, measured: after[0][0], unit: 'ms', digits: 1, runs });
    judge.figure({ name: `… while they start, after the first paint: ${thread}`, measured: median(all[`${thread}, start`]), unit: 'ms', digits: 1, runs });
  }
}
