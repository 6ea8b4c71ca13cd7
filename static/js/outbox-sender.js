// The sender empties an outbox: one tab at a time, oldest first, erasures before all else,
// never earlier than the edge asked for.
import { encodeBatch } from './event.js';
import { limits } from './outbox.js';

const base = 1e3;
const cap = 300e3;

// post sends bytes and returns {ok, status, again}: ok means that the edge has taken them for
// good (any 200 may come from a hotel's sign-in page), again is how many milliseconds it wants
// to be left alone, null when it did not say.
export async function post(url, body, { keepalive = false, patience = 30e3, signal } = {}) {
  const enough = AbortSignal.timeout(patience);
  const response = await fetch(url, {
    method: 'POST', body, keepalive, credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store', redirect: 'error',
    headers: { 'Content-Type': 'text/plain' }, // no preflight
    signal: signal && AbortSignal.any ? AbortSignal.any([signal, enough]) : enough,
  });
  const { status, headers } = response;
  await response.arrayBuffer().catch(() => {}); // until it is read, the request counts among those that outlive the page
  return { ok: status === 202 || status === 204, status, again: retryAfter(headers) };
}

// retryAfter reads seconds or a date (RFC 9110, section 10.2.3); a date against the edge's
// own clock where it can be seen.
export function retryAfter(headers, now = Date.now()) {
  const text = headers.get('Retry-After')?.trim();
  if (!text) return null;
  const ms = /^\d+$/.test(text) ? text * 1000 : Date.parse(text) - (Date.parse(headers.get('Date')) || now);
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

// A Sender wakes by itself after failures; tell it of new events by wake. All that it
// needs from outside can be replaced: post, random, and schedule (setTimeout's signature).
export class Sender {
  #timer = null; // {at, handle}
  #running = false;
  #again = false; // asked for while running
  #wait = null; // {from, until, hard, tries} after a failure; hard means that the edge said so
  #most = limits.batch; // halved while the edge refuses batches
  #refused = 0; // single events in a row that the edge refused
  #sending = new Set(); // ids under way
  #flying = 0; // bytes of requests that outlive the page
  #leaving = Promise.resolve(); // until what leave sent is answered, where the page was but hidden
  #stop = new AbortController();

  constructor(outbox, url, { send = post, random = Math.random, schedule = setTimeout, unschedule = clearTimeout, locks = globalThis.navigator?.locks, patience = 30e3 } = {}) {
    Object.assign(this, { outbox, url, send, random, schedule, unschedule, locks, patience });
    this.name = crypto.randomUUID?.() ?? String(random());
    this.onrefused = () => {}; // the edge does not take what this site sends
    outbox.onword = ({ wait, wake }) => (wait ? this.#wait = wait : this.wake(wake));
  }

  // wake has the outbox emptied after ms at the latest.
  wake(ms) {
    const at = this.outbox.now() + ms;
    if (this.#timer && this.#timer.at <= at) return;
    if (this.#timer) this.unschedule.call(globalThis, this.#timer.handle);
    const handle = this.schedule.call(globalThis, () => {
      this.#timer = null;
      this.#run();
    }, Math.min(ms, 2 ** 31 - 1));
    this.#timer = { at, handle };
  }

  // urge wakes it now: the network or the visitor is back. Only what the edge asked for
  // is still waited for.
  urge() {
    if (this.#wait && !this.#wait.hard) this.#wait.until = 0;
    this.wake(0);
  }

  async #run() {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    let next;
    try {
      next = await this.#alone(async () => {
        for (;;) {
          const ms = await this.#step();
          if (ms !== 0) return ms;
        }
      });
    } catch (error) {
      console.warn('sparrow: feedback waits:', error);
      next = cap;
    }
    this.#running = false;
    if (this.#again) next = 0;
    this.#again = false;
    if (next !== null) this.wake(next);
  }

  // alone runs work while no other tab does.
  async #alone(work) {
    if (this.locks) {
      let began = false;
      const begin = () => {
        began = true;
        return work();
      };
      try {
        return await this.locks.request('sparrow-outbox', begin);
      } catch (error) {
        if (began) throw error; // else the browser has locks, but none for this page
      }
    }
    const lease = (ms) => this.outbox.change(false, async (t) => {
      const now = this.outbox.now();
      const held = await t.get('lease');
      const left = held && held.name !== this.name ? held.until - now : 0;
      if (left > 0 && left <= 3 * this.patience) return left;
      t.set('lease', ms ? { name: this.name, until: now + ms } : undefined);
      return 0;
    });
    const taken = await lease(2 * this.patience);
    if (taken) return taken;
    const renewing = setInterval(() => lease(2 * this.patience).catch(() => {}), this.patience);
    try {
      return await work();
    } finally {
      clearInterval(renewing);
      await lease(0);
    }
  }

  // step makes at most one request. It returns 0 to go on, the milliseconds to wait, or
  // null when there is nothing left.
  async #step() {
    await this.#leaving;
    const left = await this.#left();
    if (left > 0) return left;
    const { stores } = this.outbox;
    for (const store of stores) {
      const [secret, ...rest] = await store.transact(false, (t) => t.get('erase')) ?? [];
      if (!secret) continue;
      return this.#settle(await this.#try('erase', secret), () => store.transact(true, async (t) => t.set('erase', rest.length ? rest : undefined)));
    }
    for (const store of stores) {
      const batch = await this.outbox.next(store, this.#most);
      if (!batch) continue;
      for (const id of batch.ids) this.#sending.add(id);
      const answer = await this.#try('events', encodeBatch(Math.max(this.outbox.now(), batch.at), batch.events));
      for (const id of batch.ids) this.#sending.delete(id);
      if (answer.status === 400 || answer.status === 413) {
        if (batch.ids.length > 1) {
          this.#most = batch.ids.length >> 1;
          return 0;
        }
        await this.outbox.done(store, batch.ids, 'dropped');
        return ++this.#refused < 5 ? 0 : this.#settle(answer); // not the events may be wrong, but the edge
      }
      const wait = await this.#settle(answer, () => {
        this.#most = Math.min(limits.batch, 2 * this.#most);
        this.#refused = 0;
        return this.outbox.done(store, batch.ids, 'acknowledged');
      });
      if (wait > 0 || batch.more) return wait;
    }
    return null; // what came meanwhile has set a timer of its own
  }

  // try makes a request, which outlives the page where that is still within the 64 KB that
  // a browser allows all of those of a page.
  async #try(path, body) {
    const keepalive = this.#flying + body.length <= limits.body;
    if (keepalive) this.#flying += body.length;
    try {
      const answer = await this.send(this.url + path, body, { keepalive, patience: this.patience, signal: this.#stop.signal });
      if (answer.status === 403) this.onrefused();
      return answer;
    } catch {
      return { ok: false, status: 0, again: null };
    } finally {
      if (keepalive) this.#flying -= body.length;
    }
  }

  // settle books a success, or works out how long to wait: a moment up to 1 s · 2ⁿ by chance
  // ("full jitter"), or what the edge says and up to as much again, so that no two clients
  // march in step.
  async #settle({ ok, again }, booked) {
    if (ok) {
      await booked();
      if (this.#wait) await this.#keep(null);
      return 0;
    }
    const now = this.outbox.now();
    const tries = (this.#wait?.tries ?? 0) + 1;
    const spread = Math.min(cap, again || base * 2 ** (tries - 1));
    const ms = Math.ceil((again ?? 0) + this.random() * spread);
    await this.#keep({ from: now, until: now + ms, hard: again > 0, tries });
    return Math.max(1, ms);
  }

  async #keep(wait) {
    this.#wait = wait;
    if (wait?.hard) this.outbox.tell({ wait });
    await this.outbox.change(false, async (t) => t.set('wait', wait ?? undefined));
  }

  // left returns how long to wait still, other tabs' failures included. A wait that began in
  // the future comes from a clock that was set back since: it counts from now.
  async #left() {
    const kept = await this.outbox.read('wait');
    if (kept && (!this.#wait || kept.from > this.#wait.from)) this.#wait = kept;
    if (!this.#wait) return 0;
    const now = this.outbox.now();
    const { from, until } = this.#wait;
    if (from > now + 60e3) await this.#keep({ ...this.#wait, from: now, until: now + until - from });
    return this.#wait.until - now;
  }

  // leave sends what this page has made in its last moment. Nothing is deleted unless an
  // answer still arrives; else the next visit sends it again, and the edge's reader knows it.
  leave() {
    this.outbox.tell({ wake: 1000 }); // the other tabs see to it that it arrived
    if (this.#wait?.hard && this.#wait.until > this.outbox.now()) return;
    for (const { ids, at, events } of this.outbox.leaving(this.#sending, limits.body - this.#flying)) {
      const body = encodeBatch(Math.max(this.outbox.now(), at), events);
      if (!('keepalive' in Request.prototype)) {
        navigator.sendBeacon?.(`${this.url}events`, new Blob([body], { type: 'text/plain' }));
        continue;
      }
      for (const id of ids) this.#sending.add(id);
      const answered = this.#try('events', body).then(async (answer) => {
        for (const id of ids) this.#sending.delete(id);
        if (answer.ok || answer.again > 0) {
          await this.#settle(answer, async () => {
            for (const store of this.outbox.stores) await this.outbox.done(store, ids, 'acknowledged');
          });
        }
      }).catch(() => {}); // the events are still in the outbox
      this.#leaving = Promise.all([this.#leaving, answered]);
    }
  }

  // halt breaks off what is under way: the visitor wants nothing sent any more.
  halt() {
    this.#stop.abort();
    this.#stop = new AbortController();
  }
}
