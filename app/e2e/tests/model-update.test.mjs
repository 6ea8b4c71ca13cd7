// A newer model takes over while the page is open, between two answers and without a reload.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { idle, launch, networkNoise, visit, watch } from '../lib/browser.mjs';
import { holds } from '../lib/device.mjs';
import { button, card, forYou, go, like, movies, reload } from '../lib/pages.mjs';
import { serve } from '../lib/server.mjs';
import { until } from '../lib/until.mjs';
import { latestModel, offer, retitled, reweighted } from '../lib/version.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

const isLatest = (path) => path === '/v1/latest.json';
const isModel = (path) => path.startsWith('/v1/a/');
const received = (page, type) => page.evaluate((wanted) => probe.received.filter((message) => message.type === wanted), type);
const readyWith = (page, hash) => page.waitForFunction((wanted) => probe.received.some((message) => message.type === 'ready' && message.hash === wanted), hash);
const look = (page) => page.evaluate(() => sparrow.post({ type: 'check' }));

// opened is a page on a server of its own, its model, and a newer one that is
// not offered yet. finish ends the test: nothing happened but what was
// expected.
async function opened(t) {
  const server = await serve(t);
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  const page = await visit(context, server.origin);
  await idle(page);
  const { hash, body } = await latestModel(server);
  const newer = offer(retitled(body, 'Toy Story', 'Toy Stori'));
  const finish = async (...expected) => {
    watched.quiet(...expected);
    await context.close();
  };
  return { server, context, page, hash, body, newer, finish };
}

const engineOf = (page) => page.workers().find((one) => one.url().includes('engine-worker'));

test('a newer model answers without a reload, and uses the profile', async (t) => {
  const { server, page, newer, finish } = await opened(t);
  await like(page, movies.alien);
  const begun = await page.evaluate(() => performance.timeOrigin);
  const before = await forYou(page);
  server.site = newer.site;
  await look(page);
  await readyWith(page, newer.hash);
  await go(page, '/movie/1');
  await card(page, 1).getByRole('heading', { name: 'Toy Stori' }).waitFor();
  assert.deepEqual(await forYou(page), before, 'the model differs in one letter, so the list is the same');
  await go(page, `/movie/${movies.alien}`);
  await button(page, movies.alien, 'Like', { pressed: true }).waitFor();
  assert.equal(await page.evaluate(() => performance.timeOrigin), begun, 'the page was never loaded again');
  assert.equal((await received(page, 'failed')).length, 0);
  await finish();
});

test('questions and changes during a takeover are all answered, each by one model', async (t) => {
  const { server, page, newer, finish } = await opened(t);
  server.site = newer.site;
  await look(page);
  const likes = [1, 2, 3, 6, 10, 16, 32, 34, 47, 50];
  for (const id of likes) await like(page, id); // the model arrives somewhere among these
  await readyWith(page, newer.hash);
  await go(page, '/profile');
  assert.equal(await page.locator('.entry').count(), likes.length);
  await finish();
});

test('what arrives damaged or cannot be read takes nothing over; what is whole then does', async (t) => {
  const { server, page, hash, body, newer, finish } = await opened(t);
  await like(page, movies.alien);
  const unreadable = offer(body.subarray(0, body.length >> 1));
  const untrue = offer(reweighted(body));
  let failures = 0;
  for (const [offered, fault, code] of [[newer, { flip: true }, 'integrity'], [newer, { cut: 0.5 }, 'integrity'], [newer, { html: true }, 'page'], [unreadable, null, 'decode'], [untrue, null, 'decode']]) {
    server.site = offered.site;
    server.fault = (path) => (isModel(path) ? fault : null);
    await look(page);
    await page.waitForFunction((n) => probe.received.filter(({ type }) => type === 'failed').length > n, failures++);
    const { code: failure, kept } = (await received(page, 'failed')).at(-1);
    assert.deepEqual([failure, kept], [code, true]);
    await page.getByRole('alert').getByText('The last good catalogue goes on answering.').waitFor();
  }
  server.requests = [];
  for (const [site, fault, which] of [[unreadable.site, null, isLatest], [newer.site, { status: 503 }, isLatest], [newer.site, { truncate: 0.5 }, isModel], [newer.site, { status: 404 }, isModel]]) {
    Object.assign(server, { site, fault: (path) => (which(path) ? fault : null) });
    const before = server.requests.filter(which).length;
    await look(page);
    await until('a look', () => server.requests.filter(which).length > before);
  }
  assert.ok(!server.requests.includes(`/v1/a/${unreadable.hash}.bundle`), 'a model that cannot be read is downloaded once');
  assert.deepEqual((await received(page, 'ready')).map((message) => message.hash), [hash], 'the last good model answers');
  await forYou(page);
  server.fault = () => null;
  await look(page);
  await readyWith(page, newer.hash);
  await finish(networkNoise);
});

test('online again, the page looks by itself', async (t) => {
  const { server, context, page, newer, finish } = await opened(t);
  await context.setOffline(true);
  server.site = newer.site;
  await look(page); // in vain: there is no network
  await context.setOffline(false);
  const worker = engineOf(page);
  await worker.evaluate(() => { dispatchEvent(new Event('online')); });
  await readyWith(page, newer.hash);
  await finish(networkNoise);
});

test('a page that was hidden for a quarter of an hour looks when it is seen again, not sooner', async (t) => {
  const { server, page, hash, body, newer, finish } = await opened(t);
  const looked = offer(retitled(body, 'Toy Story', 'Toy Stora')); // found by the check of a visit, which shows that the check is over
  await holds(page, [hash]);
  server.site = looked.site;
  await reload(page);
  await readyWith(page, looked.hash);
  server.site = newer.site;
  server.requests = [];
  const worker = engineOf(page);
  const away = async (minutes) => {
    await page.evaluate(() => sparrow.post({ type: 'hidden' }));
    await worker.evaluate((ms) => { const { now } = Date; Date.now = () => now() + ms; }, minutes * 60e3);
    await page.evaluate(() => sparrow.post({ type: 'visible' }));
    await idle(page);
  };
  await away(10);
  await go(page, '/movie/1'); // answered after the message, so a check would have begun
  assert.deepEqual(server.requests.filter(isLatest), []);
  await away(6);
  await readyWith(page, newer.hash);
  await finish();
});
