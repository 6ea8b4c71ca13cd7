// What there is to come back for: the pick of the day, what is new since the last model, the app on the device.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaints } from '../lib/axe.mjs';
import { alive, idle, visit, watch } from '../lib/browser.mjs';
import { button, go, like, movies, reload } from '../lib/pages.mjs';
import { stage } from '../lib/app.mjs';

const { server, browser } = await stage();

const eerie = [movies.shining, movies.exorcist, movies.alien];
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

async function visitor(options, body) {
  const context = await browser.newContext({ reducedMotion: 'reduce', bypassCSP: true, ...options }); // axe is injected as a script
  const watched = await watch(context, server.origin);
  await body(await visit(context, server.origin));
  watched.quiet();
  await context.close();
}

const pick = (page) => page.locator('.hero-item').getAttribute('data-item');

// home opens the page as a reload does, and returns its pick.
async function home(page) {
  await go(page, '/');
  await reload(page);
  await idle(page);
  await page.getByText('Tonight, perhaps').waitFor(); // the demo's vocabulary
  return pick(page);
}

test('the pick is the same all day, by the date of the visitor, and another one tomorrow', () => visitor({ timezoneId: 'Pacific/Auckland' }, async (page) => {
  for (const id of eerie) await like(page, id);
  const first = await home(page);
  assert.equal(await home(page), first);
  assert.ok(await page.locator('.hero-why').innerText(), 'the pick says why');
  const [day] = (await page.evaluate(() => localStorage.getItem('sparrow-picks'))).split('=');
  assert.equal(Number(day), await page.evaluate(() => Math.floor((Date.now() - new Date().getTimezoneOffset() * 60e3) / 864e5)), 'the date is that of the time zone');
  // A day later: the pick of today is one of yesterday.
  await page.evaluate(() => localStorage.setItem('sparrow-picks', localStorage.getItem('sparrow-picks').replace(/^\d+/, (day) => day - 1)));
  const next = await home(page);
  assert.notEqual(next, first);
  await button(page, next, 'Like').click();
  await idle(page);
  await page.waitForFunction((was) => document.querySelector('.hero-item').dataset.item !== was, next);
  await go(page, '/profile');
  await page.getByRole('button', { name: 'Erase everything' }).click();
  await page.getByRole('button', { name: 'Erase it' }).click();
  await idle(page);
  assert.equal(await page.evaluate(() => localStorage.getItem('sparrow-picks')), null, 'erased with the profile');
}));

test('after a model update home has what is new, and nothing where nothing is', () => visitor({}, async (page) => {
  for (const id of eerie) await like(page, id);
  await home(page);
  const row = page.getByRole('heading', { name: 'New since you were here' });
  assert.equal(await row.count(), 0);
  // The model before had another hash, and not its first five items.
  const [hash, ids, mark] = (await page.evaluate(() => localStorage.getItem('sparrow-seen'))).split('\n');
  assert.deepEqual([hash.length, ids], [64, '']);
  await page.evaluate((text) => localStorage.setItem('sparrow-seen', text), `other\n\n${mark.slice(20)}`);
  await home(page);
  await row.waitFor();
  const fresh = () => page.locator('[data-list$=fresh] [data-item]').evaluateAll((all) => all.map((one) => one.dataset.item));
  const found = await fresh();
  assert.equal(found.length, 5);
  assert.deepEqual([...found].sort(), ['1', '2', '3', '4', '5']);
  await home(page); // and until the model changes again
  await row.waitFor();
  assert.deepEqual(await fresh(), found);
  assert.deepEqual(await complaints(page), []);
  await go(page, '/zh/');
  await page.getByRole('heading', { name: '你上次来过之后新增的' }).waitFor();
}));

for (const [name, options] of [['a desktop', {}], ['a phone', phone]]) {
  test(`on ${name} the app is offered after the fifth like, below the list, and once`, () => visitor(options, async (page) => {
    const offer = () => page.evaluate(() => {
      const event = new Event('beforeinstallprompt', { cancelable: true });
      event.prompt = async () => { globalThis.prompted = (globalThis.prompted ?? 0) + 1; };
      dispatchEvent(event);
    });
    await offer();
    const hint = page.getByRole('heading', { name: 'Keep Sparrow at hand?' });
    for (const id of [...eerie, movies.heat]) await like(page, id);
    await go(page, '/for-you');
    await page.locator('.ranked-list [data-item]').first().waitFor();
    assert.equal(await hint.count(), 0, 'four likes');
    await like(page, movies.toyStory);
    await go(page, '/for-you');
    await hint.waitFor();
    assert.ok(await page.evaluate(() => document.querySelector('.ranked-list').compareDocumentPosition(document.querySelector('aside.invite')) & Node.DOCUMENT_POSITION_FOLLOWING), 'it is above the list');
    assert.deepEqual(await complaints(page), []);
    await page.locator('aside.invite').getByRole('button', { name: 'No thanks' }).focus();
    await page.keyboard.press('Enter');
    await hint.waitFor({ state: 'detached' });
    await page.reload();
    await alive(page);
    await offer();
    await idle(page);
    await page.locator('.ranked-list [data-item]').first().waitFor();
    assert.equal(await hint.count(), 0, 'asked again');
  }));
}

test('either language has a manifest of the same app, with shortcuts that work', () => visitor({}, async (page) => {
  const manifestOf = async (path) => {
    await page.goto(server.origin + path);
    return page.evaluate(async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json());
  };
  const en = await manifestOf('/for-you');
  const zh = await manifestOf('/zh/for-you');
  assert.deepEqual([en.id, en.scope, en.lang, en.start_url], ['/', '/', 'en', '/']);
  assert.deepEqual([zh.id, zh.scope, zh.lang, zh.start_url], ['/', '/', 'zh-Hans', '/zh/']);
  assert.match(zh.description, /浏览器/);
  assert.deepEqual(en.shortcuts.map(({ name, url }) => [name, url]), [['For you', '/for-you'], ['Watchlist', '/kept'], ['Surprise me', '/for-you?surprise=1']]);
  for (const { url } of [...en.shortcuts, ...zh.shortcuts]) assert.equal((await page.goto(server.origin + url)).status(), 200, url);
  await visit(page.context(), server.origin);
  await like(page, movies.alien);
  await go(page, '/for-you?surprise=1');
  await page.getByText('Drawn by chance').waitFor();
}));

test('the wall of a newcomer has another round for who knows none of it, and then begins again', () => visitor({}, async (page) => {
  await go(page, '/for-you');
  const wall = () => page.locator('.wall [data-item]').evaluateAll((all) => all.map((one) => one.dataset.item));
  await page.locator('.wall [data-item]').first().waitFor();
  const seen = await wall();
  assert.equal(seen.length, 12);
  const years = await page.locator('.wall .card-meta').allInnerTexts();
  assert.ok(years.filter((text) => Number(text.slice(0, 4)) > 2010).length >= 2, `two are newer than 2010: ${years}`);
  await page.getByRole('button', { name: 'I know none of these' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction((was) => document.querySelector('.wall [data-item]').dataset.item !== was, seen[0]);
  const next = await wall();
  assert.equal(next.length, 12);
  assert.ok(next.every((id) => !seen.includes(id)), 'an item comes again');
  // One that was not seen leaves its place to another, which gets the focus, and can be brought back.
  await page.locator(`.wall [data-item="${next[2]}"] .card-unseen`).focus();
  await page.keyboard.press('Enter');
  await page.locator(`.wall [data-item="${next[2]}"]`).waitFor({ state: 'detached' });
  await idle(page);
  const third = await page.evaluate(() => document.activeElement.dataset.item);
  assert.deepEqual(await wall(), next.with(2, third), 'the others stay');
  assert.ok(![...seen, ...next].includes(third), `${third} comes again`);
  assert.deepEqual(await complaints(page), []);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator(`.wall [data-item="${next[2]}"]`).waitFor();
  assert.deepEqual(await wall(), next);
  // Groups: what one is called and what pressing it does is said, the list is there at once, and it can be taken back.
  await page.getByRole('button', { name: 'Choose by groups instead' }).click();
  await page.getByRole('button', { name: /^I like these 4: / }).first().focus();
  await page.keyboard.press('Enter');
  await page.locator('.ranked-list [data-item]').first().waitFor();
  await idle(page);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-pressed')), 'true', 'the focus stays on the group');
  assert.deepEqual(await complaints(page), []);
  await page.keyboard.press('Enter');
  await page.locator('.ranked-list').waitFor({ state: 'detached' });
  await go(page, '/zh/for-you');
  await page.getByRole('button', { name: '都没看过，换一批' }).waitFor();
}));
