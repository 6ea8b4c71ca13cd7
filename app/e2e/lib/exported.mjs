// Sites that are exported for one test.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

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
