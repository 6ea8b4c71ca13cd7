// A list for two: with somebody at this device, by a link or its QR code, or by a saved copy. What is sent is shown before,
// and nothing of the other one is kept.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { complaints } from '../lib/axe.mjs';
import { alive, idle, visit, watch } from '../lib/browser.mjs';
import { go, like, list, movies } from '../lib/pages.mjs';
import { stage } from '../lib/app.mjs';

const { server, browser } = await stage();
const desktop = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

async function visitor(options, body) {
  const context = await browser.newContext({ reducedMotion: 'reduce', bypassCSP: true, ...options }); // axe is injected as a script
  await context.addInitScript(() => {
    globalThis.handed = [];
    Object.defineProperty(Navigator.prototype, 'share', { configurable: true, value: undefined });
    Object.defineProperty(Navigator.prototype, 'clipboard', { configurable: true, get: () => ({ writeText: async (text) => { handed.push(text); } }) });
  });
  const watched = await watch(context, server.origin);
  const page = await visit(context, `${server.origin}/`);
  await body(page, context);
  watched.quiet();
  await context.close();
}

const adult = [movies.alien, movies.shining, movies.exorcist];
const mild = [movies.toyStory, 588, 364];
const made = (page) => page.locator('.two .ranked-list [data-item]').first().waitFor();

// stored is all that the device keeps, as text.
const stored = (page) => page.evaluate(() => new Promise((resolve) => {
  indexedDB.open('sparrow').onsuccess = ({ target: { result: db } }) => {
    let all = JSON.stringify(Object.entries(localStorage).sort());
    db.transaction('kept').objectStore('kept').openCursor().onsuccess = ({ target: { result: at } }) => {
      if (!at) return db.close(), resolve(all);
      if (at.key.startsWith('profile')) all += new TextDecoder('latin1').decode(at.value);
      at.continue();
    };
  };
}));

let link;
let copy;

test('what somebody likes is sent as a link and a code, and as a copy', () => visitor(desktop, async (page) => {
  for (const id of adult) await like(page, id);
  await go(page, '/for-two');
  await page.locator('#send-two').focus();
  await page.keyboard.press('Enter');
  await page.locator('.sending').waitFor();
  assert.match(await page.locator('.sending').innerText(), /holds 3 films that you like.*In it: The Exorcist, The Shining, Alien/s);
  await page.locator('.qr path').waitFor({ state: 'attached' });
  const plain = await page.locator('.qr path').getAttribute('d');
  assert.equal(await page.locator('.qr svg').getAttribute('viewBox'), '0 0 37 37'); // version 3, of up to 53 bytes
  await page.locator('#send-two-name').fill('Ann');
  await page.waitForFunction((was) => document.querySelector('.qr path').getAttribute('d') !== was, plain);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await complaints(page), []);
  }
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/two-send.png`, fullPage: true });
  await page.locator('#send-two-now').click();
  await page.locator('.toast-text').waitFor();
  [link] = await page.evaluate(() => handed);
  assert.equal(link, `${server.origin}/for-two#n=Ann&i=1997&i=1258&i=1214`);
  await go(page, '/profile');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save a copy' }).click();
  copy = await (await saved).path();
  copy = { name: 'sparrow.json', mimeType: 'application/json', buffer: await readFile(copy) };
}));

for (const [name, options, prefix] of [['a desktop', desktop, ''], ['a phone, in Chinese', phone, '/zh']]) {
  test(`a link makes a list for both on ${name}`, () => visitor(options, async (page) => {
    for (const id of mild) await like(page, id);
    const before = await stored(page);
    const requests = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(link.replace('/for-two', `${prefix}/for-two`));
    await alive(page);
    await made(page);
    await idle(page);
    const both = await list(page, '.two .ranked-list');
    assert.equal(both.length, 24);
    assert.deepEqual(both.filter((id) => [...adult, ...mild].includes(Number(id))), []); // what neither knows
    assert.equal(await page.locator('.suit').count(), 48);
    assert.match(await page.locator('.suits').first().innerText(), prefix ? /对你：.*对Ann：/s : /For you: .*For Ann: /s);
    assert.equal(requests.filter((url) => /1997|Ann/.test(url.replace(/^data:.*/, ''))).length, 0);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await complaints(page), []);
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/two${prefix.slice(1)}-${colorScheme}.png` });
    }
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    await page.locator('#two-other').focus();
    await page.keyboard.press('Enter');
    await page.locator('.two-ways').waitFor();
    assert.deepEqual(await complaints(page), []);
    await go(page, `${prefix}/for-you`);
    await page.locator('.ranked-list [data-item]').first().waitFor();
    assert.equal(await stored(page), before); // nothing of the other one
    const alone = await list(page, '.ranked-list');
    assert.notDeepEqual(alone.slice(0, 24), both);
  }));
}

test('a saved copy and another profile make the same list', () => visitor(desktop, async (page) => {
  await like(page, movies.toyStory);
  await go(page, '/for-two');
  await page.locator('#two-file').setInputFiles(copy);
  await made(page);
  await idle(page);
  const withCopy = await list(page, '.two .ranked-list');

  await page.evaluate(() => localStorage.setItem('sparrow-people', JSON.stringify({ on: 2, last: 2, all: [{ id: 1, name: '', colour: 0 }, { id: 2, name: 'Ann', colour: 1 }] })));
  await page.goto(`${server.origin}/`);
  await alive(page);
  for (const id of adult) await like(page, id);
  await page.locator('.who-button').click();
  const loaded = page.waitForEvent('load');
  await page.locator('.who-menu .who-one', { hasText: 'Me' }).click();
  await loaded;
  await alive(page);
  await idle(page); // until home has kept today's pick, and what is new
  const before = await stored(page);
  await go(page, '/for-two');
  await page.locator('.two .who-one', { hasText: 'Ann' }).focus();
  await page.keyboard.press('Enter');
  await made(page);
  await idle(page);
  assert.match(await page.locator('.two-text').innerText(), /For you and Ann/);
  assert.deepEqual(await list(page, '.two .ranked-list'), withCopy);
  assert.equal(await stored(page), before);
}));

test('a file that is no copy, and links of all kinds, are said to be of no use', () => visitor(desktop, async (page) => {
  await go(page, '/for-two');
  await page.locator('#two-file').setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"format":"sparrow-profile-2","items":[]}') });
  await page.getByText('This is no copy that was saved here').waitFor();
  for (const [fragment, said] of [[`i=1&n=${'a'.repeat(3000)}`, /longer than any/], ['i=&q=1', /a part of it was lost/], ['i=none&i=__proto__', /Not in this catalogue, of what the other one likes: 2/]]) {
    await page.evaluate((to) => { location.hash = to; }, fragment);
    await page.waitForFunction((source) => new RegExp(source).test(document.querySelector('.two').innerText), said.source);
  }
}));
