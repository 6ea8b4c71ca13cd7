// From the queue to the bucket: one object a batch, nothing lost when things fail.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startEdge } from '../testing/edge.mjs';
import { batch, impressions, encodeBatch } from '../testing/events.mjs';
import { ids, idsOf, records } from '../testing/records.mjs';

const entry = fileURLToPath(new URL('entry.mjs', import.meta.url));
const all = async (edge, prefix) => (await edge.stored(prefix)).flatMap(({ bytes }) => records(bytes));

test('a batch of the queue becomes one object', async (t) => {
  const edge = await startEdge(t);
  const sent = [];
  for (let i = 0; i < 20; i++) {
    const body = batch(5);
    sent.push(...idsOf(body));
    assert.equal((await edge.send(body)).status, 202);
  }
  const objects = await edge.waitFor('20 records', () => edge.stored('events/'), (list) => list.flatMap(({ bytes }) => records(bytes)).length === 20);
  assert.ok(objects.length < 20, `${objects.length} objects`);
  for (const { key, bytes } of objects) {
    const [, day, hash] = /^events\/(\d{4}-\d\d-\d\d)\/\d\d-([0-9a-f]{64})\.seg$/.exec(key) ?? [];
    assert.equal(day, new Date().toISOString().slice(0, 10));
    assert.equal(hash, createHash('sha256').update(bytes).digest('hex'));
  }
  assert.deepEqual(ids(objects.flatMap(({ bytes }) => records(bytes))).sort(), sent.sort());
});

test('a poisoned batch keeps its good messages', async (t) => {
  const edge = await startEdge(t, { entry });
  await edge.ask('/test/foreign/poison');
  assert.equal((await edge.send(batch(3))).status, 202);
  const list = await edge.waitFor('both', () => all(edge, 'events/'), (found) => found.length === 2);
  const [foreign, good] = list[0].e ? [list[1], list[0]] : list;
  assert.equal(good.e.length, 3);
  assert.equal(foreign.e, undefined);
  assert.equal(String.fromCharCode(...foreign.d[0][1]), 'poison');
  assert.match(foreign.d[0][0], /^event: record: /);
});

test('what cannot be stored comes back through the dead-letter queue', async (t) => {
  const edge = await startEdge(t, { entry });
  await edge.ask('/test/fault/bucket');
  const events = impressions(4);
  assert.equal((await edge.send(encodeBatch(Date.now(), events))).status, 202);
  const rescued = await edge.waitFor('a rescue', () => all(edge, 'rescued/'), (found) => found.length > 0);
  assert.equal(rescued[0].e.length, 4);
  assert.equal((await all(edge, 'events/')).length, 0);
});

test('a queue that is down is not a promise', async (t) => {
  const edge = await startEdge(t, { entry });
  await edge.ask('/test/fault/all');
  const answer = await edge.send(batch(3));
  assert.equal(answer.status, 503);
  assert.equal(answer.headers['retry-after'], '10');
  assert.equal(answer.headers['access-control-allow-origin'], edge.origin);
  await edge.ask('/test/fault/none');
  assert.equal((await edge.send(batch(3))).status, 202);
  const list = await edge.waitFor('the second', () => all(edge, 'events/'), (found) => found.length > 0);
  assert.equal(list.length, 1);
});
