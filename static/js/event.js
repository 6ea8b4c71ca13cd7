// Events as bytes: MessagePack in the shortest form of every value, as wasm/event reads
// it (FORMAT.md there names the fields), and the ids that events go by.

const utf8 = new TextEncoder();

// Packed is a value that is MessagePack already.
export class Packed {
  constructor(bytes) { this.bytes = bytes; }
}

// float32 marks a number that goes out as a float of four bytes, also when it is whole.
export const float32 = (x) => new Float32Array([x]);

// encode returns the MessagePack of null, booleans, numbers (whole ones as integers, others
// as float64), strings, Uint8Array (bin), arrays, plain objects and Maps (map; entries that
// are undefined are left out), float32(x) and Packed.
export function encode(value) {
  const out = [];
  put(out, value);
  return Uint8Array.from(out);
}

function put(out, value) {
  if (value === null) out.push(0xc0);
  else if (typeof value === 'boolean') out.push(value ? 0xc3 : 0xc2);
  else if (typeof value === 'number') putNumber(out, value);
  else if (typeof value === 'string') {
    const bytes = utf8.encode(value);
    if (bytes.length < 32) out.push(0xa0 | bytes.length);
    else sized(out, 0xd9, bytes.length, 0);
    append(out, bytes);
  } else if (value instanceof Packed) append(out, value.bytes);
  else if (value instanceof Uint8Array) {
    sized(out, 0xc4, value.length, 0);
    append(out, value);
  } else if (value instanceof Float32Array) {
    out.push(0xca);
    float(out, 4, (view) => view.setFloat32(0, value[0]));
  } else if (Array.isArray(value)) {
    head(out, 0x90, 0xdc, value.length);
    for (const one of value) put(out, one);
  } else {
    const entries = (value instanceof Map ? [...value] : Object.entries(value)).filter(([, held]) => held !== undefined);
    head(out, 0x80, 0xde, entries.length);
    for (const [key, held] of entries) {
      put(out, key);
      put(out, held);
    }
  }
}

function putNumber(out, value) {
  if (!Number.isSafeInteger(value)) {
    out.push(0xcb);
    float(out, 8, (view) => view.setFloat64(0, value));
  } else if (value >= 0x80) sized(out, 0xcc, value, 0);
  else if (value >= -32) out.push(value & 0xff);
  else {
    let i = 0;
    while (i < 3 && value < -(2 ** (8 * 2 ** i - 1))) i++;
    out.push(0xd0 + i);
    big(out, value, 2 ** i);
  }
}

// head begins an array or a map of n.
function head(out, short, long, n) {
  if (n < 16) out.push(short | n);
  else sized(out, long, n, 1);
}

// sized appends n in the shortest of the forms of one byte, two, four and eight whose tags
// follow each other, or from two bytes on when first is 1.
function sized(out, tag, n, first) {
  let i = first;
  while (i < 3 && n >= 2 ** (8 * 2 ** i)) i++;
  out.push(tag + i - first);
  big(out, n, 2 ** i);
}

// big appends n in so many bytes, highest first; negative numbers as two's complement.
function big(out, n, bytes) {
  for (let i = bytes - 1; i >= 0; i--) out.push(Math.floor(n / 2 ** (8 * i)) & 0xff);
}

function float(out, bytes, set) {
  const view = new DataView(new ArrayBuffer(bytes));
  set(view);
  append(out, new Uint8Array(view.buffer));
}

function append(out, bytes) {
  for (const byte of bytes) out.push(byte);
}

// encodeEvent returns the bytes of one event {id, kind, at, visitor, session, seq, bundle,
// arms: [[layer, arm]], item, stars, place: {list, position, source, team, propensity},
// cause, layer, of, count, value in hundredths, currency}. What is zero, empty or missing is left out.
export function encodeEvent(e) {
  const p = e.place;
  return encode({
    i: e.id, k: e.kind, t: e.at, v: e.visitor, s: e.session, q: e.seq || undefined, b: e.bundle ?? undefined,
    a: e.arms?.length ? new Map([...e.arms].sort(([a], [b]) => (a < b ? -1 : 1))) : undefined,
    m: e.item || undefined, r: e.stars ? float32(e.stars) : undefined,
    p: p ? { l: p.list, p: p.position, o: p.source || undefined, g: p.team || undefined, w: p.propensity ? float32(p.propensity) : undefined } : undefined,
    c: e.cause ?? undefined, y: e.layer || undefined, d: e.of || undefined, n: e.count || undefined, x: e.value || undefined, u: e.currency || undefined,
  });
}

// encodeBatch returns the body of one request: events as encodeEvent gave them, and the
// moment of sending, Unix milliseconds on the clock of the events' times.
export const encodeBatch = (sent, events) => encode({ v: 1, t: sent, e: events.map((bytes) => new Packed(bytes)) });

// hex writes bytes as text.
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

// bytes reads what hex wrote.
export const bytes = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

let last = 0; // the millisecond of the latest id
let count = 0; // ids of that millisecond count up from a random start

// uuid returns a UUIDv7 (RFC 9562, section 5.7) greater than all that this page made
// before, whatever the clock does: the twelve bits after the time are a counter (6.2, method 1).
export function uuid(now = Date.now()) {
  const id = crypto.getRandomValues(new Uint8Array(16));
  if (now >= last + 1) {
    last = Math.floor(now);
    count = ((id[6] & 7) << 8) | id[7];
  } else if (++count > 0xfff) {
    last++;
    count = 0;
  }
  for (let i = 0; i < 6; i++) id[i] = Math.floor(last / 2 ** (8 * (5 - i))) & 0xff;
  id[6] = 0x70 | (count >> 8);
  id[7] = count & 0xff;
  id[8] = 0x80 | (id[8] & 0x3f);
  return id;
}
