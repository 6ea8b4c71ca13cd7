// A visitor brings the history of another site: it is found in the catalog, nothing is found that is not meant, nothing
// leaves the device, and all of it can be taken back.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { complaintsIn } from '../lib/axe.mjs';
import { idle, visit, watch } from '../lib/browser.mjs';
import { films } from '../lib/films.mjs';
import { histories } from '../lib/histories.mjs';
import { go } from '../lib/pages.mjs';
import { stage } from '../lib/app.mjs';

const { server, browser } = await stage();
const fixtures = histories(films());

// visitor is a new visitor on their profile's page, who at the end must have met no error.
async function visitor(body, { path = '/profile', ...options } = {}) {
  const context = await browser.newContext(options);
  const watched = await watch(context, server.origin);
  const page = await visit(context, server.origin + path);
  await idle(page);
  await body(page, context);
  watched.quiet();
  await context.close();
}

const choose = (page, { name, bytes }) => page.locator('#import').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });

// bring chooses a file and waits until it is in.
async function bring(page, file) {
  await choose(page, file);
  await page.locator('.import', { hasText: /were read|are in/ }).waitFor({ timeout: 30e3 });
  await idle(page);
}

// saved returns the text of a copy.
async function saved(page) {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save a copy' }).click();
  return readFile(await (await download).path(), 'utf8');
}

const other = (id) => /^(unmatched|unlisted):/.test(id);

for (const fixture of fixtures) {
  test(`${fixture.format || 'a table'}, ${fixture.name}: at least 98 of 100 are found, and nothing wrong`, () => visitor(async (page) => {
    await bring(page, fixture);
    const { items } = JSON.parse(await saved(page));
    const meant = new Map(); // id → what may be said of it in the end
    for (const one of fixture.means) if (one.id) meant.set(one.id, [...(meant.get(one.id) ?? []), one]);
    const unknown = new Set(fixture.means.filter(({ id }) => !id).map(({ line }) => line.title));
    let found = 0;
    const wrong = [];
    for (const { item, action = 'watchlist', stars = 0 } of items) {
      if (other(item)) continue;
      if (Number(item) >= 900000) continue; // of MovieLens, ids that this catalog does not have
      if (meant.get(item)?.some((one) => one.action === action && one.stars === stars)) found++;
      else wrong.push(item);
    }
    assert.deepEqual(wrong, []);
    assert.ok(found >= 0.98 * meant.size, `${found} of ${meant.size}: ${items.filter(({ item }) => other(item)).map(({ item }) => item).slice(0, 60).join('\n')}`);
    for (const title of fixture.name === 'ratings.csv' && fixture.format === 'MovieLens' ? [] : unknown) {
      assert.ok(items.some(({ item }) => other(item) && item.includes(title)), `${title} is kept`);
    }
    console.log(`# ${fixture.format || 'a table'}, ${fixture.name}: ${found} of ${meant.size} found, ${wrong.length} wrong`);
  }));
}

test('a zip is dropped on the page, without a network; a guess is chosen; the import is taken back', () => visitor(async (page, context) => {
  const before = await saved(page);
  const requests = [];
  context.on('request', (request) => { if (!request.url().startsWith('blob:')) requests.push(request.url()); });
  const [zip] = fixtures;
  await page.evaluate(async ([name, text]) => {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([bytes], name));
    for (const type of ['dragover', 'drop']) document.querySelector('h1').dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
  }, [zip.name, zip.bytes.toString('base64')]);
  await page.getByText(/entries of Letterboxd were read/).waitFor({ timeout: 30e3 });
  await idle(page);
  assert.deepEqual(requests.filter((url) => !url.includes('import-worker')), [], 'requests of an import without numbers');
  await page.getByText('“lists/best.csv”').or(page.getByText('"lists/best.csv"')).waitFor();

  const guess = page.locator('.guess').first();
  const count = await page.locator('.guess').count();
  assert.ok(count > 0, 'something is doubtful');
  const held = await page.locator('.entry').count();
  await guess.getByRole('button').first().click();
  await idle(page);
  await page.getByText('Noted.').waitFor();
  assert.equal(await page.locator('.guess').count(), count - 1);
  assert.equal(await page.locator('.entry').count(), held, 'lines of the history');
  await page.locator('.guess').first().getByRole('button', { name: 'None of these' }).click();
  await idle(page);
  const after = await saved(page);
  await bring(page, zip);
  assert.equal(await saved(page), after, 'the same file again');

  await page.reload();
  await page.locator('.entry').first().waitFor();
  await idle(page);
  assert.equal(await page.locator('.guess').count(), count - 2, 'what is left to look at after a reload');
  await page.getByRole('button', { name: 'Erase everything' }).click();
  await page.getByRole('button', { name: 'Erase it' }).click();
  await idle(page);
  await bring(page, { name: 'sparrow.json', bytes: after });
  assert.equal(await saved(page), after, 'a copy of the copy');
  await page.getByRole('button', { name: 'Take this back' }).click();
  await page.locator('.import', { hasText: 'Taken back.' }).waitFor();
  await idle(page);
  assert.equal(await saved(page), before);
}));

test('what a file brought can be read and used by everyone', () => visitor(async (page) => {
  await bring(page, fixtures[0]);
  assert.deepEqual(await complaintsIn(page, [[390, 'light'], [390, 'dark'], [1280, 'light'], [1280, 'dark']]), []);
  await page.locator('#review').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter'); // the first guess
  await idle(page);
  await page.getByText('Noted.').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'review', 'the focus stays with what is to look at');
}, { bypassCSP: true, reducedMotion: 'reduce' }));

test('copies for others have the numbers of film sites, and come back', () => visitor(async (page) => {
  await bring(page, fixtures.find(({ name }) => name === 'ratings.csv'));
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'For Letterboxd' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  const [head, ...lines] = text.trimEnd().split('\n');
  assert.equal(head, 'imdbID,tmdbID,Title,Year,Rating,WatchedDate');
  assert.equal(lines.length, 1000);
  assert.ok(lines.filter((line) => /^tt\d{7,},\d+,/.test(line)).length >= 950, 'lines with both numbers');
  const json = page.waitForEvent('download');
  await page.getByRole('button', { name: 'As JSON' }).click();
  const all = JSON.parse(await readFile(await (await json).path(), 'utf8'));
  assert.equal(all.length, 1000);
  await page.getByRole('button', { name: 'Erase everything' }).click();
  await page.getByRole('button', { name: 'Erase it' }).click();
  await idle(page);
  await bring(page, { name: 'letterboxd.csv', bytes: text });
  const { items } = JSON.parse(await saved(page));
  assert.ok(items.filter(({ item }) => !other(item)).length >= 965, 'items that come back');
}));

test('what was brought makes lists, and what was seen is in none', () => visitor(async (page) => {
  await bring(page, fixtures.find(({ name }) => name === 'history.json'));
  await go(page, '/for-you');
  await page.locator('.ranked-list [data-item]').first().waitFor();
  const seen = new Set(fixtures.find(({ name }) => name === 'history.json').means.map(({ id }) => id));
  const list = await page.locator('.ranked-list [data-item]').evaluateAll((all) => all.map((one) => one.dataset.item));
  assert.deepEqual(list.filter((id) => seen.has(id)), []);
}));

test('a Chinese visitor is told in Chinese', () => visitor(async (page) => {
  await choose(page, fixtures.find(({ name }) => name === 'douban.json'));
  await page.getByText(/读到 豆瓣 的 1,000 条记录/).waitFor({ timeout: 30e3 });
  await choose(page, { name: 'x.csv', bytes: 'a,b\n1,2\n' });
  await page.getByText('这个文件的列名是 "a"、"b"').waitFor();
}, { path: '/zh/profile' }));
