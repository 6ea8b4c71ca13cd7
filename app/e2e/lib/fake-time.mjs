// A world for outboxes without a browser: a clock that jumps from timer to
// timer, memory in place of a disk, and a server that is a function.
import { Outbox, limits } from '../../../static/js/outbox.js';
import { Memory } from '../../../static/js/outbox-store.js';
import { Sender } from '../../../static/js/outbox-sender.js';
import { uuid } from '../../../static/js/event.js';
import { decode, decodeEvent } from './segment.mjs';

// random is a generator of numbers from 0 to 1 that a seed determines: mulberry32.
export function random(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class Clockwork {
  now = 1.8e12;
  #timers = [];
  #latest = 0;

  schedule = (fn, ms) => {
    const timer = { at: this.now + Math.max(0, ms), order: this.#latest++, fn };
    this.#timers.push(timer);
    return timer;
  };

  unschedule = (timer) => { this.#timers = this.#timers.filter((one) => one !== timer); };

  // run advances the clock by ms, with everything that happens meanwhile.
  async run(ms) {
    const end = this.now + ms;
    for (;;) {
      await new Promise(setImmediate); // whatever can happen without time passing
      const next = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (!next) break;
      this.unschedule(next);
      this.now = Math.max(this.now, next.at);
      next.fn();
    }
    this.now = end;
  }

  // client is a tab of a device: {outbox, sender, add, kill}. server(path, events or secret, now) returns a
  // status, {status, again} or throws.
  async client(server, { seed = 1, caps = {}, disk = new Memory(), visitor = new Uint8Array(16).fill(7) } = {}) {
    const now = () => this.now;
    const outbox = new Outbox({ now, caps: { ...limits, ...caps }, disk: async () => disk, channel: null });
    await outbox.open(true);
    outbox.visitor = visitor;
    let alive = true;
    const schedule = (fn, ms) => this.schedule(() => alive && fn(), ms);
    const send = async (path, body) => {
      const answer = await server(path, path === 'events' ? decode(body)[0].e.map(decodeEvent) : body, this.now, body);
      if (!alive) await new Promise(() => {}); // nothing receives its answer any more
      const { status, again = null } = typeof answer === 'object' ? answer : { status: answer };
      return { ok: status >= 200 && status < 300, status, again };
    };
    const sender = new Sender(outbox, '', { send, random: random(seed), schedule, unschedule: this.unschedule, locks: { request: (name, work) => work() } });
    const add = async (kind, fields = { item: '1' }) => {
      const id = uuid(this.now);
      await outbox.add({ id, kind, at: this.now, ...fields });
      sender.wake(1000);
      return Buffer.from(id).toString('hex');
    };
    return { outbox, sender, add, disk, kill: () => { alive = false; } };
  }
}

// balanced reports whether a count's sums agree.
export const balanced = (sum) => sum.made === sum.acknowledged + sum.dropped + sum.events;
