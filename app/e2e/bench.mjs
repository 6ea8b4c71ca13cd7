// The judge: measures in Chromium, and prints a line of JSON for each figure and one table of all
// beside their bars; exit code 1 when one is missed. `make bench-browser` builds what it needs; the
// machine should be idle otherwise. ONLY="scans answers …" runs some parts, which each say in their
// first lines what else they take.
import { existsSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { launch } from './lib/browser.mjs';
import { Judge } from './lib/judge.mjs';

// parts are modules with a function measure(judge), in the order in which they run.
const parts = {
  scans: './peers/scans.mjs',
  ivf: './peers/ivf.mjs',
  native: './peers/native.mjs',
  networks: './peers/networks.mjs',
  answers: './peers/answers.mjs',
  cold: './bench/cold.mjs',
  recommending: './bench/recommending.mjs',
  tasks: './bench/tasks.mjs',
  widget: './bench/widget.mjs',
  elsewhere: './bench/elsewhere.mjs',
};

const there = Object.keys(parts).filter((name) => existsSync(new URL(parts[name], import.meta.url)));
const chosen = (process.env.ONLY ?? '').split(/[ ,]+/).filter(Boolean);
const unknown = chosen.filter((name) => !there.includes(name));
if (unknown.length) {
  console.error(`ONLY="${unknown.join(' ')}": there is no such part; there are ${there.join(', ')}`);
  process.exit(2);
}

const browser = await launch();
const machine = `${cpus()[0].model}, ${cpus().length} processors, Chromium ${browser.version()}, ${new Date().toISOString().slice(0, 10)}, load at the start ${loadavg()[0].toFixed(1)}`;
await browser.close();
const judge = new Judge(machine);
console.log(machine);
for (const name of there.filter((one) => !chosen.length || chosen.includes(one))) {
  await judge.part(name, async () => (await import(parts[name])).measure(judge));
}
process.exit(await judge.end(fileURLToPath(new URL('../../.build/', import.meta.url))));
