// A long grid of cards is drawn in pieces, so that no task of the page is long.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idle, visit, watch } from '../lib/browser.mjs';
import { stage } from '../lib/app.mjs';

const { server, browser } = await stage();

test('sixty results of a search are drawn twenty at a time', async () => {
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  const page = await visit(context, `${server.origin}/`);
  await page.evaluate(() => {
    globalThis.counts = [0];
    new MutationObserver(() => {
      const count = document.querySelectorAll('.results .grid:not(.ghosts) > li').length;
      if (count !== counts.at(-1)) counts.push(count);
    }).observe(document.body, { childList: true, subtree: true });
    goappNav('/search?q=h');
  });
  await page.waitForFunction(() => counts.at(-1) >= 60);
  await idle(page);
  assert.deepEqual(await page.evaluate(() => counts), [0, 20, 40, 60]);
  assert.equal(await page.locator('.row-blank').count(), 0);
  watched.quiet();
  await context.close();
});
