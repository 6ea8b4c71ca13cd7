// MessagePack read in place, as strictly as wasm/event reads it: lengths are checked against
// what is left, texts must be UTF-8, nothing is allocated that the check does not need.

const utf8 = new TextDecoder('utf-8', { fatal: true });

export class Refusal extends Error {}

export class Reader {
  constructor(bytes, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
    this.end = end;
  }

  // take moves on by n bytes and returns where they begin.
  take(n) {
    const at = this.at;
    if (n > this.end - at) throw new Refusal(`byte ${at}: cut off`);
    this.at = at + n;
    return at;
  }

  byte() { return this.bytes[this.take(1)]; }

  // big reads a length of 1, 2 or 4 bytes.
  big(n) {
    const at = this.take(n);
    if (n === 1) return this.bytes[at];
    return n === 2 ? this.view.getUint16(at) : this.view.getUint32(at);
  }

  map() {
    const tag = this.byte();
    if (tag >> 4 === 8) return this.fits(tag & 15, 2);
    if (tag === 0xde || tag === 0xdf) return this.fits(this.big(tag === 0xde ? 2 : 4), 2);
    return this.wants('map', tag);
  }

  array() {
    const tag = this.byte();
    if (tag >> 4 === 9) return this.fits(tag & 15, 1);
    if (tag === 0xdc || tag === 0xdd) return this.fits(this.big(tag === 0xdc ? 2 : 4), 1);
    return this.wants('array', tag);
  }

  fits(n, size) {
    if (n * size > this.end - this.at) throw new Refusal(`byte ${this.at}: ${n} values do not fit`);
    return n;
  }

  wants(what, tag) { throw new Refusal(`byte ${this.at - 1}: want ${what}, got type 0x${tag.toString(16)}`); }

  // bin returns the length of a byte string and leaves its beginning in this.start.
  bin() {
    const tag = this.byte();
    if (tag < 0xc4 || tag > 0xc6) this.wants('bytes', tag);
    const n = this.big(1 << (tag - 0xc4));
    this.start = this.take(n);
    return n;
  }

  // text returns the length of a string in bytes and leaves its beginning in this.start.
  text() {
    const tag = this.byte();
    let n;
    if (tag >> 5 === 5) n = tag & 31;
    else if (tag >= 0xd9 && tag <= 0xdb) n = this.big(1 << (tag - 0xd9));
    else this.wants('text', tag);
    this.start = this.take(n);
    for (let i = this.start; i < this.at; i++) {
      if (this.bytes[i] >= 0x80) {
        this.foreign();
        break;
      }
    }
    return n;
  }

  // foreign checks a text that is not ASCII.
  foreign() {
    try {
      utf8.decode(this.bytes.subarray(this.start, this.at));
    } catch {
      throw new Refusal(`byte ${this.start}: not UTF-8`);
    }
  }

  string() {
    const n = this.text();
    let s = '';
    for (let i = this.start; i < this.start + n; i++) s += String.fromCharCode(this.bytes[i]);
    return s;
  }

  int() {
    const tag = this.byte();
    if (tag < 0x80) return tag;
    if (tag >= 0xe0) return tag - 256;
    switch (tag) {
      case 0xcc: case 0xcd: case 0xce: return this.big(1 << (tag - 0xcc));
      case 0xcf: return Number(this.view.getBigUint64(this.take(8)));
      case 0xd0: return this.view.getInt8(this.take(1));
      case 0xd1: return this.view.getInt16(this.take(2));
      case 0xd2: return this.view.getInt32(this.take(4));
      case 0xd3: return Number(this.view.getBigInt64(this.take(8)));
      default: return this.wants('integer', tag);
    }
  }

  float() {
    const tag = this.byte();
    if (tag === 0xca) return this.view.getFloat32(this.take(4));
    if (tag === 0xcb) return this.view.getFloat64(this.take(8));
    this.at--;
    return this.int();
  }

  // skip moves over one value of any type.
  skip() {
    for (let left = 1; left > 0; left--) {
      const tag = this.byte();
      if (tag < 0x80 || tag >= 0xe0 || tag === 0xc0 || tag === 0xc2 || tag === 0xc3) continue;
      if (tag < 0x90) left += 2 * this.fits(tag & 15, 2);
      else if (tag < 0xa0) left += this.fits(tag & 15, 1);
      else if (tag < 0xc0) this.take(tag & 31);
      else if (tag >= 0xc4 && tag <= 0xc6) this.take(this.big(1 << (tag - 0xc4)));
      else if (tag >= 0xc7 && tag <= 0xc9) this.take(this.big(1 << (tag - 0xc7)) + 1);
      else if (tag === 0xca) this.take(4);
      else if (tag === 0xcb) this.take(8);
      else if (tag >= 0xcc && tag <= 0xd3) this.take(1 << ((tag - 0xcc) & 3));
      else if (tag >= 0xd4 && tag <= 0xd8) this.take((1 << (tag - 0xd4)) + 1);
      else if (tag >= 0xd9 && tag <= 0xdb) this.take(this.big(1 << (tag - 0xd9)));
      else if (tag === 0xdc || tag === 0xdd) left += this.fits(this.big(tag === 0xdc ? 2 : 4), 1);
      else if (tag === 0xde || tag === 0xdf) left += 2 * this.fits(this.big(tag === 0xde ? 2 : 4), 2);
      else this.wants('value', tag);
    }
  }
}
