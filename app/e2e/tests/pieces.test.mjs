// A long grid of cards, an item's rows and the Lab's map are drawn in pieces, so that no task of the page
// is long; what came with the page stays whole.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idle, visit, watch } from '../lib/browser.mjs';
import { stage } from '../lib/app.mjs';
import { go, like, movies } from '../lib/pages.mjs';

const { server, browser } = await stage();

// counting records in globalThis.counts how many elements the page shows, whenever that changes.
const counting = (selector) => {
  const all = () => document.querySelectorAll(selector).length;
  globalThis.counts = [all()];
  globalThis.counter?.disconnect();
  globalThis.counter = new MutationObserver(() => {
    if (all() !== counts.at(-1)) counts.push(all());
  });
  counter.observe(document, { childList: true, subtree: true });
};

const counts = (page) => page.evaluate(() => globalThis.counts);

// visitor has body use a page, and looks at what it left.
async function visitor(path, body, prepare = () => {}) {
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  await prepare(context);
  const page = await visit(context, server.origin + path);
  await body(page);
  assert.equal(await page.locator('.row-blank').count(), 0);
  watched.quiet();
  await context.close();
}

const cards = '.grid:not(.ghosts) > li';

test('sixty results of a search are drawn twenty at a time', () => visitor('/', async (page) => {
  await page.evaluate(counting, `.results ${cards}`);
  await go(page, '/search?q=h');
  assert.deepEqual(await counts(page), [0, 20, 40, 60]);
}));

test('the 36 cards of the catalog’s page, and 36 more, are drawn twenty at a time', () => visitor('/', async (page) => {
  await page.evaluate(counting, `.browse ${cards}`);
  await go(page, '/browse');
  assert.deepEqual(await counts(page), [0, 20, 36]);
  await page.locator('.more button').focus();
  await page.keyboard.press('Enter');
  await idle(page);
  assert.deepEqual(await counts(page), [0, 20, 36, 56, 72]);
  assert.equal(await page.evaluate(() => document.activeElement.matches('.more button')), true, 'the focus stays on the button');
}));

test('a step back to the catalog shows all its cards at once, where they were', () => visitor('/', async (page) => {
  await go(page, '/browse?sort=new');
  await page.click('.more button');
  await idle(page);
  await page.evaluate(() => { scrollTo(0, document.body.scrollHeight); });
  const was = await page.evaluate(() => scrollY);
  await go(page, '/');
  await page.evaluate(counting, `.browse ${cards}`);
  await page.goBack();
  await idle(page);
  assert.deepEqual(await counts(page), [0, 72]);
  assert.equal(await page.evaluate(() => scrollY), was);
}));

test('the rows of an item’s page are drawn one at a time', () => visitor('/', async (page) => {
  for (const id of [movies.shining, movies.alien, movies.heat]) await like(page, id);
  await go(page, '/browse');
  await page.evaluate(counting, '.item .track:not(.ghosts) > li');
  await go(page, `/movie/${movies.starWars}`);
  assert.deepEqual(await counts(page), [0, 16, 32]);
}));

for (const [path, selector, all] of [['/browse', `.browse ${cards}`, 36], [`/movie/${movies.starWars}`, '.item .track > li', 16]]) {
  test(`${path} keeps the cards that it was rendered with`, () => visitor(path, async (page) => {
    await idle(page);
    const seen = await counts(page);
    assert.deepEqual(seen.slice(seen.indexOf(all)), [all], `${seen}`);
  }, (context) => context.addInitScript(counting, selector)));
}

test('the dots of the Lab’s map are drawn 64 at a time', () => visitor('/', async (page) => {
  await page.evaluate(counting, '.map-svg a.dot');
  await go(page, '/lab');
  await page.locator('.map-svg:not([aria-busy]) .dot-chosen').waitFor();
  await idle(page);
  const seen = await counts(page);
  assert.ok(seen.at(-1) >= 250, `the dots grow to ${seen.at(-1)}`);
  for (let i = 1; i < seen.length; i++) assert.ok(seen[i] - seen[i - 1] <= 64 + 1, `the dots grow by ${seen}`); // and the chosen one
}));
