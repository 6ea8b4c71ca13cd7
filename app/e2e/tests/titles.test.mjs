// The tab, the history and a search engine are told what the page shows, however
// the page was reached.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stage } from '../lib/app.mjs';
import { controlled, visit, watch } from '../lib/browser.mjs';
import { go, movies } from '../lib/pages.mjs';

const { server, browser } = await stage();

// named waits until title and description begin with text, which is also the page's heading.
async function named(page, text, { heading = text, suffix = ' · Sparrow' } = {}) {
  const told = () => page.evaluate(() => [document.title, document.querySelector('h1')?.innerText, document.querySelector('meta[name=description]').content]);
  await page.waitForFunction(([title, h1]) => document.title === title && document.querySelector('h1')?.innerText === h1, [text + suffix, heading], { timeout: 10e3 }).catch(() => {});
  const [title, h1, about] = await told();
  assert.equal(title, text + suffix);
  assert.equal(h1, heading);
  return about;
}

const obscure = 'Andrew Dice Clay: Dice Rules';

test('titles of pages from the service worker, of the app’s own steps, and of steps back', async () => {
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  const page = await visit(context, server.origin);
  await controlled(page);
  for (const path of [`/movie/${movies.obscure}`, `/zh/movie/${movies.obscure}`]) {
    await page.goto(server.origin + path);
    assert.ok((await named(page, `${obscure} (1991)`, { heading: obscure })).startsWith(`${obscure} (1991)`), path);
  }
  await page.goto(`${server.origin}/movie/${movies.heat}`);
  await named(page, 'Heat (1995)', { heading: 'Heat' });
  await go(page, `/movie/${movies.obscure}`); // not in any list so far
  await named(page, `${obscure} (1991)`, { heading: obscure });
  await go(page, '/movie/no-such-item');
  await page.waitForFunction(() => document.title === 'This film is not in the catalogue · Sparrow');
  assert.match(await page.locator('meta[name=description]').getAttribute('content'), /^Sparrow recommends/);
  await go(page, '/profile');
  await named(page, 'Profile');
  await go(page, '/zh/profile');
  await named(page, '我的');
  await go(page, '/search?q=heat');
  await named(page, 'Results for “heat”');
  await page.goBack();
  await named(page, '我的');
  await page.goto(`${server.origin}/genre/Drama`);
  await named(page, 'Drama');
  await page.waitForFunction(() => /^Drama: ./.test(document.querySelector('meta[name=description]').content));
  watched.quiet();
  await context.close();
});

test('a title without a page of its own, and one found by search', async () => {
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  const page = await visit(context, `${server.origin}/movie/${movies.obscure}`);
  await named(page, `${obscure} (1991)`, { heading: obscure });
  await page.getByRole('combobox').fill('toy story');
  await page.getByRole('option').first().click();
  await named(page, 'Toy Story (1995)', { heading: 'Toy Story' });
  await page.waitForFunction(() => document.querySelector('meta[name=description]').content.includes('In the same spirit: '));
  watched.quiet();
  await context.close();
});
