// A new version arrives whole or not at all, and takes over only when the visitor agrees.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { alive, controlled, idle, launch, networkNoise, profile, visit, watch } from '../lib/browser.mjs';
import { every } from '../lib/every.mjs';
import { serve } from '../lib/server.mjs';
import { assetsOf, nextVersion } from '../lib/version.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

const versionOf = (page) => page.evaluate(() => sparrow.version);

// tryUpdate has the browser look for a new version and returns the final state
// of its worker.
const tryUpdate = (page) => page.evaluate(async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  let worker = null;
  registration.addEventListener('updatefound', () => { worker = registration.installing; }, { once: true });
  await registration.update();
  worker ??= registration.installing ?? registration.waiting; // the app itself had looked already
  while (worker.state === 'installing') await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }));
  return worker.state;
});

// settled waits until no version is being installed.
const settled = (page) => page.evaluate(async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  for (let worker; (worker = registration.installing);) await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }));
});

const caches = (page) => page.evaluate(() => globalThis.caches.keys());

test('an update that fails in any file leaves the old version in charge', async (t) => {
  const server = await serve(t);
  const open = await profile(t);
  let context = await open();
  const { version } = await assetsOf(server);
  const next = await nextVersion(server);
  const files = next.changed; // pages, too, under the names that their content decides
  assert.ok(files.some((file) => file.endsWith('.shell.zh.txt')));
  const faults = [{ status: 503 }, { truncate: 0.5 }, { cut: 0.9 }, { flip: true }, { html: true }];
  for (const [kind, fault] of faults.entries()) {
    await watch(context, server.origin);
    let page = await visit(context, server.origin);
    await controlled(page);
    const devtools = await context.newCDPSession(page);
    for (const [at, file] of files.entries()) {
      if (!every && at % faults.length !== kind) continue;
      server.site = null; // the app looks by itself, too: such a try ends before the fault is another one
      await settled(page);
      server.fault = (path) => (path === file ? fault : null);
      server.site = next.site; // not before: the app looks for a new version by itself, too
      await devtools.send('Network.clearBrowserCache'); // else a file of an earlier try is not requested again
      assert.equal(await tryUpdate(page), 'redundant', `${JSON.stringify(fault)} in ${file}`);
    }
    assert.deepEqual((await caches(page)).filter((name) => name.startsWith('sparrow-app-')), [`sparrow-app-${version}`]);
    await server.stop();
    context = await open();
    const watched = await watch(context, server.origin);
    page = await visit(context, `${server.origin}/movie/1`);
    assert.equal(await versionOf(page), version, `after ${JSON.stringify(fault)}`);
    watched.quiet(networkNoise);
    await page.close();
    [server.site, server.fault] = [null, () => null];
    await server.start();
  }
});

test('a file that was damaged once does not stay: the next try goes past the browser’s own cache', async (t) => {
  const server = await serve(t);
  const context = await browser.newContext();
  await watch(context, server.origin);
  const page = await visit(context, server.origin);
  await controlled(page);
  const next = await nextVersion(server);
  server.site = next.site;
  server.fault = (path) => (/\.(app\.css|home\.txt)$/.test(path) ? { flip: true } : null);
  assert.equal(await tryUpdate(page), 'redundant');
  assert.equal(await tryUpdate(page), 'redundant');
  server.fault = () => null;
  assert.equal(await tryUpdate(page), 'installed');
  await context.close();
});

const changes = {
  'appends a comment': (html) => `${html}\n<!-- Served from a cache in 0.02 s -->\n`,
  'appends a script': (html) => `${html}<script src="/beacon.js"></script>`,
  'takes out what HTML can do without': (html) => html.replaceAll('</html>', '').replaceAll('</body>', '').replaceAll('</p>', '').replace(/<!--.*?-->/gs, '').trimEnd(),
  'sends its own page in place of every other': () => '<!doctype html><title>Hotel wifi</title>Please sign in',
};
for (const [what, change] of Object.entries(changes)) {
  test(`a host that ${what}: the app starts, and opens offline as it was made`, async (t) => {
    const server = await serve(t);
    const first = '/movie/1';
    const own = /own page/.test(what);
    server.site = async (name) => {
      if (!name.endsWith('.html') || (own && name === `${first}.html`)) return null;
      const plain = await server.read(name);
      return plain && plain.name === name ? Buffer.from(change(plain.body.toString())) : null;
    };
    const context = await browser.newContext();
    const watched = await watch(context, server.origin);
    const page = await visit(context, server.origin + first);
    await controlled(page);
    await idle(page);
    await server.stop();
    for (const path of ['/', '/zh/', '/movie/6', '/zh/movie/193609']) {
      const again = await visit(context, server.origin + path);
      await idle(again);
      assert.equal(await again.locator('h1').count() > 0, true, path);
      assert.doesNotMatch(await again.content(), /Hotel wifi|beacon|Served from/, path);
      assert.match(await again.evaluate(async () => (await fetch('/manifest.webmanifest')).headers.get('content-type')), /manifest/);
      await again.close();
    }
    watched.quiet(networkNoise, /beacon/);
    await context.close();
  });
}

test('what is not the app’s is left to the host', async (t) => {
  const server = await serve(t);
  const context = await browser.newContext();
  const page = await visit(context, server.origin);
  await controlled(page);
  for (const path of ['/.well-known/change-password', '/.well-known/security.txt', '/blog/', '/movie/', '/zhou', '/sitemap.xml', '/robots.txt', '/v1/latest.json', '/index.html']) {
    server.requests = [];
    await page.goto(server.origin + path);
    assert.ok(server.requests.includes(path), `${path} reaches the host`);
  }
  for (const path of ['/movie/none', '/zh', '/zh/', '/genre/Drama', '/for-you/', '/zh/movie/1?from=here', '/search?q=heat']) {
    server.requests = [];
    await page.goto(server.origin + path);
    assert.ok(!server.requests.includes(path.replace(/\?.*/, '')), `${path} is the app's`);
  }
  await context.close();
});

test('an update waits for a click, reloads once and fetches nothing that has not changed', async (t) => {
  const server = await serve(t);
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  const page = await visit(context, server.origin);
  await controlled(page);
  const { version } = await assetsOf(server);
  const before = await caches(page);
  const next = await nextVersion(server, (name) => name === 'engine-worker.js');
  server.site = next.site;
  server.requests = [];
  assert.equal(await tryUpdate(page), 'installed');
  const fetched = server.requests.filter((path) => path.startsWith('/a/') || path.startsWith('/v1/a/'));
  assert.deepEqual(fetched.sort(), [...next.changed].sort(), 'fetched by the update');

  const button = page.getByRole('button', { name: 'Use it now' });
  await button.waitFor();
  assert.equal(await versionOf(page), version, 'before the click');
  await page.reload();
  await alive(page);
  await button.waitFor();
  assert.equal(await versionOf(page), version, 'a reload is no consent');

  let loads = 0;
  page.on('load', () => loads++);
  await Promise.all([page.waitForEvent('load'), button.click()]);
  await alive(page);
  await idle(page);
  assert.equal(await versionOf(page), next.version, 'after the click');
  assert.equal(loads, 1, 'reloads');
  assert.equal(await button.count(), 0);
  assert.ok(!server.requests.some((path) => path.startsWith('/v1/a/')), 'the model was not fetched again');
  assert.ok(before.includes('sparrow-models') && (await caches(page)).includes('sparrow-models'), 'the model is kept');
  watched.quiet();
  await context.close();
});

test('another tab keeps the version it began with until it is reloaded', async (t) => {
  const server = await serve(t);
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  const { version, assets } = await assetsOf(server);
  await controlled(await visit(context, server.origin));
  const [one, two] = [await visit(context, server.origin), await visit(context, `${server.origin}/movie/1`)];
  const next = await nextVersion(server);
  server.site = next.site; // the old files are gone from the server
  assert.equal(await tryUpdate(one), 'installed');
  await Promise.all([one.waitForEvent('load'), one.getByRole('button', { name: 'Use it now' }).click()]);
  await alive(one);
  assert.equal(await versionOf(one), next.version);
  assert.equal(await versionOf(two), version);
  const statuses = await two.evaluate((urls) => Promise.all(urls.map(async (url) => (await fetch(url)).status)), Object.values(assets));
  assert.deepEqual(new Set(statuses), new Set([200]), 'the files of the version before');
  await Promise.all([two.waitForEvent('load'), two.getByRole('button', { name: 'Use it now' }).click()]);
  await alive(two);
  assert.equal(await versionOf(two), next.version);
  watched.quiet();
  await context.close();
});

test('an update that was never clicked takes over when all tabs were closed', async (t) => {
  const server = await serve(t);
  const context = await browser.newContext();
  await watch(context, server.origin);
  const page = await visit(context, server.origin);
  await controlled(page);
  const next = await nextVersion(server);
  server.site = next.site;
  assert.equal(await tryUpdate(page), 'installed');
  const blank = await context.newPage();
  await page.close();
  await blank.waitForTimeout(500);
  await server.stop();
  const again = await visit(context, `${server.origin}/genre/Drama`);
  assert.equal(await versionOf(again), next.version);
  assert.deepEqual((await caches(again)).filter((name) => name.startsWith('sparrow-app-')), [`sparrow-app-${next.version}`]);
  await context.close();
});
