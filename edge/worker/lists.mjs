// Lists of similar items, from the object similar.lists: ../LISTS.md has its format and what a
// reader refuses.

const name = 'similar.lists';
const path = /^\/v1\/similar\/([^/]+)\.json$/;
const start = 12; // where the offsets begin
const mostBucket = 1 << 20;
const mostID = 255;
const utf8 = new TextEncoder();

// itemOf returns the id of the item whose list has this address, which is as it was sent,
// percent-encoded; null when no list can have it.
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

// readOnce is readList, with undefined when the object was replaced.
async function readOnce(bucket, id) {
  const object = await bucket.get(name, { range: { offset: 0, length: start } }).catch(async (error) => {
    if ((await bucket.head(name))?.size === 0) return null; // which has no range
    throw error;
  });
  if (!object) return null;
  const part = async (offset, length) => {
    const found = await bucket.get(name, { range: { offset, length }, onlyIf: { etagMatches: object.etag } });
    return found?.body ? new Uint8Array(await found.arrayBuffer()) : undefined;
  };
  const head = new Uint8Array(await object.arrayBuffer());
  if (head.length !== start || new TextDecoder().decode(head.subarray(0, 8)) !== 'SPRWLST1') return null;
  const buckets = number(head, 8);
  const first = start + 4 * (buckets + 1);
  if (buckets === 0 || first > object.size) return null;
  const offsets = await part(start + 4 * (hash(id) % buckets), 8);
  if (!offsets) return undefined;
  const [from, to] = [number(offsets, 0), number(offsets, 4)];
  if (from < first || to <= from || to > object.size || to - from > mostBucket) return null;
  const lines = await part(from, to - from);
  return lines && find(lines, id);
}

// number reads a little-endian uint32.
const number = (bytes, at) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);

// hash is FNV-1a, 32 bits.
function hash(id) {
  let sum = 0x811c9dc5;
  for (const byte of utf8.encode(id)) sum = Math.imul(sum ^ byte, 0x01000193);
  return sum >>> 0;
}

// find returns the list of an id in the lines of its bucket, or null. An id has no characters that
// JSON.stringify writes otherwise than the file does.
function find(lines, id) {
  const key = utf8.encode(`${JSON.stringify(id)}\t`);
  for (let at = 0, end; (end = lines.indexOf(10, at)) >= 0; at = end + 1) {
    const line = lines.subarray(at, end);
    if (key.every((byte, i) => byte === line[i])) return line.subarray(key.length);
  }
  return null;
}
