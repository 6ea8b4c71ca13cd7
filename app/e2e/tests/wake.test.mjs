// A page that was rendered in advance stands as it is until somebody is there: the app starts with
// the first sign of a visitor, at once for one of whom the device keeps something, and else after a while.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { alive, options } from '../lib/browser.mjs';
import { serve } from '../lib/server.mjs';

const started = (page) => page.evaluate(() => document.documentElement.dataset.app ?? '');

// loaded opens a page at which nobody is, and waits until nothing is left to start the app with.
async function loaded(browser, url) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
  const page = await context.newPage();
  await page.clock.install(); // runs on
  const program = page.waitForResponse((response) => response.url().endsWith('.app.wasm'));
  await page.goto(url);
  await (await program).finished();
  await page.waitForFunction(() => globalThis.Go);
  await page.clock.fastForward(9000);
  return page;
}

test('the app waits for somebody, and then does what they did', async (t) => {
  const server = await serve(t);
  const browser = await chromium.launch(options); // nobody's pointer moves
  t.after(() => browser.close());

  await t.test('a tap starts it, and is not lost', async () => {
    const page = await loaded(browser, `${server.origin}/`);
    assert.equal(await started(page), '');
    assert.equal(await page.locator('#app-wasm-loader:visible').count(), 0, 'nothing is said to be loading');
    const like = page.locator('.row .act-like').first();
    const title = (await like.getAttribute('aria-label')).replace('Like ', '');
    await like.tap();
    await Promise.all([alive(page), page.getByText(`You like ${title}.`).waitFor()]); // which stays for nine seconds

    const again = await page.context().newPage(); // of somebody whom the device knows
    await again.goto(`${server.origin}/zh/`);
    await alive(again);
    await page.context().close();
  });

  for (const [name, act] of [['a key', (page) => page.keyboard.press('Tab')], ['scrolling', (page) => page.mouse.wheel(0, 300)], ['a moving pointer', (page) => page.mouse.move(80, 90)]]) {
    await t.test(`${name} starts it`, async () => {
      const page = await loaded(browser, `${server.origin}/movie/260`);
      assert.equal(await started(page), '');
      await act(page);
      await alive(page);
      await page.context().close();
    });
  }

  await t.test('so does a while, in which nobody comes', async () => {
    const page = await loaded(browser, `${server.origin}/`);
    assert.equal(await started(page), '');
    await page.clock.fastForward(3000);
    await alive(page);
    await page.context().close();
  });

  await t.test('a page that was not rendered in advance starts at once', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${server.origin}/search?q=heat`);
    await alive(page, { timeout: 10e3 });
    await context.close();
  });

  await t.test('a model that does not load is said without a touch', async () => {
    server.fault = (path) => (path.endsWith('.bundle') ? { status: 503 } : null);
    const page = await loaded(browser, `${server.origin}/movie/1`);
    await alive(page, { engine: 'failed', timeout: 9e3 });
    server.fault = () => null;
    await page.context().close();
  });
});
