// An item or a list is sent as a link: what it holds is said before, nothing of it goes to a server, and
// what somebody sends is text and ids, whatever it is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaints } from '../lib/axe.mjs';
import { alive, idle, visit, watch } from '../lib/browser.mjs';
import { go, list, movies } from '../lib/pages.mjs';
import { stage } from '../lib/app.mjs';

const { server, browser } = await stage();

// visitor opens a page, with what the browser can hand on: an app, the clipboard, or neither.
async function visitor(how, options, body, path = '/') {
  const context = await browser.newContext({ reducedMotion: 'reduce', bypassCSP: true, ...options }); // axe is injected as a script
  await context.addInitScript((can) => {
    globalThis.handed = [];
    const give = (name, value) => Object.defineProperty(Navigator.prototype, name, { configurable: true, get: () => value });
    const leave = () => Promise.reject(Object.assign(new Error('left'), { name: can === 'leaves' ? 'AbortError' : 'NotAllowedError' }));
    give('share', can === 'hands' ? async (what) => { handed.push(what); } : can === 'copies' ? undefined : leave);
    give('clipboard', can === 'copies' ? { writeText: async (text) => { handed.push(text); } } : undefined);
  }, how);
  const watched = await watch(context, server.origin);
  const page = await visit(context, `${server.origin}${path}`);
  await body(page, context);
  watched.quiet();
  await context.close();
}
const toast = (page) => page.locator('.toast-text');
const desktop = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: 'zh-CN' };

test('an item is handed to an app, else copied, else its address is shown', async () => {
  const address = `${server.origin}/movie/${movies.heat}`;
  for (const [how, said, handed] of [
    ['hands', 'Handed on.', [{ title: 'Heat', url: address }]], ['copies', 'The link is copied.', [address]],
    ['neither', `This browser does not let a page copy. The address is: ${address}`, []],
  ]) {
    await visitor(how, desktop, async (page) => {
      await page.locator('#send').focus();
      await page.keyboard.press('Enter');
      await toast(page).waitFor();
      assert.equal((await toast(page).textContent()).trim(), said);
      assert.deepEqual(await page.evaluate(() => handed), handed);
    }, `/movie/${movies.heat}`);
  }
  await visitor('leaves', desktop, async (page) => {
    await page.locator('#send').click();
    await idle(page);
    assert.equal(await toast(page).count(), 0);
  }, `/movie/${movies.heat}`);
});

for (const [name, options, prefix, colorScheme] of [['a desktop', desktop, '', 'light'], ['a phone, in Chinese', phone, '/zh', 'dark']]) {
  test(`a list is sent and opened on ${name}`, async () => {
    let link;
    let sent;
    await visitor('copies', { ...options, colorScheme }, async (page) => {
      await go(page, `${prefix}/movie/${movies.toyStory}`);
      await page.locator('.verdict .icon-heart').click();
      await page.locator('.verdict [aria-pressed="true"] .icon-heart').waitFor();
      await idle(page);
      await go(page, `${prefix}/for-you`);
      await page.locator('.ranked-list [data-item]').first().waitFor();
      sent = (await list(page, '.ranked-list')).slice(0, 10);
      await page.locator('#send-list').focus();
      await page.keyboard.press('Enter');
      await page.locator('.sending').waitFor();
      await page.waitForFunction(() => document.activeElement.id === 'send-list-now');
      assert.deepEqual(await complaints(page), []);
      assert.equal(await page.locator('#send-list-name').inputValue(), '');
      const plain = await page.locator('#send-list-link').inputValue();
      assert.equal(plain, `${server.origin}${prefix}/shared-list#${sent.map((id) => `i=${id}`).join('&')}`);
      await page.locator('#send-list-name').fill('Ann & 小明');
      await page.waitForFunction((was) => document.querySelector('#send-list-link').value !== was, plain);
      await page.locator('#send-list-now').focus();
      await page.keyboard.press('Enter');
      await toast(page).waitFor();
      [link] = await page.evaluate(() => handed);
      assert.equal(link, await page.locator('#send-list-link').inputValue());
      assert.ok(link.length <= 2048);
    }, `${prefix}/`);
    await visitor('copies', { ...options, colorScheme }, async (page) => {
      const asked = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(link);
      await alive(page);
      await page.locator('.shared [data-item]').first().waitFor();
      assert.deepEqual(await list(page, '.shared'), sent);
      assert.match(await page.locator('h1').textContent(), /Ann & 小明/);
      assert.deepEqual(await complaints(page), []);
      assert.deepEqual(asked.filter((url) => !url.startsWith('data:') && /[#?].*i=/.test(new URL(url).search)), []);
      await page.keyboard.press('Tab'); // the skip link leaves the list in its place
      await page.keyboard.press('Enter');
      await idle(page);
      assert.deepEqual(await list(page, '.shared'), sent);
      await go(page, `${prefix}/profile`);
      assert.equal(await page.locator('.entry').count(), 0); // nothing of it was kept
    }, `${prefix}/`);
  });
}

test('what somebody sends is text and ids, whatever it is', () => visitor('copies', desktop, async (page) => {
  await page.evaluate(() => { globalThis.run = 0; });
  const say = (fragment) => page.evaluate((to) => { location.hash = to; }, fragment);
  await go(page, '/shared-list');
  const title = page.locator('h1');
  for (const [fragment, head, cards] of [
    [`i=1&i=${encodeURIComponent('"><img src=x onerror=run++>')}&n=${encodeURIComponent('<img src=x onerror=run++>')}`, 'A list from <img src=x onerror=run++>', 1],
    [`n=${encodeURIComponent('\u202enot\u0000 Ann')}&i=6`, 'A list from not Ann', 1],
    ['i=__proto__&i=constructor&i=../../v1/latest.json&i=javascript:run++', 'A list that was shared with you', 0],
    ['i=%', 'A list that was shared with you', 0],
    [`i=1&n=${'a'.repeat(3000)}`, 'A list that was shared with you', 0],
    [Array.from({ length: 300 }, (_, i) => `i=${i}`).join('&').slice(0, 2000), 'A list that was shared with you', 9],
    ['i=1', 'A list that was shared with you', 1],
  ]) {
    await say(fragment);
    await page.waitForFunction(() => !document.querySelector('.shared .ghosts'));
    await page.waitForFunction(([n]) => document.querySelectorAll('.shared [data-item]').length === n, [cards]);
    assert.equal((await title.textContent()).trim(), head, fragment.slice(0, 60));
  }
  assert.equal(await page.evaluate(() => run), 0);
  await page.goto(`${server.origin}/#%zz`); // an address that Go reads not at all
  await alive(page);
  assert.equal(page.url(), `${server.origin}/`);
}));
