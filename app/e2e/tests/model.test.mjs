// A model that does not arrive, or arrives damaged, is refused with a clear
// message; the last good one goes on answering.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { alive, controlled, launch, networkNoise, visit, watch } from '../lib/browser.mjs';
import { holds, models } from '../lib/device.mjs';
import { card, go, like, list, movies } from '../lib/pages.mjs';
import { serve } from '../lib/server.mjs';
import { latestModel, offer, retitled } from '../lib/version.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

const isModel = (path) => path.startsWith('/v1/a/');
const isLatest = (path) => path === '/v1/latest.json';
const received = (page, type) => page.evaluate((wanted) => probe.received.filter((message) => message.type === wanted), type);

const first = [
  ['answers 404', isModel, { status: 404 }, 'http'],
  ['breaks off', isModel, { truncate: 0.6 }, 'network'],
  ['is short', isModel, { cut: 0.6 }, 'integrity'],
  ['has one bit wrong', isModel, { flip: true }, 'integrity'],
  ['is a sign-in page', isModel, { html: true }, 'page'],
  ['is named by a sign-in page', isLatest, { html: true }, 'page'],
  ['is not named', isLatest, { status: 503 }, 'http'],
];
for (const [what, which, fault, code] of first) {
  test(`first visit, the model ${what}: a clear message, and a second try that works`, async (t) => {
    const server = await serve(t);
    const context = await browser.newContext();
    const watched = await watch(context, server.origin);
    server.fault = (path) => (which(path) ? fault : null);
    const page = await visit(context, server.origin, { engine: 'failed' });
    assert.equal((await received(page, 'failed'))[0].code, code);
    assert.ok((await list(page, 'main')).length > 10, 'the pre-rendered items stay');
    const alert = page.getByRole('alert');
    assert.match(await alert.innerText(), /did not arrive/);
    assert.deepEqual(await models(page), { list: [], files: [] }, 'nothing was kept');
    server.fault = () => null;
    await alert.getByRole('button', { name: 'Try again' }).click();
    await alive(page);
    await alert.waitFor({ state: 'detached' });
    watched.quiet(networkNoise);
    await context.close();
  });
}

test('first visit, a model that is whole but unreadable: the page shows it', async (t) => {
  const server = await serve(t);
  const context = await browser.newContext();
  await watch(context, server.origin);
  const { body } = await latestModel(server);
  server.site = offer(body.subarray(0, body.length >> 1)).site;
  const page = await visit(context, server.origin, { engine: 'failed' });
  assert.equal((await received(page, 'failed'))[0].code, 'decode');
  server.site = null;
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
  await alive(page);
  await context.close();
});

test('later: the last good model stays, whatever comes in its place', async (t) => {
  const server = await serve(t);
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  let page = await visit(context, server.origin);
  await like(page, movies.alien);
  await controlled(page);
  const { hash, body } = await latestModel(server);
  await holds(page, [hash]);
  const newer = offer(retitled(body, 'Toy Story', 'Toy Stori'));
  const unreadable = offer(body.subarray(0, body.length >> 1));
  const cases = [[newer, { cut: 0.5 }, 'integrity'], [newer, { flip: true }, 'integrity'], [newer, { html: true }, 'page'], [newer, { truncate: 0.5 }, null], [newer, { status: 404 }, null], [unreadable, null, 'decode']];
  for (const [offered, fault, code] of cases) {
    await page.close();
    server.site = offered.site;
    server.fault = (path) => (isModel(path) ? fault : null);
    page = await visit(context, `${server.origin}/movie/1`);
    await page.waitForFunction((wanted) => !wanted || probe.received.some((message) => message.type === 'failed' && message.code === wanted && message.kept), code);
    if (code) await page.getByText('The last good catalogue goes on answering').waitFor();
    await alive(page);
    assert.equal((await received(page, 'ready'))[0].hash, hash);
    await go(page, '/for-you');
    await page.locator('.ranked-list [data-item]').first().waitFor();
  }
  watched.quiet(networkNoise);
  await context.close();
});

test('a newer model is fetched behind the visit and begins the next; two are kept', async (t) => {
  const server = await serve(t);
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  let page = await visit(context, `${server.origin}/movie/1`);
  await controlled(page);
  const { hash, body } = await latestModel(server);
  const hashes = [hash]; // newest first
  await holds(page, hashes);
  for (const title of ['Toy Stori', 'Toy Storo']) {
    const newer = offer(retitled(body, 'Toy Story', title));
    hashes.unshift(newer.hash);
    server.site = newer.site;
    await page.close();
    page = await visit(context, `${server.origin}/movie/1`);
    assert.equal((await received(page, 'ready'))[0].hash, hashes[1], 'this visit begins with the model of the last');
    await holds(page, hashes.slice(0, 2));
  }
  await page.close();
  page = await visit(context, `${server.origin}/movie/1`);
  await card(page, 1).getByRole('heading', { name: 'Toy Storo' }).waitFor();
  watched.quiet();
  await context.close();
});

test('a model that was damaged on the device gives way to the one before, or is fetched again', async (t) => {
  const server = await serve(t);
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  let page = await visit(context, server.origin);
  await controlled(page);
  await holds(page, [(await latestModel(server)).hash]);
  await page.evaluate(async () => {
    const cache = await caches.open('sparrow-models');
    for (const request of await cache.keys()) {
      const bytes = new Uint8Array(await (await cache.match(request)).arrayBuffer());
      bytes[bytes.length >> 1] ^= 1;
      await cache.put(request, new Response(bytes));
    }
  });
  await page.close();
  server.requests = [];
  page = await visit(context, server.origin);
  assert.ok(server.requests.some(isModel), 'the model is fetched again');
  watched.quiet();
  await context.close();
});
