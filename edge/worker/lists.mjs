// Lists of similar items, from the object similar.lists: ../LISTS.md has its format and what a
// reader refuses. R2 is read by pages, of which the isolate keeps some: a request that finds all that
// it needs there asks R2 once, whether the object is still the same.

const name = 'similar.lists';
const path = /^\/v1\/similar\/([^/]+)\.(?:json|html)$/;
const start = 48; // where texts begin
const page = 1 << 16; // bytes; no text goes over the end of one
const mostBucket = 1 << 20;
const mostList = 1 << 20;
const mostID = 255;
const mostKept = 128; // pages: 8 MiB
const mostAtOnce = 16; // pages that are read in one go
const utf8 = new TextEncoder();
const text = (bytes) => new TextDecoder().decode(bytes);

// itemOf returns the id of the item whose list has this address, which is as it was sent,
// percent-encoded, in either of its forms; null when no list can have it.
export function itemOf(pathname) {
  const [, escaped] = path.exec(pathname) ?? [];
  if (escaped === undefined) return null;
  try {
    const id = decodeURIComponent(escaped);
    return listable(id) ? id : null;
  } catch { // a bad escape, or what is not UTF-8
    return null;
  }
}

// listable reports whether an item of that id can have a list.
export const listable = (id) => id !== '' && utf8.encode(id).length <= mostID && !/\p{Cc}/u.test(id);

// readList returns the bytes of an item's list; null when it has no list, or the object breaks a
// rule of its format. Its parts are of one version of the object: when that is replaced meanwhile, it
// begins again, once, and then fails.
export async function readList(bucket, id) {
  for (let tries = 0; tries < 2; tries++) {
    const list = await readOnce(bucket, id);
    if (list !== undefined) return list;
  }
  throw new Error(`${name} is being replaced`);
}

// kept are pages by the object's ETag and their number, those used last at the end.
const kept = new Map();

function keep(key, bytes) {
  kept.delete(key);
  kept.set(key, bytes);
  if (kept.size > mostKept) kept.delete(kept.keys().next().value);
}

// newest is the version of the object that was met last: its ETag and its size.
let newest = null;

// current returns the version of the object; null when there is none.
async function current(bucket) {
  const known = newest;
  const conditions = known && kept.has(`${known.etag} 0`) ? { onlyIf: { etagDoesNotMatch: known.etag } } : {};
  const object = await bucket.get(name, { range: { offset: 0, length: page }, ...conditions }).catch(async (error) => {
    if ((await bucket.head(name))?.size === 0) return null; // which has no range
    throw error;
  });
  if (!object) return null;
  newest = { etag: object.etag, size: object.size };
  if (object.body) keep(`${object.etag} 0`, new Uint8Array(await object.arrayBuffer()));
  return newest;
}

// File reads ranges of one version of the object.
class File {
  pages = new Map(); // that this request needs

  constructor(bucket, { etag, size }) {
    Object.assign(this, { bucket, etag, size });
  }

  // has reads the pages of ranges [from, to), and reports whether the object is still the same.
  async has(ranges) {
    const missing = new Set();
    for (const [from, to] of ranges) {
      for (let n = Math.floor(from / page); n * page < to; n++) {
        if (this.pages.has(n)) continue;
        const key = `${this.etag} ${n}`;
        const bytes = kept.get(key);
        if (!bytes) {
          missing.add(n);
          continue;
        }
        keep(key, bytes);
        this.pages.set(n, bytes);
      }
    }
    const read = await Promise.all(runs([...missing].sort((a, b) => a - b)).map((run) => this.read(...run)));
    return !read.includes(false);
  }

  // read reads the pages from first to last.
  async read(first, last) {
    const offset = first * page;
    const length = Math.min(this.size, (last + 1) * page) - offset;
    const found = await this.bucket.get(name, { range: { offset, length }, onlyIf: { etagMatches: this.etag } });
    if (!found?.body) return false;
    const all = new Uint8Array(await found.arrayBuffer());
    if (all.length !== length) return false;
    for (let n = first; n <= last; n++) {
      const bytes = all.slice((n - first) * page, (n - first + 1) * page);
      keep(`${this.etag} ${n}`, bytes);
      this.pages.set(n, bytes);
    }
    return true;
  }

  // bytes returns a range whose pages are there.
  bytes(from, to) {
    const n = Math.floor(from / page);
    if (to <= (n + 1) * page) return this.pages.get(n).subarray(from - n * page, to - n * page);
    return join([this.bytes(from, (n + 1) * page), this.bytes((n + 1) * page, to)]);
  }

  // text returns the text at a place whose page is there, null where none can be; end is where texts do.
  text(at, end) {
    const last = Math.min(end, at - (at % page) + page);
    const bytes = this.bytes(at, last);
    const size = 2 + bytes[0] + 256 * bytes[1];
    const found = size <= bytes.length && bytes.subarray(2, size);
    return found && found[0] === 123 && found[1] === 34 && found.at(-1) === 125 ? found : null;
  }
}

// runs returns the first and the last of numbers, ascending, that stand beside each other or one apart.
function runs(numbers) {
  const all = [];
  for (const n of numbers) {
    const run = all.at(-1);
    if (run && n <= run[1] + 2 && n < run[0] + mostAtOnce) run[1] = n;
    else all.push([n, n]);
  }
  return all;
}

function join(parts) {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

// readOnce is readList, with undefined when the object was replaced.
async function readOnce(bucket, id) {
  const version = await current(bucket);
  if (!version) return null;
  const file = new File(bucket, version);
  if (!await file.has([[0, Math.min(start, file.size)]])) return undefined;
  const magic = text(file.bytes(0, Math.min(8, file.size)));
  if (magic === 'SPRWLST1') console.error(`${name} has the form of an earlier version, which is not read: write it again with go run ./build lists --bundle DIR, and deploy`);
  if (magic !== 'SPRWLST2' || file.size < start) return null;
  const [buckets, offsets] = [number(file.bytes(40, 44)), number(file.bytes(44, 48))];
  const first = offsets + 4 * (buckets + 1);
  if (buckets === 0 || offsets < start || first > file.size) return null;
  const at = offsets + 4 * (hash(id) % buckets);
  if (!await file.has([[at, at + 8]])) return undefined;
  const [from, to] = [number(file.bytes(at, at + 4)), number(file.bytes(at + 4, at + 8))];
  if (from < first || to <= from || to > file.size || to - from > mostBucket) return null;
  if (!await file.has([[from, to]])) return undefined;
  const entry = find(file.bytes(from, to), utf8.encode(id));
  if (!entry) return null;
  const texts = [];
  for (let i = 2; i < entry.length; i += 4) texts.push(number(entry.subarray(i, i + 4)));
  const wanted = texts.filter((place, i) => place !== 0 || i % 2 === 0);
  if (wanted.some((place) => place < start || place + 2 > Math.min(offsets, place - (place % page) + page))) return null;
  if (!await file.has(wanted.map((place) => [place, place + 1]))) return undefined;
  return answer(file, texts, offsets, (entry[0] & 1) !== 0);
}

// number reads a little-endian uint32.
const number = (bytes) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);

// hash is FNV-1a, 32 bits.
function hash(id) {
  let sum = 0x811c9dc5;
  for (const byte of utf8.encode(id)) sum = Math.imul(sum ^ byte, 0x01000193);
  return sum >>> 0;
}

// find returns the entry of an id, from its flags on, in the entries of its bucket; null when it has none.
function find(entries, id) {
  for (let at = 0; at < entries.length;) {
    const flags = at + 1 + entries[at];
    const next = flags + 2 + 8 * entries[flags + 1];
    if (!(next <= entries.length)) return null;
    if (entries[at] === id.length && id.every((byte, i) => byte === entries[at + 1 + i])) return entries.subarray(flags, next);
    at = next;
  }
  return null;
}

// answer returns the list whose texts are those given, of each item its card and its reason; null when
// one of them is no text, or the list is too long.
function answer(file, texts, end, popular) {
  const bundle = Array.from(file.bytes(8, 40), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const parts = [utf8.encode(`{"bundle":"${bundle}","items":[`)];
  let size = parts[0].length;
  for (let i = 0; i < texts.length; i += 2) {
    const card = file.text(texts[i], end);
    const why = texts[i + 1] ? file.text(texts[i + 1], end) : undefined;
    if (!card || why === null || (size += card.length + (why?.length ?? 0)) > mostList) return null;
    if (i > 0) parts.push(comma);
    if (why) parts.push(card.subarray(0, -1), whyBegins, why, whyEnds);
    else parts.push(card);
  }
  return join([...parts, utf8.encode(popular ? '],"popular":true}' : ']}')]);
}

const [comma, whyBegins, whyEnds] = [',', ',"why":[', ']}'].map((one) => utf8.encode(one));
