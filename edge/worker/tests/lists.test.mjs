// Lists of similar items, from R2. edge/testdata/cases.json has the lists of a good file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEdge } from '../testing/edge.mjs';
import { readList } from '../lists.mjs';

const page = 1 << 16;

function numbers(...all) {
  const bytes = Buffer.alloc(4 * all.length);
  all.forEach((number, i) => bytes.writeUInt32LE(number, 4 * i));
  return bytes;
}

// sized is a text as the file has it.
function sized(text, length = Buffer.byteLength(text)) {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(length);
  return Buffer.concat([bytes, Buffer.from(text)]);
}

// entry is one of an item.
const entry = (id, flags, ...places) => Buffer.concat([Buffer.from([id.length]), Buffer.from(id), Buffer.from([flags, places.length / 2]), numbers(...places)]);

// make makes a file of one bucket, as it should be but for what is given: a card at byte 48, the
// offsets at 60, the bucket at 68.
function make({ magic = 'SPRWLST2', buckets = 1, text = sized('{"id":"2"}'), offsets = 48 + text.length, entries = entry('1', 0, 48, 0), from = 56 + text.length, to = from + entries.length } = {}) {
  return Buffer.concat([Buffer.from(magic), Buffer.alloc(32), numbers(buckets, offsets), text, numbers(from, to), entries]);
}

const head = `{"bundle":"${'0'.repeat(64)}","items":[`;
const list = `${head}{"id":"2"}]}`;

test('lists of a broken file', async (t) => {
  const edge = await startEdge(t);
  const bucket = await edge.mf.getR2Bucket('BUNDLES');
  const most = 1 << 20;
  const card = `{"id":"${'x'.repeat(60_000)}"}`;
  const start = page - 2 - card.length;
  const pages = Buffer.concat([sized('{"id":"2"}'), Buffer.alloc(start - 60), sized(card), Buffer.from('beyond')]);
  const times = (n, at) => entry('1', 0, ...Array(n).fill([at, 0]).flat());
  const table = [
    ['as it should be', make(), list],
    ['popular items', make({ entries: entry('1', 1, 48, 0) }), `${head}{"id":"2"}],"popular":true}`],
    ['a reason', make({ entries: entry('1', 0, 48, 48) }), `${head}{"id":"2","why":[{"id":"2"}]}]}`],
    ['nothing', Buffer.alloc(0), ''],
    ['a beginning', Buffer.from('SPRWLST2'), ''],
    ['another version', make({ magic: 'SPRWLST3' }), ''],
    ['an earlier version', make({ magic: 'SPRWLST1' }), ''],
    ['no bucket', make({ buckets: 0 }), ''],
    ['more buckets than bytes', make({ buckets: 0xffffffff }), ''],
    ['offsets over the beginning', make({ offsets: 47 }), ''],
    ['offsets beyond the end', make({ offsets: 0xffffffff }), ''],
    ['offsets that go backwards', make({ from: 80, to: 68 }), ''],
    ['an empty bucket', make({ to: 68 }), ''],
    ['a bucket over the offsets', make({ from: 67, to: 80 }), ''],
    ['a bucket beyond the end', make({ to: 81 }), ''],
    ['a bucket of four gigabytes', make({ to: 0xffffffff }), ''],
    ['the largest bucket', make({ entries: Buffer.concat([entry('1', 0, 48, 0), Buffer.alloc(most - 12)]) }), list],
    ['a byte more', make({ entries: Buffer.concat([entry('1', 0, 48, 0), Buffer.alloc(most - 11)]) }), ''],
    ['an entry that does not end', make({ to: 79 }), ''],
    ['an id that does not end', make({ to: 70 }), ''],
    ['an id that begins alike', make({ entries: entry('11', 0, 48, 0) }), ''],
    ['the second entry', make({ entries: Buffer.concat([entry('11', 0, 48, 0), entry('1', 0, 48, 0)]) }), list],
    ['a text over the beginning', make({ entries: entry('1', 0, 47, 0) }), ''],
    ['a text nowhere', make({ entries: entry('1', 0, 0, 0) }), ''],
    ['a text beyond the texts', make({ entries: entry('1', 0, 60, 0) }), ''],
    ['a text beyond the file', make({ entries: entry('1', 0, 0xffffffff, 0) }), ''],
    ['a text over the end of the texts', make({ text: sized('{"id":"2"}', 11) }), ''],
    ['a text that ends too early', make({ text: sized('{"id":"2"}', 9) }), ''],
    ['a text that is no object', make({ text: sized('["id":"2"}') }), ''],
    ['a reason that is no text', make({ entries: entry('1', 0, 48, 50) }), ''],
    ['a text at the end of a page', make({ text: pages, entries: times(1, start) }), `${head}${card}]}`],
    ['a text over the end of a page', make({ text: pages, entries: times(1, start + 1) }), ''],
    ['a text of sixteen items', make({ text: pages, entries: times(16, start) }), `${head}${Array(16).fill(card)}]}`],
    ['a text of too many', make({ text: pages, entries: times(18, start) }), ''],
  ];
  for (const [what, file, want] of table) {
    await bucket.put('similar.lists', new Uint8Array(file));
    const answer = await edge.ask('/v1/similar/1.json');
    assert.equal(answer.status, want ? 200 : 204, what);
    assert.equal(String(answer.body), want, what);
    assert.equal(answer.headers['cache-control'], want ? 'public, max-age=300, stale-while-revalidate=604800' : 'public, max-age=60', what);
  }
});

// large is a file whose texts, offsets and entries stand on pages of their own; each version of it has
// another title.
function large(version) {
  const cards = Array.from({ length: 40 }, (_, i) => sized(`{"id":"${i}","title":"${version}${'x'.repeat(30_000)}"}`));
  const places = [];
  const texts = [];
  let at = 48;
  for (const card of cards) {
    const room = page - (at % page);
    if (card.length > room) {
      texts.push(Buffer.alloc(room));
      at += room;
    }
    places.push(at);
    texts.push(card);
    at += card.length;
  }
  return make({ text: Buffer.concat(texts), entries: entry('1', 0, places[2], 0, places[20], 0, places[36], 0) });
}

// Replaced is a bucket whose object is replaced before the reads whose numbers are given; the first
// is 0.
class Replaced {
  static buckets = 0;
  reads = 0;
  version = 0;

  constructor(moments) {
    this.moments = moments;
    this.name = Replaced.buckets++;
  }

  async get(key, { range: { offset, length }, onlyIf }) {
    assert.equal(key, 'similar.lists');
    if (this.moments.includes(this.reads++)) this.version++;
    const file = large(`${this.name}.${this.version} `);
    const etag = `${this.name}.${this.version}`;
    const held = !onlyIf || onlyIf.etagMatches === etag || (onlyIf.etagDoesNotMatch ?? etag) !== etag;
    return { etag, size: file.length, ...(held && { body: {}, arrayBuffer: async () => new Uint8Array(file.subarray(offset, offset + length)).buffer }) };
  }
}

const titles = (bytes) => JSON.parse(Buffer.from(bytes)).items.map(({ title }) => title.split(' ')[0].split('.')[1]);

test('lists while the file is replaced', async () => {
  for (const [moments, want] of [
    [[], '0'],
    [[1], '1'],
    [[2], '1'],
    [[1, 3], null],
    [[4, 7], null],
  ]) {
    const bucket = new Replaced(moments);
    const read = readList(bucket, '1');
    if (want) assert.deepEqual(titles(await read), [want, want, want], `replaced before ${moments}`);
    else await assert.rejects(read, /being replaced/, `replaced before ${moments}`); // and not as if there were none
  }
});

test('what is asked again is read once', async () => {
  const bucket = new Replaced([]);
  await readList(bucket, '1');
  assert.ok(bucket.reads <= 6, `${bucket.reads} reads`);
  const before = bucket.reads;
  assert.deepEqual(titles(await readList(bucket, '1')), ['0', '0', '0']);
  assert.equal(bucket.reads, before + 1, 'whether it is the same');
  bucket.moments = [bucket.reads];
  assert.deepEqual(titles(await readList(bucket, '1')), ['1', '1', '1'], 'another version is read at once');
});
