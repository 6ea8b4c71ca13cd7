// Every page: it is live, it can be read without scripts, it is accessible in
// both themes on a phone and on a desktop, it never scrolls sideways, and it
// sends requests to its own site only.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaintsIn } from '../lib/axe.mjs';
import { idle, visit, watch } from '../lib/browser.mjs';
import { every } from '../lib/every.mjs';
import { go, like, movies } from '../lib/pages.mjs';
import { stage } from '../lib/app.mjs';

const { server, browser } = await stage();

const missing = '/no/such/page';
const rendered = ['/', '/genre/Drama', `/movie/${movies.toyStory}`];
const paths = [...rendered, '/browse?sort=new&decade=1990', `/movie/${movies.obscure}`, '/for-you', '/kept', '/profile', '/taste', '/lab', '/search?q=heat', missing];
const all = [...paths, '/zh/', `/zh/movie/${movies.toyStory}`, '/zh/genre/Drama', '/zh/profile', '/zh/taste', `/zh/lab?item=${movies.heat}`];

for (const path of all) {
  test(`${path} opens, is live and sends nothing elsewhere`, async () => {
    const context = await browser.newContext();
    const watched = await watch(context, server.origin);
    const page = await visit(context, server.origin + path);
    await idle(page);
    assert.ok(await page.locator('h1').first().innerText(), 'the page has a heading');
    assert.ok(await page.title(), 'the page has a title');
    assert.equal(await page.locator('html').getAttribute('lang'), path.startsWith('/zh/') ? 'zh-Hans' : 'en');
    assert.equal(await page.locator('#app-wasm-loader').count(), 0, 'the loader is gone');
    watched.quiet(...(path === missing ? [/status of 404/] : []));
    await context.close();
  });
}

for (const path of [...rendered, '/zh/', `/zh/movie/${movies.toyStory}`]) {
  test(`${path} can be read without scripts`, async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(server.origin + path);
    assert.ok(await page.locator('h1').first().innerText());
    const cards = await page.locator('main [data-item]').count();
    assert.ok(cards >= 10, `${cards} items in the HTML, want at least 10`);
    await context.close();
  });
}

test('the pre-rendered page and the first drawing in the browser show the same items', async () => {
  const context = await browser.newContext();
  await watch(context, server.origin);
  const still = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  const items = (page) => page.locator('main [data-item]').evaluateAll((found) => found.map((one) => one.dataset.item));
  for (const path of rendered) {
    await still.goto(server.origin + path);
    const page = await visit(context, server.origin + path);
    await idle(page);
    assert.deepEqual(await items(page), await items(still), path);
    await page.close();
  }
  await still.context().close();
  await context.close();
});

// One page after the other is tried on a phone in the light and a desktop in the dark, or the other way round; as at
// night, each in all four.
const views = [[360, 'light'], [360, 'dark'], [1440, 'dark'], [1440, 'light']];

test('axe finds nothing to complain of, on any page, on a phone and a desktop, light and dark', async () => {
  const context = await browser.newContext({ reducedMotion: 'reduce', bypassCSP: true }); // axe is injected as a script
  await watch(context, server.origin);
  const page = await visit(context, server.origin);
  await like(page, movies.alien); // so that lists, history and reasons are checked too
  const found = [];
  for (const [n, path] of all.entries()) {
    await go(page, path); // that each can be loaded is tested above
    for (const line of await complaintsIn(page, views.filter((_, at) => every || (at + n) % 2 === 0))) found.push(`${path} ${line}`);
  }
  assert.deepEqual(found, []);
  await context.close();
});

test('no page scrolls sideways at 320 pixels', async () => {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
  await watch(context, server.origin);
  const page = await visit(context, server.origin);
  const wide = [];
  for (const path of all) {
    await go(page, path);
    const sticking = await page.evaluate(() => {
      if (document.documentElement.scrollWidth <= innerWidth) return null;
      const out = [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > innerWidth && !one.closest('.track, .chips-scroll'));
      return `${document.documentElement.scrollWidth}px: ${out.slice(0, 4).map((one) => `${one.tagName}.${one.className}`).join(' ')}`;
    });
    if (sticking) wide.push(`${path} ${sticking}`);
  }
  assert.deepEqual(wide, []);
  await context.close();
});
