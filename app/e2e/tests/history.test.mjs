// The history is the visitor's: a line an item, searched, sorted, dated, annotated, and every step of
// it can be taken back, after a reload too, so that the list is the one of that moment.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { complaintsIn } from '../lib/axe.mjs';
import { idle, visit, watch } from '../lib/browser.mjs';
import { films } from '../lib/films.mjs';
import { button, forYou, go, like, list, movies, press, reload } from '../lib/pages.mjs';
import { stage } from '../lib/app.mjs';

const { server, browser } = await stage();

async function visitor(options, body) {
  const context = await browser.newContext({ bypassCSP: true, ...options }); // axe is injected as a script
  const watched = await watch(context, server.origin);
  await body(await visit(context, server.origin));
  watched.quiet();
  await context.close();
}

const lines = (page) => page.locator('.entry').evaluateAll((all) => all.map((one) => [one.querySelector('.entry-title').textContent, one.querySelector('.entry-meta').textContent]));
const choose = async (page, id, value) => { await page.locator(id).selectOption(value); await idle(page); };
const open = async (page, title) => { await page.getByRole('button', { name: `Change what you said of ${title}` }).click(); };

test('states, search, order, date and note of a line', () => visitor({}, async (page) => {
  await like(page, movies.heat);
  await go(page, `/movie/${movies.alien}`);
  await press(page, movies.alien, 'Seen');
  await go(page, `/movie/${movies.shining}`);
  await press(page, movies.shining, 'Not for me');
  await go(page, `/movie/${movies.toyStory}`);
  await press(page, movies.toyStory, 'Keep');
  await go(page, '/history');
  assert.deepEqual(await lines(page), [['Toy Story', 'On your watchlist'], ['The Shining', 'Not for me'], ['Alien', 'Seen'], ['Heat', 'Liked']]);
  await choose(page, '#history-sort', 'title');
  assert.deepEqual((await lines(page)).map(([title]) => title), ['Alien', 'Heat', 'The Shining', 'Toy Story']);
  await choose(page, '#history-state', 'seen');
  assert.deepEqual(await lines(page), [['Alien', 'Seen']]);
  await choose(page, '#history-state', 'usual');
  await choose(page, '#history-sort', 'usual');

  const order = (await lines(page)).map(([title]) => title);
  await open(page, 'Heat');
  await page.locator(`#date-${movies.heat}`).fill('1996-02-03');
  await idle(page);
  assert.deepEqual((await lines(page)).map(([title]) => title), order, 'no line moves while one is open');
  await open(page, 'Heat');
  await idle(page);
  assert.deepEqual((await lines(page)).at(-1), ['Heat', 'Liked']);
  assert.equal(await page.locator('.entry-day').last().textContent(), '1996-02-03');
  await open(page, 'Heat');
  await page.getByRole('button', { name: 'No date' }).click();
  await idle(page);
  assert.equal(await page.locator('.entry-day').last().textContent(), '', 'a date that was set on this line before');
  assert.equal(await page.locator('.log').count(), 0, 'nothing else was said of it');
  await page.locator(`#date-${movies.heat}`).fill('1996-02-03');
  await idle(page);
  for (const text of ['At home', '', 'The diner, with Mia']) {
    await page.locator(`#note-${movies.heat}`).fill(text);
    await page.locator(`#note-${movies.heat}`).blur();
    await idle(page);
    assert.deepEqual(await page.locator('.entry-note').allTextContents(), text ? [text] : []);
  }
  assert.equal(await page.locator('.entry-note').textContent(), 'The diner, with Mia');
  await page.getByRole('slider', { name: 'Your rating' }).focus();
  for (let half = 0; half < 9; half++) await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => [...document.querySelectorAll('.entry-meta')].some((one) => one.textContent === '★ 4.5'));
  await reload(page);
  await page.locator('#history-search').fill('mia din');
  await page.waitForFunction(() => document.querySelectorAll('.entry').length === 1);
  assert.deepEqual(await lines(page), [['Heat', '★ 4.5']]);
  assert.deepEqual(await complaintsIn(page, [[1280, 'light'], [390, 'dark']], () => idle(page)), []);
  const saving = (async () => { await go(page, '/profile'); const download = page.waitForEvent('download'); await page.getByRole('button', { name: 'Save a copy' }).click(); return readFile(await (await download).path(), 'utf8'); })();
  const copy = await saving;
  assert.ok(copy.includes('"note":{"text":"The diner, with Mia"'), copy);
  await page.getByRole('button', { name: 'Erase everything' }).click();
  await page.getByRole('button', { name: 'Erase it' }).click();
  await idle(page);
  await page.locator('#import').setInputFiles({ name: 'copy.json', mimeType: 'application/json', buffer: Buffer.from(copy) });
  await page.locator('.import', { hasText: /are in/ }).waitFor();
  const again = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save a copy' }).click();
  assert.equal(await readFile(await (await again).path(), 'utf8'), copy, 'byte for byte');
}));

test('back to any point, after a reload too: the list is the one of that moment', () => visitor({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, async (page) => {
  const then = [];
  for (const id of [movies.heat, movies.alien, movies.shining]) {
    await like(page, id);
    then.push(await forYou(page));
  }
  await go(page, `/movie/${movies.alien}`);
  await press(page, movies.alien, 'Like'); // takes it back
  await reload(page);
  await go(page, '/history');
  await page.locator('#show-steps').click();
  await page.locator('.step').first().waitFor();
  const steps = await page.locator('.step-text > span:first-child').allTextContents();
  assert.deepEqual(steps, ['Alien: Liked, taken back', 'The Shining: Liked', 'Alien: Liked', 'Heat: Liked']);
  assert.deepEqual(await complaintsIn(page, [[390, 'light'], [1280, 'dark']], () => idle(page)), []);
  await page.getByRole('button', { name: 'Back to before this: The Shining: Liked' }).click();
  await idle(page);
  assert.deepEqual((await lines(page)).map(([title]) => title), ['Alien', 'Heat']);
  assert.deepEqual(await forYou(page), then[1]);
  await go(page, '/history');
  await page.getByRole('button', { name: 'Show the steps' }).click();
  await page.getByRole('button', { name: /^Take this back/ }).first().click(); // the going back
  await idle(page);
  assert.deepEqual((await lines(page)).map(([title]) => title), ['The Shining', 'Heat']);
  await page.getByRole('button', { name: 'Forget the steps' }).click();
  await page.getByRole('button', { name: 'Forget them' }).click();
  await page.getByText('Nothing was changed lately.').waitFor();
  await reload(page);
  assert.equal(await page.locator('.entry').count(), 2, 'what was said stays');
}));

test('what is kept for later is sorted, and comes up in no list unless that is wanted', () => visitor({}, async (page) => {
  await like(page, movies.heat);
  const kept = (await forYou(page))[0];
  await press(page, kept, 'Keep');
  await page.waitForFunction((id) => !document.querySelector(`.ranked-list [data-item="${id}"]`), kept);
  await go(page, '/');
  await page.locator('.row').first().waitFor();
  assert.equal(await page.locator(`.row:first-of-type [data-item="${kept}"]`).count(), 0);
  await go(page, '/for-you');
  await page.getByRole('button', { name: 'what you keep for later, too' }).click();
  await page.waitForFunction((id) => document.querySelector(`.ranked-list [data-item="${id}"]`), kept);
  assert.match(await page.locator('.wished').textContent(), /what you keep for later, too/);
  await like(page, movies.starWars);
  for (const id of [movies.toyStory, movies.alien]) {
    await go(page, `/movie/${id}`);
    await press(page, id, 'Keep');
  }
  await go(page, '/kept');
  assert.deepEqual((await list(page, '.grid')).slice(0, 2).map(Number), [movies.alien, movies.toyStory]);
  await choose(page, '#watchlist-sort', 'title');
  const titles = await page.locator('.grid .card-title').allTextContents();
  assert.deepEqual(titles, titles.toSorted((a, b) => a.replace(/^The /, '').localeCompare(b.replace(/^The /, ''))));
  await choose(page, '#watchlist-sort', 'fit');
  assert.equal((await list(page, '.grid')).length, 3);
}));

test('ten thousand lines, in pages', () => visitor({}, async (page) => {
  const items = films().slice(0, 9700).map(({ id }, i) => ({ item: String(id), action: 'rate', stars: (i % 10 + 1) / 2, at: 1e9 + i }));
  for (let i = 0; i < 300; i++) items.push({ item: `elsewhere:${i}`, action: 'like', at: 9e8 + i });
  await go(page, '/profile');
  await page.locator('#import').setInputFiles({ name: 'copy.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ format: 'sparrow-profile-2', items })) });
  await page.locator('.import', { hasText: /are in/ }).waitFor({ timeout: 30e3 });
  await go(page, '/history');
  assert.match(await page.locator('.page-count').textContent(), /^10,000/);
  assert.equal(await page.locator('.entry').count(), 50);
  await page.getByRole('button', { name: 'After', exact: true }).click();
  await page.getByText('51 to 100 of 10,000').waitFor();
  await page.locator('#history-search').fill('toy sto');
  await page.waitForFunction(() => document.querySelectorAll('.entry').length < 5);
  assert.ok((await lines(page)).some(([title]) => title === 'Toy Story'));
  assert.ok(await button(page, 1, 'Like').count() === 0);
}));
