// An assistant of the browser has tools where there is WebMCP: they answer on this device, tell nothing of the visitor
// before a yes, and change nothing without one.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { complaints } from '../lib/axe.mjs';
import { idle, launch, options, visit, watch } from '../lib/browser.mjs';
import { button, go, like, movies } from '../lib/pages.mjs';
import { serve } from '../lib/server.mjs';

let browser;
before(async () => { browser = await launch({ args: [...options.args, '--enable-features=WebMCP'] }); });
after(async () => { await browser?.close(); });

async function opened(t, path = '/') {
  const server = await serve(t);
  const context = await browser.newContext({ reducedMotion: 'reduce', bypassCSP: true });
  const watched = await watch(context, server.origin);
  const page = await visit(context, server.origin + path);
  await idle(page);
  await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('.webmcp.js')));
  t.after(() => context.close());
  return { server, page, watched };
}

// call returns what a tool answers, or throws what it refuses.
async function call(page, name, input) {
  const { content: [{ text }], isError } = await page.webmcp.callTool(name, input);
  if (isError) throw new Error(text);
  return JSON.parse(text);
}

const question = (page) => page.getByRole('dialog');

test('a page without an assistant fetches nothing for one', async (t) => {
  const server = await serve(t);
  const plain = await launch();
  t.after(() => plain.close());
  const context = await plain.newContext();
  await watch(context, server.origin);
  const page = await visit(context, server.origin);
  await idle(page);
  assert.deepEqual(await page.evaluate(() => performance.getEntriesByType('resource').filter(({ name, initiatorType }) => initiatorType === 'script' && name.endsWith('.webmcp.js')).length), 0);
});

test('five tools answer on this device', async (t) => {
  const { page, watched } = await opened(t);
  assert.deepEqual((await page.webmcp.tools()).map(({ name }) => name).sort(), ['forget', 'like', 'recommend', 'similar', 'why']);
  const { item, similar } = await call(page, 'similar', { title: 'alien', k: 3 });
  assert.equal(item.id, String(movies.alien));
  assert.equal(similar.length, 3);
  await assert.rejects(call(page, 'similar', { title: 'xqzzk wvvq' }), /Nothing here is called/);
  await assert.rejects(call(page, 'similar', { id: '0' }), /no item/);
  watched.quiet();
});

test('the list and its reasons are told after one yes, by keyboard too', async (t) => {
  const { page, watched } = await opened(t);
  await like(page, movies.alien);
  const refused = call(page, 'recommend', { k: 5 });
  refused.catch(() => {});
  await question(page).waitFor();
  assert.deepEqual(await complaints(page), []);
  await page.keyboard.press('Escape');
  await assert.rejects(refused, /said no/);
  const told = call(page, 'recommend', { k: 5 });
  await question(page).getByRole('button', { name: 'Yes' }).focus();
  await page.keyboard.press('Enter');
  assert.equal((await told).items.length, 5);
  const { item, score, base, reasons } = await call(page, 'why', { title: 'heat' }); // no second question
  assert.equal(item.id, String(movies.heat));
  assert.ok(Math.abs(base + reasons.reduce((sum, { contribution }) => sum + contribution, 0) - score) < 1e-3, 'the shares add up');
  watched.quiet();
});

test('a like and its end wait for a yes each, and the page shows them', async (t) => {
  const { page, watched } = await opened(t, '/zh/');
  await go(page, `/movie/${movies.heat}`);
  const no = call(page, 'like', { id: String(movies.heat) });
  await question(page).getByText('An assistant wants to like “Heat” for you').waitFor();
  await question(page).getByRole('button', { name: 'No' }).click();
  assert.equal((await no).done, false);
  await button(page, movies.heat, 'Like', { pressed: false }).waitFor();
  const yes = call(page, 'like', { id: String(movies.heat) });
  await question(page).getByRole('button', { name: 'Yes' }).click();
  assert.equal((await yes).done, true);
  await button(page, movies.heat, 'Like', { pressed: true }).waitFor();
  await go(page, `/zh/movie/${movies.heat}`);
  const forget = call(page, 'forget', { id: String(movies.heat) });
  await question(page).getByRole('button', { name: '可以' }).click();
  assert.equal((await forget).done, true);
  await page.locator('[data-item] button[aria-pressed=true]').first().waitFor({ state: 'detached' });
  watched.quiet();
});
