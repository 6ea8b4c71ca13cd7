// Deployment as far as it goes without an account: wrangler packs the worker and the site.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readConfig, siteFolder } from '../testing/edge.mjs';

const script = fileURLToPath(new URL('../deploy.mjs', import.meta.url));
const deploy = (...args) => promisify(execFile)(process.execPath, [script, '--dry-run', ...args]).then(({ stdout, stderr }) => ({ code: 0, text: stdout + stderr }), ({ code, stdout, stderr }) => ({ code, text: stdout + stderr }));

function folderWith(t, files) {
  const folder = mkdtempSync(path.join(tmpdir(), 'sparrow-bundles-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, body] of Object.entries(files)) writeFileSync(path.join(folder, name), body);
  return folder;
}

const body = 'a bundle';
const name = `${createHash('sha256').update(body).digest('hex')}.bundle`;

test('a dry run packs everything', async (t) => {
  const bundles = folderWith(t, { [name]: body, 'latest.json': '{}', 'experiments.json': '{"version":1,"layers":[]}', 'README.md': 'no asset' });
  const { code, text } = await deploy('--site', siteFolder, '--bundles', bundles);
  assert.equal(code, 0, text);
  const uploads = [...text.matchAll(/would upload sparrow-bundles\/(\S+)/g)].map(([, key]) => key);
  assert.deepEqual(uploads, [name, `${name}.br`, 'experiments.json', 'latest.json']);
  const config = readConfig();
  for (const binding of ['EVENTS', 'ASSETS', 'ORIGINS', ...config.r2_buckets.map((b) => b.binding), ...config.ratelimits.map((l) => l.name)]) assert.match(text, new RegExp(`env\\.${binding} `));
  const [, size] = /gzip: ([\d.]+) KiB/.exec(text);
  assert.ok(Number(size) < 3000, `${size} KiB`);
});

test('models go alone where nothing else is new', async (t) => {
  const bundles = folderWith(t, { [name]: body, 'latest.json': '{}', 'trending.json': '{}', 'similar.lists': 'lists', 'popular.json': '{}' });
  const { code, text } = await deploy('--models', '--site', folderWith(t, {}), '--bundles', bundles);
  assert.equal(code, 0, text);
  const uploads = [...text.matchAll(/would upload sparrow-bundles\/(\S+)/g)].map(([, key]) => key);
  assert.deepEqual(uploads, [name, `${name}.br`, 'similar.lists', 'trending.json', 'popular.json', 'latest.json']);
  assert.doesNotMatch(text, /gzip|Bindings|wrangler/, 'the worker is left as it is');
});

test('what must not be deployed is refused', async (t) => {
  const table = [
    ['a bundle under another name', ['--site', siteFolder, '--bundles', folderWith(t, { [name]: 'other bytes', 'latest.json': '{}' })], /its SHA-256 is/],
    ['no bundle', ['--site', siteFolder, '--bundles', folderWith(t, {})], /holds no bundle/],
    ['a torn experiments.json', ['--site', siteFolder, '--bundles', folderWith(t, { [name]: body, 'latest.json': '{}', 'experiments.json': '{' })], /JSON/],
    ['no site', ['--site', folderWith(t, {})], /holds no site/],
  ];
  for (const [what, args, why] of table) {
    const { code, text } = await deploy(...args);
    assert.equal(code, 1, what);
    assert.match(text, why);
  }
});
