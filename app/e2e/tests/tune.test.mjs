// What a visitor asks of their list beside what they like: sliders, genres, and a draw. It is said
// above the list, stands in the address, outlives a reload, and is taken back as a whole.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaints } from '../lib/axe.mjs';
import { idle, visit, watch } from '../lib/browser.mjs';
import { go, like, movies } from '../lib/pages.mjs';
import { stage } from '../lib/app.mjs';

const { server, browser } = await stage();

const cards = (page) => page.locator('.ranked-list .card');
const lines = (page) => page.locator('.ranked-list .card-meta span:first-child').allTextContents();
const years = async (page) => {
  const all = (await lines(page)).map((line) => Number(line.slice(0, 4)));
  return all.reduce((sum, year) => sum + year, 0) / all.length;
};

// changed does something and waits until the list is another one.
async function changed(page, act) {
  const before = JSON.stringify(await cards(page).evaluateAll((all) => all.map((card) => card.dataset.item)));
  await act();
  await page.waitForFunction((was) => JSON.stringify([...document.querySelectorAll('.ranked-list .card')].map((card) => card.dataset.item)) !== was, before);
}

async function visitor(options, prefix, body) {
  const context = await browser.newContext({ reducedMotion: 'reduce', bypassCSP: true, ...options }); // axe is injected as a script
  const watched = await watch(context, server.origin);
  const page = await visit(context, `${server.origin}${prefix}/`);
  for (const id of [movies.toyStory, 260, 296, 110]) await like(page, id);
  await go(page, `${prefix}/for-you`);
  await cards(page).first().waitFor();
  await body(page);
  watched.quiet();
  await context.close();
}

test('a list is tuned by the keyboard alone, and remembers it', () => visitor({ viewport: { width: 1280, height: 900 } }, '', async (page) => {
  const usual = await years(page);
  assert.equal(await page.locator('.wished').count(), 0);
  await page.locator('#recency').focus();
  await changed(page, () => page.keyboard.press('Home'));
  assert.equal(await page.locator('#recency').getAttribute('aria-valuetext'), 'much older');
  assert.ok(await years(page) < usual - 10, `${await years(page)} of a list of old films, ${usual} before`);

  const western = page.locator('.chip-wish', { hasText: 'Western' });
  await western.focus();
  await changed(page, () => page.keyboard.press('Enter'));
  assert.equal(await western.getAttribute('aria-label'), 'more Western');
  const comedy = page.locator('.chip-wish', { hasText: 'Comedy' });
  await comedy.focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('.wished').textContent.includes('more Comedy'));
  await changed(page, () => page.keyboard.press('Enter'));
  assert.deepEqual((await lines(page)).filter((line) => line.includes('Comedy')), []);
  assert.match(await page.locator('.wished').textContent(), /^\s*You asked for: much older, more Western, no Comedy/);
  assert.equal(new URL(page.url()).search, '?more=Western&never=Comedy&recency=-2');
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await complaints(page), []);
  }

  await page.reload();
  await cards(page).first().waitFor();
  assert.match(await page.locator('.wished').textContent(), /no Comedy/);
  await go(page, '/');
  await page.locator('.row .card').first().waitFor();
  assert.deepEqual((await page.locator('.card-meta span:first-child').allTextContents()).filter((line) => line.includes('Comedy')), []);
  await go(page, '/for-you');
  await page.locator('#reset').focus();
  await changed(page, () => page.keyboard.press('Enter'));
  assert.equal(new URL(page.url()).search, '');
  assert.equal(await page.locator('.wished').count(), 0);
}));

test('on a phone, in Chinese, chance draws a list and says how', () => visitor({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, '/zh', async (page) => {
  await changed(page, () => page.locator('#surprise').tap());
  const said = await page.locator('.ranked-list .card-move').allTextContents();
  assert.equal(said.length, await cards(page).count());
  for (const text of said) assert.match(text, /^抽中的机会 (< 1|\d+)%$/);
  await changed(page, () => page.locator('#surprise').tap());
  assert.deepEqual(await complaints(page), []);
  await changed(page, () => page.getByRole('button', { name: '回到最佳片单' }).tap());
  assert.ok(!(await page.locator('.ranked-list .card-move').allTextContents()).some((text) => text.includes('抽中')));
}));

const hundredths = (text) => Math.round(100 * Number(text.replace('−', '-').replace('+', '')));

test('a like is put in question, and taken back only when that is wished', () => visitor({ viewport: { width: 1280, height: 900 } }, '', async (page) => {
  const first = await cards(page).first().evaluate((card) => card.dataset.item);
  await go(page, `/movie/${first}`);
  await page.locator('.what-if-like .what-if-ask').first().waitFor();
  const amounts = (await page.locator('.what-if-like .reason-number').allTextContents()).map(hundredths);
  assert.ok(amounts.length >= 3 && amounts.length <= 5, `${amounts}`);
  assert.equal(amounts.slice(0, -1).reduce((a, b) => a + b), amounts.at(-1), 'the parts that are shown add up to the score');
  const likes = page.locator('.what-if-like .what-if-ask');
  await likes.first().waitFor();
  const title = (await page.locator('.what-if-like a').first().textContent()).replace('Because you liked ', '');
  await likes.first().focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('#what-if').textContent.includes('your list'));
  const said = await page.locator('#what-if').textContent();
  assert.ok(said.includes(title), said);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await complaints(page), []);
  }
  const [, place] = /it would be number (\d+) on your list/.exec(said) ?? [];
  await page.getByRole('button', { name: `Take back what you said of ${title}` }).click();
  await page.waitForFunction(() => !document.querySelector('#what-if')?.textContent);
  await go(page, '/for-you');
  const now = await cards(page).evaluateAll((all) => all.map((card) => card.dataset.item));
  assert.equal(now.indexOf(first) + 1, Number(place ?? 0), said);
}));

test('on a phone, in Chinese, a reason that is no like is set against by a setting of lists', () => visitor({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, '/zh', async (page) => {
  const ids = await cards(page).evaluateAll((all) => all.slice(0, 12).map((card) => card.dataset.item));
  const ask = page.locator('.what-if-ask[aria-label*="设为"]').first();
  for (const id of ids) {
    await go(page, `/zh/movie/${id}`);
    await page.locator('.what-if-ask').first().waitFor();
    if (await ask.count() > 0) break;
  }
  const wish = /设为“(.*)”/.exec(await ask.getAttribute('aria-label'))[1];
  await ask.tap();
  await page.waitForFunction(() => document.querySelector('#what-if').textContent.includes('片单'));
  assert.ok((await page.locator('#what-if').textContent()).includes(wish));
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await complaints(page), []);
  }
  await page.getByRole('button', { name: `把片单设为“${wish}”`, exact: true }).tap();
  await page.waitForFunction(() => !document.querySelector('#what-if')?.textContent);
  await go(page, '/zh/for-you');
  await page.locator('.wished').waitFor();
  assert.ok((await page.locator('.wished').textContent()).includes(wish));
}));

test('a series is blocked by the keyboard from the page of one of its films, and lifted beside the list', () => visitor({ viewport: { width: 1280, height: 900 } }, '', async (page) => {
  const titles = () => page.locator('.card-title').allTextContents();
  const starWars = (all) => all.filter((title) => title.startsWith('Star Wars'));
  assert.ok(starWars(await titles()).length > 0, 'a list of who likes one of them has others');
  await go(page, '/movie/1196');
  await page.locator('.blocks summary').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'The series Star Wars');
  await page.keyboard.press('Enter');
  await page.locator('.blocks [aria-pressed="true"]').waitFor();
  await page.waitForFunction(() => ![...document.querySelectorAll('[data-list="similar"] .card-title')].some((title) => title.textContent.startsWith('Star Wars')));
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await complaints(page), []);
  }
  for (const path of ['/for-you', '/']) {
    await go(page, path);
    await page.locator('.card-title').first().waitFor();
    assert.deepEqual(starWars(await titles()), [], path);
  }
  await page.goto(`${server.origin}/for-you`); // it is kept on the device
  await page.locator('.wished').waitFor();
  assert.match(await page.locator('.wished').textContent(), /nothing of Star Wars/);
  assert.deepEqual(starWars(await titles()), []);
  await go(page, '/search?q=star+wars');
  await page.locator('.card-title').first().waitFor();
  assert.ok(starWars(await titles()).length > 4, 'whoever looks for it finds it');
  await go(page, '/for-you');
  await cards(page).first().waitFor();
  await changed(page, () => page.getByRole('button', { name: 'Show Star Wars again' }).click());
  assert.ok(starWars(await titles()).length > 0);
  assert.equal(await page.locator('.wished').count(), 0);

  const one = page.locator('.ranked-list .card', { hasText: 'Star Wars' }).first(); // and from a card, without its page
  await one.hover();
  await one.locator('.act-no').click();
  await page.locator('.toast').getByRole('button', { name: 'The series Star Wars' }).click();
  await page.getByText('Nothing of Star Wars will be on your lists.').waitFor();
  await idle(page);
  assert.deepEqual(starWars(await titles()), []);
}));
