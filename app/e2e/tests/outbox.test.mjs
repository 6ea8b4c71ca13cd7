// The outbox in a real browser: tabs, storage, network, clocks.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { profile } from '../lib/browser.mjs';
import { edge } from '../lib/edge.mjs';
import { allow, arrived, open, ready, start, toEvents, track } from '../lib/harness.mjs';
import { until } from '../lib/until.mjs';

for (const [how, query] of [['Web Locks', '?bare'], ['a lease, where there are no Web Locks', '?bare&unlocked']]) {
  test(`five tabs send one at a time: ${how}`, async (t) => {
    const { server, page } = await start(t);
    let under = 0;
    let most = 0;
    server.around = async (entry, pass) => {
      most = Math.max(most, ++under);
      await sleep(150);
      await pass();
      under--;
    };
    const tabs = [];
    for (let i = 0; i < 5; i++) tabs.push(await page(query));
    await allow(tabs[0]);
    await Promise.all(tabs.map((tab) => tab.waitForFunction(() => feedback.state() === 'on')));
    const ids = (await Promise.all(tabs.map((tab) => tab.evaluate(async () => {
      const all = [];
      for (let i = 0; i < 30; i++) {
        all.push(await feedback.track('like', { item: String(i) }));
        if (i % 10 === 0) feedback.sender.urge();
      }
      return all;
    })))).flat();
    await arrived(server, ids, 40e3);
    const { events } = await server.stored();
    assert.equal(new Set(ids).size, 150);
    assert.equal(events.length, 150, 'none was sent twice');
    assert.equal(most, 1, 'requests at a time');
    const seqs = events.map(({ session, seq }) => `${session} ${seq}`);
    assert.equal(new Set(seqs).size, 150, 'sequence numbers shared by all tabs');
    assert.equal(new Set(events.map(({ session }) => session)).size, 1, 'sessions');
  });
}

test('events wait while the network is away and leave when it is back', async (t) => {
  const { server, context, page } = await start(t);
  const tab = await page();
  await allow(tab);
  await context.setOffline(true);
  const ids = [await track(tab, 'like'), await track(tab, 'rate', { item: '2', stars: 4.5 })];
  await until('a try that fails', () => tab.evaluate(async () => await feedback.outbox.read('wait')));
  assert.equal(server.requests.length, 0);
  await context.setOffline(false);
  await arrived(server, ids);
});

test('events that the browser closed on are sent when it opens again', async (t) => {
  const server = await edge(t);
  const begin = await profile(t);
  server.faults = () => ({ before: true });
  const first = await open(await begin(), server);
  await allow(first);
  const ids = [await track(first, 'like'), await track(first, 'dislike', { item: '2' })];
  const next = await begin();
  server.faults = () => null;
  const page = await open(next, server);
  assert.equal(await page.evaluate(() => feedback.state()), 'on');
  await arrived(server, ids);
});

test('no request is made before the time that the edge asked for', async (t) => {
  for (const retry of [() => '2', () => new Date(Date.now() + 3000).toUTCString()]) {
    const { server, page } = await start(t);
    let from = 0;
    let earliest = 0;
    server.faults = ({ at }) => {
      if (from) return null;
      const text = retry();
      [from, earliest] = [at, /^\d+$/.test(text) ? at + text * 1000 : Date.parse(text)];
      return { before: true, status: 429, headers: { 'Retry-After': text } };
    };
    const tab = await page();
    await allow(tab);
    const ids = [await track(tab, 'like')];
    await until('the refusal', () => from);
    ids.push(await track(tab, 'dislike'));
    await tab.evaluate(() => feedback.sender.urge());
    await arrived(server, ids);
    assert.ok(toEvents(server)[1].at >= earliest, `asked again ${earliest - toEvents(server)[1].at} ms too early`);
  }
});

test('one bad event of fifty takes none of the others with it', async (t) => {
  const { server, context, page } = await start(t);
  const tab = await page('?bare');
  await allow(tab);
  await context.setOffline(true); // until all fifty are there to be sent
  const ids = await tab.evaluate(() => Promise.all(Array.from({ length: 50 }, (_, i) => feedback.track('like', { item: i === 20 ? 'x'.repeat(300) : String(i) }))));
  await context.setOffline(false);
  await arrived(server, ids.filter((id, i) => i !== 20));
  const { letters } = await server.stored();
  assert.deepEqual(letters.map(({ id }) => id), [ids[20]]);
  assert.equal(toEvents(server).length, 1);
  await until('an empty outbox', () => tab.evaluate(() => feedback.queue().events === 0));
});

test('another site’s page needs no preflight, and can read how long to wait', async (t) => {
  const { server: site, page } = await start(t);
  const server = await edge(t, { flags: ['--rate', '0', '--origin', `${site.origin}=shop`] });
  let asked = 0;
  server.around = async (entry, pass) => {
    asked ||= entry.at;
    await pass();
  };
  server.faults = () => (asked ? null : { status: 429, headers: { 'Retry-After': '2', 'Access-Control-Allow-Origin': site.origin, 'Access-Control-Expose-Headers': 'Retry-After' } });
  const tab = await page(`?bare&base=${server.origin}/v1/`);
  await allow(tab);
  const id = await track(tab, 'like');
  await arrived(server, [id]);
  await until('the second answer', () => toEvents(server).length === 2 && tab.evaluate(() => feedback.queue().events === 0));
  assert.deepEqual(server.requests.map(({ method }) => method), ['POST', 'POST']);
  assert.ok(server.requests[1].at - asked >= 2000, `asked again after ${server.requests[1].at - asked} ms`);
  await tab.evaluate(() => feedback.erase());
  await until('the erasure', async () => (await server.stored()).erased.length === 1);
  assert.deepEqual(site.requests, []);
});

// refusals are ways in which browsers refuse storage.
const refusals = {
  'there is no IndexedDB': (context) => context.addInitScript(() => { delete globalThis.indexedDB; Object.defineProperty(globalThis, 'indexedDB', { value: undefined }); }),
  'IndexedDB may not be used': (context) => context.addInitScript(() => { IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }; }),
  'there are no locks either': (context) => context.addInitScript(() => {
    const refuse = () => { throw new DOMException('no', 'SecurityError'); };
    IDBFactory.prototype.open = refuse;
    if (globalThis.LockManager) LockManager.prototype.request = refuse; // about:blank has none
  }),
  'opening fails': (context) => context.addInitScript(() => {
    const { open: real } = IDBFactory.prototype;
    IDBFactory.prototype.open = function () { return real.call(this, 'x', -0 + 2 ** 53); };
  }),
};
for (const [why, refuse] of Object.entries(refusals)) {
  test(`memory stands in when ${why}`, async (t) => {
    const { server, context, page } = await start(t);
    const errors = [];
    context.on('weberror', (event) => errors.push(event.error()));
    await refuse(context);
    const tab = await page();
    assert.equal(await tab.evaluate(() => feedback.state()), 'off');
    await allow(tab);
    const id = await track(tab, 'like');
    assert.equal(await tab.evaluate(() => feedback.queue().mode), 'memory');
    await arrived(server, [id]);
    await tab.evaluate(() => feedback.erase());
    await until('the erasure', async () => (await server.stored()).erased.length === 1);
    assert.deepEqual(errors, []);
  });
}

test('a full disk sends what it is given all the same', async (t) => {
  const { server, context } = await start(t);
  const errors = [];
  context.on('weberror', (event) => errors.push(event.error()));
  const tab = await context.newPage();
  const devtools = await context.newCDPSession(tab);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: server.origin, quotaSize: 100 }); // the browser checks it rarely
  await tab.goto(`${server.origin}/harness/page.html`);
  await ready(tab);
  await allow(tab);
  const ids = await tab.evaluate(() => Promise.all(Array.from({ length: 20 }, () => feedback.track('like', { item: '1' }))));
  assert.equal(await tab.evaluate(() => feedback.queue().mode), 'memory');
  await arrived(server, ids);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: server.origin });
  const id = await track(tab, 'like');
  assert.equal(await tab.evaluate(() => feedback.queue().mode), 'disk');
  await arrived(server, [id]);
  assert.deepEqual(errors, []);
});

test('neither a wrong clock nor one that is set moves or reorders events', async (t) => {
  const year = 365 * 86400e3;
  for (const [skew, step] of [[year, 0], [-year, 0], [0, year], [0, -year]]) {
    const { server, context, page } = await start(t);
    await context.addInitScript(([off]) => {
      const { timeOrigin } = performance;
      const { now } = Date;
      globalThis.stepped = 0;
      Object.defineProperty(performance, 'timeOrigin', { value: timeOrigin + off });
      Date.now = () => now() + off + stepped;
    }, [skew]);
    const tab = await page();
    await allow(tab);
    const began = Date.now();
    const first = await track(tab, 'like');
    await tab.evaluate((by) => { stepped = by; }, step);
    const second = await track(tab, 'dislike');
    const ended = Date.now();
    const events = await arrived(server, [first, second]);
    const [a, b] = [first, second].map((id) => events.get(id));
    for (const { received, sent, at } of [a, b]) {
      const moment = received - (sent - at);
      assert.ok(moment >= began - 2000 && moment <= ended + 2000, `skew ${skew}, step ${step}: off by ${moment - began} ms`);
    }
    assert.ok(a.seq < b.seq && a.at <= b.at, `skew ${skew}, step ${step}: ${JSON.stringify([a, b])}`);
  }
});

test('an erasure that was asked for offline reaches the edge after a restart', async (t) => {
  const server = await edge(t);
  const begin = await profile(t);
  let context = await begin();
  let page = await open(context, server);
  await allow(page);
  await arrived(server, [await track(page, 'like')]);
  assert.ok((await server.report()).events >= 1);
  server.faults = () => ({ before: true });
  await track(page, 'dislike');
  await page.evaluate(() => feedback.erase());
  assert.equal(await page.evaluate(() => feedback.state()), 'off');
  assert.equal((await page.evaluate(() => feedback.outbox.audit())).events, 0);
  context = await begin();
  server.faults = () => null;
  page = await context.newPage();
  await page.goto(`${server.origin}/harness/page.html`);
  await ready(page);
  await until('the erasure', async () => (await server.stored()).erased.length === 1);
  const report = await server.report();
  assert.deepEqual([report.events, report.erasures], [0, 1]);
  await until('a clean device', () => page.evaluate(async () => !await feedback.outbox.read('erase')));
});
