// The rate limit: per site and network, with a key that holds no address.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig, startEdge } from '../testing/edge.mjs';
import { batch } from '../testing/events.mjs';
import { limitKey } from '../ingest.mjs';
import { network } from '../networks.mjs';

test('too many requests are answered with 429', async (t) => {
  const { simple } = readConfig().ratelimits[0];
  const edge = await startEdge(t, { ratelimits: { LIMIT: { simple: { ...simple, limit: 5 } } } });
  const answers = [];
  for (let i = 0; i < 12; i++) answers.push(await edge.send(batch(1)));
  const refused = answers.filter(({ status }) => status === 429);
  assert.ok(refused.length >= 2 && answers.filter(({ status }) => status === 202).length >= 5, answers.map(({ status }) => status).join());
  assert.equal(refused[0].headers['retry-after'], String(simple.period));
  assert.equal(refused[0].headers['access-control-allow-origin'], edge.origin);
  assert.equal((await edge.ask('/v1/erase', { method: 'POST', headers: { Origin: '$self' }, body: Buffer.alloc(16) })).status, 429);
  await t.test('but others are not', async () => {
    assert.equal((await edge.send(batch(1), { Origin: 'https://shop.example' })).status, 202);
    assert.equal((await edge.ask('/healthz')).status, 200);
  });
});

test('networks', () => {
  const table = [
    ['203.0.113.77', '203.0.113'],
    ['2001:db8:1234:5678::1', '2001:db8:1234'],
    ['2001:DB8:1234::', '2001:db8:1234'],
    ['2001:0db8:1234:ffff:0:0:0:1', '2001:db8:1234'],
    ['::1', '0:0:0'],
    ['', ''],
  ];
  for (const [address, want] of table) assert.equal(network(address), want);
});

test('the key holds neither address nor network, and changes with the day', () => {
  const key = limitKey('https://shop.example', '203.0.113.77', 20000);
  assert.match(key, /^https:\/\/shop\.example [0-9a-f]{16}$/);
  assert.equal(key, limitKey('https://shop.example', '203.0.113.99', 20000));
  for (const other of [limitKey('https://shop.example', '203.0.114.77', 20000), limitKey('https://shop.example', '203.0.113.77', 20001), limitKey('https://other.example', '203.0.113.77', 20000)]) assert.notEqual(key, other);
});
