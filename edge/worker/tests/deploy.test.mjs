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
import { Miniflare } from 'miniflare';
import { readConfig, siteFolder } from '../testing/edge.mjs';

const script = fileURLToPath(new URL('../deploy.mjs', import.meta.url));
const deploy = (...args) => run('--dry-run', ...args);
const run = (...args) => promisify(execFile)(process.execPath, [script, ...args]).then(({ stdout, stderr }) => ({ code: 0, text: stdout + stderr }), ({ code, stdout, stderr }) => ({ code, text: stdout + stderr }));

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
  const bundles = folderWith(t, { [name]: body, 'latest.json': '{}', 'trending.json': '{}', 'similar.lists': 'lists', 'popular.json': '{}', 'users.json': '{}' });
  const { code, text } = await deploy('--models', '--site', folderWith(t, {}), '--bundles', bundles);
  assert.equal(code, 0, text);
  const uploads = [...text.matchAll(/would upload sparrow-bundles\/(\S+)/g)].map(([, key]) => key);
  assert.deepEqual(uploads, [name, `${name}.br`, 'similar.lists', 'trending.json', 'popular.json', 'users.json', 'latest.json']);
  assert.doesNotMatch(text, /gzip|Bindings|wrangler/, 'the worker is left as it is');
});

test('the second file of a bundle goes with it', async (t) => {
  const second = 'what comes later';
  const first = Buffer.concat([Buffer.from('supplement'), createHash('sha256').update(second).digest()]);
  const hash = createHash('sha256').update(first).digest('hex');
  const files = { [`${hash}.bundle`]: first, 'latest.json': '{}' };
  const both = await deploy('--models', '--bundles', folderWith(t, { ...files, [`${hash}.supplement`]: second }));
  assert.equal(both.code, 0, both.text);
  const uploads = [...both.text.matchAll(/would upload sparrow-bundles\/(\S+)/g)].map(([, key]) => key);
  assert.deepEqual(uploads, [`${hash}.supplement`, `${hash}.supplement.br`, `${hash}.bundle`, `${hash}.bundle.br`, 'latest.json']);
  const other = await deploy('--models', '--bundles', folderWith(t, { ...files, [`${hash}.supplement`]: 'something else' }));
  assert.equal(other.code, 1);
  assert.match(other.text, /names another second file/);
  const alone = await deploy('--models', '--bundles', folderWith(t, files));
  assert.equal(alone.code, 0, alone.text);
  assert.match(alone.text, /its second file, [0-9a-f]{64}\.supplement, is missing/);
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

// stored runs a function on the bucket that wrangler keeps in a folder.
async function stored(folder, use) {
  const mf = new Miniflare({ modules: true, script: 'export default {}', r2Buckets: { BUNDLES: 'sparrow-bundles' }, defaultPersistRoot: path.join(folder, 'v3'), r2Persist: path.join(folder, 'v3/r2') });
  try {
    return await use(await mf.getR2Bucket('BUNDLES'));
  } finally {
    await mf.dispose();
  }
}

test('what has changed is uploaded, what nothing needs is deleted', async (t) => {
  const local = folderWith(t, {});
  const bundles = folderWith(t, { [name]: body, 'similar.lists': 'lists', 'experiments.json': '{"version":1,"layers":[]}', 'popular.json': '{}', 'latest.json': '{"bundle":"one"}' });
  const publish = async (...more) => {
    const { code, text } = await run('--models', '--local', local, '--bundles', bundles, ...more);
    assert.equal(code, 0, text);
    const keys = (verb) => [...text.matchAll(new RegExp(`^${verb} sparrow-bundles/(\\S+)`, 'gm'))].map(([, key]) => key);
    return { uploaded: keys('uploading'), deleted: keys('deleting') };
  };
  const inBucket = () => stored(local, async (bucket) => (await bucket.list()).objects.map(({ key }) => key).sort());

  const first = await publish();
  assert.deepEqual(first.uploaded, [name, `${name}.br`, 'similar.lists', 'experiments.json', 'popular.json', 'latest.json']);
  assert.deepEqual(await publish(), { uploaded: [], deleted: [] });

  // The next model: the last one left the folder, and an experiment has ended.
  const next = 'another bundle';
  const nextName = `${createHash('sha256').update(next).digest('hex')}.bundle`;
  const delta = `${nextName}.${name.slice(0, 64)}.dcz`; // and what turns the last one into it, as the builder writes it
  for (const [file, text] of Object.entries({ [nextName]: next, [delta]: 'delta', [`${name}.${name.slice(0, 64)}.dcz`]: 'of a bundle that is gone', 'popular.json': '{"of":"next"}', 'latest.json': '{"bundle":"next"}' })) writeFileSync(path.join(bundles, file), text);
  for (const file of [name, 'experiments.json']) rmSync(path.join(bundles, file));
  assert.deepEqual(await publish(), { uploaded: [nextName, `${nextName}.br`, delta, 'popular.json', 'latest.json'], deleted: ['experiments.json'] });
  const both = [name, `${name}.br`, nextName, `${nextName}.br`, delta, 'latest.json', 'popular.json', 'published.json', 'similar.lists'].sort();
  assert.deepEqual(await inBucket(), both, 'pages may be loading the bundle of before');

  // A day later; and a run that ended on its way is made up for.
  await stored(local, async (bucket) => {
    const published = await (await bucket.get('published.json')).json();
    for (const key of [name, `${name}.br`]) published.files[key].unused -= 25 * 3600e3;
    published.files['latest.json'].hash = '';
    await bucket.put('published.json', JSON.stringify(published));
  });
  assert.deepEqual(await publish(), { uploaded: ['latest.json'], deleted: [name, `${name}.br`] });
  assert.deepEqual(await inBucket(), both.filter((key) => !key.startsWith(name)));
  const kept = await stored(local, async (bucket) => [await (await bucket.get(nextName)).text(), await (await bucket.get('latest.json')).text()]);
  assert.deepEqual(kept, [next, '{"bundle":"next"}']);

  await stored(local, async (bucket) => { await bucket.put('published.json', '{'); });
  const torn = await run('--models', '--local', local, '--bundles', bundles);
  assert.equal(torn.code, 1);
  assert.match(torn.text, /published\.json in the bucket is damaged .*--all/);
  assert.equal((await publish('--all')).uploaded.length, 6);

  // A delta outlives its place, as its bundle does.
  rmSync(path.join(bundles, delta));
  assert.deepEqual((await publish()).deleted, []);
});

test('the site goes out before the model that it has pages of', async (t) => {
  const bundles = folderWith(t, { [name]: body, 'popular.json': '{}', 'latest.json': '{}' });
  const { code, text } = await deploy('--site', siteFolder, '--bundles', bundles);
  assert.equal(code, 0, text);
  const places = [`would upload sparrow-bundles/${name}.br`, 'Total Upload', 'would upload sparrow-bundles/popular.json', 'would upload sparrow-bundles/latest.json'].map((what) => text.indexOf(what));
  assert.ok(places.every((place, i) => place >= 0 && (i === 0 || place > places[i - 1])), `${places} in ${text}`);
});
