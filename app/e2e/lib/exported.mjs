// Sites that are exported for one test, and the project's own server.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './edge.mjs';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

// run runs a program of the project, and returns what it says.
export const run = (...args) => execFileSync('go', ['run', ...args], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

// folder returns a folder that lives for one test.
export async function folder(t) {
  const name = await mkdtemp(path.join(tmpdir(), 'sparrow-site-'));
  t.after(() => rm(name, { recursive: true, force: true }));
  return name;
}

// exported writes the site of a bundle with some of the exporter's flags and returns its folder.
export async function exported(t, bundle, ...flags) {
  const out = path.join(await folder(t), 'site');
  run('./app/export', '--bundle', bundle ?? 'data/demo', '--out', out, '--quality', '0', ...flags);
  return out;
}

// native starts the project's server over a site and bundles, perhaps with more of its flags, and returns {origin, stop}.
export async function native(t, site, bundles, feedback, ...more) {
  const work = await folder(t);
  const flags = ['--site', site, '--bundles', bundles, '--feedback', feedback ?? path.join(work, 'feedback'), '--addr', '127.0.0.1:0', ...more];
  const child = spawn(await build('edge'), flags, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => { child.once('exit', resolve); });
  const stop = () => child.kill() && ended;
  t.after(() => child.kill());
  for await (const line of child.stdout) {
    const [, port] = String(line).match(/localhost:(\d+)/) ?? [];
    if (port) return { origin: `http://127.0.0.1:${port}`, stop };
  }
  throw new Error('the server ended');
}
