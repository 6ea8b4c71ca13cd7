// What the engine worker knows of experiments and of trends: <base>experiments.json, which
// is fetched only for a visitor who agreed to share, and <base>trending.json, where
// latest.json says that there is one. Both are kept for a start without a network.
import { encode } from './event.js';

export class Experiments {
  static #patience = 10e3; // ms
  visitor = null; // Uint8Array(16) of one who agreed
  #layers = [];
  #trends = [];

  constructor(base, store) {
    this.base = base;
    this.store = store;
  }

  // load takes what this device kept.
  async load() {
    ({ layers: this.#layers = [], trends: this.#trends = [] } = await this.store.get('experiments') ?? {});
  }

  // refresh asks the server, as far as there is something to ask for. What cannot be had
  // stays as it was.
  async refresh({ trending }) {
    const [experiments, trends] = await Promise.all([
      this.visitor ? this.#read('experiments.json', ({ layers }) => layers.every(whole) && layers) : [],
      trending ? this.#read('trending.json', ({ items }) => trendsOf(items)) : [],
    ]);
    const before = JSON.stringify([this.#layers, this.#trends]);
    if (experiments) this.#layers = experiments;
    if (trends) this.#trends = trends;
    if (JSON.stringify([this.#layers, this.#trends]) !== before) await this.store.put('experiments', { layers: this.#layers, trends: this.#trends });
  }

  // read returns what is in a small file of the server: nothing where that says that there is
  // none, or null when it could not be read, is of a later version, or is not what it
  // should be. An empty answer says nothing: anything on the way may give it.
  async #read(name, from) {
    try {
      const response = await fetch(this.base + name, { cache: 'no-cache', signal: AbortSignal.timeout(Experiments.#patience) });
      if (response.status === 404) return [];
      if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
      const read = await response.json();
      const found = (read.version ?? 1) === 1 && from(read);
      if (!found) throw new Error('not a file of this version');
      return found;
    } catch (cause) {
      console.info(`sparrow: no news of ${name}:`, cause);
      return null;
    }
  }

  // nothing reports whether an engine that was never enrolled knows as much.
  get nothing() { return !this.visitor && this.#trends.length === 0; }

  // bytes returns the enrolment as wasm/experiment decodes it. A layer that is still to
  // begin is left out: what the engine applies and what events name must be the same.
  bytes() {
    const now = Math.floor(Date.now() / 1000);
    const layers = this.visitor ? this.#layers.map(layerOf).filter(([, , , start]) => !(start > now)) : [];
    return encode([this.visitor, now, layers, this.#trends]);
  }
}

// trendsOf keeps what can be a trend, so that a mistake there costs no experiment.
const trendsOf = (items) => items.filter((one) => typeof one?.[0] === 'string' && one[1] > 0).map(([id, weight]) => [id, weight]).slice(0, 200);
// whole reports whether a layer can be sent to the engine, which looks more closely.
function whole(layer) {
  const [name, salt, share, start, end] = layerOf(layer);
  return [name, salt].every((text) => typeof text === 'string') && share >= 0 && start < end;
}
const layerOf = (l) => [l.name, l.salt, l.share, seconds(l.start), seconds(l.end), l.arms.map(armOf)];
const seconds = (text) => Date.parse(text) / 1000;
const armOf = (a) => [a.name, a.weight, a.bundle ?? '', a.bytes ?? 0, a.mix ? mixOf(a.mix) : null, a.variety ?? null, a.explore ?? null, a.interleave ?? null];
const mixOf = (m) => [m.transition ?? 0, m.popular ?? 0, m.trending ?? 0];
