// The site below a path of its host, as a project has it on GitHub Pages, beside another site.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { controlled, idle, launch, networkNoise, visit, watch } from '../lib/browser.mjs';
import { kept } from '../lib/device.mjs';
import { exported } from '../lib/exported.mjs';
import { list, movies, press } from '../lib/pages.mjs';
import { siteFolder } from '../lib/server.mjs';
import { serveBelow } from '../lib/static.mjs';
import { until } from '../lib/until.mjs';

const missing = /Failed to load resource: the server responded with a status of 404/;

test('below /repo/: links, search, languages, likes, the model, deep links and no network', async (t) => {
  const site = await exported(t, null, '--base', '/repo/', '--items', '20', '--no-feedback');
  const host = await serveBelow(t, { '/repo': site, '': siteFolder });
  const browser = await launch();
  t.after(() => browser.close());
  const context = await browser.newContext();
  const watched = await watch(context, host.origin);

  const neighbour = await visit(context, `${host.origin}/`); // whose service worker has the whole host as its scope
  await controlled(neighbour);
  await neighbour.close();
  host.requests.length = 0;

  const page = await visit(context, `${host.origin}/repo/`);
  await page.waitForFunction(() => navigator.serviceWorker.controller?.scriptURL.endsWith('/repo/sw.js'));
  await controlled(page);
  const at = () => new URL(page.url()).pathname;
  await page.locator('main .card a').first().click();
  await idle(page);
  assert.match(at(), /^\/repo\/movie\/\d+$/);
  await page.getByRole('banner').getByRole('link', { name: '中文' }).click();
  await idle(page);
  assert.match(at(), /^\/repo\/zh\/movie\/\d+$/);
  await page.getByRole('banner').getByRole('link', { name: 'English' }).click();
  await page.getByRole('combobox').fill('heat');
  await page.getByRole('option').first().click();
  await page.waitForURL(`**/repo/movie/${movies.heat}`);
  await idle(page);
  await press(page, movies.heat, 'Like');
  await page.getByRole('combobox').fill('alien');
  await page.getByRole('combobox').press('Enter');
  await page.waitForURL('**/repo/search?q=alien');
  await page.getByRole('link', { name: 'For you' }).first().click();
  await page.waitForURL('**/repo/for-you');
  await page.locator('.ranked-list [data-item]').first().waitFor();
  const mine = await list(page, '.ranked-list');
  const links = await page.evaluate(() => [...document.querySelectorAll('[href], [src], form[action]')].map((one) => one.getAttribute('href') ?? one.getAttribute('src') ?? one.getAttribute('action')));
  assert.deepEqual(links.filter((one) => one.startsWith('/') && !one.startsWith('/repo/')), [], 'links out of the site');
  const manifest = await page.evaluate(async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json());
  assert.deepEqual([manifest.id, manifest.start_url, manifest.scope], ['/repo/', '/repo/', '/repo/']);
  for (const { src } of manifest.icons) assert.match(src, /^\/repo\/a\//);
  assert.deepEqual(host.requests.filter((one) => !one.startsWith('/repo/')), [], 'requests out of the site');
  const scopes = await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname).sort());
  assert.deepEqual(scopes, ['/', '/repo/']);
  const caches = await page.evaluate(async () => (await globalThis.caches.keys()).filter((name) => name.startsWith('sparrow-app')));
  assert.equal(caches.length, 2, `each site keeps its own: ${caches}`);

  const fresh = await browser.newContext(); // a first visit, to a page that the host has no file of
  await watch(fresh, host.origin);
  const deep = await visit(fresh, `${host.origin}/repo/zh/movie/${movies.obscure}`);
  await idle(deep);
  assert.equal(await deep.title(), 'Andrew Dice Clay: Dice Rules (1991) · Sparrow');
  assert.equal(await deep.locator('html').getAttribute('lang'), 'zh-Hans');
  await fresh.close();

  const { bundle } = await page.evaluate(async () => (await fetch('/repo/v1/latest.json')).json());
  for (const site of ['', '/repo']) await until(`the model of ${site}/ on the device`, async () => String(await kept(page, 'models', site)) === bundle);
  assert.ok(await kept(page, 'profile', '/repo'));
  assert.equal(await kept(page, 'profile'), undefined, 'what was liked below /repo/ is not known beside it');
  await host.stop();
  for (const path of ['/repo/', `/repo/movie/${movies.obscure}`, '/repo/zh/movie/1', '/repo/genre/Drama', '/repo/for-you', '/']) {
    const again = await visit(context, host.origin + path);
    await idle(again);
    assert.ok(await again.locator('h1').first().innerText(), path);
    if (path === '/repo/for-you') assert.deepEqual(await list(again, '.ranked-list'), mine);
    await again.close();
  }
  watched.quiet(networkNoise, missing);
});
