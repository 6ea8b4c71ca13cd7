// One running engine, as the engine worker uses it.
import 'wasm_exec.js'; // of the toolchain that compiled it
import { full, start } from './wasm.js';

// Engine is one running instance of a program that exports wasm/exports. Bytes go in through its inbox and
// come out through its outbox; both move when its memory grows, so no view is kept.
export class Engine {
  enrolled = false;

  static async start(module) {
    const go = new Go();
    const instance = await start(module, go.importObject);
    go.run(instance); // comes back with the exports ready to be called
    return new Engine(go, instance.exports);
  }

  constructor(go, exports) {
    this.go = go;
    this.exports = exports;
  }

  // full reports whether it ended for want of memory.
  get full() { return this.go.exited && full(this.exports.mem); }

  #put(bytes) {
    const at = this.exports.buffer(bytes.length) >>> 0;
    new Uint8Array(this.exports.mem.buffer, at, bytes.length).set(bytes);
    return bytes.length;
  }

  #take(length) {
    if (this.go.exited) throw new Error('the engine ended');
    return new Uint8Array(this.exports.mem.buffer, this.exports.outbox() >>> 0, length).slice();
  }

  #text(length) { return new TextDecoder().decode(this.#take(length)); }

  #check(length) {
    if (length !== 0) throw new Refusal(this.#text(length));
  }

  open(bundle) { this.#check(this.exports.open(this.#put(bundle))); }

  // lacks returns {hash, size} of the second file of the open model, which extend takes; null where
  // none is missing.
  lacks() {
    const name = this.#take(this.exports.lacks());
    if (!name.length) return null;
    const hash = Array.from(name.subarray(0, 32), (byte) => byte.toString(16).padStart(2, '0')).join('');
    return { hash, size: Number(new TextDecoder().decode(name.subarray(32))) };
  }

  extend(supplement) { this.#check(this.exports.extend(this.#put(supplement))); }
  load(profile) { this.#check(this.exports.load(this.#put(profile))); }
  profile() { return this.#take(this.exports.profile()); }

  // recall adds what journal returned to the profile that was loaded last; profile leaves it out.
  recall(journal) { this.#check(this.exports.recall(this.#put(journal))); }
  journal() { return this.#take(this.exports.journal()); }

  // take hands a request over and returns whether it may change the profile; answer answers
  // the one that was handed over last.
  take(request) { return this.exports.take(this.#put(request)) === 1; }
  answer() { return this.#take(this.exports.answer()); }

  // prepare does a piece of what the answer to that request needs, and returns whether more
  // is left.
  prepare() { return this.exports.prepare() === 1; }

  // idle does a piece of what later answers need, and returns whether more is left.
  idle() { return this.exports.idle() === 1; }

  // live gives the engine a live overlay, as MessagePack (encode of event.js makes it of the
  // JSON), and returns lines about what of it does nothing.
  live(overlay) {
    const length = this.exports.live(this.#put(overlay));
    if (length < 0) throw new Refusal(this.#text(-length));
    return this.#text(length).split('\n').slice(0, -1);
  }

  // enroll says who the visitor is and which experiments there are (experiments.js makes
  // the bytes), and returns [{layer, arm, hash, size}] of the layers that they are in now.
  enroll(enrolment) {
    const length = this.exports.enroll(this.#put(enrolment));
    if (length < 0) throw new Refusal(this.#text(-length));
    return this.#text(length).split('\n').slice(0, -1).map((line) => {
      const [layer, arm, hash, size] = line.split('\t');
      return { layer, arm, hash, size: Number(size) };
    });
  }
}

// Refusal is the engine's own word on bytes it cannot use. Any other error that comes
// out of an Engine means that the instance is gone.
export class Refusal extends Error {}
