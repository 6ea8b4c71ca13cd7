// The very first page is in the visitor's language where the app speaks it; from then on the address
// says. The switch is within reach on a phone, and a search that found its item leaves an empty field.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alive, watch } from '../lib/browser.mjs';
import { stage } from '../lib/app.mjs';

const { server, browser } = await stage();

async function visitor(locale, body) {
  const context = await browser.newContext({ locale, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const watched = await watch(context, server.origin);
  const open = async (path) => {
    const page = await context.newPage();
    await page.goto(server.origin + path);
    await alive(page);
    return page;
  };
  await body(open);
  watched.quiet();
  await context.close();
}

const path = (page) => page.url().slice(server.origin.length);

for (const [locale, from, to] of [
  ['zh-TW', '/', '/zh/'], ['zh-CN', '/movie/260?from=here', '/zh/movie/260?from=here'], ['en-GB', '/zh/browse', '/zh/browse'],
  ['fr-FR', '/', '/'], ['fr-FR', '/zh/', '/zh/'], ['en-US', '/for-you', '/for-you'],
]) {
  test(`${locale} at ${from} comes to ${to}, once`, () => visitor(locale, async (open) => {
    assert.equal(path(await open(from)), to);
    assert.equal(path(await open('/zh/profile')), '/zh/profile'); // who was here before goes where the address says
    assert.equal(path(await open('/profile')), '/profile');
  }));
}

test('a tap changes the language, and what was found leaves an empty field', () => visitor('en-US', async (open) => {
  const page = await open('/browse');
  await page.locator('.bar-lang').tap();
  await page.waitForFunction(() => document.documentElement.lang === 'zh-Hans');
  assert.equal(path(page), '/zh/browse');
  const box = await page.locator('.bar-lang').boundingBox();
  assert.ok(box.y + box.height < 80 && box.height >= 40, JSON.stringify(box));
  await page.locator('#search').fill('heat');
  await page.locator('.option').first().tap();
  await page.waitForURL('**/zh/movie/*');
  assert.equal(await page.locator('#search').inputValue(), '');
}));
