// The one Go program of an isolate: many requests at once, and its end.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startEdge } from '../testing/edge.mjs';
import { batch } from '../testing/events.mjs';
import { ids, idsOf, records } from '../testing/records.mjs';

const entry = fileURLToPath(new URL('entry.mjs', import.meta.url));
const starts = async (edge) => Number((await edge.ask('/test/starts')).body);

// soak sends n batches, 64 at a time, each of its own size, and returns the ids by status.
async function soak(edge, n) {
  const sent = new Map();
  let left = n;
  await Promise.all(Array.from({ length: 64 }, async () => {
    while (left > 0) {
      const size = 1 + (left-- % 9);
      const body = batch(size);
      const { status, body: text } = await edge.send(body);
      if (status === 202) assert.equal(String(text), `{"stored":${size},"dead":0}\n`);
      sent.set(status, [...(sent.get(status) ?? []), ...idsOf(body)]);
    }
  }));
  return sent;
}

for (const fault of ['slow', 'third']) {
  test(`64 requests at once, the queue ${fault === 'slow' ? 'slow' : 'refusing every third'}`, async (t) => {
    const edge = await startEdge(t, { entry });
    await edge.ask(`/test/fault/${fault}`);
    const sent = await soak(edge, 384);
    assert.deepEqual([...sent.keys()].sort(), fault === 'slow' ? [202] : [202, 503]);
    const stored = await edge.waitFor('all that was promised', async () => ids((await edge.stored('events/')).flatMap(({ bytes }) => records(bytes))), (list) => list.length >= sent.get(202).length);
    assert.deepEqual(stored.sort(), sent.get(202).sort());
    assert.equal(await starts(edge), 1);
  });
}

test('a panic ends the program, not the service', async (t) => {
  const edge = await startEdge(t, { entry });
  assert.equal((await edge.send(batch(1))).status, 202);
  assert.match(String((await edge.ask('/test/panic')).body), /503|RuntimeError|ended/);
  assert.equal((await edge.send(batch(1))).status, 202);
  assert.equal(await starts(edge), 2);
});

test('a program whose memory is broken is replaced', async (t) => {
  const edge = await startEdge(t, { entry });
  const first = batch(1);
  assert.equal((await edge.send(first)).status, 202);
  await edge.ask('/test/memory');
  const answer = await edge.send(batch(1)); // unless the queue's batch met the broken program first
  if (answer.status !== 202) {
    assert.equal(answer.status, 503);
    assert.equal(answer.headers['retry-after'], '1');
  }
  assert.equal((await edge.send(batch(1))).status, 202);
  assert.equal(await starts(edge), 2);
  await edge.waitFor('what was promised before', async () => ids((await edge.stored()).flatMap(({ bytes }) => records(bytes))), (list) => list.includes(idsOf(first)[0]));
});

test('the last request before the end keeps its promise or makes none', async (t) => {
  const edge = await startEdge(t, { entry });
  await edge.ask('/test/fault/slow');
  const kept = [];
  for (let round = 0; round < 5; round++) {
    const bodies = Array.from({ length: 16 }, () => batch(2));
    const answers = bodies.map((body) => edge.send(body));
    await edge.ask('/test/memory');
    for (const [i, { status }] of (await Promise.all(answers)).entries()) {
      assert.ok(status === 202 || status === 503, String(status));
      if (status === 202) kept.push(...idsOf(bodies[i]));
    }
  }
  const stored = await edge.waitFor('all that was promised', async () => new Set(ids((await edge.stored('events/')).flatMap(({ bytes }) => records(bytes)))), (set) => kept.every((id) => set.has(id)));
  assert.ok(stored.size >= kept.length);
});
