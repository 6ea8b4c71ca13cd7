// How the engine worker encodes a widget's requests and decodes the answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode, float32 } from '../../../static/js/event.js';
import { pack, unpack } from '../../../static/js/embedded.js';
import { decode } from '../lib/segment.mjs';

test('questions are requests of wasm/protocol', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const request = (question) => {
    const before = now();
    const [{ n, e = [], ...rest }] = decode(pack(question));
    assert.ok(n >= before && n <= now() && e.every(({ t }) => t === n));
    return { ...rest, ...(e.length && { e: e.map(({ t, ...entry }) => entry) }) };
  };
  assert.deepEqual(request({ verb: 'movie', item: 'a/霸', k: 10 }), { v: 'movie', i: 'a/霸', k: 10, y: -1 });
  assert.deepEqual(request({ verb: 'browse', k: 3 }), { v: 'browse', k: 3, y: -1 });
  assert.deepEqual(request({ verb: 'browse', k: 3, filter: 'price<5' }), { v: 'browse', f: 'price<5', k: 3, y: -1 });
  assert.deepEqual(request({ verb: 'act', item: '50', action: 'view' }), { v: 'act', y: -1, e: [{ i: '50', a: 'view' }] });
  assert.deepEqual(request({ verb: 'movie', item: '50', exclude: ['7', 'a,b'], brand: 'authors', badge: 'format' }), { v: 'movie', i: '50', x: ['7', 'a,b'], b: 'authors', a: 'format', y: -1 });
  assert.deepEqual(request({ verb: 'new', k: 5, pin: ['7', '8'], min: 'lang:2', max: 'author:1', diversity: 'genre', repeat: 'yes' }), { v: 'new', p: ['7', '8'], h: 'author:1', l: 'lang:2', t: 'genre', j: 'yes', k: 5, y: -1 });
  assert.deepEqual(request({ verb: 'act', item: '50', action: 'rate', stars: 4.5 }), { v: 'act', y: -1, e: [{ i: '50', a: 'rate', s: 4.5 }] });
});

test('answers come with every form of a value, and what is new is skipped', () => {
  const numbers = [0, 127, 128, 65535, 65536, 2 ** 31, 2 ** 40, -1, -32, -33, -200, -40_000, -(2 ** 33), 1.5];
  const texts = ['', 'x'.repeat(31), 'x'.repeat(32), '霸'.repeat(100), 'x'.repeat(70_000)];
  for (const year of numbers) assert.equal(unpack(encode({ c: [{ i: '1', y: year }] })).items[0].year, year);
  for (const title of texts) assert.equal(unpack(encode({ c: [{ i: '1', t: title }] })).items[0].title, title);
  const card = { i: '50', t: 'Heat', y: 1995, g: ['Action', 'Crime'], m: float32(3.5), c: 300, p: 'https://x/p', u: '/u', e: 12.99, n: 'EUR', b: ['Penguin'], d: ['new'], w: true, later: [null, false, { a: 1 }], r: [{ k: 'because', i: '1', t: 'Alien' }, { k: 'same-tags', n: ['heist'] }], o: { s: 'pool', p: float32(0.25) } };
  assert.deepEqual(unpack(encode({ c: [card], l: ['mix'], n: 3 })), {
    items: [{ id: '50', title: 'Heat', year: 1995, genres: ['Action', 'Crime'], image: 'https://x/p', url: '/u', price: 12.99, currency: 'EUR', brand: ['Penguin'], badge: ['new'], why: [{ kind: 'because', title: 'Alien', names: [] }, { kind: 'same-tags', title: '', names: ['heist'] }], source: 'pool', team: '', propensity: 0.25 }],
    layers: ['mix'], shows: '', error: undefined,
  });
  assert.deepEqual([{ i: '1', e: 0 }, { i: '1' }].map((one) => unpack(encode({ c: [one] })).items[0].price), [0, null], 'what costs nothing has a price');
  assert.deepEqual(unpack(encode({ c: Array.from({ length: 40 }, (_, i) => ({ i: String(i) })) })).items.map(({ id }) => Number(id)), Array.from({ length: 40 }, (_, i) => i));
  assert.equal(unpack(encode({ c: [{ i: '1' }], w: 'together' })).shows, 'together');
  assert.deepEqual(unpack(encode({ e: { c: 'unknown-movie', t: 'No.' } })), { items: [], layers: [], shows: '', error: { code: 'unknown-movie', text: 'No.' } });
});
