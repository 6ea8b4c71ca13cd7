// The day's tag of a network: what is stored of a request, and the key that it is made with.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEdge } from '../testing/edge.mjs';
import { batch } from '../testing/events.mjs';
import { hex, records } from '../testing/records.mjs';
import { keyFolder, network, tagOf } from '../networks.mjs';

const day = 86400000;
const today = () => new Date().toISOString().slice(0, 10);

test('a record holds the tag of its network, and no address', async (t) => {
  const edge = await startEdge(t);
  for (const address of ['203.0.113.9', '203.0.113.10', '198.51.100.1', '127.0.0.1']) {
    assert.equal((await edge.send(batch(1), { 'CF-Connecting-IP': address })).status, 202);
  }
  const objects = await edge.waitFor('four records', () => edge.stored('events/'), (list) => list.flatMap(({ bytes }) => records(bytes)).length === 4);
  const all = objects.flatMap(({ bytes }) => records(bytes));
  const tags = all.map((record) => (record.n ? hex(record.n) : ''));
  const counts = [...new Set(tags)].map((tag) => tags.filter((other) => other === tag).length).sort();
  assert.deepEqual(counts, [1, 1, 2], `tags ${tags}`);
  for (const record of all) assert.equal(record.v, record.n ? 2 : 1);
  assert.ok(tags.includes('') && tags.filter(Boolean).every((tag) => /^[0-9a-f]{16}$/.test(tag)), `tags ${tags}`);
  for (const { bytes } of objects) assert.ok(!Buffer.from(bytes).includes('203.0.113'));
  const keys = await edge.stored(keyFolder);
  assert.deepEqual(keys.map(({ key, bytes }) => [key, bytes.length]), [[keyFolder + today(), 32]]);

  await t.test('and the key goes when the day is over', async () => {
    const bucket = await edge.mf.getR2Bucket('FEEDBACK');
    await bucket.put(`${keyFolder}2026-01-01`, new Uint8Array(32));
    const worker = await edge.mf.getWorker();
    await worker.scheduled({ scheduledTime: new Date(), cron: '*/15 * * * *' });
    assert.deepEqual((await edge.stored(keyFolder)).map(({ key }) => key), [keyFolder + today()]);
    await worker.scheduled({ scheduledTime: new Date(Date.now() + day), cron: '*/15 * * * *' });
    assert.equal((await edge.stored(keyFolder)).length, 0);
  });
});

// bucketOf is a bucket in memory; lost makes the first put lose against another isolate.
function bucketOf({ lost = false, down = () => false } = {}) {
  const objects = new Map();
  return {
    objects,
    async get(name) {
      if (down()) throw new Error('the bucket is down');
      return objects.has(name) ? { arrayBuffer: async () => objects.get(name).buffer } : null;
    },
    async put(name, bytes, { onlyIf }) {
      if (lost) objects.set(name, new Uint8Array(32).fill(7));
      if (objects.has(name) && onlyIf.get('If-None-Match') === '*') return null;
      objects.set(name, bytes);
      return {};
    },
  };
}

test('tags of one day can be compared, those of two cannot', async () => {
  const env = { FEEDBACK: bucketOf() };
  const noon = Date.parse('2030-01-01T12:00:00Z');
  const tag = await tagOf(env, '203.0.113.9', noon);
  assert.match(tag, /^[0-9a-f]{16}$/);
  assert.equal(await tagOf(env, '203.0.113.200', noon + 1000), tag);
  assert.notEqual(await tagOf(env, '203.0.114.9', noon), tag);
  assert.notEqual(await tagOf(env, '203.0.113.9', noon + day), tag);
  for (const local of ['', '::1', '127.0.0.1']) assert.equal(await tagOf(env, local, noon), '');
  assert.equal(env.FEEDBACK.objects.size, 2);
});

test('two isolates agree on the key of the first', async () => {
  const one = Date.parse('2030-02-01T12:00:00Z');
  const tag = await tagOf({ FEEDBACK: bucketOf({ lost: true }) }, '203.0.113.9', one);
  const other = Date.parse('2030-02-02T12:00:00Z'); // this isolate has forgotten the key by then
  assert.equal(await tagOf({ FEEDBACK: bucketOf({ lost: true }) }, '203.0.113.9', other), tag);
});

test('while the bucket is down the isolate has a key of its own', async () => {
  let down = true;
  const env = { FEEDBACK: bucketOf({ down: () => down }) };
  const noon = Date.parse('2030-03-01T12:00:00Z');
  const tag = await tagOf(env, '203.0.113.9', noon);
  assert.match(tag, /^[0-9a-f]{16}$/);
  assert.equal(await tagOf(env, '203.0.113.10', noon + 1000), tag);
  down = false;
  const shared = await tagOf(env, '203.0.113.9', noon + 61_000);
  assert.notEqual(shared, tag);
  assert.equal(await tagOf(env, '203.0.113.9', noon + 120_000), shared);
});

test('the network of an address', () => {
  assert.equal(network('203.0.113.77'), '203.0.113');
  assert.equal(network('2001:db8:1234:5678::1'), '2001:db8:1234');
});
