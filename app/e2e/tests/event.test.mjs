// The bytes of events, against the vectors that the Go side wrote and against its decoder.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { edge } from '../lib/edge.mjs';
import { bytes, encode, encodeBatch, encodeEvent, float32, hex, uuid } from '../../../static/js/event.js';

const vectors = JSON.parse(await readFile(new URL('../../../wasm/event/testdata/vectors.json', import.meta.url)));

// fromVector turns the one-letter fields of a vector into the event that a page
// would make.
function fromVector({ i, k, t, v, s, q, b, a, m, r, p, c, y, d, n, x, u }) {
  const id = (text) => (text ? bytes(text) : undefined);
  return {
    id: id(i), kind: k, at: t, visitor: id(v), session: id(s), seq: q, bundle: id(b), arms: a && Object.entries(a).reverse(), item: m, stars: r,
    place: p && { list: p.l, position: p.p, source: p.o, team: p.g, propensity: p.w }, cause: id(c), layer: y, of: d, count: n, value: x, currency: u,
  };
}

test('every vector of wasm/event is written byte for byte', () => {
  assert.ok(vectors.length >= 12, `${vectors.length} vectors`);
  for (const { name, event, hex: want } of vectors) assert.equal(hex(encodeEvent(fromVector(event))), want, name);
});

test('values take their shortest form', () => {
  const forms = [ // by hand, from the tables of the MessagePack specification
    [0, '00'], [127, '7f'], [128, 'cc80'], [256, 'cd0100'], [65536, 'ce00010000'], [2 ** 32, 'cf0000000100000000'],
    [Number.MAX_SAFE_INTEGER, 'cf001fffffffffffff'], [-1, 'ff'], [-32, 'e0'], [-33, 'd0df'], [-129, 'd1ff7f'], [-32769, 'd2ffff7fff'],
    [-(2 ** 31) - 1, 'd3ffffffff7fffffff'], [0.5, 'cb3fe0000000000000'], [float32(4), 'ca40800000'],
    [null, 'c0'], [true, 'c3'], [false, 'c2'], ['é', 'a2c3a9'], ['x'.repeat(32), `d920${'78'.repeat(32)}`],
    [Uint8Array.of(1, 2), 'c4020102'], [[1, 'a'], '9201a161'], [{ a: 1, b: undefined }, '81a16101'], [new Map([[1, 2]]), '810102'],
    [Array(16).fill(0), `dc0010${'00'.repeat(16)}`],
  ];
  for (const [value, want] of forms) assert.equal(hex(encode(value)), want, String(value));
});

test('a batch holds its events unchanged', () => {
  const events = vectors.slice(0, 2).map(({ hex: text }) => bytes(text));
  assert.equal(hex(encodeBatch(1764000000000, events)), `83a17601a174cf0000019ab697e800a16592${vectors[0].hex}${vectors[1].hex}`);
});

test('ids grow within a millisecond and when the clock is set back', () => {
  let before = '';
  for (const now of [1e12, 1e12 + 1, 9e11]) {
    for (let i = 0; i < 5000; i++) {
      const id = uuid(now);
      assert.equal(`${id[6] >> 4} ${id[8] >> 6}`, '7 2', 'version and variant');
      assert.ok(hex(id) > before, `${hex(id)} after ${before}`);
      before = hex(id);
    }
  }
  assert.equal(parseInt(hex(uuid(2e12)).slice(0, 12), 16), 2e12, 'the first 48 bits are the time');
});

test('the edge takes an event of every kind, with all it may have and with nothing else', async (t) => {
  const server = await edge(t);
  const item = { item: '318' };
  const place = { list: '给你', position: 65535, source: 'pool+transition', team: 'control', propensity: 0.1 };
  const all = { ...item, place, cause: uuid() };
  const kinds = {
    impression: [{ ...item, place }], click: [all, { ...item, place }], view: [{ ...item, cause: uuid() }, item],
    rate: [{ ...all, stars: 0.5 }, { ...item, stars: 5 }], undo: [{ cause: uuid() }], exposure: [{ layer: 'mix' }], dropped: [{ of: 'click', count: 2 ** 31 }],
    cart: [{ ...all, value: 1250, currency: 'EUR', count: 2 }, item], purchase: [{ ...all, value: 2 ** 32 - 1, currency: 'CHF', count: 10000 }, item], return: [{ ...all, count: 1 }, item],
    play: [{ ...all, value: 3000 }, item], start: [{ value: 93 }, {}], read: [{ ...all, value: 100 }, item],
    ...Object.fromEntries(['like', 'dislike', 'not-interested', 'watchlist', 'clear'].map((kind) => [kind, [all, item]])),
  };
  const arms = [['ranking', 'wide'], ['mix', 'control']];
  const made = Object.entries(kinds).flatMap(([kind, ways]) => ways.map((way, seq) => ({ id: uuid(), kind, at: Date.now(), visitor: new Uint8Array(16).fill(1), session: uuid(), seq, arms, bundle: new Uint8Array(32).fill(2), ...way })));
  const answer = await fetch(`${server.origin}/v1/events`, { method: 'POST', body: encodeBatch(Date.now(), made.map(encodeEvent)), headers: { Origin: server.origin, 'Content-Type': 'text/plain' } });
  assert.equal(answer.status, 202);
  const { events, letters } = await server.stored();
  assert.deepEqual(letters.map(({ reason }) => reason), []);
  assert.deepEqual(events.map(({ id, kind }) => `${kind} ${id}`), made.map(({ id, kind }) => `${kind} ${hex(id)}`));
  assert.deepEqual((await server.report()).kinds.map(({ name }) => name).sort(), Object.keys(kinds).sort());
});
