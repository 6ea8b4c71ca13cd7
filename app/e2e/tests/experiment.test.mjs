// Experiments on the device: a visitor who agreed gets the arm that their name
// hashes to, also offline; for one who did not nothing is requested.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { controlled, idle, launch, networkNoise, visit, watch } from '../lib/browser.mjs';
import { holds, kept } from '../lib/device.mjs';
import { card, forYou, go, like, movies } from '../lib/pages.mjs';
import { serve } from '../lib/server.mjs';
import { until } from '../lib/until.mjs';
import { latestModel, offer, retitled } from '../lib/version.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

const day = 86400e3;
const rfc = (ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`;
const experiments = (...layers) => Buffer.from(JSON.stringify({ version: 1, layers }));
const layer = (name, arms, more) => ({ name, salt: `${name}-1`, share: 1, start: rfc(Date.now() - day), end: rfc(Date.now() + day), arms, ...more });
const mix = layer('mix', [{ name: 'control', weight: 1 }, { name: 'crowd', weight: 1, mix: { popular: 1 } }]);

// bucket is the hash of wasm/experiment/FORMAT.md.
function bucket(salt, visitor) {
  const bits = (x) => BigInt.asUintN(64, x);
  let h = 0xcbf29ce484222325n;
  for (const byte of [...Buffer.from(salt), 0, ...visitor]) h = bits((h ^ BigInt(byte)) * 0x100000001b3n);
  h = bits((h ^ (h >> 33n)) * 0xff51afd7ed558ccdn);
  h = bits((h ^ (h >> 33n)) * 0xc4ceb9fe1a85ec53n);
  return Number((h ^ (h >> 33n)) >> 11n) / 2 ** 53;
}

// visitorOf returns a visitor in the second half of a layer, or in the first.
function visitorOf(salt, second) {
  for (let i = 0; ; i++) {
    const visitor = Array.from({ length: 16 }, (_, at) => (i * 37 + at * 11) % 256);
    if (bucket(salt, visitor) >= 0.5 === second) return visitor;
  }
}

// serving makes the site answer with these files too.
const serving = (files, site = async () => null) => async (name) => files[name] ?? site(name);
const agree = (page, visitor) => page.evaluate((bytes) => sparrow.post({ type: 'visitor', visitor: bytes && Uint8Array.from(bytes) }), visitor);
const enrolled = (page, arms) => page.waitForFunction((wanted) => JSON.stringify(probe.received.findLast(({ type }) => type === 'enrolled')?.arms) === wanted, JSON.stringify(arms));
const sources = (page) => page.locator('.ranked-list [data-item]').evaluateAll((cards) => cards.map((one) => one.dataset.source));
const asked = (server, path) => server.requests.filter((one) => one === path).length;
const look = (page) => page.evaluate(() => sparrow.post({ type: 'check' }));

test('visitors of different arms get the list of their arm, and both count', async (t) => {
  const server = await serve(t);
  server.site = serving({ '/v1/experiments.json': experiments(mix) });
  const lists = [];
  for (const second of [false, true]) {
    const context = await browser.newContext();
    const watched = await watch(context, server.origin);
    const page = await visit(context, server.origin);
    await like(page, movies.alien);
    await like(page, movies.shining);
    const plain = await forYou(page);
    await agree(page, visitorOf('mix-1', second));
    await enrolled(page, [['mix', second ? 'crowd' : 'control']]);
    await go(page, '/');
    lists.push(await forYou(page));
    const found = await sources(page);
    assert.equal(found.every((source) => source.split('+').includes('popular')), second, `the arm's sources: ${found}`);
    assert.equal(await page.locator('[data-list="for-you"]').getAttribute('data-layers'), 'mix');
    if (!second) assert.deepEqual(lists[0], plain, 'the control is what everybody gets');
    await agree(page, null);
    await enrolled(page, []);
    await go(page, '/');
    assert.deepEqual(await forYou(page), plain, 'who takes it back gets what everybody gets');
    watched.quiet();
    await context.close();
  }
  assert.notDeepEqual(lists[0], lists[1]);
});

test('nothing is requested for a visitor who did not agree', async (t) => {
  const server = await serve(t);
  server.site = serving({ '/v1/experiments.json': experiments(mix) });
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  const page = await visit(context, server.origin);
  await look(page);
  await idle(page);
  await agree(page, null);
  await until('a look for each of these', () => asked(server, '/v1/latest.json') >= 3);
  assert.deepEqual(server.requests.filter((path) => /^\/v1\/(experiments|trending)/.test(path)), []);
  assert.equal((await page.evaluate(() => probe.received.filter(({ type }) => type === 'enrolled'))).length, 0);
  watched.quiet();
  await context.close();
});

test('an arm with a model of its own: fetched, kept, there without a network, given back', async (t) => {
  const server = await serve(t);
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  const { hash, body } = await latestModel(server);
  const own = offer(retitled(body, 'Toy Story', 'Toy Stori'));
  const model = layer('model', [{ name: 'control', weight: 1 }, { name: 'stori', weight: 1, bundle: own.hash, bytes: body.length }]);
  server.site = serving({ '/v1/experiments.json': experiments(model), ...Object.fromEntries(await Promise.all(['bundle', 'supplement'].map(async (kind) => [`/v1/a/${own.hash}.${kind}`, await own.site(`/v1/a/${own.hash}.${kind}`)]))) });
  const visitor = visitorOf('model-1', true);
  const ready = (page, wanted) => page.waitForFunction((hashes) => JSON.stringify(probe.received.filter(({ type }) => type === 'ready').map((message) => message.hash)) === hashes, JSON.stringify(wanted));
  let page = await visit(context, server.origin);
  await controlled(page);
  await agree(page, visitor);
  await ready(page, [hash, own.hash]);
  await go(page, '/movie/1');
  await card(page, 1).getByRole('heading', { name: 'Toy Stori' }).waitFor();
  await holds(page, [own.hash, hash]);
  await page.close();
  await server.stop();
  page = await visit(context, `${server.origin}/movie/1`);
  await agree(page, visitor);
  await enrolled(page, [['model', 'stori']]);
  await ready(page, [own.hash]);
  await card(page, 1).getByRole('heading', { name: 'Toy Stori' }).waitFor();
  await server.start();
  await agree(page, null);
  await enrolled(page, []);
  await ready(page, [own.hash, hash]);
  watched.quiet(networkNoise);
  await context.close();
});

test('experiments that make no sense, or of a later version, change nothing', async (t) => {
  const server = await serve(t);
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  const page = await visit(context, server.origin);
  const visitor = visitorOf('mix-1', true);
  for (const text of ['{', '[]', '{"version":2,"layers":[{}]}', '{"version":1,"layers":[{"name":"mix"}]}', String(experiments({ ...mix, start: 'soon' })), String(experiments(layer('mix', mix.arms, { start: rfc(Date.now() + day / 2) })))]) {
    server.site = serving({ '/v1/experiments.json': Buffer.from(text) });
    const before = asked(server, '/v1/experiments.json');
    await agree(page, visitor);
    await until(`a look at ${text}`, () => asked(server, '/v1/experiments.json') > before);
  }
  server.site = serving({ '/v1/experiments.json': experiments(mix) });
  await agree(page, visitor);
  await enrolled(page, [['mix', 'crowd']]);
  const all = await page.evaluate(() => probe.received.filter(({ type }) => type === 'enrolled' || type === 'failed'));
  assert.deepEqual(all.map(({ arms }) => arms), [[['mix', 'crowd']]], 'only the good ones were used, and nothing failed');
  watched.quiet();
  await context.close();
});

test('only a valid file or a true 404 changes what a device knows of experiments', async (t) => {
  const server = await serve(t);
  server.site = serving({ '/v1/experiments.json': experiments(mix) });
  const context = await browser.newContext();
  await watch(context, server.origin);
  const page = await visit(context, server.origin);
  await agree(page, visitorOf('mix-1', true));
  await enrolled(page, [['mix', 'crowd']]);
  const layers = async () => (await kept(page, 'experiments'))?.layers.map(({ name }) => name);
  await until('the layers on the device', async () => (await layers())?.length);
  const again = async (what) => {
    const before = asked(server, '/v1/experiments.json');
    await look(page);
    await until(`a look at ${what}`, () => asked(server, '/v1/experiments.json') > before);
    await idle(page);
  };
  for (const status of [204, 500, 503, 403]) {
    server.fault = (path) => (path === '/v1/experiments.json' ? { status } : null);
    await again(status);
    assert.deepEqual(await layers(), ['mix'], `after HTTP ${status}`);
  }
  for (const text of ['', '[]', '{}', 'null', '<html>', '{"version":2,"layers":[]}', '{"version":1,"layers":[{"name":"mix"}]}', String(experiments({ ...mix, start: 'soon' }))]) {
    server.fault = () => null;
    server.site = serving({ '/v1/experiments.json': Buffer.from(text) });
    await again(text);
    assert.deepEqual(await layers(), ['mix'], `after ${text}`);
  }
  server.site = async (name) => (name === '/v1/experiments.json' ? false : null); // HTTP 404
  await again(404);
  await until('no layers', async () => (await layers())?.length === 0);
  await context.close();
});

test('what is trending has a shelf, for everyone', async (t) => {
  const server = await serve(t);
  const context = await browser.newContext();
  const watched = await watch(context, server.origin);
  const { hash, body } = await latestModel(server);
  const rising = [2, 10, 16, 19, 21, 25, 32, 34, 36, 39, 47, 50, 62, 95, 101, 104].map(String);
  server.site = serving({
    '/v1/latest.json': Buffer.from(JSON.stringify({ bundle: hash, bytes: body.length, trending: true })),
    '/v1/trending.json': Buffer.from(JSON.stringify({ asOf: 1764000000, halfLifeDays: 7, items: [null, ['x'], ['1', -1], ...rising.map((id, i) => [id, 20 - i])] })),
  });
  const page = await visit(context, server.origin);
  await until('the trends on the device', async () => (await kept(page, 'experiments'))?.trends.length); // the engine receives them at the same time
  await like(page, movies.alien);
  await go(page, '/');
  const shelf = page.locator('[data-list="home:trending"] [data-item]');
  await shelf.first().waitFor();
  const shown = await shelf.evaluateAll((cards) => cards.map(({ dataset }) => dataset));
  assert.ok(shown.length >= 5 && shown.every(({ item, source }) => rising.includes(item) && source === 'trending'), JSON.stringify(shown));
  assert.ok(!server.requests.includes('/v1/experiments.json'));
  watched.quiet();
  await context.close();
});
