// A list is on the screen before it is known why each item is on it; what comes then moves
// nothing, and only lands on the list that it is about.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idle, visit, watch } from '../lib/browser.mjs';
import { forYou, go, like, list, movies, press } from '../lib/pages.mjs';
import { stage } from '../lib/app.mjs';

const { server, browser } = await stage();

// visitor likes three items; from then on questions for reasons alone wait in held until
// release() lets them go, and shift adds up what moved.
async function visitor(options, body) {
  const context = await browser.newContext(options);
  const watched = await watch(context, server.origin); // first: it counts what is sent, not what is held
  await context.addInitScript(() => {
    globalThis.held = [];
    globalThis.holding = false;
    globalThis.shift = 0;
    new PerformanceObserver((all) => { for (const one of all.getEntries()) shift += one.value; }).observe({ type: 'layout-shift' });
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (message, ...rest) {
      const send = () => postMessage.call(this, message, ...rest);
      if (holding && message?.request && new TextDecoder().decode(message.request).includes('alone')) held.push(send);
      else send();
    };
    globalThis.release = () => { holding = false; for (const send of held.splice(0)) send(); };
  });
  const page = await visit(context, server.origin);
  for (const id of [movies.shining, movies.exorcist, movies.alien]) await like(page, id);
  await page.evaluate(() => { holding = true; });
  await body(page);
  watched.quiet();
  await context.close();
}

const waiting = (page) => page.waitForFunction(() => held.length > 0);
const said = (page, where) => page.locator(`${where} .card-why`).evaluateAll((all) => all.map((one) => one.textContent).filter(Boolean));

for (const [name, options] of [['a desktop', {}], ['a phone', { viewport: { width: 390, height: 844 } }]]) {
  for (const [path, where] of [['/for-you', '.ranked-list'], ['/', '[data-list="home:for-you"]']]) {
    test(`on ${name}, ${path} shows its list before the reasons, which move nothing`, () => visitor(options, async (page) => {
      await go(page, '/kept');
      await go(page, path);
      await waiting(page);
      await page.locator(`${where} [data-item]`).nth(4).waitFor();
      await page.waitForTimeout(300); // pictures and rows below
      const before = await list(page, where);
      assert.deepEqual(await said(page, where), []);
      const top = await page.locator(`${where} [data-item]`).last().boundingBox();
      await page.evaluate(() => { shift = 0; release(); });
      await page.locator(`${where} .card-why`, { hasText: 'Because you liked' }).first().waitFor();
      assert.ok((await said(page, where)).length >= 4);
      await page.waitForTimeout(300);
      assert.equal(await page.evaluate(() => shift), 0, 'layout shift');
      assert.deepEqual(await page.locator(`${where} [data-item]`).last().boundingBox(), top);
      assert.deepEqual(await list(page, where), before);
    }));
  }
}

test('reasons that come after the next list do not land on it', () => visitor({}, async (page) => {
  await forYou(page);
  await waiting(page);
  const first = await page.evaluate(() => held.length);
  const [liked] = await list(page, '.ranked-list');
  await press(page, liked, 'Like');
  await page.waitForFunction((n) => held.length > n, first);
  await page.evaluate(() => held[0]());
  await idle(page);
  assert.deepEqual(await said(page, '.ranked-list'), []);
  await page.evaluate(() => { held.shift(); release(); });
  await page.locator('.ranked-list .card-why', { hasText: 'Because you liked' }).first().waitFor();
}));
