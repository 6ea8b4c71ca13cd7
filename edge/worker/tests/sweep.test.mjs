// The cron task: what is too old goes, and the events of visitors who asked to be
// forgotten are removed byte for byte.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { startEdge } from '../testing/edge.mjs';
import { batch } from '../testing/events.mjs';
import { records } from '../testing/records.mjs';

const day = 86400000;
const visitorOf = (secret) => createHash('sha256').update(secret).digest().subarray(0, 16);
const keys = async (edge, prefix) => (await edge.stored(prefix)).map(({ key }) => key);

// cron runs the task as if it were the moment now.
async function cron(edge, now = Date.now()) {
  const worker = await edge.mf.getWorker();
  const { outcome } = await worker.scheduled({ scheduledTime: new Date(now), cron: '*/15 * * * *' });
  assert.equal(outcome, 'ok');
}

const erase = (edge, secret) => edge.ask('/v1/erase', { method: 'POST', headers: { Origin: '$self', 'Content-Type': 'text/plain' }, body: secret });

test('a visitor is forgotten, and no other', async (t) => {
  const edge = await startEdge(t);
  const [gone, stays] = [Buffer.alloc(16, 1), Buffer.alloc(16, 2)];
  for (const secret of [gone, stays, gone]) assert.equal((await edge.send(batch(3, { who: new Uint8Array(visitorOf(secret)) }))).status, 202);
  const wrong = Buffer.concat([Buffer.from([0x83, 0xa1, 0x76, 1, 0xa1, 0x74, 0xcf, 0, 0, 1, 0x9a, 0xb6, 0x3a, 0x4c, 0, 0xa1, 0x65, 0x91, 0x81, 0xa1, 0x76, 0xc4, 16]), visitorOf(gone)]);
  assert.equal(String((await edge.send(wrong)).body), '{"stored":0,"dead":1}\n');
  await edge.waitFor('four records', () => edge.stored('events/'), (list) => list.flatMap(({ bytes }) => records(bytes)).length === 4);
  assert.equal((await erase(edge, gone)).status, 202);
  const [wish] = await edge.waitFor('the wish', () => keys(edge, 'erasures/'), (list) => list.length === 1);
  assert.match(wish, new RegExp(`^erasures/${visitorOf(gone).toString('hex')}-\\d+$`));

  await cron(edge);
  const left = await edge.stored('events/');
  for (const { bytes } of left) {
    for (const record of records(bytes).filter((r) => !r.x)) assert.equal(Buffer.from(bytes).indexOf(visitorOf(gone)), -1, JSON.stringify(record));
  }
  const kept = left.flatMap(({ bytes }) => records(bytes));
  assert.deepEqual(kept.flatMap((r) => r.e ?? []).map((e) => Buffer.from(e.v).toString('hex')), Array(3).fill(visitorOf(stays).toString('hex')));
  assert.equal(kept.filter((r) => r.x).length, 1); // the wish itself stays, for readers

  await t.test('also what was under way then, and the wish itself is over after a while', async () => {
    assert.equal((await edge.send(batch(2, { who: new Uint8Array(visitorOf(gone)) }))).status, 202); // received after the wish
    await edge.waitFor('it', () => edge.stored('events/'), (list) => list.flatMap(({ bytes }) => records(bytes)).some((r) => r.e?.length === 2));
    await cron(edge, Date.now() + day + 60000);
    assert.ok(!(await edge.stored('events/')).flatMap(({ bytes }) => records(bytes)).some((r) => r.e?.length === 2));
    assert.equal((await keys(edge, 'erasures/')).length, 1);
    await cron(edge, Date.now() + 10 * day);
    await cron(edge, Date.now() + 12 * day);
    assert.equal((await keys(edge, 'erasures/')).length, 0);
  });
});

test('ninety days', async (t) => {
  const edge = await startEdge(t);
  const bucket = await edge.mf.getR2Bucket('FEEDBACK');
  const names = ['events/2026-01-01/05-a.seg', 'events/2026-01-02/23-b.seg', 'events/2026-01-03/00-c.seg', 'rescued/2026-01-02/09-d.seg', 'rescued/2026-02-01/09-e.seg'];
  for (const name of names) await bucket.put(name, new Uint8Array([0xc4, 0]));
  await cron(edge, Date.parse('2026-04-03T00:00:00Z'));
  assert.deepEqual(await keys(edge), ['events/2026-01-03/00-c.seg', 'rescued/2026-02-01/09-e.seg']);
});

test('a pass of many segments goes on where it was', async (t) => {
  const edge = await startEdge(t);
  const bucket = await edge.mf.getR2Bucket('FEEDBACK');
  const secret = Buffer.alloc(16, 3);
  assert.equal((await edge.send(batch(1, { who: new Uint8Array(visitorOf(secret)) }))).status, 202);
  const [{ key, bytes }] = await edge.waitFor('it', () => edge.stored('events/'), (list) => list.length === 1);
  const folder = key.slice(0, -'.seg'.length);
  await Promise.all(Array.from({ length: 320 }, (_, i) => bucket.put(`${folder}-${String(i).padStart(3, '0')}.seg`, bytes)));
  assert.equal((await erase(edge, secret)).status, 202);
  await edge.waitFor('the wish', () => keys(edge, 'erasures/'), (list) => list.length === 1);
  const count = async () => (await bucket.list({ prefix: `${folder}-` })).objects.length;
  await cron(edge);
  assert.ok(await count() > 0 && await count() < 320, String(await count()));
  await cron(edge);
  assert.equal(await count(), 0);
});

test('one wish among five thousand and more is carried out', async (t) => {
  const edge = await startEdge(t);
  const bucket = await edge.mf.getR2Bucket('FEEDBACK');
  const who = new Uint8Array(16).fill(0xff); // the last in the order of keys
  assert.equal((await edge.send(batch(1, { who }))).status, 202);
  await edge.waitFor('it', () => edge.stored('events/'), (list) => list.length === 1);
  const name = (i) => `erasures/${i.toString(16).padStart(32, '0')}-${Date.now()}`;
  for (let i = 0; i < 5100; i += 100) await Promise.all(Array.from({ length: 100 }, (_, k) => bucket.put(name(i + k), '')));
  await bucket.put(`erasures/${'f'.repeat(32)}-${Date.now()}`, '');
  await cron(edge);
  assert.equal((await keys(edge, 'events/')).length, 1); // the first pass has no room for it
  await cron(edge);
  assert.equal((await keys(edge, 'events/')).length, 0);
});
