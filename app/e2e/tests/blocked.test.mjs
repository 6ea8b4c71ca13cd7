// A browser that refuses storage, or has less than others: the app works, or
// says why it does not.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { stage } from '../lib/app.mjs';
import { alive, attended, idle, options, visit, watch } from '../lib/browser.mjs';
import { every } from '../lib/every.mjs';
import { forYou, go, like, movies, reload } from '../lib/pages.mjs';
import { serve } from '../lib/server.mjs';

const { server, browser } = await stage();

// withSettings starts a browser with settings as its visitor sets them, and flags.
async function withSettings(t, { preferences, args = [] }) {
  const folder = await mkdtemp(path.join(tmpdir(), 'sparrow-e2e-'));
  await mkdir(path.join(folder, 'Default'));
  await writeFile(path.join(folder, 'Default', 'Preferences'), JSON.stringify(preferences ?? {}));
  const context = await attended(await chromium.launchPersistentContext(folder, { ...options, args: [...options.args, ...args] }));
  t.after(async () => {
    await context.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return context;
}

test('all cookies and site data blocked: the app works, remembers for the tab, and says so', async (t) => {
  const context = await withSettings(t, { preferences: { profile: { default_content_setting_values: { cookies: 2 } } } });
  const watched = await watch(context, server.origin);
  const page = await visit(context, `${server.origin}/movie/6`);
  assert.equal(await page.evaluate(async () => (await caches.keys().catch((error) => error)).name), 'SecurityError', 'the setting holds');
  await like(page, movies.alien);
  assert.ok((await forYou(page)).length > 10);
  await page.getByRole('status').filter({ hasText: 'lasts as long as this tab' }).waitFor();
  await page.getByRole('button', { name: 'Close this note' }).last().click();
  await go(page, '/profile');
  await page.getByText('refused storage').waitFor();
  assert.equal(await page.locator('.entry').count(), 1);
  watched.quiet(/IndexedDB|ServiceWorker|service worker/i);
  await reload(page);
  await go(page, '/profile');
  assert.equal(await page.locator('.entry').count(), 0, 'nothing outlives the document: what was said is true');
});

const refused = ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'BroadcastChannel'];
for (const name of every ? [...refused, 'all of them'] : ['indexedDB', 'all of them']) {
  test(`${name} throws wherever it is looked up: the app starts and takes a like`, async (t) => {
    const own = await serve(t);
    const context = await browser.newContext();
    const watched = await watch(context, own.origin);
    const names = name === 'all of them' ? refused : [name];
    const refuse = (all) => { for (const one of all) Object.defineProperty(globalThis, one, { configurable: true, get() { throw new DOMException('refused', 'SecurityError'); } }); };
    await context.addInitScript(refuse, names);
    own.site = async (file) => {
      if (!file.endsWith('.engine-worker.js')) return null;
      const { body } = await own.read(file);
      return Buffer.concat([Buffer.from(`(${refuse})(${JSON.stringify(names)});\n`), body]);
    };
    const page = await visit(context, own.origin);
    await like(page, movies.alien);
    assert.ok((await forYou(page)).length > 10);
    watched.quiet();
    await context.close();
  });
}

test('no BroadcastChannel: what one tab learns the other has when it is looked at', async (t) => {
  const own = await serve(t);
  const context = await browser.newContext();
  await watch(context, own.origin);
  own.site = async (file) => {
    if (!file.endsWith('.engine-worker.js')) return null;
    return Buffer.concat([Buffer.from('delete self.BroadcastChannel;\n'), (await own.read(file)).body]);
  };
  const [one, two] = [await visit(context, own.origin), await visit(context, own.origin)];
  await like(one, movies.alien);
  await two.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await idle(two);
  await go(two, '/profile');
  assert.equal(await two.locator('.entry').count(), 1);
  await reload(one);
  await go(one, '/profile');
  assert.equal(await one.locator('.entry').count(), 1);
  await context.close();
});

test('app.wasm as application/octet-stream works', async () => {
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  let asked = 0;
  await context.route(/\.app\.wasm$/, async (route) => {
    asked++;
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-type': 'application/octet-stream' } });
  });
  const page = await visit(context, server.origin);
  await like(page, movies.alien);
  assert.ok((await forYou(page)).length > 10);
  assert.ok(asked > 0);
  watched.quiet();
  await context.close();
});

test('plain http on a local network: it works, keeps the history, and checks what it downloads', async (t) => {
  const own = await serve(t);
  const context = await withSettings(t, { args: ['--host-resolver-rules=MAP sparrow.lan 127.0.0.1'] });
  const origin = own.origin.replace('127.0.0.1', 'sparrow.lan');
  const watched = await watch(context, origin);
  let page = await visit(context, origin);
  assert.equal(await page.evaluate(() => isSecureContext), false);
  await like(page, movies.alien);
  await go(page, '/profile');
  await page.getByText('Your history is kept on this device').waitFor();
  watched.quiet(/Cross-Origin-Opener-Policy/);
  await reload(page);
  await go(page, '/profile');
  assert.equal(await page.locator('.entry').count(), 1);

  own.fault = (file) => (file.startsWith('/v1/a/') ? { flip: true } : null);
  page = await context.newPage();
  await page.goto(origin);
  await alive(page, { engine: 'failed' });
  assert.match(await page.getByRole('alert').innerText(), /not what was sent/);
});
