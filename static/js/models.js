// How the engine worker gets its model: <base>latest.json names the newest bundle by
// its SHA-256, <base>a/<sha256>.bundle is it. Bundles that an engine has opened are
// kept in Cache Storage, the current one and the one before; the key "models" of the
// store lists their hashes, newest first, and is written last: a download that fails
// at any point leaves it as it was. A model may name a second file, <sha256>.supplement,
// which comes after the first answer, once (supplement.js).

import { damaged, get, instead, unreachable } from './failure.js';
import { withCaches } from './platform.js';
import { sha256 } from './sha256.js';

export class Models {
  static #cache = 'sparrow-models';
  static #most = 1 << 28; // bytes; a larger figure in latest.json is a mistake
  static #patience = 30e3; // ms without a byte until a download counts as failed

  cache = 'no-store'; // how bundles are fetched: what is good is kept in Cache Storage, and what is bad must not be met again

  constructor(base, store) {
    this.base = base;
    this.store = store;
  }

  // fits reports whether a bundle can have this name and length.
  static fits({ hash, size }) { return /^[0-9a-f]{64}$/.test(hash) && Number.isInteger(size) && size > 0 && size <= Models.#most; }

  #url(hash, kind = 'bundle') { return `${this.base}a/${hash}.${kind}`; }

  #open() { return withCaches((all) => all.open(Models.#cache)); }

  // kept returns the models on this device as {hash, bytes}, the last good one first.
  // A model that was damaged on disk is left out.
  async kept() {
    const found = [];
    try {
      const cache = await this.#open();
      for (const hash of (await this.store.get('models')) ?? []) {
        const response = await cache?.match(this.#url(hash));
        const bytes = response && new Uint8Array(await response.arrayBuffer());
        if (bytes && await matches(bytes, hash)) found.push({ hash, bytes });
      }
    } catch (error) {
      console.warn('sparrow: no model storage:', error);
    }
    return found;
  }

  // keep stores a model that an engine has opened and forgets all but one other.
  async keep({ hash, bytes }) {
    try {
      const cache = await this.#open();
      if (!cache) return;
      await cache.put(this.#url(hash), new Response(bytes, { headers: { 'Content-Type': 'application/octet-stream' } }));
      let list;
      await this.store.update('models', (old = []) => (list = [hash, ...old.filter((other) => other !== hash)].slice(0, 2)));
      for (const request of await cache.keys()) {
        const ours = request.url.startsWith(new URL(this.base, location.href).href); // another site of the host has others
        if (ours && !list.some((kept) => [this.#url(kept), this.#url(kept, 'supplement')].some((url) => request.url.endsWith(url)))) await cache.delete(request);
      }
    } catch (error) {
      console.warn('sparrow: the model could not be stored:', error);
    }
  }

  // keptSupplement returns {url, bytes} of the second file {hash, size} where this device has it,
  // perhaps of another model; null for none.
  async keptSupplement(named) {
    const cache = await this.#open();
    return withCaches(() => this.#like(cache, named));
  }

  // supplement returns the second file of a model, which the model names {hash, size}: that of this
  // device, or the server's; it is kept then.
  async supplement(model, named) {
    const url = this.#url(model.hash, 'supplement');
    const cache = await this.#open();
    const kept = await this.keptSupplement(named);
    if (kept?.url.endsWith(url)) return kept.bytes;
    const bytes = kept?.bytes ?? (await this.download({ ...named, url }, () => {})).bytes;
    await cache?.put(url, new Response(bytes, { headers: { 'Content-Type': 'application/octet-stream' } }))
      .catch((error) => console.warn('sparrow: the second file of the model could not be stored:', error));
    return bytes;
  }

  // like returns {url, bytes} of a second file of this device with that hash; undefined for none.
  async #like(cache, { hash }) {
    for (const request of await cache.keys()) {
      if (!request.url.endsWith('.supplement')) continue;
      const bytes = new Uint8Array(await (await cache.match(request)).arrayBuffer());
      if (await matches(bytes, hash)) return { url: request.url, bytes };
    }
  }

  // latest returns the newest model's {hash, size}, and whether there is a trending.json.
  async latest(cache = 'no-cache') {
    const response = await get(`${this.base}latest.json`, { cache, signal: AbortSignal.timeout(Models.#patience) });
    let named;
    try {
      named = await response.json();
    } catch (cause) {
      throw instead(cause);
    }
    const { bundle: hash, bytes: size, trending = false } = named ?? {};
    if (!Models.fits({ hash, size })) throw damaged('latest.json names no bundle');
    return { hash, size, trending };
  }

  // download returns a model as {hash, bytes}, its checksum verified. It calls
  // progress(loaded, total) as bytes come in. A delta of a model before may fail for what is
  // damaged on this device: then all bytes are asked for, by a range, of which there is no delta.
  async download(named, progress, cache = this.cache) {
    try {
      return await this.#download(named, progress, { cache });
    } catch (failure) {
      if (!failure.delta) throw failure;
      console.warn('sparrow: once more, whole:', failure);
      return this.#download(named, progress, { cache, headers: { Range: 'bytes=0-' } });
    }
  }

  async #download({ hash, size, url = this.#url(hash) }, progress, options) {
    const stop = new AbortController();
    let timer = setTimeout(() => stop.abort(), Models.#patience);
    try {
      const response = await get(url, { ...options, signal: stop.signal });
      const delta = response.headers.get('Content-Encoding') === 'dcz';
      const bytes = new Uint8Array(size);
      let loaded = 0;
      progress(loaded, size);
      for (const reader = response.body.getReader(); ;) {
        const { done, value } = await reader.read().catch((cause) => { throw Object.assign(unreachable(cause), { delta }); });
        if (done) break;
        if (loaded + value.length > size) throw damaged(`${hash}: more than ${size} bytes`);
        bytes.set(value, loaded);
        loaded += value.length;
        progress(loaded, size);
        clearTimeout(timer);
        timer = setTimeout(() => stop.abort(), Models.#patience);
      }
      if (loaded < size) throw damaged(`${hash}: ${loaded} of ${size} bytes`);
      if (!await matches(bytes, hash)) throw damaged(`${hash}: the checksum does not match`);
      return { hash, bytes };
    } finally {
      clearTimeout(timer);
      stop.abort(); // frees the connection after an early end
    }
  }
}

const matches = async (bytes, hash) => await sha256(bytes) === hash;
