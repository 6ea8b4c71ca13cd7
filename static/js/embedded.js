// What the engine worker does otherwise for a widget on somebody else's page: questions and
// answers are plain values, which no script of that page takes part in packing, and the
// model stays in the browser's own HTTP cache, so that nothing of the page's storage is used.
import { encode, float32 } from './event.js';
import { Models } from './models.js';

// pack turns a question {verb, item, k, action, stars, filter, min, max, diversity, repeat, brand, badge, titles, exclude: ids, pin: ids} into
// the bytes of a request, as wasm/protocol reads it. A verb that acts on an item says so by its action.
export function pack({ verb, item, k, action, stars, filter, min, max, diversity, repeat, brand, badge, titles, exclude, pin }) {
  const now = Math.floor(Date.now() / 1000);
  const entry = action && { i: item, a: action, s: stars ? float32(stars) : undefined, t: now };
  return encode({ v: verb, i: action ? undefined : item, f: filter, x: exclude, p: pin, h: max, l: min, t: diversity, j: repeat, b: brand, a: badge, u: titles, k, y: float32(-1), e: entry ? [entry] : undefined, n: now });
}

const reader = new TextDecoder();

// What the console says where popular items stand in for a list of the catalog's, by its verb.
const lacks = {
  new: 'no item that may be shown has a year of the last three, nor is it new in the live overlay (a column year in items.csv says it)',
  trending: 'no item that may be shown is trending, neither in trending.json nor in the interactions (they need their times)',
};

// unpack turns the bytes of an answer to a verb into {items, layers, shows, error}. The bytes are the
// engine's own. shows says what the list is in the end: 'together', 'similar', 'next', 'recent', 'trending', 'new', or 'popular'
// where nothing is known; '' where the question says that already.
export function unpack(bytes, verb) {
  const { c: cards = [], l: layers = [], e: error, w: shows = '', u: unknown = [], np: unpinned = [] } = new Reader(bytes).value();
  if (unknown.length) console.warn(`sparrow: not in the catalog, and not used: ${unknown.join(', ')}`);
  if (unpinned.length) console.warn(`sparrow: pinned, and not shown, being sold out, hidden, excluded, disliked or not what the filter keeps, or for want of places: ${unpinned.join(', ')}`);
  if (lacks[verb] && shows === 'popular') console.warn(`sparrow: ${lacks[verb]}; popular items are shown`);
  return {
    items: cards.map(({ i: id, t: title = '', y: year = 0, g: genres = [], p: image = '', u: url = '', r: why = [], o: origin = {}, e: price = null, n: currency = '', b: brand = [], d: badge = [] }) => ({
      id, title, year, genres, image, url, price, currency, brand, badge, why: why.map(({ k: kind, t = '', n: names = [] }) => ({ kind, title: t, names })),
      source: origin.s ?? '', team: origin.t ?? '', propensity: origin.p ?? 0,
    })),
    layers,
    shows,
    error: error && { code: error.c, text: error.t },
  };
}

// Reader reads the MessagePack that package wire writes.
export class Reader {
  #at = 0;

  constructor(bytes) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  value() {
    const tag = this.view.getUint8(this.#at++);
    if (tag < 0x80) return tag;
    if (tag < 0x90) return this.#map(tag & 15);
    if (tag < 0xa0) return this.#list(tag & 15);
    if (tag < 0xc0) return this.#text(tag & 31);
    if (tag >= 0xe0) return tag - 256;
    switch (tag) {
      case 0xc0: return null;
      case 0xc2: case 0xc3: return tag === 0xc3;
      case 0xca: return this.view.getFloat32(this.#skip(4));
      case 0xcb: return this.view.getFloat64(this.#skip(8));
      case 0xcc: case 0xcd: case 0xce: return this.#uint(1 << (tag - 0xcc));
      case 0xcf: return Number(this.view.getBigUint64(this.#skip(8)));
      case 0xd0: return this.view.getInt8(this.#skip(1));
      case 0xd1: return this.view.getInt16(this.#skip(2));
      case 0xd2: return this.view.getInt32(this.#skip(4));
      case 0xd3: return Number(this.view.getBigInt64(this.#skip(8)));
      case 0xd9: case 0xda: case 0xdb: return this.#text(this.#uint(1 << (tag - 0xd9)));
      case 0xdc: case 0xdd: return this.#list(this.#uint(2 << (tag - 0xdc)));
      case 0xde: case 0xdf: return this.#map(this.#uint(2 << (tag - 0xde)));
      default: throw new TypeError(`no answer: tag ${tag.toString(16)}`);
    }
  }

  // skip moves on by so many bytes and returns where they begin.
  #skip(width) { return (this.#at += width) - width; }

  #uint(width) {
    let n = 0;
    for (let i = 0; i < width; i++) n = n * 256 + this.bytes[this.#at++];
    return n;
  }

  #text(length) { return reader.decode(this.bytes.subarray(this.#at, this.#skip(length) + length)); }
  #list(length) { return Array.from({ length }, () => this.value()); }
  #map(length) { return Object.fromEntries(Array.from({ length }, () => [this.value(), this.value()])); }
}

// CachedModels keeps no model but in the HTTP cache. The first latest() takes what is there,
// however old; a page that wants news asks again.
export class CachedModels extends Models {
  cache = 'force-cache';
  stale = true; // whether the latest word may be an old one

  async kept() { return []; }
  async keep() {}

  async latest() {
    if (!this.stale) return super.latest();
    const named = await super.latest('force-cache');
    this.stale = false;
    return named;
  }

  // download fetches a model again when the cache holds a damaged one, and the model that the
  // server names now when the one that the cache names is gone.
  async download(named, progress) {
    try {
      return await super.download(named, progress);
    } catch (failure) {
      if (failure.code === 'integrity' || failure.code === 'page') return super.download(named, progress, 'reload');
      const now = await super.latest();
      if (now.hash === named.hash) throw failure;
      return super.download(now, progress);
    }
  }
}
