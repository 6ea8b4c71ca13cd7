// Measures what is lost between a visitor's tap and the edge's disk while
// nearly half of all requests fail and the browser is killed again and again.
// Beside the outbox, in the same browser and through the same faults, runs a
// deliberately naive queue: if that one loses nothing, the faults were too mild
// and the run is invalid.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Chromium } from './lib/chromium.mjs';
import { random } from './lib/fake-time.mjs';
import { Edge } from './lib/edge.mjs';
import { table } from './lib/figures.mjs';

const want = Number(process.env.EVENTS ?? 3000);
const kills = Number(process.env.KILLS ?? 12); // at least
const seed = Number(process.env.SEED ?? 1);

// One request in two fails, in one of these ways.
const faults = [
  { name: '500', before: true, status: 500 }, { name: '503', before: true, status: 503 },
  { name: '429', before: true, status: 429, headers: { 'Retry-After': '1' } },
  { name: 'reset before storing', before: true }, { name: 'stall before storing', before: true, stall: 3000 },
  { name: 'reset after storing' }, { name: '500 after storing', status: 500 }, { name: 'stall after storing', stall: 3000 },
];

// listen receives the pages' reports: the accepted events, and the outbox's
// counts.
async function listen() {
  const received = { careful: new Set(), naive: new Set(), audits: [] };
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    const what = request.url.slice(1);
    if (what === 'audit') received.audits.push(JSON.parse(text));
    else received[what].add(text);
    response.writeHead(204).end();
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return Object.assign(received, { server, url: `http://127.0.0.1:${server.address().port}` });
}

const dice = random(seed);
const edge = await new Edge().start();
const chance = random(seed + 1);
let faulty = true;
edge.faults = () => (faulty && chance() < 0.5 ? faults[Math.floor(chance() * faults.length)] : null);
const received = await listen();
const folder = await mkdtemp(path.join(tmpdir(), 'sparrow-fault-'));
const browser = new Chromium();
const page = (query) => `${edge.origin}/harness/fault.html?${new URLSearchParams({ report: received.url, ...query })}`;
const began = Date.now();
let launches = 0;
let closes = 0;

try {
  while (received.careful.size < want || launches < kills) {
    await browser.start(folder);
    launches++;
    const making = received.careful.size < want;
    const tabs = [];
    for (let i = 0; i < 2 + Math.floor(dice() * 2); i++) tabs.push(await browser.open(page({ every: making ? 45 : 0 })));
    await browser.open(page({ mode: 'naive', every: 150 }));
    const until = Date.now() + 2500 + dice() * 5000;
    if (dice() < 0.6) {
      await sleep(1500 + dice() * 1000);
      await browser.close(tabs[0]);
      closes++;
    }
    await sleep(Math.max(0, until - Date.now()));
    await browser.kill();
  }
  const share = edge.requests.filter(({ fault }) => fault).length / edge.requests.length;

  faulty = false; // from here on nothing fails, and what is left must arrive
  await browser.start(folder);
  await browser.open(page({ every: 0 }));
  await browser.open(page({ mode: 'naive', every: 0 }));
  const patience = Date.now() + 60e3;
  const before = received.audits.length;
  while (Date.now() < patience && !(received.audits.length > before && received.audits.at(-1).events === 0)) await sleep(200);
  await sleep(1500); // what is left in the naive queue is sent, too
  await browser.kill();

  const { events, letters } = await edge.stored();
  const report = await edge.report();
  const stored = new Map(events.map((event) => [event.id, event])); // each once
  const dead = new Set(letters.map(({ id }) => id).filter((id) => !stored.has(id)));
  const here = (set) => (id) => set.has(id);
  const accepted = [...received.careful];
  const good = accepted.filter(here(stored)).length;
  const buried = accepted.filter(here(dead)).length;
  const drops = [...stored.values()].reduce((sum, { count = 0 }) => sum + count, 0);
  const queued = received.audits.at(-1).events;
  const lost = accepted.length - good - buried - drops - queued;
  const lostNaively = [...received.naive].filter((id) => !stored.has(id) && !dead.has(id)).length;
  const unbalanced = received.audits.filter((sum) => sum.made !== sum.acknowledged + sum.dropped + sum.events).length;
  const carefully = ({ bundle }) => bundle === undefined; // the naive queue's events name one
  const resent = events.filter(carefully).length / [...stored.values()].filter(carefully).length;

  console.log(`fault: ${accepted.length} events accepted in ${launches} runs of the browser, each ended by SIGKILL, ${closes} tabs closed, seed ${seed}, ${((Date.now() - began) / 1000).toFixed(0)} s`);
  for (const { name } of faults) console.log(`  ${name}: ${edge.requests.filter(({ fault }) => fault?.name === name).length} of ${edge.requests.length} requests`);
  console.log(`  ${accepted.length} accepted = ${good} stored + ${buried} dead letters + ${drops} reported drops + ${queued} still queued + ${lost} lost`);
  console.log(`  before dedupe each event is stored ${resent.toFixed(2)} times`);
  const reached = table([
    { name: 'events accepted', bar: want, least: true, measured: accepted.length },
    { name: 'requests that went wrong, %', bar: 40, least: true, measured: 100 * share, digits: 1 },
    { name: 'SIGKILLs of the browser', bar: 10, least: true, measured: launches },
    { name: 'events lost after acceptance', bar: 0, measured: Math.abs(lost), runs: launches },
    { name: 'duplicates after dedupe', bar: 0, measured: Math.abs(report.events - stored.size) },
    { name: 'dead letters', bar: 1, least: true, measured: buried },
    { name: 'audits where made ≠ acknowledged + dropped + queued', bar: 0, measured: unbalanced, runs: received.audits.length },
    { name: `lost by the naive queue, of ${received.naive.size}`, bar: 1, least: true, measured: lostNaively },
  ]);
  process.exitCode = reached ? 0 : 1;
} finally {
  await browser.kill().catch(() => {}); // it is usually dead by now
  received.server.close();
  received.server.closeAllConnections();
  await edge.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

// The same test of the edge on Cloudflare's runtime, killed between storing and
// answering.
const worker = fileURLToPath(new URL('../../edge/worker/kill.mjs', import.meta.url));
if (existsSync(worker)) {
  const child = spawn(process.execPath, [worker], { stdio: 'inherit', cwd: path.dirname(worker) });
  const [code] = await new Promise((resolve) => { child.on('exit', (...all) => resolve(all)); });
  if (code !== 0) process.exitCode = 1;
}
