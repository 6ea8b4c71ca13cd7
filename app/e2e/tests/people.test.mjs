// Several people at one device: each has a history, a list and settings of their own, it is the same one's turn in
// every tab, and a child's lists keep to their rules.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaints } from '../lib/axe.mjs';
import { alive, idle, visit, watch } from '../lib/browser.mjs';
import { card, forYou, go, like, list, movies } from '../lib/pages.mjs';
import { stage } from '../lib/app.mjs';

const { server, browser } = await stage();
const desktop = { viewport: { width: 1280, height: 900 } };

async function visitor(options, body, ...expected) {
  const context = await browser.newContext({ reducedMotion: 'reduce', bypassCSP: true, ...options }); // axe is injected as a script
  const watched = await watch(context, server.origin);
  const page = await visit(context, `${server.origin}/`);
  await body(page, context);
  watched.quiet(...expected);
  await context.close();
}

// add adds a profile on the profile's page, by the keyboard alone.
async function add(page, name, ...rules) {
  await go(page, '/profile');
  await page.locator('#who-add').focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.id === 'fresh-name');
  await page.keyboard.type(name);
  await page.keyboard.press('Tab');
  for (const rule of rules) {
    await page.locator('.who-form .chip', { hasText: rule }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.who-form .chip[aria-pressed="true"]', { hasText: rule }).waitFor();
  }
  await page.locator('#who-add-do').focus();
  await page.keyboard.press('Enter');
  await page.locator('.who-list .who-one', { hasText: name }).waitFor();
  assert.equal(await page.locator('#me-name').inputValue(), ''); // not what was typed for another
}

// turn gives the turn to somebody by the menu of the header.
async function turn(page, name) {
  await page.locator('.who-button').focus();
  await page.keyboard.press('Enter');
  await page.locator('.who-menu .who-one', { hasText: name }).focus();
  const loaded = page.waitForEvent('load');
  await page.keyboard.press('Enter');
  await loaded;
  await alive(page);
  await idle(page);
}

// kept returns the bytes of each profile that the device keeps, as text.
const kept = (page) => page.evaluate(() => new Promise((resolve) => {
  indexedDB.open('sparrow').onsuccess = ({ target: { result: db } }) => {
    const all = {};
    db.transaction('kept').objectStore('kept').openCursor().onsuccess = ({ target: { result: at } }) => {
      if (!at) return db.close(), resolve(all);
      if (at.key.startsWith('profile')) all[at.key] = new TextDecoder('latin1').decode(at.value);
      at.continue();
    };
  };
}));

const genres = (page) => page.locator('main .card .card-meta span:first-child').allTextContents();
const harsh = /Horror|Thriller|Crime|War|Film.noir/;

test('each has a history, a list and settings of their own', () => visitor(desktop, async (page) => {
  assert.equal(await page.locator('.who-button').count(), 0);
  for (const id of [movies.alien, movies.shining, movies.exorcist]) await like(page, id);
  const mine = await forYou(page);
  await page.locator('#recency').focus();
  await page.keyboard.press('Home');
  await page.waitForFunction(() => location.search.includes('recency=-2'));
  await idle(page);
  const tuned = await list(page, '.ranked-list');
  assert.notDeepEqual(tuned, mine);
  const before = await kept(page);

  await add(page, 'Ann');
  await turn(page, 'Ann');
  assert.equal(new URL(page.url()).pathname, '/');
  await go(page, '/for-you');
  await page.locator('.wall [data-item]').first().waitFor(); // somebody new
  assert.equal(await page.locator('.wished').count(), 0);
  assert.equal(await page.locator('.toast-text').count(), 0);
  await like(page, movies.toyStory);
  await go(page, '/profile');
  assert.equal(await page.locator('.entry').count(), 1);
  const now = await kept(page);
  assert.deepEqual(Object.keys(now), ['profile', 'profile 2']);
  assert.equal(now.profile, before.profile); // to the byte
  await page.goto(`${server.origin}/for-you?recency=-2`); // an address of the first person that the browser remembers
  await alive(page);
  await page.locator('.ranked-list [data-item]').first().waitFor();
  assert.equal(await page.locator('.wished').count(), 0);

  await turn(page, 'Me');
  assert.deepEqual(await forYou(page), tuned);
  await go(page, `/movie/${movies.toyStory}`);
  await card(page, movies.toyStory).locator('[aria-pressed="false"] .icon-heart').first().waitFor();
}));

test('it is the same one’s turn in every tab', () => visitor(desktop, async (page, context) => {
  await add(page, 'Ann');
  const other = await context.newPage();
  await other.goto(`${server.origin}/search?q=heat`);
  await alive(other);
  const reloaded = other.waitForEvent('load');
  await turn(page, 'Ann');
  await reloaded;
  await alive(other);
  await other.locator('.who-button[title="Ann"]').waitFor();
  assert.equal(other.url(), `${server.origin}/search`); // what the first one searched is not on it
  await like(other, movies.heat);
  await go(page, '/profile');
  await page.locator('.entry').first().waitFor();
  assert.equal(await page.locator('.entry').count(), 1);
  await other.close();
}));

test('a child’s lists keep to their rules, and nothing is sent', () => visitor(desktop, async (page) => {
  const sent = [];
  page.on('request', (request) => { if (request.method() === 'POST') sent.push(request.url()); });
  await go(page, '/profile');
  await page.locator('#share-switch:not([disabled])').click(); // the first person shares
  await page.locator('#share-switch[aria-checked="true"]').waitFor();
  await add(page, 'Mia', 'For children', 'Nothing violent');
  await turn(page, 'Mia');
  sent.length = 0;
  for (const path of ['/', '/browse', '/for-you', '/search?q=star', `/movie/${movies.toyStory}`]) {
    await go(page, path);
    await page.locator('main .card').first().waitFor();
    const shown = await genres(page);
    assert.ok(shown.length >= (path.startsWith('/search') ? 1 : 5), `${path} shows ${shown.length}`);
    assert.deepEqual(shown.filter((line) => harsh.test(line)), [], path);
  }
  for (const id of [movies.toyStory, 588, 364]) await like(page, id);
  await forYou(page);
  assert.match(await page.locator('.held').textContent(), /Always here: For children, Nothing violent/);
  assert.equal(await page.locator('.tune .chip', { hasText: 'For children' }).count(), 0);
  await page.locator('#recency').focus();
  await page.keyboard.press('Home');
  await page.locator('#reset').click();
  await idle(page);
  assert.deepEqual((await genres(page)).filter((line) => harsh.test(line)), []);
  await page.goto(`${server.origin}/search?q=shining`);
  await alive(page);
  await idle(page);
  assert.equal(await page.locator('main [data-item="1258"]').count(), 0);
  await page.goto(`${server.origin}/movie/1258`); // which was made in advance
  await alive(page);
  await page.getByText('Outside of this profile’s rules').waitFor();
  assert.deepEqual([/Shining/.test(await page.locator('body').innerText()), /Shining/.test(await page.title())], [false, false]);
  assert.equal(await page.evaluate(() => sparrow.sharing), null);
  await go(page, '/profile');
  assert.equal(await page.locator('#share-switch').count(), 0);
  assert.match(await page.locator('.profile-columns').innerText(), /nothing is sent to this site from here/);
  assert.deepEqual(sent, []);
  await turn(page, 'Me');
  await go(page, '/profile');
  await page.locator('#share-switch[aria-checked="true"]').waitFor(); // what the first one agreed to stands
}, /404 .*\/v1\/events\)$/)); // this host takes none of the first person's either

test('a page made in advance shows a child nothing before the app does', () => visitor({ ...desktop, serviceWorkers: 'block' }, async (page) => {
  await add(page, 'Mia', 'For children');
  await turn(page, 'Mia');
  await page.route('**/*.app.wasm', () => {}); // never comes
  await page.goto(`${server.origin}/?fresh`, { waitUntil: 'domcontentloaded' });
  await page.waitForFunction(() => 'child' in document.documentElement.dataset);
  assert.equal(await page.locator('main .card').first().isVisible(), false);
}));

test('a profile is deleted after a question, with all that is kept of it', () => visitor(desktop, async (page) => {
  await like(page, movies.heat);
  const mine = (await kept(page)).profile;
  await add(page, 'Ann');
  await turn(page, 'Ann');
  await like(page, movies.toyStory);
  await forYou(page);
  await page.locator('#recency').focus();
  await page.keyboard.press('Home');
  await page.waitForFunction(() => localStorage['sparrow-wishes 2']);
  await go(page, '/profile');
  await page.locator('#who-delete').focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.id === 'who-delete-no');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.id === 'who-delete');
  await page.keyboard.press('Enter');
  const loaded = page.waitForEvent('load');
  await page.locator('.button-bad').click();
  await loaded;
  await alive(page);
  await idle(page);
  const all = await kept(page);
  assert.equal(all.profile, mine);
  assert.ok(all['profile 2'].length < 8, `of Ann ${all['profile 2'].length} bytes are kept`);
  assert.deepEqual(await page.evaluate(() => [JSON.parse(localStorage['sparrow-people']).all.length, localStorage['sparrow-wishes 2'] ?? null]), [1, null]);
  assert.equal(await page.locator('.who-button').count(), 0);
  await add(page, 'Bob'); // is not given what was Ann's
  await turn(page, 'Bob');
  await go(page, '/profile');
  assert.equal(await page.locator('.entry').count(), 0);
}));

for (const [name, options, prefix] of [['a desktop', desktop, ''], ['a phone, in Chinese', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }, '/zh']]) {
  test(`panel and menu are accessible on ${name}`, () => visitor(options, async (page) => {
    await add(page, 'Mia', 'For children');
    await go(page, `${prefix}/profile`);
    await page.locator('#who-add').click();
    await page.locator('.who-form .chip').first().waitFor();
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.locator('.who-button').click();
      await page.locator('.who-menu').waitFor();
      assert.deepEqual(await complaints(page), []);
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/who${prefix.slice(1)}-${colorScheme}.png` });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => !document.querySelector('.who-menu:popover-open'));
    }
  }));
}
