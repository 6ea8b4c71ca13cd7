// What the edge stored, read back: MessagePack as it comes, and segments as FORMAT.md of
// wasm/event has them.

const utf8 = new TextDecoder();

// decode returns the value at the beginning of bytes and how many bytes it took. A map becomes
// an object, bytes a Uint8Array.
export function decode(bytes, at = 0) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = at;
  const uint = (n) => {
    const from = at;
    at += n;
    return n === 1 ? view.getUint8(from) : n === 2 ? view.getUint16(from) : n === 4 ? view.getUint32(from) : Number(view.getBigUint64(from));
  };
  const take = (n) => {
    if (at + n > bytes.length) throw new RangeError('torn');
    at += n;
    return bytes.subarray(at - n, at);
  };
  const list = (n) => Array.from({ length: n }, () => value());
  const pairs = (n) => {
    const object = {};
    for (; n > 0; n--) {
      const key = value();
      object[key] = value();
    }
    return object;
  };
  function value() {
    const tag = uint(1);
    if (tag < 0x80) return tag;
    if (tag >= 0xe0) return tag - 256;
    if (tag < 0x90) return pairs(tag & 15);
    if (tag < 0xa0) return list(tag & 15);
    if (tag < 0xc0) return utf8.decode(take(tag & 31));
    if (tag >= 0xc4 && tag <= 0xc6) return take(uint(1 << (tag - 0xc4))).slice();
    if (tag === 0xca || tag === 0xcb) {
      at += tag === 0xca ? 4 : 8;
      return tag === 0xca ? view.getFloat32(at - 4) : view.getFloat64(at - 8);
    }
    if (tag >= 0xcc && tag <= 0xcf) return uint(1 << (tag - 0xcc));
    if (tag >= 0xd9 && tag <= 0xdb) return utf8.decode(take(uint(1 << (tag - 0xd9))));
    if (tag === 0xdc || tag === 0xdd) return list(uint(tag === 0xdc ? 2 : 4));
    if (tag === 0xde || tag === 0xdf) return pairs(uint(tag === 0xde ? 2 : 4));
    throw new TypeError(`type 0x${tag.toString(16)} at byte ${at - 1}`);
  }
  return [value(), at - start];
}

// records reads a segment.
export function records(segment) {
  const found = [];
  for (let at = 0; at < segment.length;) {
    const [raw, length] = decode(segment, at);
    found.push(decode(raw)[0]);
    at += length;
  }
  return found;
}

// ids returns the ids of the good events of records, as text.
export const ids = (list) => list.flatMap((record) => (record.e ?? []).map((event) => hex(event.i)));

export const hex = (bytes) => Buffer.from(bytes).toString('hex');
