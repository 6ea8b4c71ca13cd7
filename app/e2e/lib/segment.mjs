// A reader of what the edge stores, written from wasm/event/FORMAT.md alone, so
// that the browser tests do not depend on the code under test.

const text = new TextDecoder();

// decode reads one MessagePack value at an offset: [value, offset after it].
export function decode(b, at = 0) {
  const view = new DataView(b.buffer, b.byteOffset, b.byteLength);
  const tag = b[at++];
  const uint = (width) => {
    let n = 0;
    for (let i = 0; i < width; i++) n = n * 256 + view.getUint8(at++);
    return n;
  };
  const bytes = (n) => {
    if (at + n > b.length) throw new RangeError('torn');
    return b.subarray(at, at += n);
  };
  const list = (n) => Array.from({ length: n }, () => {
    let value;
    [value, at] = decode(b, at);
    return value;
  });
  const map = (n) => {
    const all = list(2 * n);
    return Object.fromEntries(Array.from({ length: n }, (_, i) => [all[2 * i], all[2 * i + 1]]));
  };
  const value = (() => {
    if (tag === undefined) throw new RangeError('torn');
    if (tag < 0x80) return tag;
    if (tag < 0x90) return map(tag & 15);
    if (tag < 0xa0) return list(tag & 15);
    if (tag < 0xc0) return text.decode(bytes(tag & 31));
    if (tag >= 0xe0) return tag - 256;
    switch (tag) {
      case 0xc4: case 0xc5: case 0xc6: return bytes(uint(1 << (tag - 0xc4)));
      case 0xca: return view.getFloat32((at += 4) - 4);
      case 0xcb: return view.getFloat64((at += 8) - 8);
      case 0xcc: case 0xcd: case 0xce: case 0xcf: return uint(1 << (tag - 0xcc));
      case 0xd9: case 0xda: case 0xdb: return text.decode(bytes(uint(1 << (tag - 0xd9))));
      case 0xdc: case 0xdd: return list(uint(2 << (tag - 0xdc)));
      case 0xde: case 0xdf: return map(uint(2 << (tag - 0xde)));
      default: throw new TypeError(`tag ${tag.toString(16)}`);
    }
  })();
  return [value, at];
}

const hex = (bytes) => bytes && Buffer.from(bytes).toString('hex');

// decodeEvent names the fields of an event, or of a dead letter if it is at
// least a map.
export function decodeEvent({ i, k, t, v, s, q, b, a, m, r, p, c, y, d, n, x, u }) {
  return {
    id: hex(i), kind: k, at: t, visitor: hex(v), session: hex(s), seq: q ?? 0, bundle: hex(b), arms: a, item: m, stars: r,
    place: p && { list: p.l, position: p.p, source: p.o, team: p.g, propensity: p.w }, cause: hex(c), layer: y, of: d, count: n, value: x, currency: u,
  };
}

// readSegment returns the records of a segment up to a torn tail:
// {received, sent, events: [map], letters: [{reason, id, raw}], erased}.
export function readSegment(segment) {
  const records = [];
  for (let at = 0; at < segment.length;) {
    let raw;
    try {
      [raw, at] = decode(segment, at);
    } catch (error) {
      if (error instanceof RangeError) break;
      throw error;
    }
    const [{ r, t, e = [], d = [], x }] = decode(raw);
    records.push({
      received: r, sent: t, events: e, erased: hex(x),
      letters: d.map(([reason, letter]) => ({ reason, raw: letter, id: hex(decode(letter)[0].i) })),
    });
  }
  return records;
}
