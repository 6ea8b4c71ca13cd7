// A long grid of cards and the Lab's map are drawn in pieces, so that no task of the page is long.
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

test('the dots of the Lab’s map are drawn 64 at a time', async () => {
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  const page = await visit(context, `${server.origin}/`);
  await page.evaluate(() => {
    globalThis.counts = [0];
    new MutationObserver(() => {
      const count = document.querySelectorAll('.map-svg a.dot').length;
      if (count !== counts.at(-1)) counts.push(count);
    }).observe(document.body, { childList: true, subtree: true });
    goappNav('/lab');
  });
  await page.locator('.map-svg:not([aria-busy]) .dot-chosen').waitFor();
  await idle(page);
  const counts = await page.evaluate(() => globalThis.counts);
  assert.ok(counts.at(-1) >= 250, `the dots grow to ${counts.at(-1)}`);
  for (let i = 1; i < counts.length; i++) assert.ok(counts[i] - counts[i - 1] <= 64 + 1, `the dots grow by ${counts}`); // and the chosen one
  watched.quiet();
  await context.close();
});
