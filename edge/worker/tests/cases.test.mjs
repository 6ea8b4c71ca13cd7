// The table of edge/testdata/cases.json against workerd. edge/cases_test.go runs it natively.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { startEdge } from '../testing/edge.mjs';
import { hex, records } from '../testing/records.mjs';

const cases = JSON.parse(readFileSync(new URL('../../testdata/cases.json', import.meta.url)));
const bodyOf = ({ hex: digits = '', text = '', zeros = 0 }) => Buffer.concat([Buffer.from(digits, 'hex'), Buffer.from(text), Buffer.alloc(zeros)]);

test('answers are those of the native handler', async (t) => {
  const edge = await startEdge(t);
  const bundles = await edge.mf.getR2Bucket('BUNDLES');
  await bundles.put('0454d527a7fa92d74a43d6470a274c87b0383fce739c0d1ac17c973c57f1c60c.bundle', 'sparrow');
  const eagle = createHash('sha256').update('eagle').digest('hex');
  await bundles.put(`0454d527a7fa92d74a43d6470a274c87b0383fce739c0d1ac17c973c57f1c60c.bundle.${eagle}.dcz`, 'delta');
  await bundles.put('latest.json', '{}');
  await bundles.put('similar.lists', new Uint8Array(readFileSync(new URL('../../testdata/similar.lists', import.meta.url))));
  for (const c of cases) {
    await t.test(c.name, async () => {
      const answer = await edge.ask(c.path, { method: c.method, headers: c.headers, body: c.body ? bodyOf(c.body) : null });
      assert.equal(answer.status, c.status, String(answer.body));
      for (const [name, want] of Object.entries(c.answer ?? {})) assert.equal(answer.headers[name.toLowerCase()], want.replaceAll('$self', edge.origin), name);
      for (const name of c.absent ?? []) assert.equal(answer.headers[name.toLowerCase()], undefined, name);
      if (c.says !== undefined) assert.equal(String(answer.body), c.says);
    });
  }
  await t.test('the records are those of the native handler', async () => {
    const wanted = cases.flatMap((c) => (c.keeps ? [c.keeps] : []));
    const all = async () => (await edge.stored('events/')).flatMap(({ bytes }) => records(bytes));
    const got = await edge.waitFor('all records', all, (list) => list.length >= wanted.length);
    const seen = got.map((r) => ({ site: r.o, ...(r.x ? { erase: hex(r.x) } : { events: r.e?.length ?? 0, dead: (r.d ?? []).map(([reason]) => reason) }) }));
    const sorted = (list) => list.map((r) => JSON.stringify(r, Object.keys(r).sort())).sort();
    assert.deepEqual(sorted(seen), sorted(wanted));
  });
});
