// Feedback: what the visitor shares with the site, if they said yes. Before that nothing of
// it exists on the device, and nothing leaves it.
//
//   const feedback = await open({ base: '/v1/', bundle: '<sha256>' })
//   feedback.state() → 'off' | 'on' | 'never' (their browser asks for privacy, or cannot keep secrets)
//   feedback.allow(), deny(), erase() → Promise; erase also deletes what the edge has
//   feedback.track(kind, { item, stars, value, currency, count, list, position, source, team, propensity, layer }) → Promise
//   feedback.started(ms) or started(): the page could recommend after that time, or failed to
//   feedback.onstate((state, visitor) => …)   now and at each change; visitor is Uint8Array(16) or null
//   feedback.queue() → { events, bytes, mode: 'disk' | 'memory', made, acknowledged, dropped }
//   feedback.bundle, feedback.arms = [[layer, arm], …]   what the engine worker last said
import { bytes, hex, uuid } from './event.js';
import { Outbox, clock, limits } from './outbox.js';
import { Sender } from './outbox-sender.js';
import { observe } from './card-observer.js';

const renewal = 30 * 86400e3; // a visitor is somebody new after 30 days
const act = /^(rate|like|dislike|not-interested|watchlist|clear)$/; // no set: a page may have replaced what makes one, and its list needs no feedback
const remembered = 500; // items whose last card is known

export async function open(options = {}) {
  const feedback = new Feedback(options);
  await feedback.resume();
  return feedback;
}

class Feedback {
  bundle = null; // SHA-256 of the model that answers, as hex text
  arms = []; // [[layer, arm], …]
  #state = 'off';
  #listeners = [];
  #last = new Map(); // item → {place, cause, clicked}: the last card of it that was seen or followed
  #acts = []; // ids of what can be undone, the latest last
  #started = false; // whether that was recorded, or could have been
  #leaving = false; // the page is going away
  #watching = null; // ends watching the page
  #decided = Promise.resolve(); // decisions take effect one after the other

  constructor({ base = '/v1/', bundle = null, root = globalThis.document, watch = true, ...sender }) {
    this.bundle = bundle;
    this.root = root;
    this.watch = watch; // else the code that draws the cards tracks what happens to them
    this.outbox = new Outbox();
    this.outbox.onchange = () => this.resume();
    this.sender = new Sender(this.outbox, base, sender);
    if (!root) return;
    addEventListener('online', () => this.sender.urge());
    addEventListener('pagehide', () => {
      this.#leaving = true;
      this.sender.leave();
    });
    addEventListener('pageshow', () => { this.#leaving = false; });
    root.addEventListener('visibilitychange', () => (root.visibilityState === 'visible' ? this.sender.urge() : this.sender.leave()));
  }

  state() { return this.#state; }
  queue() { return this.outbox.count; }

  // onstate calls fn now and whenever the state or the visitor changes.
  onstate(fn) {
    this.#listeners.push(fn);
    fn(this.#state, this.outbox.visitor);
  }

  // resume takes up what this device has: consent, events, an erasure to be delivered.
  async resume() {
    const found = await this.outbox.open(false);
    if (never()) {
      const visitor = found && await this.outbox.read('visitor');
      if (visitor) await this.outbox.forget([], { past: await this.#secrets() });
      await this.#enter('never', null);
    } else {
      const visitor = found && await this.outbox.read('visitor');
      await this.#enter(visitor ? 'on' : 'off', visitor || null);
    }
    if (found) this.sender.wake(0);
  }

  allow() {
    return this.#decide(async () => {
      if (never() || this.#state === 'on') return;
      await this.outbox.open(true);
      const visitor = { secret: crypto.getRandomValues(new Uint8Array(16)), since: clock() };
      await this.outbox.change(true, async (t) => t.set('visitor', visitor));
      await this.#enter('on', visitor);
      this.outbox.tell('visitor');
    });
  }

  // deny stops sharing: what waits here is deleted. The secrets stay, in case they want
  // what they shared to be erased, too.
  deny() {
    return this.#decide(async () => {
      if (this.#state === 'on') await this.#forget([], { past: await this.#secrets() });
    });
  }

  // erase deletes what this device has, and has the edge delete what it has; when the edge
  // cannot be reached, as soon as it can.
  erase() {
    return this.#decide(async () => {
      if (!await this.outbox.open(false)) return;
      await this.#forget(await this.#secrets());
      this.sender.urge();
    });
  }

  #decide(act) {
    this.#decided = this.#decided.catch(() => {}).then(act);
    return this.#decided;
  }

  // forget makes and sends nothing more, and says so once the device will remember it.
  async #forget(secrets, keep) {
    this.sender.halt();
    this.outbox.visitor = null;
    await this.outbox.forget(secrets, keep);
    await this.#enter(never() ? 'never' : 'off', null);
  }

  // secrets returns all that this device has gone by.
  async #secrets() {
    const visitor = await this.outbox.read('visitor');
    return [...await this.outbox.read('past') ?? [], ...visitor ? [visitor.secret] : []];
  }

  async #enter(state, visitor) {
    if (visitor && stale(visitor)) visitor = await this.#renew() ?? null;
    if (state === 'on' && !visitor) state = 'off';
    this.outbox.visitor = visitor && await nameOf(visitor.secret);
    if (!visitor) {
      this.sender.halt();
      this.outbox.fresh.clear();
      this.#last.clear();
      this.#acts = [];
    }
    this.#state = state;
    if (state === 'on' && this.root && this.watch) this.#watching ??= observe(this.root, (what, card) => this.#see(what, card));
    else if (state !== 'on') this.#watching = this.#watching?.();
    for (const fn of this.#listeners) fn(state, this.outbox.visitor);
  }

  #renew() {
    return this.outbox.change(true, async (t) => {
      const visitor = await t.get('visitor');
      if (!visitor || !stale(visitor)) return visitor; // another tab was first
      t.set('past', [...await t.get('past') ?? [], visitor.secret]);
      t.set('session', undefined); // or it would tell that the two are one
      const next = { secret: crypto.getRandomValues(new Uint8Array(16)), since: clock() };
      t.set('visitor', next);
      return next;
    });
  }

  // track records an event and resolves when it is accepted, with its id as hex text; with
  // null when nothing is recorded.
  async track(kind, { item, stars, layer, ...at } = {}) {
    if (this.#state !== 'on') return null;
    const id = uuid(clock());
    const draft = { id, kind, at: clock(), arms: this.arms };
    if (this.bundle) draft.bundle = bytes(this.bundle);
    if (kind === 'exposure') draft.layer = layer;
    else if (kind === 'start') draft.value = at.value;
    else if (kind === 'undo') draft.cause = this.#acts.pop();
    else this.#describe(draft, String(item), stars, at);
    if (kind === 'undo' && !draft.cause) return null;
    if (act.test(kind)) this.#acts.push(id);
    const adding = this.outbox.add(draft);
    if (this.#leaving) this.sender.leave(); // there is no other moment
    const accepted = await adding;
    if (accepted) this.sender.wake(act.test(kind) || kind === 'undo' ? 1000 : 5000);
    return accepted ? hex(id) : null;
  }

  // started records how many ms the page took until it could recommend, undefined where that
  // failed; once a page, and of no hidden tab, which browsers slow down.
  started(ms) {
    if (this.#started || this.root?.visibilityState === 'hidden') return;
    this.#started = true;
    this.track('start', ms === undefined ? {} : { value: Math.max(1, Math.round(ms / 10)) });
  }

  // describe says where it happened, and what led to it.
  #describe(draft, item, stars, at) {
    const { kind, id } = draft;
    const last = this.#last.get(item);
    draft.item = item;
    if (kind === 'rate') draft.stars = stars;
    draft.value = at.value;
    draft.currency = at.currency;
    draft.count = at.count;
    if (kind !== 'impression' && (kind !== 'view' || last?.clicked)) draft.cause = last?.cause;
    if (kind !== 'view') draft.place = at.list ? { list: at.list, position: Number(at.position), source: at.source, team: at.team, propensity: Number(at.propensity) || 0 } : last?.place;
    if (kind !== 'impression' && kind !== 'click') return;
    this.#last.delete(item);
    this.#last.set(item, { place: draft.place, cause: id, clicked: kind === 'click' });
    if (this.#last.size > remembered) this.#last.delete(this.#last.keys().next().value);
  }

  // see records what happened to a card of the page.
  #see(kind, { item, layers, ...place }) {
    if (kind === 'impression') {
      for (const [layer] of this.arms) if (layers.includes(layer)) this.track('exposure', { layer });
    }
    this.track(kind, { item, ...place });
  }
}

// never reports whether this browser's visitor has asked not to be followed, or cannot be
// given a name that is worth keeping secret.
function never() {
  const { navigator } = globalThis;
  return navigator?.globalPrivacyControl === true || navigator?.doNotTrack === '1' || !globalThis.crypto?.subtle;
}

// stale reports whether a visitor's name is too old, by a clock that may have been set.
const stale = ({ since }) => Math.abs(clock() - since) > renewal;

// nameOf returns the visitor of a secret: the first 16 bytes of its SHA-256.
async function nameOf(secret) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', secret)).slice(0, 16);
}
