// What the visitor does before the app is alive counts when it is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stage } from '../lib/app.mjs';
import { alive, idle, watch } from '../lib/browser.mjs';
import { button, go, movies } from '../lib/pages.mjs';

const { server, browser } = await stage();

// slowly opens a page whose app.wasm waits until release is called, and does
// something with it meanwhile.
async function slowly(address, options) {
  const context = await browser.newContext(options);
  const watched = await watch(context, server.origin);
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await context.route(/\.app\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  const page = await context.newPage();
  await page.goto(server.origin + address);
  return { context, watched, page, release };
}

const entries = async (page, path = '/profile') => {
  await go(page, path);
  return page.locator('.entry-title').allInnerTexts();
};

test('a like and letters in the search field that came before the app are done when it is there', async () => {
  const { context, watched, page, release } = await slowly('/movie/1');
  const like = button(page, movies.toyStory, 'Like');
  await like.click();
  assert.equal(await like.getAttribute('data-early'), '', 'the button shows that it was tapped');
  await page.getByText('Noted. It counts as soon as the app has started').waitFor();
  await page.getByRole('combobox').pressSequentially('alien', { delay: 20 });
  assert.equal(await page.locator('html').getAttribute('data-app'), null, 'all of it before the app is alive');
  release();
  await alive(page);
  await idle(page);
  await page.getByRole('option', { name: /^Alien/ }).first().waitFor();
  assert.equal(await page.getByRole('combobox').inputValue(), 'alien');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'search', 'one can go on typing');
  await page.keyboard.type('s');
  assert.equal(await page.getByRole('combobox').inputValue(), 'aliens');
  await button(page, movies.toyStory, 'Like', { pressed: true }).waitFor();
  assert.deepEqual(await entries(page), ['Toy Story']);
  watched.quiet();
  await context.close();
});

test('each card gets its own tap, in the list where it was made; a second tap takes it back', async () => {
  const { context, watched, page, release } = await slowly('/browse', { viewport: { width: 1280, height: 900 } });
  const cards = page.locator('.grid [data-item]');
  for (const at of [0, 3, 3, 7]) {
    await cards.nth(at).hover();
    await cards.nth(at).locator('.act-like').click();
  }
  release();
  await alive(page);
  await idle(page);
  const pressed = await cards.evaluateAll((all) => all.map((one, at) => (one.querySelector('.act-like').ariaPressed === 'true' ? at : -1)).filter((at) => at >= 0));
  assert.deepEqual(pressed, [0, 7]);
  watched.quiet();
  await context.close();
});

test('a link that is followed after an early like waits, so that the like is not lost', async () => {
  const { context, watched, page, release } = await slowly('/zh/movie/1');
  await page.locator('.act-like, [data-act="like"], .item-head button').first().click();
  await page.locator('main a[href^="/zh/movie/"]').first().click();
  await page.getByText('已记下，应用一启动就生效').waitFor();
  assert.equal(new URL(page.url()).pathname, '/zh/movie/1');
  release();
  await alive(page);
  await page.waitForURL((url) => url.pathname !== '/zh/movie/1');
  await idle(page);
  assert.equal((await entries(page, '/zh/profile')).length, 1);
  watched.quiet();
  await context.close();
});

test('without an early tap links and the search form are the browser’s own', async () => {
  const { context, page, release } = await slowly('/movie/1');
  await page.locator('main a[href^="/movie/"]').first().click();
  await page.waitForURL((url) => url.pathname !== '/movie/1');
  await page.getByRole('combobox').fill('alien');
  await page.getByRole('combobox').press('Enter');
  await page.waitForURL((url) => url.search === '?q=alien');
  release();
  await alive(page);
  await context.close();
});

test('an app that never comes says that the tap was not done', async () => {
  const context = await browser.newContext();
  await watch(context, server.origin);
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await context.route(/\.app\.wasm$/, async (route) => {
    await held;
    await route.fulfill({ status: 503 });
  });
  const page = await context.newPage();
  await page.goto(`${server.origin}/movie/1`);
  await button(page, movies.toyStory, 'Like').click();
  release();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  assert.match(await alert.innerText(), /error 503.*What you tapped meanwhile was not done/);
  assert.equal(await page.locator('[data-early]').count(), 0);
  await context.close();
});
