// The outbox: an event that it accepted survives the tab, the browser and the network, and
// is deleted only once the edge has said that it is durable there. What it cannot keep it
// counts by kind and reports as events of kind "dropped".
import { encodeEvent, hex, uuid } from './event.js';
import { Disk, Memory } from './outbox-store.js';
import { channelTo } from './platform.js';

const day = 86400e3;
export const limits = { events: 5000, bytes: 2 << 20, age: 14 * day, session: 30 * 60e3, batch: 50, body: 60e3 };

// What gives way first when the outbox is full: 0, then 1; 2 never does.
const rankOf = (kind) => ({ impression: 0, click: 1, view: 1, exposure: 1 })[kind] ?? 2;

const nothing = () => ({ made: 0, acknowledged: 0, dropped: 0, events: 0, bytes: 0 });

// clock returns Unix milliseconds that only grow while the page lives, no matter who sets the
// device's clock meanwhile. Where a browser lets it stand still while the device sleeps, what
// waited through the night seems to have happened in the morning, still in its order.
export const clock = () => Math.round(performance.timeOrigin + performance.now());

// An Outbox counts as it goes, in the transaction of every change:
// made = acknowledged + dropped + events (those still in it).
export class Outbox {
  visitor = null; // whose events are made, Uint8Array(16)
  onchange = () => {}; // another tab, or the browser, changed who the visitor is
  onword = () => {}; // another tab was told to wait, or leaves
  fresh = new Map(); // what this page made and the edge has not acknowledged: id → record
  #disk = null;
  #memory = new Memory();
  #failed = false; // whether the disk refused the latest write
  #refused = false; // whether it refused to open: what there is is in memory
  #sums = new Map(); // store → what its newest transaction of this page counted
  #drafts = []; // [{draft, resolve}] not yet written
  #current = []; // those being written
  #writing = false;
  #session = null; // as the latest transaction left it
  #channel;

  constructor({ now = clock, caps = limits, disk = (create) => Disk.open(create), channel = channelTo('sparrow-outbox') } = {}) {
    Object.assign(this, { now, caps, openDisk: disk });
    this.#channel = channel;
    if (!channel) return;
    channel.onmessage = ({ data }) => {
      if (data === 'visitor') return this.onchange();
      if (!data.done) return this.onword(data);
      for (const id of data.done) this.fresh.delete(id);
    };
  }

  // open finds the outbox of this device. With create it makes one if there is none, else
  // it leaves no trace and returns false.
  async open(create) {
    if (this.#disk) return true;
    try {
      this.#disk = await this.openDisk(create);
      if (!this.#disk) return this.#refused;
      this.#disk.onclose = () => {
        this.#disk = null;
        this.onchange();
      };
      await this.#on(this.#disk, false, async (t) => { this.#session = await t.get('session') ?? null; });
    } catch (error) {
      this.#refused = true;
      console.warn('sparrow: feedback is kept in memory only:', error);
    }
    return true;
  }

  get stores() { return this.#disk ? [this.#disk, this.#memory] : [this.#memory]; }
  get mode() { return this.#disk && !this.#failed ? 'disk' : 'memory'; }

  // count is what the newest transactions of this page saw.
  get count() {
    const all = nothing();
    for (const store of this.stores) for (const name of Object.keys(all)) all[name] += this.#sums.get(store)?.[name] ?? 0;
    return { ...all, mode: this.mode };
  }

  // audit counts again, what other tabs did included.
  async audit() {
    for (const store of this.stores) await this.#on(store, false, async () => {});
    return this.count;
  }

  // add gives an event {id, kind, at, …} to the outbox, which adds visitor, session and
  // sequence number. The promise resolves when the event is accepted: with true, or false
  // for an exposure that this session has already shown.
  add(draft) {
    return new Promise((resolve) => {
      this.#drafts.push({ draft: { ...draft, visitor: this.visitor }, resolve });
      if (!this.#writing) this.#writeAll();
    });
  }

  async #writeAll() {
    this.#writing = true;
    await null; // what one task makes goes into one transaction; so does what comes while one runs
    while (this.#drafts.length) {
      this.#current = this.#drafts.splice(0);
      const drafts = this.#current.map(({ draft }) => draft);
      const kept = await this.change(drafts.some(({ kind }) => rankOf(kind) === 2), (t) => this.#seal(t, drafts)).catch((error) => {
        console.error('sparrow: feedback lost:', error); // a mistake of those who made it: no store refuses twice
        return new Set();
      });
      this.#current.forEach(({ draft, resolve }) => resolve(kept.has(draft)));
      this.#current = [];
    }
    this.#writing = false;
  }

  // change is a transaction on disk, or in memory when the disk refuses.
  async change(strict, work) {
    if (this.#disk) {
      try {
        const value = await this.#on(this.#disk, strict, work);
        this.#failed = false;
        return value;
      } catch (error) {
        if (!this.#failed) console.warn('sparrow: feedback goes on in memory:', error);
        this.#failed = true;
      }
    }
    return this.#on(this.#memory, strict, work);
  }

  // on runs a transaction on one of the stores and remembers its sum.
  async #on(store, strict, work) {
    let sum;
    const value = await store.transact(strict, async (t) => {
      const done = await work(t);
      sum = await t.get('sum');
      return done;
    });
    this.#sums.set(store, { ...sum ?? nothing() });
    return value;
  }

  async #seal(t, drafts) {
    const session = await this.#renew(t);
    const sum = await t.get('sum') ?? nothing();
    const kept = new Set();
    for (const draft of drafts) {
      if (!draft.visitor || (draft.kind === 'exposure' && session.exposed.includes(draft.layer))) continue;
      if (draft.kind === 'exposure') session.exposed.push(draft.layer);
      const [id, record] = sealed(draft, session);
      t.put(id, record);
      this.fresh.set(id, record);
      kept.add(draft);
      sum.made++;
      sum.events++;
      sum.bytes += record.bytes.length;
    }
    t.set('session', session);
    this.#session = structuredClone(session);
    for (const rank of [0, 1]) {
      while (sum.events > this.caps.events || sum.bytes > this.caps.bytes) {
        const excess = await t.lowest(rank, Math.max(1, sum.events - this.caps.events));
        if (!excess.length) break;
        await this.#remove(t, sum, excess, 'dropped');
      }
    }
    t.set('sum', sum);
    return kept;
  }

  async #renew(t) {
    const now = this.now();
    const session = await t.get('session');
    if (session && now - session.at <= this.caps.session) return Object.assign(session, { at: now });
    return { id: uuid(now), seq: 0, at: now, exposed: [] };
  }

  // remove takes records out and books them as acknowledged or dropped.
  async #remove(t, sum, pairs, how) {
    t.drop(pairs.map(([id]) => id));
    const drops = how === 'dropped' ? await t.get('drops') ?? {} : null;
    for (const [id, { kind, bytes: { length } }] of pairs) {
      this.fresh.delete(id);
      sum[how]++;
      sum.events--;
      sum.bytes -= length;
      if (drops && kind !== 'dropped') drops[kind] = (drops[kind] ?? 0) + 1;
    }
    if (drops) t.set('drops', drops);
  }

  // next returns the oldest events of a store that fit one request, as {ids, at, events,
  // more}, all of one visitor and one clock (at is its latest time, more tells that there are
  // others); null when there is none. Those beyond their age are dropped, and drops become
  // events first.
  next(store, most) {
    return this.#on(store, false, async (t) => {
      const sum = await t.get('sum');
      if (!sum) return null;
      let found = await t.first(most);
      const old = found.filter(([, { at }]) => at < this.now() - this.caps.age);
      if (old.length) await this.#remove(t, sum, old, 'dropped');
      t.set('sum', sum);
      const drops = await t.get('drops');
      if (drops && this.visitor) {
        t.set('drops', undefined);
        await this.#seal(t, Object.entries(drops).map(([of, count]) => ({ id: uuid(this.now()), kind: 'dropped', at: this.now(), visitor: this.visitor, of, count })));
      }
      if (drops || old.length) found = await t.first(most);
      let room = this.caps.body - 32;
      const [, { visitor, at: from } = {}] = found[0] ?? [];
      const end = found.findIndex(([, record], i) => record.visitor !== visitor || Math.abs(record.at - from) > this.caps.age || ((room -= record.bytes.length) < 0 && i > 0));
      return found.length ? { ...pack(end < 0 ? found : found.slice(0, end)), more: end >= 0 || found.length === most } : null;
    });
  }

  // done takes the events of a batch out, for the edge has answered.
  async done(store, ids, how) {
    await this.#on(store, false, async (t) => {
      const sum = await t.get('sum');
      if (!sum) return; // erased meanwhile
      await this.#remove(t, sum, await t.read(ids), how);
      t.set('sum', sum);
    });
    for (const id of ids) this.fresh.delete(id);
    this.tell({ done: ids });
  }

  // leaving returns what this page made and no one acknowledged as batches for its last
  // moment, room bytes in all, without what the sender has under way. Events still being written are among
  // them: their numbers are a guess that the device's next visit sends again or confirms.
  leaving(sending, room = this.caps.body) {
    const open = [...this.fresh];
    const session = this.#session ? structuredClone(this.#session) : { id: uuid(this.now()), seq: 0 };
    const unwritten = [...this.#current, ...this.#drafts].map(({ draft }) => draft);
    open.push(...unwritten.filter(({ id, kind, visitor }) => visitor && kind !== 'exposure' && !this.fresh.has(hex(id))).map((draft) => sealed(draft, session)));
    const mine = this.visitor && hex(this.visitor);
    const left = open.filter(([id, { visitor }]) => visitor === mine && !sending.has(id));
    const batches = [];
    while (left.length && room > 0) {
      const some = left.splice(0, this.caps.batch).filter(([, record]) => (room -= record.bytes.length + 1) > 32);
      if (some.length) batches.push(pack(some));
    }
    return batches;
  }

  // read returns some of the kept values: {visitor, past, erase, wait}.
  async read(key) {
    for (const store of this.stores) {
      const value = await this.#on(store, false, (t) => t.get(key)).catch(() => undefined);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  // forget deletes everything on this device. The secrets, if any, stay until the edge
  // has been told to erase what it has of them; keep are values that stay too.
  async forget(secrets, keep = {}) {
    this.fresh.clear();
    for (const { resolve } of this.#drafts.splice(0)) resolve(false);
    const pending = await this.#on(this.#memory, true, async (t) => {
      const left = await t.get('erase') ?? [];
      t.wipe();
      return left;
    });
    await this.change(true, async (t) => { // all at once: a crash in between must not lose a secret
      const wait = await t.get('wait');
      const all = [...await t.get('erase') ?? [], ...pending, ...secrets];
      t.wipe();
      if (wait?.hard) t.set('wait', wait);
      if (all.length) t.set('erase', all);
      for (const [key, value] of Object.entries(keep)) t.set(key, value);
    });
    if (this.#disk && this.#failed) { // too full for the list of secrets, but not for deleting
      await this.#on(this.#disk, true, async (t) => t.wipe()).catch((error) => console.warn('sparrow: feedback could not be deleted:', error));
    }
    this.#session = null;
    this.tell('visitor');
  }

  // tell gives the other tabs a message: 'visitor' (is another now), {wait}, {wake: ms} or {done: ids}.
  tell(message) { this.#channel?.postMessage(message); }
}

function sealed(draft, session) {
  const record = { rank: rankOf(draft.kind), kind: draft.kind, at: draft.at, visitor: hex(draft.visitor) };
  record.bytes = encodeEvent({ ...draft, session: session.id, seq: session.seq++ });
  return [hex(draft.id), record];
}

function pack(pairs) {
  return { ids: pairs.map(([id]) => id), at: Math.max(...pairs.map(([, { at }]) => at)), events: pairs.map(([, record]) => record.bytes) };
}
