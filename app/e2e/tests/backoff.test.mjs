// The sender without a browser: when it sends, and when it does not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuid } from '../../../static/js/event.js';
import { retryAfter } from '../../../static/js/outbox-sender.js';
import { Clockwork, random } from '../lib/fake-time.mjs';
import { decode } from '../lib/segment.mjs';

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
      sender.urge(); // the network came back, the page became visible
      sender.leave(); // the page was left
      await world.run(1000);
    }
    await world.run(60e3);
    assert.equal(times.length, 2);
    assert.ok(times[1] - times[0] >= 30e3 && times[1] - times[0] <= 60e3, `${status}: sent at ${times}`);
  }
});

test('an edge that says "at once" is not asked without a pause', async () => {
  const world = new Clockwork();
  let requests = 0;
  const { add } = await world.client(() => ++requests && { status: 503, again: 0 });
  await add('like');
  await world.run(60e3);
  assert.ok(requests > 2 && requests < 30, `${requests} requests in a minute`);
});

test('a wait is over in time although the clock was set back by a year', async () => {
  const world = new Clockwork();
  let requests = 0;
  const server = () => (++requests === 1 ? { status: 429, again: 30e3 } : 202);
  const { add, disk, kill } = await world.client(server);
  await add('like');
  await world.run(5000);
  kill();
  world.now -= 365 * 86400e3;
  const { sender } = await world.client(server, { disk });
  sender.wake(0);
  await world.run(29e3);
  assert.equal(requests, 1);
  await world.run(60e3);
  assert.equal(requests, 2);
});

test('events of two clocks do not share a request, for it has but one time of sending', async () => {
  const world = new Clockwork();
  const ages = [];
  const server = (path, events, now, body) => {
    const { t: sent } = decode(body)[0];
    ages.push(...events.map(({ at }) => sent - at));
    return 202;
  };
  const { outbox, disk, kill } = await world.client(server);
  const ahead = world.now + 365 * 86400e3;
  await outbox.add({ id: uuid(ahead), kind: 'like', at: ahead, item: '1' });
  kill();
  const { add } = await world.client(server, { disk });
  await add('like');
  await world.run(5000);
  assert.equal(ages.length, 2);
  assert.ok(ages.every((age) => age >= 0 && age < 10e3), ages.join());
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
      if (answer === 'asked') return { status: 503, again: begin + 60e3 - now }; // all receive the same date
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
