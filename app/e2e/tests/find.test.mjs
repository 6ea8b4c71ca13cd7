// People find items by other names and by what they are: numbers, pinyin, genres and years in words, and
// filters whose every part can be taken away, all in the address.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idle, visit, watch } from '../lib/browser.mjs';
import { go } from '../lib/pages.mjs';
import { stage } from '../lib/app.mjs';

const { server, browser } = await stage();

async function visitor(path, body, options) {
  const context = await browser.newContext(options);
  const watched = await watch(context, server.origin);
  await body(await visit(context, server.origin + path), context);
  watched.quiet();
  await context.close();
}

// offered types a query and returns the first option that is offered.
async function offered(page, query) {
  await page.locator('#search').fill(query);
  await idle(page);
  return (await page.getByRole('option').first().innerText()).replace(/\s+/g, ' ');
}

const count = async (page) => Number((await page.locator('.page-count').innerText()).replace(/\D/g, ''));

test('numbers in words, joined words, a typo and pinyin find a film, which says by which name', () => visitor('/', async (page) => {
  assert.match(await offered(page, 'rocky two'), /^Rocky II /);
  assert.match(await offered(page, 'starwars 4'), /^Star Wars: Episode IV /);
  assert.match(await offered(page, 'shawshenk'), /^The Shawshank Redemption /);
  assert.match(await offered(page, 'xiaoshenke'), /^The Shawshank Redemption also called 肖申克的救赎 /);
  await go(page, '/zh/');
  assert.match(await offered(page, 'the godfather 2'), /^教父2 又名《The Godfather: Part II》 /);
}));

test('words name a part of the catalogue, each condition of which can be taken away', () => visitor('/', async (page) => {
  assert.match(await offered(page, 'horror 80s'), /^Horror · 1980s /);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/genre/Horror?decade=1980&q=horror+80s');
  await idle(page);
  const both = await count(page);
  assert.ok(both > 20, `${both} films`);
  await page.getByRole('link', { name: 'Without the condition “Horror”' }).click();
  await page.waitForURL('**/browse?decade=1980&q=horror+80s');
  await idle(page);
  assert.ok(await count(page) > 5 * both, 'all of the eighties are more');
  await page.reload();
  await idle(page);
  assert.ok(await count(page) > 5 * both, 'and so they are after a reload');
}));

test('what is not understood is named', () => visitor('/search?q=japanese+animation', async (page) => {
  await page.getByText('Of no film here is it known that it is japanese; that was left out.').waitFor();
  await page.getByRole('link', { name: 'Without the condition “Animation”' }).waitFor();
  await go(page, '/search?q=french+films');
  await page.getByText('Of no film here is it known that it is french; that was left out.').waitFor();
  await go(page, '/search?q=american+beauty');
  await page.locator('[data-item="2858"]').first().waitFor();
  assert.equal(await page.getByText('Of no film here').count(), 0);
  await go(page, `/zh/search?q=${encodeURIComponent('恐怖片 90年代')}`);
  await page.getByRole('link', { name: '去掉“1990 年代”这个条件' }).waitFor();
}, { viewport: { width: 360, height: 740 } }));

test('a genre is with, without, either; years and stars have ranges', () => visitor('/genre/Horror', async (page) => {
  await idle(page);
  const comedy = page.locator('.chips-scroll').getByRole('link', { name: /^Comedy/ });
  await comedy.click();
  await page.waitForURL('**/genre/Horror?with=Comedy');
  await idle(page);
  const both = await count(page);
  await comedy.click();
  await page.waitForURL('**/genre/Horror?without=Comedy');
  await idle(page);
  const without = await count(page);
  await comedy.click();
  await page.waitForURL('**/genre/Horror');
  await idle(page);
  assert.equal(both + without, await count(page));
  await page.getByText('Years and stars').click();
  await page.getByLabel('From year').fill('1985');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/genre/Horror?from=1985');
  await idle(page);
  await page.getByLabel('Stars, at least').selectOption('3.5');
  await page.waitForURL('**/genre/Horror?from=1985&least=3.5');
  await idle(page);
  const text = (await page.locator('.card-meta').allInnerTexts()).join('\n');
  const stars = [...text.matchAll(/★\s(\d\.\d)/g)].map(([, mean]) => Number(mean));
  assert.ok(stars.length > 10 && stars.every((mean) => mean >= 3.4), `means ${stars}`);
}));
