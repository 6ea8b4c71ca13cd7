// What the widget learns of a visitor: nothing, unless the page allows it; and
// then they can have it erased.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launchAsShipped } from '../lib/browser.mjs';
import { Edge } from '../lib/edge.mjs';
import { host, page } from '../lib/host.mjs';
import { serve, siteFolder } from '../lib/server.mjs';
import { until } from '../lib/until.mjs';
import { record, settled } from '../lib/widget.mjs';

const browser = await launchAsShipped();
test.after(() => browser.close());

const horror = ['1258', '1997', '1214'];

// shop returns the pages of a shop: one for each item, with the widget's two
// lists.
function shop(edge, attributes, items = [...horror, '50']) {
  const of = (item) => page(edge, `<sparrow-similar item="${item}" ${attributes}></sparrow-similar><sparrow-recommend ${attributes}></sparrow-recommend>`);
  return Object.fromEntries(items.map((item) => [`/${item}`, { body: of(item) }]));
}

async function start(t, pages, options) {
  const site = await host(t, pages);
  const context = await browser.newContext({ viewport: { width: 1000, height: 1200 }, ...options });
  t.after(() => context.close());
  await context.addInitScript(record);
  return { site, context, tab: await context.newPage() };
}

// visit opens an item's page and returns the list for this visitor.
async function visit({ site, tab }, item) {
  await tab.goto(`${site.origin}/${item}`);
  const [, list] = await settled(tab);
  return list.items;
}

// learn visits an item's page and waits until the view is on the disk, where the widget keeps
// it: behind the list.
async function learn(shown, item) {
  const length = (within) => within.evaluate(async () => {
    const [one] = await indexedDB.databases();
    if (!one) return 0;
    const db = await new Promise((resolve) => { indexedDB.open(one.name).onsuccess = ({ target }) => resolve(target.result); });
    const profile = await new Promise((resolve) => { db.transaction('kept').objectStore('kept').get('profile').onsuccess = ({ target }) => resolve(target.result); });
    db.close();
    return profile?.length ?? 0;
  });
  const before = shown.learnt ?? 0;
  await visit(shown, item);
  await until(`${item} is learnt`, async () => (shown.learnt = await length(home(shown.tab))) > before);
}

// home is the frame or page whose storage the widget uses.
const home = (tab) => tab.frames().find((one) => one.url().includes('/frame/')) ?? tab.mainFrame();

const databases = (tab) => tab.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
const erase = (tab, edge) => tab.evaluate(async (url) => (await import(url)).erase(), `${edge.origin}/v1/widget.js`);

for (const mode of ['inline', 'frame']) {
  test(`${mode}: a personal list learns from the pages of this site, and forgets`, async (t) => {
    const edge = await serve(t);
    const shown = await start(t, shop(edge.origin, `mode="${mode}" personal`));
    const newcomer = await visit(shown, '50');
    for (const item of horror) await learn(shown, item);
    const known = await visit(shown, '1258');
    assert.notDeepEqual(known, newcomer);
    assert.deepEqual(await databases(home(shown.tab)), [mode === 'frame' ? `sparrow-widget ${shown.site.origin}` : 'sparrow-widget']);
    if (mode === 'frame') assert.deepEqual(await databases(shown.tab), [], 'nothing in the host’s own storage');

    const other = await host(t, shop(edge.origin, `mode="${mode}" personal`));
    assert.deepEqual(await visit({ ...shown, site: { origin: other.origin.replace('localhost', 'elsewhere.localhost') } }, '50'), newcomer, 'another site knows nothing');

    await visit(shown, '1258');
    await erase(shown.tab, edge);
    assert.deepEqual((await settled(shown.tab))[1].items, newcomer, 'the list of before, at once');
    assert.deepEqual(await databases(home(shown.tab)), []);
    await shown.tab.evaluate(() => document.querySelector('sparrow-recommend').record('like', '1214'));
    assert.equal((await databases(home(shown.tab))).length, 1, 'what they do from then on counts');
  });
}

test('without `personal` it learns and keeps nothing', async (t) => {
  const edge = await serve(t);
  const shown = await start(t, shop(edge.origin, ''));
  const newcomer = await visit(shown, '50');
  for (const item of horror) await visit(shown, item);
  assert.deepEqual(await visit(shown, '50'), newcomer);
  assert.deepEqual(await databases(shown.tab), []);
});

test('erase() without a list on the page reaches what an earlier page kept', async (t) => {
  const edge = await serve(t);
  const shown = await start(t, { ...shop(edge.origin, 'mode="inline" personal'), '/settings': { body: page(edge.origin, '') } });
  await learn(shown, '1258');
  assert.deepEqual(await databases(shown.tab), ['sparrow-widget']);
  await shown.tab.goto(`${shown.site.origin}/settings`);
  await erase(shown.tab, edge);
  assert.deepEqual(await databases(shown.tab), []);
});

test('erase() reaches what a frame kept for this site, and starts no engine for it', async (t) => {
  const edge = await serve(t);
  const headers = { 'Content-Security-Policy': `default-src 'none'; connect-src 'self' ${edge.origin}; script-src ${edge.origin}; frame-src ${edge.origin}` };
  const pages = { ...shop(edge.origin, 'personal'), '/settings': { body: page(edge.origin, '') } };
  const shown = await start(t, Object.fromEntries(Object.entries(pages).map(([path, one]) => [path, { ...one, headers }])));
  const newcomer = await visit(shown, '50');
  for (const item of horror) await learn(shown, item);
  assert.notDeepEqual(await visit(shown, '50'), newcomer);
  await shown.tab.goto(`${shown.site.origin}/settings`);
  edge.requests.length = 0;
  await erase(shown.tab, edge);
  assert.deepEqual(await databases(home(shown.tab)), []);
  assert.ok(!edge.requests.some((path) => /\.(wasm|bundle)$/.test(path)));
  assert.deepEqual(await visit(shown, '50'), newcomer);
});

// fed starts an edge that takes events of a host, and a shop that sets the
// consent.
async function fed(t, word, options) {
  const site = await host(t, {});
  const edge = new Edge();
  await edge.start({ flags: ['--rate', '0', '--site', siteFolder, '--origin', `${site.origin}=shop`] });
  t.after(() => edge.stop());
  const origin = `http://127.0.0.1:${edge.port}`;
  const shown = await start(t, {}, options);
  site.pages = shop(origin, word);
  shown.sent = [];
  shown.context.on('request', (request) => request.method() === 'POST' && shown.sent.push(new URL(request.url()).pathname));
  return { ...shown, site, edge: Object.assign(edge, { origin }) };
}

test('with consent, what happens to the cards reaches the edge', async (t) => {
  const shown = await fed(t, 'consent="granted" link="/{id}"');
  await visit(shown, '50');
  const { id: first } = await shown.tab.evaluate(() => document.querySelector('sparrow-similar').items[0]);
  await shown.tab.waitForFunction((wanted) => globalThis.received.events.some(({ name, item }) => name === 'impression' && item === wanted), first);
  await shown.tab.locator('sparrow-similar .card').first().click();
  const events = await until('events at the edge', async () => {
    const { events: all } = await shown.edge.stored();
    return ['impression', 'view', 'click'].every((kind) => all.some((event) => event.kind === kind)) && all;
  });
  const click = events.find(({ kind }) => kind === 'click');
  assert.deepEqual([click.item, click.place.list, click.place.position], [first, 'widget-similar', 1]);
  assert.equal(events.find(({ id }) => id === click.cause)?.kind, 'impression');
  assert.equal(events.find(({ kind }) => kind === 'view').item, '50');
  assert.match(click.bundle, /^[0-9a-f]{64}$/);
  const { visitor } = click;
  await shown.tab.waitForLoadState();
  await erase(shown.tab, shown.edge);
  const erased = await until('the erasure', async () => (await shown.edge.stored()).erased.length && shown.edge.stored());
  assert.deepEqual(erased.erased, [visitor]);
  assert.deepEqual(await databases(shown.tab).then((names) => names.filter((name) => name === 'sparrow-widget')), []);
});

test('what is put into the basket and bought reaches the edge: by a list, by the class on a page without one, and by attributes', async (t) => {
  const shown = await fed(t, 'consent="granted"');
  const attributes = (kind, item, more) => `data-sparrow-record="${kind}" data-sparrow-item="${item}" ${more}`;
  shown.site.pages['/order'] = { body: page(shown.edge.origin, `
    <button id="cart" ${attributes('cart', '1214', 'data-sparrow-value="12.5" data-sparrow-currency="eur"')}><b>Into the basket</b></button>
    <button id="wrong" ${attributes('purchase', '1', 'data-sparrow-value="-1"')}>Wrong</button>
    <form onsubmit="return false"><data ${attributes('purchase', '1258', 'data-sparrow-value="25" data-sparrow-currency="EUR" data-sparrow-quantity="2"')}></data>
    <data ${attributes('purchase', '1997', '')}></data><button id="buy">Buy</button></form>`) };
  const warnings = [];
  shown.tab.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  await visit(shown, '50');
  await shown.tab.evaluate(() => document.querySelector('sparrow-similar').record('purchase', '50', { value: 9.99, currency: 'CHF', quantity: 3 }));
  await shown.tab.evaluate(() => document.querySelector('sparrow-similar').record('like', '50', { value: 9.99 }));
  await shown.tab.goto(`${shown.site.origin}/order`);
  await shown.tab.waitForFunction(() => customElements.get('sparrow-similar'));
  await shown.tab.locator('#cart b').click();
  await shown.tab.locator('#wrong').click();
  await shown.tab.locator('#buy').click();
  await shown.tab.evaluate(() => customElements.get('sparrow-similar').record('return', '50', { quantity: '1' }));
  const acts = await until('what was done, at the edge', async () => {
    const { events, letters } = await shown.edge.stored();
    assert.deepEqual(letters, []);
    const once = [...new Map(events.map((event) => [event.id, event])).values()]; // a page that goes away may have sent twice
    const all = once.filter(({ kind }) => /cart|purchase|return|like/.test(kind));
    return all.length >= 5 && all;
  });
  assert.deepEqual(acts.map(({ kind, item, value, currency, count }) => [kind, item, value, currency, count].join(' ')).sort(), [
    'cart 1214 1250 EUR ', 'purchase 1258 2500 EUR 2', 'purchase 1997   ', 'purchase 50 999 CHF 3', 'return 50   1',
  ]);
  assert.deepEqual(warnings.filter((text) => text.startsWith('sparrow: not shared')), [
    'sparrow: not shared: like: value is not of this kind', 'sparrow: not shared: purchase: value is not a number from 0 to 42,949,672',
  ]);
});

for (const [name, word, options] of [
  ['no word of consent', ''], ['a denial', 'consent="denied"'], ['a browser that asks for privacy', 'consent="granted"', { extraHTTPHeaders: { 'Sec-GPC': '1' } }],
]) {
  test(`${name}: nothing is sent, and nothing kept`, async (t) => {
    const shown = await fed(t, word, options);
    if (options) await shown.context.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { get: () => true }));
    assert.equal((await visit(shown, '50')).length, 10);
    await shown.tab.waitForTimeout(1500);
    await shown.tab.evaluate(() => document.querySelector('sparrow-similar').record('like', '50'));
    await shown.tab.goto('about:blank');
    await shown.tab.waitForTimeout(500);
    assert.deepEqual(shown.sent, []);
    await shown.tab.goto(shown.site.origin);
    assert.deepEqual(await databases(shown.tab), []);
  });
}

test('consent that is taken away ends it', async (t) => {
  const shown = await fed(t, 'consent="granted"');
  await visit(shown, '50');
  await shown.tab.waitForTimeout(300);
  for (const list of ['sparrow-similar', 'sparrow-recommend']) await shown.tab.evaluate((name) => document.querySelector(name).removeAttribute('consent'), list);
  await shown.tab.waitForTimeout(1000);
  shown.sent.length = 0;
  await shown.tab.evaluate(() => document.querySelector('sparrow-similar').record('like', '50'));
  await shown.tab.waitForTimeout(1500);
  assert.deepEqual(shown.sent, []);
});
