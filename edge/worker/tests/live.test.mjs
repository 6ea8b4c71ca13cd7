// The live overlay on R2: what edge/testdata/changes.json has natively, changes that meet, and lists
// that obey.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { startEdge } from '../testing/edge.mjs';

const steps = JSON.parse(readFileSync(new URL('../../testdata/changes.json', import.meta.url)));
const keys = { old: 'a1'.repeat(32), new: 'b2'.repeat(32), none: 'c3'.repeat(32) };
const bindings = { ORIGINS: '', LIVE_KEYS: `${keys.old} ${keys.new}` };
const change = (edge, overlay) => edge.ask('/v1/live', { method: 'PUT', headers: { Authorization: `Bearer ${keys.old}` }, body: Buffer.from(JSON.stringify(overlay)) });

test('answers are those of the native handler', async (t) => {
  const edge = await startEdge(t, { bindings });
  for (const step of steps) {
    const headers = { ...(step.key && { Authorization: `Bearer ${keys[step.key]}` }), ...(step.origin && { Origin: step.origin }) };
    const body = step.blanks ? Buffer.alloc(step.blanks, ' ') : step.body === undefined ? null : Buffer.from(step.body);
    const answer = await edge.ask(step.path, { method: step.method, headers, body });
    const text = String(answer.body);
    assert.equal(answer.status, step.status, `${step.name}: ${text}`);
    assert.ok(text.includes(step.says ?? ''), `${step.name}: ${text}`);
    if (step.is) {
      const { at, ...is } = JSON.parse(text);
      assert.match(at, /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      assert.deepEqual(is, step.is, step.name);
    }
  }
});

test('changes that meet are all there, and the history has each', async (t) => {
  const edge = await startEdge(t, { bindings });
  const names = Array.from({ length: 20 }, (_, i) => `i${i}`);
  await Promise.all(names.map(async (name, i) => {
    for (let tries = 0; tries < 20; tries++) {
      const { status, headers } = await change(edge, { items: { [name]: { stock: i } } });
      if (status === 200) return;
      assert.equal(status, 503);
      assert.equal(headers['retry-after'], '1');
    }
    assert.fail(`${name} was never taken`);
  }));
  const { items } = JSON.parse((await edge.ask('/v1/live.json')).body);
  assert.deepEqual(Object.fromEntries(names.map((name, i) => [name, { stock: i }])), Object.fromEntries(Object.entries(items).sort(([a], [b]) => a.slice(1) - b.slice(1))));
  const history = await edge.ask('/v1/live/history', { headers: { Authorization: `Bearer ${keys.new}` } });
  const lines = String(history.body).trim().split('\n').map((line) => JSON.parse(line));
  for (const name of names) assert.ok(lines.some((line) => name in line.change.items), name);
  const body = (await edge.ask('/v1/live.json')).body;
  assert.equal(lines.at(-1).makes, createHash('md5').update(body).digest('hex'), 'the tag of the overlay after it');
});

test('a bound holds of what comes of a change', async (t) => {
  const edge = await startEdge(t, { bindings });
  const rules = (n, from = 0) => ({ rules: Object.fromEntries(Array.from({ length: n }, (_, i) => [`r${from + i}`, { do: 'exclude', items: ['a'] }])) });
  assert.equal((await change(edge, rules(100))).status, 200);
  const more = await change(edge, rules(1, 100));
  assert.equal(more.status, 400);
  assert.match(String(more.body), /after this change: live: rules: has 101 entries, and may have 100/);
});

test('a damaged overlay is not written over', async (t) => {
  const edge = await startEdge(t, { bindings });
  const bucket = await edge.mf.getR2Bucket('BUNDLES');
  await bucket.put('live.json', '{"version":1,');
  const { status, body } = await change(edge, { items: {} });
  assert.equal(status, 409);
  assert.match(String(body), /mend or delete it/);
  assert.equal(await (await bucket.get('live.json')).text(), '{"version":1,');
});

test('without a key, or with one that can be guessed, nothing is taken', async (t) => {
  for (const [secret, status] of [[undefined, 403], ['open sesame', 503]]) {
    const edge = await startEdge(t, { bindings: { ORIGINS: '', ...(secret && { LIVE_KEYS: secret }) } });
    const answer = await change(edge, {});
    assert.equal(answer.status, status);
    assert.doesNotMatch(String(answer.body), /sesame/);
    if (!secret) assert.equal(String((await edge.ask('/v1/live.json')).body), '{"version":1}\n', 'pages need not look again');
  }
});

test('lists made in advance obey', async (t) => {
  const edge = await startEdge(t, { bindings });
  const bucket = await edge.mf.getR2Bucket('BUNDLES');
  await bucket.put('similar.lists', new Uint8Array(readFileSync(new URL('../../testdata/similar.lists', import.meta.url))));
  const list = async () => {
    const answer = await edge.ask('/v1/similar/50.json');
    assert.equal(answer.headers['cache-control'], answer.status === 200 ? 'public, max-age=30' : 'public, max-age=60');
    return answer.status === 200 ? JSON.parse(answer.body).items : [];
  };
  const all = await list();
  const [first, second] = all;
  assert.ok(all.length >= 2);
  await change(edge, { items: { [first.id]: { stock: 0 } } });
  assert.deepEqual(await list(), all.slice(1), 'sold out');
  await change(edge, { items: { [first.id]: { stock: 1, title: 'Another', price: 9.5, currency: 'EUR' } } });
  assert.deepEqual(await list(), [{ ...first, title: 'Another', price: 9.5, currency: 'EUR' }, ...all.slice(1)], 'there again, and replaced');
  await change(edge, { items: null, rules: { now: { do: 'exclude', items: [second.id], from: '2020-01-01T00:00:00Z' }, then: { do: 'exclude', items: [first.id], until: '2020-01-01T00:00:00Z' } } });
  assert.deepEqual(await list(), all.filter(({ id }) => id !== second.id), 'excluded by a rule of now');
  await change(edge, { rules: { by: { do: 'exclude', where: 'year<2000' } } });
  assert.deepEqual(await list(), [], 'excluded by more than a list knows');
  await change(edge, { rules: null });
  assert.deepEqual(await list(), all, 'as they were');
  await bucket.put('popular.json', JSON.stringify({ bundle: 'b', items: [{ id: 'p', title: 'P' }, { id: 'q', title: 'Q' }] }));
  await change(edge, { items: { p: { hidden: true } } });
  assert.deepEqual(JSON.parse((await edge.ask('/v1/popular.json')).body).items, [{ id: 'q', title: 'Q' }]);
});
