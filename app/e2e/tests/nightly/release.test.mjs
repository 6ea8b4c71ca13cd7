// A release in which one function has changed costs a visitor who comes back what has changed, and a
// new model what the one before lacks: from the project's own server, over a line that counts.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { alive, controlled, idle, networkNoise, profile, visit, watch } from '../../lib/browser.mjs';
import { folder, native, root, run } from '../../lib/exported.mjs';
import { until } from '../../lib/until.mjs';
import { retitled } from '../../lib/version.mjs';
import { wire } from '../../lib/wire.mjs';

// Bytes for a returning visitor. Of the programs that is a few KB: build/slim links them so that the types, which a
// quarter of their functions name, stay where they are (they moved with any change, which took 168 KB).
const most = 40e3;
const whole = 400e3; // bytes that no program is sent in without a delta

// The change: a loop and a branch more in one function of the engine.
const changed = 'wasm/rerank/dislike.go';
const before = 'func spread(items []feature.Candidate) float32 {';
const instead = `${before}
	if len(items) > 5000 {
		items = items[:5000]
	}
	for i := range items {
		if items[i].Score != items[i].Score {
			return 0
		}
	}`;

// programs builds the site's programs, as make does, with or without the change, and returns their
// folder. They are built in the same one for all releases, since its path is in the programs.
let work;
const built = {};
after(() => work && rmSync(work, { recursive: true }));
function programs(release) {
  if (built[release]) return built[release];
  work ??= mkdtempSync(path.join(tmpdir(), 'sparrow-release-'));
  const at = path.join(root, changed);
  const source = readFileSync(at, 'utf8');
  assert.equal(source.split(before).length, 2, `${changed} has the function`);
  writeFileSync(path.join(work, 'changed.go'), release === 'next' ? source.replace(before, instead) : source);
  writeFileSync(path.join(work, 'overlay.json'), JSON.stringify({ Replace: { [at]: path.join(work, 'changed.go') } }));
  const goflags = `${process.env.GOFLAGS ?? ''} -overlay=${path.join(work, 'overlay.json')}`;
  execFileSync('make', ['-s', 'wasm', `OUT=${work}/out`], { cwd: root, env: { ...process.env, GOFLAGS: goflags.trim() }, stdio: ['ignore', 'ignore', 'inherit'] });
  built[release] = path.join(work, release);
  mkdirSync(built[release]);
  for (const name of ['app.wasm', 'engine.wasm']) copyFileSync(path.join(work, 'out', name), path.join(built[release], name));
  return built[release];
}

const sha256 = (body) => createHash('sha256').update(body).digest('hex');

// publish writes the site of a bundle into a folder, over the site before.
function publish(site, bundle, from) {
  run('./app/export', '--bundle', bundle, '--out', site, '--quality', '5', '--keep', '8', '--app-wasm', path.join(from, 'app.wasm'), '--engine-wasm', path.join(from, 'engine.wasm'));
}

// updated has the browser look for a new version and waits until it has all of it.
const updated = (page) => page.evaluate(async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  await registration.update();
  const worker = registration.installing ?? registration.waiting;
  while (worker?.state === 'installing') await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }));
  return worker?.state;
});

// kept returns the SHA-256 of what the service worker keeps, by URL.
const kept = (page) => page.evaluate(async () => {
  const all = {};
  for (const name of await caches.keys()) {
    if (!name.startsWith('sparrow-app')) continue;
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) {
      const sum = await crypto.subtle.digest('SHA-256', await (await cache.match(url)).arrayBuffer());
      all[new URL(url).pathname] = Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, '0')).join('');
    }
  }
  return all;
});

const deltas = (site) => readdirSync(path.join(site, 'a')).filter((name) => name.endsWith('.dcz'));

test('a returning visitor downloads what one changed function changes, and has the release’s very bytes', { timeout: 900e3 }, async (t) => {
  const site = path.join(await folder(t), 'site');
  publish(site, 'data/demo', programs('first'));
  const server = await native(t, site, path.join(root, 'data/demo'));
  const line = await wire(t, server.origin);
  const open = await profile(t);
  let context = await open();
  let page = await visit(context, line.origin);
  await controlled(page);
  const version = await page.evaluate(() => sparrow.version);
  const first = line.bytes();
  assert.ok(first > 1e6, `a first visit takes all: ${first} bytes`);

  publish(site, 'data/demo', programs('next'));
  const start = line.bytes();
  context = await open(); // the browser is closed and opened again
  const watched = await watch(context, line.origin);
  page = await visit(context, line.origin);
  assert.equal(await updated(page), 'installed');
  await idle(page);
  const took = line.bytes() - start;
  t.diagnostic(`first visit ${first} bytes, after a release ${took}; ${deltas(site)}`);
  assert.ok(took < most, `${took} bytes, want less than ${most}`);

  const files = await kept(page);
  const next = readdirSync(path.join(site, 'a')).filter((name) => /^[0-9a-f]{16}\.(app\.wasm|engine\.wasm|home\.txt)$/.test(name));
  for (const name of next) if (files[`/a/${name}`]) assert.equal(files[`/a/${name}`], sha256(readFileSync(path.join(site, 'a', name))), name);
  const programsKept = Object.keys(files).filter((name) => name.endsWith('.wasm'));
  assert.ok(programsKept.length > 1, `the programs of both releases: ${programsKept}`);

  await page.evaluate(() => sparrow.update());
  await page.waitForFunction((old) => globalThis.sparrow && sparrow.version !== old, version);
  await alive(page);
  assert.ok(line.bytes() - start < most, `after the update ${line.bytes() - start} bytes`);
  await server.stop();
  await page.reload(); // offline, the release that came as deltas
  await alive(page);
  watched.quiet(networkNoise);
});

test('a delta that this device cannot apply: the whole file comes in its place', { timeout: 900e3 }, async (t) => {
  const site = path.join(await folder(t), 'site');
  const bundles = await folder(t);
  const name = JSON.parse(readFileSync(path.join(root, 'data/demo/latest.json'))).bundle;
  const body = readFileSync(path.join(root, 'data/demo', `${name}.bundle`));
  const old = path.join(bundles, 'old.bundle');
  writeFileSync(old, body);
  const next = retitled(body, 'Toy Story', 'Toy Stori');
  const renamed = path.join(bundles, 'next.bundle');
  writeFileSync(renamed, next);
  const second = path.join(root, 'data/demo', `${name}.supplement`); // which these models name, too
  if (existsSync(second)) for (const model of ['old', 'next']) copyFileSync(second, path.join(bundles, `${model}.supplement`));
  publish(site, old, programs('first'));
  const server = await native(t, site, path.join(site, 'v1'));
  const line = await wire(t, server.origin);
  const context = await (await profile(t))();
  const watched = await watch(context, line.origin);
  const page = await visit(context, line.origin);
  await controlled(page);
  await idle(page);

  // A new model, as an open page takes it.
  publish(site, renamed, programs('first'));
  let start = line.bytes();
  const ready = (hash) => page.waitForFunction((wanted) => probe.received.some((message) => message.type === 'ready' && message.hash === wanted), hash);
  await page.reload();
  await alive(page);
  await page.evaluate(() => sparrow.post({ type: 'check' }));
  await ready(sha256(next));
  t.diagnostic(`a model with another title took ${line.bytes() - start} bytes`);
  assert.ok(line.bytes() - start < most, `a model with another title took ${line.bytes() - start} bytes`);

  // The same for a model and a release whose deltas are damaged.
  const last = retitled(next, 'Toy Stori', 'Toy Storu');
  writeFileSync(renamed, last);
  publish(site, renamed, programs('next'));
  const broken = [...deltas(site).map((file) => path.join(site, 'a', file)), ...readdirSync(path.join(site, 'v1/a')).filter((file) => file.endsWith('.dcz')).map((file) => path.join(site, 'v1/a', file))];
  assert.ok(broken.length > 2, `${broken}`);
  for (const file of broken) {
    const delta = readFileSync(file);
    for (let at = 60; at < delta.length; at += 7) delta[at] ^= 0x55;
    writeFileSync(file, delta);
  }
  start = line.bytes();
  await page.evaluate(() => sparrow.post({ type: 'check' }));
  await ready(sha256(last));
  assert.equal(await updated(page), 'installed');
  assert.ok(line.bytes() - start > whole, `${line.bytes() - start} bytes: whole files`);
  await until('the release is kept', async () => Object.values(await kept(page)), (sums) => readdirSync(path.join(site, 'a'))
    .filter((file) => /\.(engine|app)\.wasm$/.test(file)).every((file) => sums.includes(sha256(readFileSync(path.join(site, 'a', file))))));
  watched.quiet(networkNoise);
});
