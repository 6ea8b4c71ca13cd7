// The judge: measures in Chromium, and prints a line of JSON for each figure and one table of all
// beside their bars; exit code 1 when one is missed. `make bench-browser` builds what it needs; the
// machine should be idle otherwise. ONLY="scans answers …" runs some parts, which each say in their
// first lines what else they take.
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { chosen, load } from './bench/parts.mjs';
import { launch } from './lib/browser.mjs';
import { Judge } from './lib/judge.mjs';

const browser = await launch();
const machine = `${cpus()[0].model}, ${cpus().length} processors, Chromium ${browser.version()}, ${new Date().toISOString().slice(0, 10)}, load at the start ${loadavg()[0].toFixed(1)}`;
await browser.close();
const judge = new Judge(machine);
console.log(machine);
for (const name of chosen) {
  await judge.part(name, async () => (await load(name)).measure(judge));
}
process.exit(await judge.end(fileURLToPath(new URL('../../.build/', import.meta.url))));
