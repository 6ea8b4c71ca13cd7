// Every control that removes or replaces itself when it is used leaves the focus
// at a sensible place, where the same key does not act on something else; and
// keys that come fast are all counted. Real keys, in a real browser.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { idle, visit, watch } from '../lib/browser.mjs';
import { go, like, list, movies, reload } from '../lib/pages.mjs';
import { stage } from '../lib/app.mjs';

const { server, browser } = await stage();

async function visitor(path, body) {
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  await body(await visit(context, server.origin + path), context);
  watched.quiet();
  await context.close();
}

// focus describes where the focus is.
const focus = (page) => page.evaluate(() => {
  const { activeElement: at } = document;
  return { tag: at.tagName, act: at.dataset.act ?? '', item: at.closest('[data-item]')?.dataset.item ?? '', text: at.innerText, name: at.className };
});

// history returns the lines of the profile's page: [title, what holds].
async function history(page) {
  await go(page, '/profile');
  return page.locator('.entry .entry-text').evaluateAll((all) => all.map((one) => [...one.children].map((part) => part.innerText)));
}

// reach puts the focus on a button of a card, as a keyboard does: by way of its link.
async function reach(page, inside, id, act) {
  await page.locator(`${inside} [data-item="${id}"] .card-link`).focus();
  for (let tabs = 0; tabs < 3 && (await focus(page)).act !== act; tabs++) await page.keyboard.press('Tab');
  const at = await focus(page);
  assert.deepEqual([at.item, at.act], [String(id), act]);
}

const enter = async (page) => {
  await page.keyboard.press('Enter');
  await idle(page);
};

test('seven fast arrow keys on the stars are one rating of 3.5', () => visitor(`/movie/${movies.heat}`, async (page) => {
  await idle(page);
  const slider = page.getByRole('slider', { name: 'Your rating' });
  await slider.focus();
  await page.evaluate(() => { // faster than any hand: all in one task
    const on = document.activeElement;
    for (let key = 0; key < 7; key++) on.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }));
  });
  await idle(page);
  assert.equal(await slider.getAttribute('aria-valuenow'), '3.5');
  for (let key = 0; key < 5; key++) await page.keyboard.press('ArrowRight');
  for (let key = 0; key < 2; key++) await page.keyboard.press('ArrowLeft');
  await idle(page);
  assert.equal(await slider.getAttribute('aria-valuenow'), '4', 'real keys, up to five stars and down again');
  assert.equal((await focus(page)).tag, 'DIV', 'the focus stays on the stars');
  assert.deepEqual((await history(page)).map(([, state]) => state), ['★ 4']);
  await go(page, '/history');
  assert.equal(await page.locator('.entry').count(), 1, 'lines that are kept');
  await page.locator('.entry-edit').click();
  assert.equal(await page.locator('.log-lines li').count(), 0, 'lines before');
  await reload(page);
  assert.deepEqual((await history(page)).map(([, state]) => state), ['★ 4'], 'after a reload');
}));

test('a rating survives a page that is closed right after the key', async () => {
  const context = await browser.newContext();
  await watch(context, server.origin);
  const page = await visit(context, `${server.origin}/movie/${movies.heat}`);
  await idle(page);
  await page.getByRole('slider', { name: 'Your rating' }).focus();
  await page.keyboard.press('End');
  await page.waitForFunction(() => probe.open === 0, null, { polling: 5 }); // the worker's answer, no more
  await page.close();
  const next = await visit(context, `${server.origin}/movie/${movies.heat}`);
  await idle(next);
  assert.equal(await next.getByRole('slider', { name: 'Your rating' }).getAttribute('aria-valuenow'), '5');
  await context.close();
});

test('the first like of the wall keeps the focus on what was liked', () => visitor('/for-you', async (page) => {
  await idle(page);
  const [, second] = await list(page, '.wall');
  await reach(page, '.wall', second, 'like');
  await enter(page);
  await page.locator('.ranked-list [data-item]').first().waitFor();
  await idle(page);
  const at = await focus(page);
  assert.deepEqual([at.tag, at.item, at.act], ['BUTTON', second, 'like']);
  await enter(page); // takes the like back, and nothing else
  assert.deepEqual(await history(page), []);
}));

test('a second Enter never likes an item that was not chosen', () => visitor('/', async (page) => {
  for (const id of [movies.shining, movies.exorcist, movies.alien]) await like(page, id);
  for (const act of ['like', 'not-interested']) {
    await go(page, '/for-you');
    const third = (await list(page, '.ranked-list'))[2];
    const before = (await history(page)).length;
    await go(page, '/for-you');
    await reach(page, '.ranked-list', third, act);
    await enter(page);
    const at = await focus(page);
    assert.notEqual(at.tag, 'BODY', `focus after ${act}`);
    assert.ok(at.item === third || at.act === '', `after ${act} of ${third} the focus is on ${JSON.stringify(at)}`);
    await enter(page);
    const now = await history(page);
    assert.ok(now.length - before <= 1, `${act}, Enter twice: ${JSON.stringify(now)}`);
  }
}));

test('undo, closing a note, forgetting and the bookmark leave the focus on the page', () => visitor('/', async (page) => {
  for (const id of [movies.shining, movies.exorcist, movies.alien, movies.heat]) await like(page, id);
  const sensible = async (what) => {
    const at = await focus(page);
    assert.notEqual(at.tag, 'BODY', `focus after ${what}`);
    assert.equal(await page.evaluate(() => document.activeElement.getClientRects().length > 0), true, `focus after ${what} can be seen`);
    return at;
  };
  // The note of the last like: its buttons go with it.
  await page.locator('.act-like').first().focus();
  await page.getByRole('button', { name: 'Undo' }).focus();
  await enter(page);
  await sensible('undo');
  await page.locator('.verdict .act-watch').focus();
  await enter(page);
  await page.locator('.toast-close').focus();
  await enter(page);
  assert.match((await sensible('closing a note')).name, /act-watch/);

  await go(page, '/kept');
  await reach(page, '.watchlist', movies.heat, 'watchlist');
  await enter(page);
  await sensible('the last bookmark');

  await go(page, '/profile');
  for (let left = 3; left > 0; left--) {
    assert.equal(await page.locator('.entry').count(), left);
    await page.locator('.entry-remove').first().focus();
    await enter(page);
    assert.equal((await sensible('forgetting')).name.includes('entry-remove'), false, 'a second Enter must not forget the next item');
  }
  assert.deepEqual(await history(page), []);
}));

test('what was forgotten stays forgotten through export, erase and import, byte for byte', () => visitor('/', async (page) => {
  for (const id of [movies.shining, movies.exorcist, movies.alien]) await like(page, id);
  await like(page, movies.heat);
  await go(page, '/profile');
  await page.locator('.entry', { hasText: 'Heat' }).getByRole('button').click();
  await idle(page);
  const save = async () => {
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save a copy' }).click();
    return readFile(await (await saved).path(), 'utf8');
  };
  const first = await save();
  assert.deepEqual(JSON.parse(first).items.map((line) => Number(line.item)), [movies.shining, movies.exorcist, movies.alien]);
  await page.getByRole('button', { name: 'Erase everything' }).click();
  await page.getByRole('button', { name: 'Erase it' }).click();
  await idle(page);
  await page.locator('#import').setInputFiles({ name: 'sparrow.json', mimeType: 'application/json', buffer: Buffer.from(first) });
  await page.locator('.entry').nth(2).waitFor();
  assert.equal(await save(), first);
}));

test('a file of 80 MB, and one with other columns, are refused at once and with a sentence', () => visitor('/profile', async (page) => {
  await idle(page);
  await page.evaluate(() => {
    globalThis.longest = 0;
    new PerformanceObserver((all) => { for (const one of all.getEntries()) globalThis.longest = Math.max(globalThis.longest, one.duration); }).observe({ type: 'longtask' });
    const files = new DataTransfer();
    files.items.add(new File(['userId,movieId,rating\n', 'x'.repeat(80e6)], 'ratings.csv'));
    document.getElementById('import').files = files.files;
    document.getElementById('import').dispatchEvent(new Event('change', { bubbles: true }));
  });
  await page.getByText('This file has 80.0 MB').waitFor({ timeout: 5000 });
  await page.locator('#import').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('Const,Your Rating\ntt1,8\n') });
  await page.getByText('names the columns "Const", "Your Rating"').waitFor();
  const lines = Array.from({ length: 19000 }, (_, i) => `1,${i + 1},4,${i}`).join('\n');
  await page.evaluate(() => { globalThis.longest = 0; });
  await page.locator('#import').setInputFiles({ name: 'b.csv', mimeType: 'text/csv', buffer: Buffer.from(`userId,movieId,rating,timestamp\n${lines}\n`) });
  await page.getByText('films are in').waitFor();
  await page.locator('.entry').first().waitFor(); // the outcome is said before the history is asked for again
  const longest = await page.evaluate(() => globalThis.longest);
  assert.ok(longest < 2000, `the page was blocked for ${longest} ms`); // 200 on a busy machine; 5,000 before there was a bound
  assert.equal(await page.locator('.entry').count(), 12, 'lines that are drawn');
}));
