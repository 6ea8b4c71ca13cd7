// The outbox and its sender without a browser: what happens in which order, and when.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Memory } from '../../../static/js/outbox-store.js';
import { retryAfter } from '../../../static/js/outbox-sender.js';
import { Clockwork, balanced, random } from '../lib/clockwork.mjs';

const place = { list: 'for-you', position: 1 };
const impression = (item) => ({ item, place });

test('events go oldest first, at most fifty and 60 KB at a time, each once', async () => {
  const world = new Clockwork();
  const got = [];
  const sizes = [];
  const { add, outbox } = await world.client((path, events, now, body) => {
    got.push(events.map(({ item }) => Number(item)));
    sizes.push(body.length);
    return 202;
  });
  for (let i = 0; i < 120; i++) await add('like', { item: String(i) });
  await world.run(5000);
  assert.deepEqual(got.map((batch) => batch.length), [50, 50, 20]);
  assert.deepEqual(got.flat(), Array.from({ length: 120 }, (_, i) => i));
  for (let i = 0; i < 60; i++) await add('like', { item: String(i).padStart(3000, '0') });
  await world.run(5000);
  assert.equal(got.flat().length, 180);
  assert.ok(Math.max(...sizes) > 50e3 && Math.max(...sizes) <= 60e3, `bodies of ${sizes}`);
  assert.deepEqual({ ...outbox.count, mode: '' }, { made: 180, acknowledged: 180, dropped: 0, events: 0, bytes: 0, mode: '' });
});

test('a batch holds events of one visitor', async () => {
  const world = new Clockwork();
  const got = [];
  const { add, outbox } = await world.client((path, events) => got.push(new Set(events.map(({ visitor }) => visitor)).size) && 202);
  for (const who of [1, 1, 2, 2, 1]) {
    outbox.visitor = new Uint8Array(16).fill(who);
    await add('like');
  }
  await world.run(5000);
  assert.deepEqual(got, [1, 1, 1]);
});

test('nothing is sent before the time that the edge asked for, whatever happens', async () => {
  for (const status of [429, 503]) {
    const world = new Clockwork();
    const times = [];
    const begin = world.now;
    const { add, sender } = await world.client((path, events, now) => {
      times.push(now - begin);
      return times.length === 1 ? { status, again: 30e3 } : 202;
    });
    await add('like');
    await world.run(2000);
    for (let i = 0; i < 20; i++) {
      await add('rate', { item: '1', stars: 4 });
      sender.urge(); // the network came back, the visitor looked
      sender.leave(); // and left
      await world.run(1000);
    }
    await world.run(60e3);
    assert.equal(times.length, 2);
    assert.ok(times[1] - times[0] >= 30e3 && times[1] - times[0] <= 60e3, `${status}: sent at ${times}`);
  }
});

test('the wait that the edge asked for outlives the page', async () => {
  const world = new Clockwork();
  const times = [];
  const server = (path, events, now) => times.push(now) && (times.length === 1 ? { status: 429, again: 30e3 } : 202);
  const { add, disk } = await world.client(server);
  await add('like');
  await world.run(5000);
  const { sender } = await world.client(server, { disk });
  sender.wake(0);
  sender.urge();
  await world.run(90e3);
  assert.equal(times.length, 2);
  assert.ok(times[1] - times[0] >= 30e3, `sent after ${times[1] - times[0]} ms`);
});

test('Retry-After is read in seconds and as a date, by the clock of the edge', () => {
  const headers = (all) => new Headers(all);
  assert.equal(retryAfter(headers({ 'Retry-After': '120' })), 120e3);
  assert.equal(retryAfter(headers({ 'Retry-After': '0' })), 0);
  const now = Date.parse('2026-11-23T12:00:00Z');
  assert.equal(retryAfter(headers({ 'Retry-After': 'Mon, 23 Nov 2026 12:01:30 GMT' }), now), 90e3);
  const skewed = headers({ 'Retry-After': 'Mon, 23 Nov 2026 12:01:30 GMT', Date: 'Mon, 23 Nov 2026 12:01:00 GMT' });
  assert.equal(retryAfter(skewed, now), 30e3);
  assert.equal(retryAfter(headers({ 'Retry-After': 'Mon, 23 Nov 2026 11:00:00 GMT' }), now), 0);
  assert.equal(retryAfter(headers({ 'Retry-After': 'soon' })), null);
  assert.equal(retryAfter(headers({})), null);
});

test('one event that the edge refuses costs neither the others nor an endless retry', async () => {
  for (const status of [400, 413]) {
    const world = new Clockwork();
    const got = [];
    let requests = 0;
    const { add, outbox } = await world.client((path, events) => {
      requests++;
      if (events.some(({ item }) => item === 'poison')) return status;
      got.push(...events);
      return 202;
    });
    for (let i = 0; i < 100; i++) await add('like', { item: i === 37 ? 'poison' : String(i) });
    await world.run(10e3);
    const [report] = got.filter(({ kind }) => kind === 'dropped');
    assert.equal(got.length, 100, '99 likes and a report');
    assert.deepEqual([report.of, report.count], ['like', 1]);
    assert.ok(requests <= 20, `${requests} requests`);
    assert.ok(balanced(outbox.count), JSON.stringify(outbox.count));
  }
});

test('a full outbox drops impressions first, the oldest, and never what the visitor said', async () => {
  const world = new Clockwork();
  const got = [];
  let away = true;
  const { add, outbox } = await world.client((path, events) => {
    if (away) return 500;
    got.push(...events);
    return 202;
  }, { caps: { events: 100 } });
  for (let i = 0; i < 40; i++) await add('impression', impression(`i${i}`));
  for (let i = 0; i < 40; i++) await add('click', impression(`c${i}`));
  for (let i = 0; i < 90; i++) await add('rate', { item: `r${i}`, stars: 3 });
  assert.equal(outbox.count.events, 100);
  assert.equal(outbox.count.dropped, 70);
  for (let i = 0; i < 20; i++) await add('not-interested', { item: `n${i}` });
  assert.equal(outbox.count.events, 110, 'what the visitor said stays, beyond the cap too');
  away = false;
  await world.run(3600e3);
  const of = (kind) => got.filter((event) => event.kind === kind);
  assert.deepEqual([of('impression').length, of('click').length, of('rate').length, of('not-interested').length], [0, 0, 90, 20]);
  assert.deepEqual(of('dropped').map((event) => [event.of, event.count]).sort(), [['click', 40], ['impression', 40]]);
  assert.ok(balanced(outbox.count), JSON.stringify(outbox.count));
});

test('a cap on bytes does the same', async () => {
  const world = new Clockwork();
  const { add, outbox } = await world.client(() => 500, { caps: { bytes: 20e3 } });
  const ids = [];
  for (let i = 0; i < 30; i++) ids.push(await add('impression', impression('x'.repeat(1000))));
  assert.ok(outbox.count.bytes <= 20e3 && outbox.count.bytes > 18e3, `${outbox.count.bytes} bytes`);
  const [left] = outbox.leaving(new Set());
  assert.deepEqual(left.ids, ids.slice(-left.ids.length), 'the newest stay');
});

test('after 14 days an event is dropped and reported, not sent', async () => {
  const world = new Clockwork();
  const got = [];
  let away = true;
  const { add, outbox, sender } = await world.client((path, events) => {
    if (away) throw new TypeError('offline');
    got.push(...events);
    return 202;
  });
  await add('like', { item: 'old' });
  await world.run(10 * 86400e3);
  await add('like', { item: 'new' });
  await world.run(5 * 86400e3);
  away = false;
  sender.urge();
  await world.run(1000);
  assert.deepEqual(got.map(({ kind, item, of, count }) => [kind, item, of, count]), [['like', 'new', undefined, undefined], ['dropped', undefined, 'like', 1]]);
  assert.ok(balanced(outbox.count), JSON.stringify(outbox.count));
});

test('an erasure goes before everything else, also after a restart, until the edge took it', async () => {
  const world = new Clockwork();
  const got = [];
  let away = true;
  const server = (path, what) => {
    got.push(path);
    if (away) return 503;
    if (path === 'erase') assert.deepEqual(what, new Uint8Array(16).fill(9));
    return 202;
  };
  const { add, outbox, disk } = await world.client(server);
  await add('like');
  await outbox.forget([new Uint8Array(16).fill(9)]);
  await world.run(10e3);
  assert.equal(outbox.count.events, 0);
  const { add: again, sender } = await world.client(server, { disk });
  await again('like');
  await world.run(10e3);
  assert.ok(got.length > 1 && got.every((path) => path === 'erase'), got.join());
  away = false;
  got.length = 0;
  sender.urge();
  await world.run(10e3);
  assert.deepEqual(got, ['erase', 'events']);
});

test('a thousand devices do not come back all at once after an outage of a minute', async () => {
  for (const answer of ['refused', 'asked']) {
    const world = new Clockwork();
    const chance = random(5);
    const begin = world.now;
    const requests = Array(180).fill(0);
    const server = (path, events, now) => {
      const second = Math.floor((now - begin) / 1000);
      requests[second] = (requests[second] ?? 0) + 1;
      if (second >= 60) return 202;
      if (answer === 'asked') return { status: 503, again: begin + 60e3 - now }; // all are given the same date
      throw new TypeError('connection refused');
    };
    for (let i = 0; i < 1000; i++) {
      const { add } = await world.client(server, { seed: i });
      world.schedule(() => add('like'), chance() * 20e3);
    }
    await world.run(120e3);
    const minute = requests.slice(60, 120);
    const mean = minute.reduce((a, b) => a + b, 0) / 60;
    assert.ok(mean > 5, `${answer}: only ${mean} requests a second came back`);
    assert.ok(Math.max(...minute) <= 3 * mean, `${answer}: peak ${Math.max(...minute)}, mean ${mean.toFixed(1)}: ${minute}`);
  }
});

// A life is a random order of taps, waits, restarts and answers, ended by an hour in which
// all goes well.
async function live(seed) {
  const chance = random(seed);
  const world = new Clockwork();
  const stored = new Set();
  const reports = new Map();
  let trouble = true;
  const keep = (events) => {
    for (const event of events) {
      if (event.kind === 'dropped' && !stored.has(event.id)) reports.set(event.of, (reports.get(event.of) ?? 0) + event.count);
      stored.add(event.id);
    }
  };
  const server = (path, events) => {
    const fate = trouble ? chance() : 1;
    if (fate < 0.15) throw new TypeError('reset before storing');
    if (fate < 0.25) return 500;
    if (fate < 0.3) return { status: 429, again: 5e3 };
    if (events.some(({ item }) => item === 'poison')) return 400;
    keep(events);
    if (fate < 0.45) throw new TypeError('reset after storing');
    return fate < 0.55 ? 500 : 202;
  };
  const disk = new Memory();
  const open = () => world.client(server, { seed: chance() * 1e9, disk, caps: { events: 40 } });
  let tabs = [await open(), await open()];
  const accepted = new Map();
  for (let step = 0; step < 80; step++) {
    const tab = tabs[Math.floor(chance() * tabs.length)];
    const what = chance();
    if (what < 0.6) {
      const kind = ['impression', 'click', 'like'][Math.floor(chance() * 3)];
      accepted.set(await tab.add(kind, { item: chance() < 0.03 ? 'poison' : '1', ...kind !== 'like' && { place } }), kind);
    } else if (what < 0.9) await world.run(chance() * 20e3);
    else if (what < 0.95) tab.sender.urge();
    else {
      for (const one of tabs) one.kill();
      tabs = [await open(), await open()];
      for (const one of tabs) one.sender.wake(0);
    }
  }
  trouble = false;
  await world.run(3600e3);
  const sum = await tabs[0].outbox.audit();
  const missing = new Map();
  for (const [id, kind] of accepted) if (!stored.has(id)) missing.set(kind, (missing.get(kind) ?? 0) + 1);
  return { sum, missing, reports };
}

test('in any order of taps, waits, restarts and answers every event is stored or reported', async () => {
  for (let seed = 1; seed <= 150; seed++) {
    const { sum, missing, reports } = await live(seed);
    assert.ok(balanced(sum) && sum.events === 0, `seed ${seed}: ${JSON.stringify(sum)}`);
    for (const [kind, count] of missing) assert.ok(count <= (reports.get(kind) ?? 0), `seed ${seed}: ${count} of ${kind} missing, ${reports.get(kind)} reported`);
  }
});
