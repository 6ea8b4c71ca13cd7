// A visitor's feedback changes what they are shown, can be taken back, and can
// be exported.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { idle, visit, watch } from '../lib/browser.mjs';
import { card, forYou, go, like, list, movies, popular, press, reload } from '../lib/pages.mjs';
import { stage } from '../lib/app.mjs';

const { server, browser } = await stage();

const eerie = [movies.shining, movies.exorcist, movies.alien];

// visitor is a new visitor, who at the end must have met no error.
async function visitor(path, body, options) {
  const context = await browser.newContext(options);
  const watched = await watch(context, server.origin);
  await body(await visit(context, server.origin + path), context);
  watched.quiet();
  await context.close();
}

test('three likes make another list than the popular one, without the liked items', () => visitor('/', async (page) => {
  const crowd = (await popular(page)).slice(0, 10);
  for (const id of eerie) await like(page, id);
  const mine = (await forYou(page)).slice(0, 10);
  assert.equal(mine.length, 10);
  const differ = mine.filter((id) => !crowd.includes(id)).length;
  assert.ok(differ >= 5, `${differ} of the first 10 are not among the 10 most popular, want at least 5: ${mine}`);
  for (const id of eerie) assert.ok(!(await list(page, '.ranked-list')).includes(String(id)), `liked item ${id} is recommended`);
  await reload(page);
  assert.deepEqual((await forYou(page)).slice(0, 10), mine, 'the list after a reload');
}));

test('the onboarding wall leads to a list with the first like', () => visitor('/for-you', async (page) => {
  await press(page, (await list(page, '.wall'))[0], 'Like');
  await page.locator('.ranked-list [data-item]').first().waitFor();
  assert.ok((await list(page, '.ranked-list')).length >= 10);
}));

test('a rated item and one that is not for me leave the list at once', () => visitor('/', async (page) => {
  for (const id of eerie) await like(page, id);
  const [seen, unwanted] = await forYou(page);
  await press(page, unwanted, 'Not for me');
  await go(page, `/movie/${seen}`);
  await page.getByRole('slider', { name: 'Your rating' }).focus();
  await page.keyboard.press('End');
  await idle(page);
  assert.equal(await page.getByRole('slider', { name: 'Your rating' }).getAttribute('aria-valuenow'), '5');
  const now = await forYou(page);
  for (const id of [seen, unwanted]) assert.ok(!now.includes(id), `item ${id} is still in the list`);
}));

test('undo restores the list', () => visitor('/', async (page) => {
  for (const id of eerie) await like(page, id);
  const mine = await forYou(page);
  await press(page, mine[2], 'Like');
  assert.notDeepEqual(await list(page, '.ranked-list'), mine);
  await page.getByRole('button', { name: 'Undo' }).click();
  await idle(page);
  assert.deepEqual(await list(page, '.ranked-list'), mine);
}));

test('a saved copy brings the same list back after everything was erased', () => visitor('/', async (page) => {
  for (const id of eerie) await like(page, id);
  await go(page, `/movie/${movies.heat}`);
  await press(page, movies.heat, 'Keep');
  const mine = await forYou(page);
  await go(page, '/profile');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save a copy' }).click();
  const file = await (await saved).path();
  const copy = JSON.parse(await readFile(file, 'utf8'));
  assert.deepEqual(copy.items.map((line) => Number(line.item)).sort(), [...eerie, movies.heat].sort());

  await page.getByRole('button', { name: 'Erase everything' }).click();
  await page.getByRole('button', { name: 'Erase it' }).click();
  await idle(page);
  await reload(page);
  await idle(page);
  assert.equal(await page.locator('.entry').count(), 0, 'entries after erasing');

  await page.locator('#import').setInputFiles({ name: 'sparrow.json', mimeType: 'application/json', buffer: await readFile(file) });
  await page.locator('.entry').first().waitFor();
  assert.equal(await page.locator('.entry').count(), 4);
  assert.deepEqual(await forYou(page), mine);
}));

test('search finds an item while the visitor types', () => visitor('/', async (page) => {
  await page.getByRole('combobox', { name: 'Search films' }).pressSequentially('toy sto');
  await idle(page); // the options of the first letters come first
  assert.match(await page.getByRole('option').first().innerText(), /Toy Story/);
}));

test('a visit with the keyboard alone: skip, search, open, rate, undo', () => visitor('/', async (page) => {
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip', 'the first Tab stop skips to the items');
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'search');
  await page.keyboard.type('shining');
  await idle(page); // the options of the first letters come first
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await card(page, movies.shining).waitFor();
  await idle(page);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1', 'the focus arrives with the page');
  await tabTo(page, { role: 'slider' });
  await page.keyboard.press('End');
  await idle(page);
  await tabTo(page, { text: 'Undo' });
  await page.keyboard.press('Enter');
  await idle(page);
  assert.equal(await page.getByRole('slider', { name: 'Your rating' }).getAttribute('aria-valuenow'), '0');
  await go(page, '/');
  const first = page.locator('.track [data-item] a').first();
  await first.focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.evaluate(() => document.activeElement.closest('[data-position]').dataset.position), '2', 'arrow keys move along a row');
}));

// tabTo presses Tab until the focus is on the wanted element, and checks that
// the focus is visible.
async function tabTo(page, { role, text }) {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab');
    const on = await page.evaluate(() => {
      const { outlineStyle, boxShadow } = getComputedStyle(document.activeElement);
      const { role, innerText } = document.activeElement;
      return { role, text: innerText, shown: outlineStyle !== 'none' || boxShadow !== 'none' };
    });
    if ((role && on.role === role) || (text && on.text === text)) {
      assert.ok(on.shown, `the focus shows on ${role ?? text}`);
      return;
    }
  }
  assert.fail(`no Tab stop ${role ?? text}`);
}
