// What a list tells the edge once the visitor agreed: the same feedback as the app's, over the
// same outbox. A script of its own, for most pages never want it.
import { open as openFeedback } from '../js/feedback.js';
import { say } from './limits.js';

const base = new URL('../v1/', import.meta.url).href;

// What events say beside their item, by kind; FORMAT.md of wasm/event has the bounds.
const says = { __proto__: null, cart: 'value currency quantity', purchase: 'value currency quantity', return: 'quantity', play: 'value', read: 'value' };

// worth returns that as events have it: money, seconds and shares in hundredths. It throws where
// a page says what cannot be.
export function worth(kind, { value, currency, quantity, ...fields }) {
  const may = says[kind] ?? '';
  const no = (name, why) => { throw new RangeError(`${kind}: ${name} ${why}`); };
  if (value !== undefined && !may.includes('value')) no('value', 'is not of this kind');
  if (currency !== undefined && !may.includes('currency')) no('currency', 'is not of this kind');
  if (quantity !== undefined && !may.includes('quantity')) no('quantity', 'is not of this kind');
  const hundredths = Math.round(100 * (value ?? 0));
  if (!(hundredths >= 0 && hundredths <= (kind === 'read' ? 100 : 2 ** 32 - 1))) no('value', `is not a number from 0 to ${kind === 'read' ? 1 : '42,949,672'}`);
  if (currency !== undefined && !/^[a-z]{3}$/i.test(currency)) no('currency', 'is not three letters, like EUR');
  const count = Number(quantity ?? 0);
  if (!(Math.floor(count) === count && count >= 0 && count <= 10000)) no('quantity', 'is not a whole number from 0 to 10,000');
  return { ...fields, value: hundredths, currency: hundredths ? currency?.toUpperCase() : undefined, count };
}

export const open = async () => new Sharing(await openFeedback({ base, watch: false }));

class Sharing {
  #decided = Promise.resolve(); // what was decided last, once it is in force

  #engine; // that of the last decision

  constructor(feedback) { this.feedback = feedback; }

  // decide switches sharing on or off, and tells the engine who the visitor is: experiments
  // are for those who share.
  decide(granted, engine) {
    this.#engine = engine;
    this.#decided = this.#enact(granted, engine);
    return this.#decided;
  }

  async #enact(granted, engine) {
    const { feedback } = this;
    if (granted) {
      const plan = await engine.planned();
      if (plan.add?.consent) say('consent', plan);
      feedback.sender.onrefused = () => say('consent', {}, `this edge does not take feedback from ${self.origin}: its log names the flag to add`);
    }
    await (granted ? feedback.allow() : feedback.deny());
    engine.onarms = (arms) => { feedback.arms = arms; };
    const told = engine.tell({ type: 'visitor', visitor: feedback.outbox.visitor }).then(() => { feedback.bundle = engine.bundle || null; });
    if (engine.bundle) feedback.bundle = engine.bundle; // of a list that is shown before there is an engine
    else await told;
  }

  // track waits for a decision that is under way: the first list may be faster.
  async track(kind, fields) {
    await this.#decided.catch(() => {});
    if (kind === 'start') { // a list that is shown after ms, or could not be; an engine that has nothing to recommend did start
      if (fields.code !== 'filter' && (fields.code !== 'empty' || this.#engine?.mode === 'list')) this.feedback.started(fields.ms);
      return;
    }
    let event;
    try {
      event = worth(kind, fields);
    } catch (error) {
      console.warn(`sparrow: not shared: ${error.message}`);
      return;
    }
    await this.feedback.track(kind, event);
  }

  // tell records an act by its kind, or those that a click or a form of the page has in attributes.
  async tell(act, fields) {
    if (typeof act === 'string') return this.track(act, fields);
    if (act?.type === 'click') {
      const one = act.target.closest?.('[data-sparrow-record]:not(data)');
      if (one) this.#note(one);
    } else if (act) {
      const all = act.target.querySelectorAll('data[data-sparrow-record]');
      for (let i = 0; i < all.length; i++) this.#note(all[i]);
    }
  }

  #note({ dataset: of }) {
    this.track(of.sparrowRecord, { item: of.sparrowItem, value: of.sparrowValue, currency: of.sparrowCurrency, quantity: of.sparrowQuantity });
  }

  // exposed says which experiments a list that was seen depends on.
  exposed(layers, arms) {
    for (const [layer] of arms) if (layers.includes(layer)) this.track('exposure', { layer });
  }

  erase() { return this.feedback.erase(); }
}
