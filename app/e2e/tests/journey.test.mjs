// The core journey, in every browser that BROWSERS names: home, an item, a
// search, three likes, the personal list, the same with the server stopped, and
// the copy that a visitor saves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begin, chosen } from '../browsers/all.mjs';
import { networkNoise } from '../lib/browser.mjs';
import { movies } from '../lib/pages.mjs';
import { serve } from '../lib/server.mjs';

const liked = [movies.alien, movies.heat, movies.shining];
const lists = new Map(); // browser → what it recommends after these likes

// go opens a page of the app without loading the document again.
const go = (tab, path) => tab.evaluate((to) => { goappNav(to); }, path);

// like opens an item's page and likes it.
async function like(tab, id) {
  const button = `.item-head[data-item="${id}"] .act-like`;
  await go(tab, `/movie/${id}`);
  await tab.until((selector) => document.querySelector(selector), button);
  await tab.click(button);
  await tab.until((selector) => document.querySelector(selector).getAttribute('aria-pressed') === 'true', button);
}

// ranked waits for the personal list and returns its items in order.
async function ranked(tab) {
  await tab.until(() => document.querySelectorAll('.ranked-list [data-item]').length >= 10);
  return tab.evaluate(() => [...document.querySelectorAll('.ranked-list [data-item]')].map((one) => one.dataset.item));
}

const heading = (tab) => tab.evaluate(() => document.querySelector('h1').innerText);

for (const [name, browser] of chosen('chromium firefox')) {
  test(`the core journey in ${name}`, async (t) => {
    const server = await serve(t);
    const { tab, version } = await begin(t, browser);
    t.diagnostic(version);

    await tab.visit(`${server.origin}/`);
    await tab.until(() => document.querySelectorAll('main [data-item]').length >= 40);
    const title = await tab.evaluate(() => document.querySelector('.row .card-title').innerText);
    await tab.click('.row .card-link');
    await tab.until(() => /^\/movie\//.test(location.pathname) && document.querySelectorAll('main .row [data-item]').length >= 10);
    assert.equal(await heading(tab), title, 'a card leads to its item');

    await tab.click('#search');
    await tab.keys('heat\n');
    await tab.until((id) => location.pathname === '/search' && document.querySelector(`main [data-item="${id}"]`), movies.heat);

    for (const id of liked) await like(tab, id);
    await go(tab, '/for-you');
    const mine = await ranked(tab);
    assert.ok(!liked.some((id) => mine.includes(String(id))), 'what was liked is not recommended');
    lists.set(name, mine);

    await tab.until(() => navigator.serviceWorker.controller?.state === 'activated');
    await tab.until(async () => (await (await caches.open('sparrow-models')).keys()).length > 0);
    assert.deepEqual(await tab.problems(), []);
    await server.stop();
    await tab.visit(`${server.origin}/movie/${movies.obscure}`);
    await tab.until(() => document.querySelectorAll('main .row [data-item]').length >= 10);
    assert.equal(await heading(tab), 'Andrew Dice Clay: Dice Rules');
    await tab.visit(`${server.origin}/for-you`);
    assert.deepEqual(await ranked(tab), mine, 'the same list offline');

    await go(tab, '/profile');
    await tab.until((count) => document.querySelectorAll('.entry').length === count, liked.length);
    await tab.evaluate(() => {
      const { createObjectURL } = URL;
      URL.createObjectURL = (blob) => {
        globalThis.saved = blob;
        return createObjectURL(blob);
      };
    });
    await tab.click('.panel-buttons > button');
    const copy = await tab.evaluate(async () => JSON.parse(await globalThis.saved.text()));
    assert.deepEqual(copy.items.map(({ item, action }) => `${action} ${item}`), liked.map((id) => `like ${id}`));
    assert.deepEqual((await tab.problems()).filter((line) => !networkNoise.test(line)), [], 'offline');
  });
}

test('every browser recommends the same', () => {
  const [[first, mine], ...others] = lists;
  for (const [name, list] of others) assert.deepEqual(list, mine, `${name} against ${first}`);
});
