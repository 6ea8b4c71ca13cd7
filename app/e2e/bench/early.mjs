// When the model should begin to download, on a host that speaks HTTP/2 and heeds the priorities
// of RFC 9218, and on one that speaks HTTP/1.1: after the program, as the site does, or beside it from the
// first moment, at a low priority or at the one that a fetch has by itself; and with the page's scripts behind the program.
// It takes no bar: it says whether the site's way is still the better one. RUNS=<cold loads of each> (5);
// SLOWER=<times> (1) for a busy machine: the line is so much slower, and times are divided by it, so that its own work counts less.
import { execFileSync, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { options } from '../lib/browser.mjs';
import { native, root } from '../lib/exported.mjs';
import { least } from '../lib/figures.mjs';
import { fast4g, siteFolder } from '../lib/server.mjs';
import { until } from '../lib/until.mjs';
import { visit } from './cold.mjs';

// atOnce stands before the page's script: the worker may download as soon as it is there.
function atOnce() {
  const { Worker } = globalThis;
  globalThis.Worker = class extends Worker {
    postMessage(message, ...rest) {
      super.postMessage(message, ...rest);
      if (message.type === 'init') super.postMessage({ type: 'start' });
    }
  };
}

// low stands before the worker's script: a bundle has a low priority.
function low() {
  const { fetch } = globalThis;
  globalThis.fetch = (url, rest) => fetch(url, /\.bundle$/.test(url) ? { ...rest, priority: 'low' } : rest);
}

// What stands before which script of the site; of null, its scripts have their usual priority.
const ways = {
  'after the program': {},
  'after the program, scripts as usual': null,
  'at once, low priority': { 'app.js': atOnce, 'engine-worker.js': low },
  'at once, usual priority': { 'app.js': atOnce },
};

const names = { program: 'program there', model: 'model there', interactive: 'interactive', list: 'first personal list' };

// changed returns a copy of the site with these functions before its scripts.
async function changed(folder, before) {
  await cp(siteFolder, folder, { recursive: true });
  if (!before) await replaced(path.join(folder, 'for-you.html'), (text) => text.replaceAll(' fetchpriority="high"', ''));
  for (const name of await readdir(path.join(folder, 'a'))) {
    const first = before?.[name.replace(/^[0-9a-f]{16}\./, '')];
    if (first) await replaced(path.join(folder, 'a', name), (text) => `(${first})();\n${text}`);
  }
  return folder;
}

async function replaced(file, by) {
  const old = await readFile(file, 'utf8');
  const text = by(old);
  if (text === old) throw new Error(`${file} is what it was`);
  await writeFile(file, text);
  await writeFile(`${file}.br`, brotliCompressSync(text));
}

// compressed waits until an edge has compressed its bundle: it answers with all of it until then.
async function compressed({ origin }) {
  const { bundle } = await (await fetch(`${origin}/v1/latest.json`)).json();
  await until('the bundle is compressed', async () => (await fetch(`${origin}/v1/a/${bundle}.bundle`, { headers: { 'Accept-Encoding': 'br' } })).headers.get('Content-Encoding') === 'br');
}

// line starts a slow line before a server and returns {origin, key: of its certificate, stop}.
async function line(program, to, slower, ...flags) {
  const child = spawn(program, ['line', '--to', to, '--rate', String(Math.round(fast4g.rate / slower)), '--latency', `${fast4g.latency * slower}ms`, ...flags], { stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const text of child.stdout) {
    const [, origin, key] = String(text).match(/(https:\S+) with the key (\S+)/) ?? [];
    if (key) return { origin, key, stop: () => child.kill() };
  }
  throw new Error('the slow line ended');
}

export async function measure(judge) {
  const [runs, slower] = [Number(process.env.RUNS ?? 5), Number(process.env.SLOWER ?? 1)];
  const work = await mkdtemp(path.join(tmpdir(), 'sparrow-early-'));
  const undo = [() => rm(work, { recursive: true, force: true })];
  const t = { after: (fn) => undo.unshift(fn) };
  try {
    const program = path.join(work, 'bench');
    execFileSync('go', ['build', '-o', program, './build/bench'], { cwd: root });
    const hosts = [];
    for (const [way, before] of Object.entries(ways)) {
      const site = await changed(path.join(work, way), before);
      const edge = await native(t, site, path.join(root, 'data/demo'));
      await compressed(edge);
      for (const [protocol, flags] of [['h2', []], ['http/1.1', ['--old']]]) {
        const slow = await line(program, edge.origin, slower, ...flags);
        t.after(slow.stop);
        hosts.push({ way, protocol, slow, program: [], model: [], interactive: [], list: [] });
      }
    }
    for (let run = 0; run < runs; run++) {
      for (const one of hosts) { // interleaved: the machine is the same for all
        const trusting = { ...options, args: [...options.args, `--ignore-certificate-errors-spki-list=${one.slow.key}`] };
        const seen = await visit(one.slow.origin, '/for-you', 'list', trusting);
        if (seen.protocol !== one.protocol) throw new Error(`${seen.protocol} was spoken, not ${one.protocol}`);
        for (const what of Object.keys(names)) one[what].push(seen[what] / slower);
        judge.say(`  ${one.protocol}, the model ${one.way}: ${Object.keys(names).map((what) => `${what} ${one[what].at(-1).toFixed(2)}`).join(', ')}`);
      }
    }
    for (const { way, protocol, ...times } of hosts) {
      for (const [what, name] of Object.entries(names)) {
        judge.figure({ name: `cold load by ${protocol}, the model ${way}: ${name}, least`, measured: least(times[what]), unit: 's', digits: 2, runs });
      }
    }
  } finally {
    for (const step of undo) await step();
  }
}
