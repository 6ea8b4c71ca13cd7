// The outbox and its sender without a browser: what is sent, in which order, and what is not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { post } from '../../../static/js/outbox-sender.js';
import { Memory } from '../../../static/js/outbox-store.js';
import { Clockwork, balanced, random } from '../lib/fake-time.mjs';

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

test('what a hidden page has under way is not sent a second time', async () => {
  const world = new Clockwork();
  let requests = 0;
  const { add, outbox, sender } = await world.client(() => {
    requests++;
    return new Promise((resolve) => { world.schedule(() => resolve(202), 5000); });
  });
  await add('like');
  sender.leave();
  await world.run(20e3);
  assert.deepEqual([requests, outbox.count.acknowledged], [1, 1]);
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

test('only 202 and 204 take events out: a sign-in page answers 200', async () => {
  const answers = [['200', {}], ['202', { 'Retry-After': '5' }], ['204', {}], ['302', {}], ['404', {}], ['500', {}]];
  const real = globalThis.fetch;
  try {
    for (const [status, headers] of answers) {
      globalThis.fetch = async () => new Response(null, { status: Number(status), headers });
      assert.equal((await post('https://edge.example/v1/events', new Uint8Array(1))).ok, status === '202' || status === '204', status);
    }
  } finally {
    globalThis.fetch = real;
  }
});

test('an edge that refuses everything does not empty the outbox', async () => {
  const world = new Clockwork();
  const { add, outbox } = await world.client(() => 400);
  for (let i = 0; i < 100; i++) await add('like');
  await world.run(600e3);
  assert.ok(outbox.count.dropped >= 5 && outbox.count.dropped < 30, `${outbox.count.dropped} dropped in ten minutes`);
  assert.ok(balanced(outbox.count), JSON.stringify(outbox.count));
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

test('a full outbox drops impressions first, the oldest, and never deliberate feedback', async () => {
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
  assert.equal(outbox.count.events, 110, 'deliberate feedback stays, beyond the cap too');
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

test('a crash at any moment of a deletion leaves either the visitor or the wish', async () => {
  const secret = new Uint8Array(16).fill(9);
  for (let crash = 0; crash < 6; crash++) {
    const world = new Clockwork();
    const disk = new Memory();
    let left = Infinity; // transactions until the crash
    const failing = { transact: (strict, work) => (left-- > 0 ? disk.transact(strict, work) : new Promise(() => {})) };
    const { add, outbox } = await world.client(() => 202, { disk: failing });
    await outbox.change(true, async (t) => t.set('visitor', { secret }));
    await add('like');
    left = crash;
    const done = outbox.forget([secret]).then(() => 'deleted');
    const end = await Promise.race([done, new Promise((resolve) => { setTimeout(resolve, 20, 'crashed'); })]);
    const after = await disk.transact(true, async (t) => ({ visitor: await t.get('visitor'), erase: await t.get('erase'), events: await t.first(1) }));
    if (after.visitor) assert.equal(after.events.length, 1, `crash ${crash}`);
    else assert.deepEqual([after.erase, after.events], [[secret], []], `crash ${crash}`);
    assert.ok(end === 'crashed' || after.erase, `crash ${crash}`);
    if (crash === 5) assert.equal(end, 'deleted');
  }
});

// A life is a random order of taps, waits, restarts and answers, followed by an
// hour without faults.
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
