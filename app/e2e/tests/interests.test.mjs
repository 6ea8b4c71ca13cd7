// The page For you says which kinds of likes its list serves. The line comes after the reasons
// and moves nothing, and it shows the likes of a kind to who presses it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaints } from '../lib/axe.mjs';
import { idle, visit, watch } from '../lib/browser.mjs';
import { go, like, movies, press } from '../lib/pages.mjs';
import { stage } from '../lib/app.mjs';

const { server, browser } = await stage();

const eerie = [movies.shining, movies.exorcist, 1345]; // and Carrie
const drawn = [588, 364, 595, movies.toyStory]; // Aladdin, The Lion King, Beauty and the Beast

async function visitor(options, body) {
  const context = await browser.newContext({ reducedMotion: 'reduce', bypassCSP: true, ...options }); // axe is injected as a script
  const watched = await watch(context, server.origin);
  await context.addInitScript(() => {
    globalThis.shift = 0;
    new PerformanceObserver((all) => { for (const one of all.getEntries()) shift += one.value; }).observe({ type: 'layout-shift' });
    globalThis.held = [];
    globalThis.holding = false;
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (message, ...rest) {
      const send = () => postMessage.call(this, message, ...rest);
      if (holding && message?.request && new TextDecoder().decode(message.request).includes('interests')) held.push(send);
      else send();
    };
    globalThis.release = () => { holding = false; for (const send of held.splice(0)) send(); };
  });
  await body(await visit(context, server.origin));
  watched.quiet();
  await context.close();
}

// opened waits until the n-th kind, or none for -1, is the one whose likes are shown.
const opened = (page, n) => page.waitForFunction((want) => [...document.querySelectorAll('.interests .chip')]
  .every((chip, i) => chip.getAttribute('aria-expanded') === String(i === want)), n);

const chips = (page) => page.locator('.interests .chip');

for (const [name, options] of [['a desktop', {}], ['a phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }]]) {
  test(`on ${name} the list says what it serves, by keyboard too`, () => visitor(options, async (page) => {
    for (const id of [...eerie, ...drawn]) await like(page, id);
    await go(page, '/kept');
    await page.evaluate(() => { holding = true; });
    await page.evaluate(() => goappNav('/for-you'));
    await page.waitForFunction(() => held.length > 0);
    assert.equal(await chips(page).count(), 0);
    await page.waitForTimeout(300); // pictures
    await page.evaluate(() => { shift = 0; release(); });
    await chips(page).first().waitFor();
    assert.deepEqual(await chips(page).allTextContents(), ['4 Animation, Children’s of the 1990s, “disney”, mostly', '3 Horror']);
    assert.equal(await page.evaluate(() => shift), 0, 'layout shift');
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await complaints(page), []);
    }
    const first = chips(page).first(), likes = page.locator('.interest-likes a');
    await opened(page, -1);
    assert.equal(await likes.count(), 0);
    await first.focus();
    await page.keyboard.press('Enter');
    await opened(page, 0);
    assert.deepEqual((await likes.evaluateAll((all) => all.map((one) => one.getAttribute('href')))).sort(), drawn.map((id) => `/movie/${id}`).sort());
    assert.deepEqual(await complaints(page), []);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await opened(page, 1);
    assert.equal(await likes.count(), eerie.length);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'the page scrolls sideways');
    await page.keyboard.press('Space');
    await opened(page, -1);
    assert.equal(await likes.count(), 0);
    await go(page, '/zh/for-you');
    await chips(page).first().waitFor();
    assert.deepEqual(await chips(page).allTextContents(), ['4 多为1990 年代的动画、儿童、“disney”', '3 恐怖']);
  }));
}

test('a like more is counted, and few likes are none of a kind', () => visitor({}, async (page) => {
  for (const id of eerie.slice(0, 2)) await like(page, id);
  await go(page, '/for-you');
  await page.locator('.ranked-list .card-why', { hasText: 'Because you liked' }).first().waitFor();
  await idle(page);
  assert.equal(await chips(page).count(), 0);
  await press(page, await page.locator('.ranked-list [data-item]').first().getAttribute('data-item'), 'Like');
  await chips(page).first().waitFor();
  assert.match(await chips(page).first().textContent(), /^3/);
}));
