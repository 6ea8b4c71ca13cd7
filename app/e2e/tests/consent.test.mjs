// Nothing is shared, and nothing kept, before the visitor said yes, after they
// said no, or where their browser refuses for them; and what they shared is
// deleted when they ask for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { profile } from '../lib/browser.mjs';
import { edge } from '../lib/edge.mjs';
import { allow, arrived, open, ready, start, track } from '../lib/harness.mjs';
import { host, page as widgetPage } from '../lib/host.mjs';
import { serve } from '../lib/server.mjs';
import { until } from '../lib/until.mjs';
import { record, settled } from '../lib/widget.mjs';

// made waits until the device has recorded this number of events, including
// those of other tabs.
const made = (page, count) => until(`${count} events`, async () => (await page.evaluate(() => feedback.outbox.audit())).made >= count);

// act does what would be recorded: looks at the cards, follows one, likes. seen
// waits until the exposure has counted; where none may count, longer than one
// takes.
async function act(page, seen = () => sleep(1500)) {
  await seen();
  await page.getByRole('link', { name: 'One' }).click();
  return track(page, 'like');
}

// traces returns what a page has left on the device.
const traces = (page) => page.evaluate(async () => ({
  databases: (await indexedDB.databases()).map(({ name }) => name), caches: await caches.keys(),
  local: localStorage.length, session: sessionStorage.length, cookies: document.cookie,
}));
const none = { databases: [], caches: [], local: 0, session: 0, cookies: '' };

const signals = {
  'before they said yes': ['off', () => {}],
  'under Global Privacy Control': ['never', () => Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true })],
  'under Do Not Track': ['never', () => Object.defineProperty(Navigator.prototype, 'doNotTrack', { value: '1' })],
};
for (const [when, [state, signal]] of Object.entries(signals)) {
  test(`nothing is sent or kept ${when}`, async (t) => {
    const { server, context, page } = await start(t);
    await context.addInitScript(signal);
    const tab = await page();
    assert.equal(await tab.evaluate(() => feedback.state()), state);
    if (state === 'never') await allow(tab);
    assert.equal(await act(tab), null);
    await tab.evaluate(() => feedback.sender.urge());
    await tab.reload();
    await tab.close();
    await sleep(500);
    assert.deepEqual(server.requests, []);
    assert.deepEqual(await traces(await page()), none);
  });
}

// opened records in a page the databases that are opened in it. A browser may
// keep an empty one of each, however the opening ends: WebKit does.
function opened() {
  const { open: begin } = IDBFactory.prototype;
  globalThis.opened = [];
  IDBFactory.prototype.open = function open(name, ...rest) {
    globalThis.opened.push(name);
    return begin.call(this, name, ...rest);
  };
}
const outboxes = (page) => page.evaluate(async () => [...globalThis.opened, ...(await indexedDB.databases()).map(({ name }) => name)].filter((name) => name === 'sparrow-outbox').length);

test('the outbox is not opened before a yes, nor after a yes that the browser takes back', async (t) => {
  const { context, page } = await start(t);
  await context.addInitScript(opened);
  const tab = await page();
  await tab.reload();
  await ready(tab);
  assert.equal(await tab.evaluate(() => feedback.state()), 'off');
  assert.equal(await outboxes(tab), 0, 'before');
  await tab.evaluate(() => feedback.erase());
  await tab.evaluate(() => feedback.deny());
  assert.equal(await outboxes(tab), 0, 'there is nothing to erase or to deny');
  await allow(tab);
  assert.equal(await outboxes(tab), 2, 'opened once, and there');
  assert.equal(await (await page()).evaluate(() => feedback.state()), 'on', 'and found by the next page');
});

test('the app and the widget open no outbox before a yes', async (t) => {
  const server = await serve(t);
  const context = await (await profile(t))();
  await context.addInitScript(opened);
  const tab = await context.newPage();
  await tab.goto(server.origin);
  await tab.waitForFunction(() => document.documentElement.dataset.engine === 'ready');
  await sleep(500);
  assert.equal(await outboxes(tab), 0, 'the app');
  const site = await host(t);
  await context.addInitScript(record);
  await context.addInitScript(signals['under Global Privacy Control'][1]);
  for (const consent of ['', 'consent="denied"', 'consent="granted"']) { // which the browser's own word outweighs
    site.pages = { '/': { body: widgetPage(server.origin, `<sparrow-similar item="50" personal ${consent}></sparrow-similar>`) } };
    await tab.goto(site.origin);
    await settled(tab);
    await sleep(500);
    assert.equal(await outboxes(tab), 0, `the widget, ${consent}`);
  }
});

test('a signal that comes later stops what was allowed before, and empties the outbox', async (t) => {
  const server = await edge(t);
  const begin = await profile(t);
  server.faults = () => ({ before: true });
  const first = await open(await begin(), server);
  await allow(first);
  await track(first, 'like');
  const context = await begin();
  await context.addInitScript(signals['under Global Privacy Control'][1]);
  const before = server.requests.length;
  server.faults = () => null;
  const page = await open(context, server);
  assert.equal(await page.evaluate(() => feedback.state()), 'never');
  await act(page);
  await page.evaluate(() => feedback.sender.urge());
  await sleep(500);
  assert.equal(server.requests.length, before);
  assert.equal((await page.evaluate(() => feedback.outbox.audit())).events, 0);
});

test('after a yes everything arrives, with all its fields', async (t) => {
  const { server, page } = await start(t);
  const tab = await page();
  const states = await tab.evaluate(async () => {
    const received = [];
    feedback.onstate((state, visitor) => received.push([state, visitor && visitor.length]));
    feedback.arms = [['ranking', 'wide'], ['other', 'x']];
    await feedback.allow();
    return received;
  });
  assert.deepEqual(states, [['off', null], ['on', 16]]);
  const like = await act(tab, () => made(tab, 3));
  const rate = await track(tab, 'rate', { item: '9', stars: 4.5, list: 'search', position: 7 });
  const view = await track(tab, 'view', { item: '1' });
  const other = await track(tab, 'view', { item: '2' });
  const undo = await track(tab, 'undo');
  const all = [...(await arrived(server, [like, rate, view, other, undo])).values()].sort((a, b) => a.seq - b.seq);
  assert.deepEqual(all.map(({ seq }) => seq), all.map((event, i) => i), 'sequence numbers');
  assert.equal(new Set(all.map(({ visitor, session }) => visitor + session)).size, 1);
  for (const event of all) assert.deepEqual([event.bundle, event.arms], ['ab'.repeat(32), { other: 'x', ranking: 'wide' }]);
  const [exposure, one, two, click, ...rest] = all;
  assert.deepEqual([exposure.kind, exposure.layer], ['exposure', 'ranking']);
  const place = { list: 'for-you', position: 1, source: 'taste+transition', team: 'control', propensity: 0.25 };
  assert.deepEqual([one.kind, one.item, one.place], ['impression', '1', place]);
  assert.deepEqual([two.kind, two.item, two.place.position], ['impression', '2', 2]);
  assert.deepEqual([click.kind, click.item, click.cause, click.place], ['click', '1', one.id, place]);
  assert.deepEqual(rest.map(({ kind, item, cause, stars, place: at }) => [kind, item, cause, stars, at?.list]), [
    ['like', '1', click.id, undefined, 'for-you'],
    ['rate', '9', undefined, 4.5, 'search'],
    ['view', '1', click.id, undefined, undefined],
    ['view', '2', undefined, undefined, undefined], // seen, but not followed
    ['undo', undefined, rate, undefined, undefined],
  ]);
  assert.deepEqual((await server.stored()).letters, []);
});

test('a card counts once it has been half in view for a second, once a visit of the page', async (t) => {
  const { server, page } = await start(t);
  const tab = await page();
  await allow(tab);
  const kinds = async () => (await server.stored()).events.map(({ kind, item }) => `${kind} ${item}`).sort();
  await made(tab, 2);
  await tab.evaluate(() => new Promise((resolve) => { // to the third card, and away from it at once
    let there = false;
    new IntersectionObserver((entries, sight) => {
      const { isIntersecting } = entries.at(-1);
      if (isIntersecting) {
        there = true;
        scrollTo(0, 0);
      } else if (there) {
        sight.disconnect();
        resolve();
      }
    }, { threshold: 0.5 }).observe(document.querySelector('[data-item="3"]'));
    scrollTo(0, 1e5);
  }));
  await sleep(1500);
  await tab.evaluate(() => { document.querySelector('[data-item="2"]').dataset.item = '4'; }); // the node now shows another item
  await made(tab, 3);
  await tab.evaluate(() => feedback.sender.urge());
  await until('three impressions', async () => (await kinds()).length >= 3);
  assert.deepEqual(await kinds(), ['impression 1', 'impression 2', 'impression 4']);
  await tab.evaluate(() => {
    history.pushState(null, '', '?next');
    document.body.append(document.createElement('p'));
    scrollTo(0, 1e5);
  });
  await made(tab, 4);
  await tab.evaluate(() => feedback.sender.urge());
  await until('the third card', async () => (await kinds()).includes('impression 3'));
});

test('an exposure is logged once a session and layer, whatever the number of tabs', async (t) => {
  const { server, page } = await start(t);
  const tabs = [await page(), await page()];
  for (const tab of tabs) await tab.evaluate(() => { feedback.arms = [['mix', 'control'], ['ranking', 'wide'], ['elsewhere', 'x']]; });
  await allow(tabs[0]);
  await made(tabs[0], 6); // two exposures, and in each tab two cards
  await arrived(server, [await track(tabs[1], 'like')]);
  await until('an empty outbox', async () => (await tabs[1].evaluate(() => feedback.outbox.audit())).events === 0);
  const { events: all } = await server.stored();
  assert.equal(all.filter(({ kind }) => kind === 'impression').length, 4);
  assert.deepEqual(all.filter(({ kind }) => kind === 'exposure').map(({ layer }) => layer).sort(), ['mix', 'ranking']);
});

test('a no stops it in every tab and deletes what waits, and what was shared can still be erased', async (t) => {
  const { server, context, page } = await start(t);
  const [one, two] = [await page(), await page()];
  await allow(one);
  await two.waitForFunction(() => feedback.state() === 'on');
  const { visitor } = [...(await arrived(server, [await track(one, 'like')])).values()][0];
  await context.setOffline(true);
  await track(two, 'dislike');
  await two.evaluate(() => feedback.deny());
  await one.waitForFunction(() => feedback.state() === 'off');
  await context.setOffline(false);
  const before = server.requests.length;
  assert.equal(await act(one), null);
  await one.evaluate(() => feedback.sender.urge());
  await sleep(500);
  assert.equal(server.requests.length, before, 'requests after the no');
  assert.equal((await one.evaluate(() => feedback.outbox.audit())).events, 0);
  await one.evaluate(() => feedback.erase());
  await until('the erasure', async () => (await server.stored()).erased.includes(visitor));
  assert.equal((await server.report()).events, 0);
});

test('erasing leaves nothing here or at the edge, and a visitor who says yes again has a new name', async (t) => {
  const { server, page } = await start(t);
  const tab = await page();
  await allow(tab);
  const [{ visitor }] = [...(await arrived(server, [await act(tab, () => made(tab, 2))])).values()];
  await tab.evaluate(() => feedback.erase());
  await until('the erasure', async () => (await server.stored()).erased.length === 1);
  assert.equal((await server.report()).events, 0);
  await until('a clean device', () => tab.evaluate(() => feedback.outbox.read('erase').then((left) => !left)));
  for (const key of ['visitor', 'past', 'session', 'drops']) assert.equal(await tab.evaluate((name) => feedback.outbox.read(name), key), undefined, key);
  await allow(tab);
  const id = await track(tab, 'like');
  const again = (await arrived(server, [id])).get(id);
  assert.notEqual(again.visitor, visitor);
  assert.equal((await server.report()).visitors, 1);
});

test('after thirty days the visitor has a new name, and the edge forgets both when asked', async (t) => {
  const { server, page } = await start(t);
  const tab = await page();
  await allow(tab);
  const first = await track(tab, 'like');
  await arrived(server, [first]);
  await tab.evaluate(() => feedback.outbox.change(true, async (kept) => kept.set('visitor', { ...await kept.get('visitor'), since: Date.now() - 31 * 86400e3 })));
  await tab.reload();
  await tab.waitForFunction(() => globalThis.feedback?.state() === 'on');
  const second = await track(tab, 'like');
  const events = await arrived(server, [first, second]);
  assert.notEqual(events.get(first).visitor, events.get(second).visitor);
  await tab.evaluate(() => feedback.erase());
  await until('both erasures', async () => (await server.stored()).erased.length === 2);
  assert.equal((await server.report()).events, 0);
});
