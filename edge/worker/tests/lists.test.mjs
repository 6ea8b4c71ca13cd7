// Lists of similar items, from R2. edge/testdata/cases.json has the lists of a good file.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { startEdge } from '../testing/edge.mjs';
import { readList } from '../lists.mjs';

const golden = readFileSync(new URL('../../testdata/similar.lists', import.meta.url));

// of makes a file of one bucket, whose offsets are those given.
function of(magic, buckets, from, to, bucket) {
  const head = Buffer.alloc(20);
  head.write(magic);
  head.writeUInt32LE(buckets, 8);
  head.writeUInt32LE(from, 12);
  head.writeUInt32LE(to, 16);
  return Buffer.concat([head, Buffer.from(bucket)]);
}

test('lists of a broken file', async (t) => {
  const edge = await startEdge(t);
  const bucket = await edge.mf.getR2Bucket('BUNDLES');
  const line = '"1"\t{}\n';
  const most = 1 << 20;
  const table = [
    ['as it should be', of('SPRWLST1', 1, 20, 27, line), 200],
    ['nothing', Buffer.alloc(0), 204],
    ['a beginning', Buffer.from('SPRWLST1'), 204],
    ['another version', of('SPRWLST2', 1, 20, 27, line), 204],
    ['no bucket', of('SPRWLST1', 0, 20, 27, line), 204],
    ['more buckets than bytes', of('SPRWLST1', 0xffffffff, 20, 27, line), 204],
    ['offsets that go backwards', of('SPRWLST1', 1, 27, 20, line), 204],
    ['an empty bucket', of('SPRWLST1', 1, 20, 20, line), 204],
    ['a bucket over the offsets', of('SPRWLST1', 1, 19, 27, line), 204],
    ['a bucket beyond the end', of('SPRWLST1', 1, 20, 28, line), 204],
    ['a bucket of four gigabytes', of('SPRWLST1', 1, 20, 0xffffffff, line), 204],
    ['the largest bucket', of('SPRWLST1', 1, 20, 20 + most, line + '\n'.repeat(most - 7)), 200],
    ['a byte more', of('SPRWLST1', 1, 20, 21 + most, line + '\n'.repeat(most - 6)), 204],
    ['a line that does not end', of('SPRWLST1', 1, 20, 26, line), 204],
    ['a key that begins alike', of('SPRWLST1', 1, 20, 28, '"11"\t{}\n'), 204],
    ['the second line', of('SPRWLST1', 1, 20, 35, `"11"\t{}\n${line}`), 200],
  ];
  for (const [what, file, status] of table) {
    await bucket.put('similar.lists', new Uint8Array(file));
    const answer = await edge.ask('/v1/similar/1.json');
    assert.equal(answer.status, status, what);
    assert.equal(String(answer.body), status === 200 ? '{}' : '', what);
    assert.equal(answer.headers['cache-control'], status === 200 ? 'public, max-age=300, stale-while-revalidate=604800' : 'public, max-age=60', what);
  }
});

// Replaced is a bucket whose object is replaced before the reads whose numbers are given; the first
// is 0. Each version holds the golden lists with the titles in other letters.
class Replaced {
  reads = 0;
  version = 0;

  constructor(moments) {
    this.moments = moments;
  }

  async get(key, { range: { offset, length }, onlyIf }) {
    assert.equal(key, 'similar.lists');
    if (this.moments.includes(this.reads++)) this.version++;
    const file = this.version ? Buffer.from(golden.toString('latin1').replaceAll('Heat', 'HEAT'), 'latin1') : golden;
    const etag = String(this.version);
    const held = !onlyIf || onlyIf.etagMatches === etag;
    return { etag, size: file.length, ...(held && { body: {}, arrayBuffer: async () => new Uint8Array(file.subarray(offset, offset + length)).buffer }) };
  }
}

test('lists while the file is replaced', async () => {
  for (const [moments, reads, want] of [
    [[], 3, /"Heat"/],
    [[1], 5, /"HEAT"/],
    [[2], 6, /"HEAT"/],
    [[1, 3], 4, null],
    [[2, 5], 6, null],
  ]) {
    const bucket = new Replaced(moments);
    const list = readList(bucket, 'a/b').then((bytes) => Buffer.from(bytes).toString());
    if (want) assert.match(await list, want);
    else await assert.rejects(list, /being replaced/); // and not as if there were none
    assert.equal(bucket.reads, reads, `reads when it changes before ${moments}`);
  }
});
