// A list made in advance is shown at once; the engine takes over where it stands, when the page
// is quiet: the same cards, and nothing that the visitor does in between is lost.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { launchAsShipped } from '../lib/browser.mjs';
import { Edge, demoEdge } from '../lib/edge.mjs';
import { host, page } from '../lib/host.mjs';
import { serve, siteFolder } from '../lib/server.mjs';
import { until } from '../lib/until.mjs';
import { record, settled } from '../lib/widget.mjs';

const edge = await demoEdge();
const browser = await launchAsShipped();
test.after(() => Promise.all([edge.stop(), browser.close()]));

// start returns a tab on a host's page whose engine comes only after let() is called.
async function start(t, markup, { from = edge.origin, headers, init } = {}) {
  const site = await host(t, { '/': { headers, body: page(from, markup) } });
  const context = await browser.newContext({ viewport: { width: 1000, height: 1200 } });
  t.after(() => context.close());
  await context.addInitScript(record);
  if (init) await context.addInitScript(init);
  const tab = await context.newPage();
  let go;
  const gate = new Promise((resolve) => { go = resolve; });
  await context.route(/\.bundle$/, async (route) => { await gate; await route.continue().catch(() => {}); });
  const asked = [];
  context.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await tab.goto(site.origin);
  return { tab, site, asked, let: go, context };
}

const modes = (tab, element = 'sparrow-similar') => tab.evaluate((name) => received.events.filter((one) => one.name === 'ready' && one.element === name).map(({ mode }) => mode), element);
const taken = (tab) => until('the engine has taken over', async () => (await modes(tab)).includes('inline'));

test('the list is there before the engine, and stays card by card', async (t) => {
  const { tab, let: go, asked } = await start(t, '<sparrow-similar item="50" link="/movie/{id}"></sparrow-similar><p>below</p>', {
    init: () => {
      globalThis.shift = 0;
      new PerformanceObserver((list) => { for (const { value } of list.getEntries()) shift += value; }).observe({ type: 'layout-shift', buffered: true });
    },
  });
  const [{ items, mode }] = await settled(tab);
  assert.deepEqual([items.length, mode], [10, 'list']);
  const before = await tab.evaluate(() => {
    const { shadowRoot } = document.querySelector('sparrow-similar');
    const cards = [...shadowRoot.querySelectorAll('.card')];
    cards[3].focus();
    Object.assign(globalThis, { cards, shifted: shift });
    return cards.map((card) => card.innerText);
  });
  await until('the engine is asked for', () => asked.some((path) => path.endsWith('.wasm')));
  go();
  await taken(tab);
  const after = await tab.evaluate(() => {
    const { shadowRoot } = document.querySelector('sparrow-similar');
    const now = [...shadowRoot.querySelectorAll('.card')];
    return { same: now.every((card, i) => card === cards[i]), texts: now.map((card) => card.innerText), focus: now.indexOf(shadowRoot.activeElement), shift: shift - shifted };
  });
  assert.deepEqual(after, { same: true, texts: before, focus: 3, shift: 0 });
  assert.deepEqual(await modes(tab), ['list', 'inline']);
});

test('cards link to the items’ own pages, before the engine and after it', async (t) => {
  const { tab, let: go } = await start(t, '<sparrow-similar item="50"></sparrow-similar>');
  const links = () => tab.evaluate(() => [...document.querySelector('sparrow-similar').shadowRoot.querySelectorAll('a.card')].map((link) => link.href));
  await settled(tab);
  const before = await links();
  assert.equal(before.filter((href) => /^https:\/\/www\.imdb\.com\/title\/tt\d{7,8}\/$/.test(href)).length, 10);
  go();
  await taken(tab);
  assert.deepEqual(await links(), before);
});

test('a card is seen once, and a click in between is followed', async (t) => {
  const { tab, let: go } = await start(t, '<sparrow-similar item="50" link="/movie/{id}"></sparrow-similar>');
  await settled(tab);
  const seen = () => tab.evaluate(() => received.events.filter(({ name }) => name === 'impression').map(({ item }) => item));
  await until('cards are seen', async () => (await seen()).length >= 5);
  go();
  await taken(tab);
  await tab.waitForTimeout(1500);
  assert.equal(new Set(await seen()).size, (await seen()).length, 'none twice');

  const other = await start(t, '<sparrow-similar item="50" link="/movie/{id}"></sparrow-similar>');
  await settled(other.tab);
  const first = other.tab.locator('sparrow-similar a.card').first();
  const to = await first.evaluate((link) => link.href);
  const box = await first.boundingBox();
  await other.tab.mouse.move(box.x + 20, box.y + 20);
  await other.tab.mouse.down();
  other.let();
  await taken(other.tab);
  await other.tab.mouse.up();
  await other.tab.waitForURL(to);
});

test('another list than the engine’s changes in place, after a click that is on its way', async (t) => {
  const list = JSON.parse(await (await fetch(`${edge.origin}/v1/similar/50.json`)).text());
  list.items.splice(1, 1, list.items[15]);
  const { tab, let: go } = await start(t, '<sparrow-similar item="50" link="/movie/{id}"></sparrow-similar>', {
    init: `addEventListener('sparrow:select', (event) => { event.preventDefault(); globalThis.chosen = event.detail.item.id; });`,
    from: await changed(t, { '/v1/similar/50.json': Buffer.from(JSON.stringify(list)) }),
  });
  const [{ items }] = await settled(tab);
  assert.equal(items[1], list.items[1].title);
  await tab.evaluate(() => document.querySelector('sparrow-similar').shadowRoot.querySelectorAll('.card')[2].focus());
  await until('cards are seen', () => tab.evaluate(() => received.events.filter(({ name }) => name === 'impression').length >= 5));
  const box = await tab.locator('sparrow-similar .card').nth(1).boundingBox();
  await tab.mouse.move(box.x + 20, box.y + 20);
  await tab.mouse.down();
  go();
  await tab.waitForTimeout(3000);
  assert.deepEqual(await modes(tab), ['list'], 'not under the visitor’s finger');
  await tab.mouse.up();
  await taken(tab);
  assert.equal(await tab.evaluate(() => globalThis.chosen), list.items[1].id, 'what was pressed');
  await tab.waitForTimeout(1500);
  const seen = await tab.evaluate(() => received.events.filter(({ name }) => name === 'impression').map(({ item, position }) => `${item} ${position}`));
  assert.equal(new Set(seen).size, seen.length, 'none twice');
  assert.equal(seen.filter((one) => one.endsWith(' 2')).length, 2, 'the new card counts');
  assert.ok(await tab.evaluate(() => document.querySelector('sparrow-similar').shadowRoot.activeElement?.matches('.card')), 'the focus stays in the list');
});

// changed returns the origin of a site whose server has these files in place of others.
async function changed(t, files) {
  const server = await serve(t);
  server.site = async (path) => files[path] ?? null;
  return server.origin;
}

test('where no list was made, or none can be fetched, the engine alone answers', async (t) => {
  const server = await serve(t); // has none
  for (const gone of [false, true]) {
    if (gone) server.fault = (path) => (path.startsWith('/v1/similar') ? { truncate: 0.5, status: 503 } : null);
    const { tab, let: go } = await start(t, '<sparrow-similar item="50"></sparrow-similar>', { from: server.origin });
    go();
    const [{ items }] = await settled(tab);
    assert.equal(items.length, 10);
    assert.deepEqual(await modes(tab), ['inline']);
  }
});

test('who saves data gets no engine before it is needed', async (t) => {
  const init = () => Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
  const { tab, let: go, asked } = await start(t, '<sparrow-similar item="50"></sparrow-similar>', { init });
  go();
  assert.equal((await settled(tab))[0].items.length, 10);
  await tab.waitForTimeout(4000);
  assert.ok(!asked.some((path) => /\.(wasm|bundle)$|worker/.test(path)), asked.join(' '));
  await tab.evaluate(() => document.querySelector('sparrow-similar').refresh());
  assert.deepEqual(await modes(tab), ['list', 'inline']);
});

test('a visitor who is known sees their own list, and no other before it', async (t) => {
  const markup = '<sparrow-recommend personal></sparrow-recommend>';
  const shown = await start(t, markup);
  shown.let();
  const ready = () => modes(shown.tab, 'sparrow-recommend');
  await until('the engine', async () => (await ready()).includes('inline'));
  for (const item of ['1258', '1997', '1214']) await shown.tab.evaluate((id) => document.querySelector('sparrow-recommend').record('like', id), item);
  await shown.tab.evaluate(() => document.querySelector('sparrow-recommend').refresh());
  const [{ items: own }] = await settled(shown.tab);
  await shown.tab.waitForTimeout(500);
  await shown.tab.goto(shown.site.origin);
  const [{ items }] = await settled(shown.tab);
  assert.deepEqual([items, await ready()], [own, ['inline']]);
});

test('with consent, what is seen before the engine comes reaches the edge once', async (t) => {
  const live = new Edge();
  const site = await host(t);
  await live.start({ flags: ['--rate', '0', '--site', siteFolder, '--bundles', 'data/demo', '--origin', `${site.origin}=shop`].map((flag) => (flag === 'data/demo' ? new URL('../../../data/demo', import.meta.url).pathname : flag)) });
  t.after(() => live.stop());
  site.pages = { '/': { body: page(`http://127.0.0.1:${live.port}`, '<sparrow-similar item="50" consent="granted"></sparrow-similar>') } };
  const context = await browser.newContext({ viewport: { width: 1000, height: 1200 } });
  t.after(() => context.close());
  await context.addInitScript(record);
  let go;
  const gate = new Promise((resolve) => { go = resolve; });
  await context.route(/\.bundle$/, async (route) => { await gate; await route.continue().catch(() => {}); });
  const tab = await context.newPage();
  await tab.goto(site.origin);
  const events = () => live.stored().then(({ events: all }) => all);
  await until('impressions before the engine', async () => (await events()).some(({ kind }) => kind === 'impression'), 20e3);
  const { bundle } = JSON.parse(await readFile(new URL('../../../data/demo/latest.json', import.meta.url)));
  go();
  await until('the engine has taken over', async () => (await modes(tab)).includes('inline'));
  await tab.waitForTimeout(1500);
  await tab.goto('about:blank');
  await tab.waitForTimeout(1000);
  const all = await events();
  assert.equal(all.filter(({ kind }) => kind === 'view').length, 1);
  const seen = all.filter(({ kind }) => kind === 'impression').map(({ item }) => item);
  assert.equal(new Set(seen).size, seen.length, 'none twice');
  assert.ok(seen.length >= 5 && all.every((event) => event.bundle === bundle), JSON.stringify(all.map(({ kind, bundle: of }) => [kind, of])));
});

test('rows that the page came with stay until there is a list, and nothing moves', async (t) => {
  const rows = await (await fetch(`${edge.origin}/v1/similar/50.html`)).text();
  assert.match(rows, /"@type":"ItemList"/);
  const site = await host(t, { '/': { body: page(edge.origin, `<sparrow-similar item="50">${rows}</sparrow-similar><p>below</p>`) } });
  const context = await browser.newContext({ viewport: { width: 1000, height: 1200 } });
  t.after(() => context.close());
  await context.addInitScript(record);
  await context.addInitScript(() => {
    globalThis.shift = 0;
    new PerformanceObserver((list) => { for (const { value } of list.getEntries()) shift += value; }).observe({ type: 'layout-shift', buffered: true });
  });
  const gates = ['/v1/widget.js', '/v1/similar/50.json'].map((path) => {
    let open;
    const gate = new Promise((resolve) => { open = resolve; });
    return { path, gate, open };
  });
  for (const { path, gate } of gates) await context.route(`**${path}`, async (route) => { await gate; await route.continue().catch(() => {}); });
  const tab = await context.newPage();
  await tab.goto(site.origin, { waitUntil: 'commit' });
  const seen = () => tab.evaluate(() => {
    const list = document.querySelector('sparrow-similar');
    return { rows: [...list.querySelectorAll('[slot="list"] a')].filter((link) => link.checkVisibility() && link.getBoundingClientRect().width > 100).length, state: list.shadowRoot?.querySelector('.base').dataset.state, top: document.querySelector('p').getBoundingClientRect().top };
  });
  await until('the rows are there', async () => (await seen()).rows === 20);
  const first = await seen();
  gates[0].open();
  await until('the widget waits', async () => (await seen()).state === 'waiting');
  assert.deepEqual(await seen(), { ...first, state: 'waiting' });
  gates[1].open();
  await taken(tab);
  assert.deepEqual(await seen(), { rows: 0, state: 'ready', top: first.top });
  assert.equal(await tab.evaluate(() => shift), 0);
});
