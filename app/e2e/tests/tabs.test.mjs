// Two tabs share one profile and never overwrite each other; without storage
// the app shows that and continues in memory.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alive, idle, visit, watch } from '../lib/browser.mjs';
import { button, go, like, list, movies, press, reload } from '../lib/pages.mjs';
import { stage } from '../lib/app.mjs';

const { server, browser } = await stage();

test('feedback in one tab counts in the other', async () => {
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  const [one, two] = [await visit(context, `${server.origin}/movie/1`), await visit(context, `${server.origin}/movie/1`)];
  await idle(one);
  await press(one, 1, 'Like');
  await button(two, 1, 'Like', { pressed: true }).waitFor();
  await press(two, 1, 'Like');
  await button(one, 1, 'Like', { pressed: false }).waitFor();
  watched.quiet();
  await context.close();
});

test('two tabs that act at the same time lose nothing', async () => {
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  const tabs = [await visit(context, `${server.origin}/browse`), await visit(context, `${server.origin}/browse`)];
  for (const tab of tabs) await idle(tab);
  const all = await list(tabs[0], '.grid');
  const each = 12;
  // Clicks inside of the page, all at once: nothing slows the tabs down.
  await Promise.all(tabs.map((tab, at) => tab.evaluate((ids) => {
    for (const id of ids) document.querySelector(`[data-item="${id}"] .act-like`).click();
  }, all.slice(at * each, (at + 1) * each))));
  for (const tab of tabs) await idle(tab);
  await go(tabs[0], '/history');
  assert.equal(await tabs[0].locator('.entry').count(), 2 * each);
  await reload(tabs[1]);
  await go(tabs[1], '/history');
  assert.equal(await tabs[1].locator('.entry').count(), 2 * each);
  watched.quiet();
  await context.close();
});

test('what is blocked and who is added in one tab stands when the other keeps its own', async () => {
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  const [one, two] = [await visit(context, `${server.origin}/profile`), await visit(context, `${server.origin}/movie/${movies.alien}`)];
  const add = async (page, name) => {
    await page.locator('#who-add').click();
    await page.locator('#fresh-name').fill(name);
    await page.locator('#who-add-do').click();
    await page.locator('.who-list .who-one', { hasText: name }).waitFor();
  };
  await add(one, 'Ann');
  await two.locator('.who-button').waitFor(); // there is somebody else
  await go(two, '/profile');
  await add(two, 'Bob');
  await one.locator('.who-list .who-one', { hasText: 'Bob' }).waitFor();
  const { all } = await one.evaluate(() => JSON.parse(localStorage.getItem('sparrow-people')));
  assert.deepEqual(all.map(({ id, name }) => [id, name]), [[1, ''], [2, 'Ann'], [3, 'Bob']]);
  await like(one, movies.alien);
  await go(one, '/for-you');
  await go(two, `/movie/${movies.starWars}`);
  await two.locator('.blocks summary').click();
  await two.locator('.blocks button').first().click();
  await one.locator('.wished', { hasText: 'nothing of' }).waitFor();
  assert.match(one.url(), /block=/);
  watched.quiet();
  await context.close();
});

test('a browser that refuses storage still recommends, and the profile page shows what that means', async () => {
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  const page = await context.newPage();
  // Only the worker uses storage: it is refused there, before its first line.
  server.site = async (name) => {
    if (!name.endsWith('.engine-worker.js')) return null;
    const { body } = await server.read(name);
    return Buffer.concat([Buffer.from("for (const name of ['indexedDB', 'caches']) Object.defineProperty(self, name, { get() { throw new DOMException('refused', 'SecurityError'); } });\n"), body]);
  };
  await page.goto(server.origin);
  await alive(page);
  await like(page, movies.alien);
  await go(page, '/for-you');
  await page.locator('.ranked-list [data-item]').first().waitFor();
  await go(page, '/profile');
  await page.getByText('refused storage').waitFor();
  assert.equal(await page.locator('.entry').count(), 1);
  server.site = null;
  watched.quiet();
  await context.close();
});
