// The elements. A list waits until it comes near the view, asks the engine, shows the answer, and tells the page what happens.
import { learnt } from './acts.js';
import { decide, exposed, forget, tell, track } from './consent.js';
import { clear, each, engineOf, told } from './engine.js';
import { failure } from './failure.js';
import { cards, group, takeover } from './later.js';
import { names, one, questionOf, texts } from './question.js';
import { sequence } from './safe.js';
import { Seen } from './seen.js';
import { View, addressOf } from './view.js';
import { codeOf, english, wordsOf } from './words.js';

const fieldsOf = (item, details) => ({ item: String(item), ...typeof details === 'object' ? details : { stars: details } });

class List extends HTMLElement {
  static observedAttributes = sequence(names);
  static erase = eraseEverything;
  static record = (action, item, details) => tell(action, fieldsOf(item, details)); // on a page without a list

  items = []; // what is shown: {id, title, year, genres, image, url}
  #view = null;
  #near = null; // looks out for the view coming near
  #cards = null; // the script that makes them
  #words = null; // what it says, as say.js puts it together, or the English heading and buttons alone; null until it has come
  #seen = new Seen(); // of its cards
  #due = false; // what an attribute changed is drawn at the end of this task
  #shows = ''; // what an answer shows in place of the kind: 'popular' where nothing is known of the item
  #stale = false; // an attribute asks for other items, or a question is under way
  #turn = 0; // the number of the newest question
  #era = 0; // what was erased before it
  #mend = new MutationObserver(() => requestAnimationFrame(() => { // not at once: two that mend the same would never end
    if (this.isConnected && this.items.length && !this.#view.whole(this.#template)) this.#show();
  }));

  // In WebKit a constructor that is not written down reads by the iterator of Array.prototype, which the page may have replaced.
  constructor() { super(); }

  get limit() { return Math.min(50, Math.max(1, Math.floor(this.getAttribute('limit')) || 10)); }
  set limit(value) { this.setAttribute('limit', value); }
  get personal() { return this.hasAttribute('personal') && this.getAttribute('personal') !== 'false'; }
  set personal(value) { this.toggleAttribute('personal', !!value); }
  get engine() { return engineOf(this.src, one(this.mode, 'auto', 'inline', 'frame')); }
  get #kind() { return this.localName.slice(8); } // of sparrow-similar: similar
  get #about() { return one(this.#kind, '', 'similar', 'together'); } // the list is for an item
  get #template() {
    const own = this.querySelector(':scope > template[slot="card"]');
    if (!own || own.content.firstChild) return own;
    takeover().then(({ empty }) => empty(own), () => {}); // and the usual cards
  }
  get language() { return this.lang || this.closest('[lang]')?.lang || document.documentElement.lang || 'en'; }

  connectedCallback() {
    if (!this.#view) {
      this.#view = new View(this);
      for (let i = 0; i < names.length; i++) this.#adopt(names[i]);
    }
    this.#view.dress();
    if (codeOf(this.language) === 'en' && !this.words) this.#words ??= english;
    this.#draw();
    this.#mend.observe(this, { childList: true, subtree: true });
    live.add(this);
    if (this.items.length && !this.#stale && this.#era === era) return this.#reword(); // it was but moved
    this.items = [];
    this.#view.wait(this.limit);
    this.#near = new IntersectionObserver((entries) => {
      if (!entries[entries.length - 1].isIntersecting) return;
      this.#near.disconnect();
      this.#ask();
    }, { rootMargin: '100% 0px' });
    this.#near.observe(this.#view.base);
  }

  // adopt takes a property over that the page has set before there was this class.
  #adopt(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  disconnectedCallback() {
    this.#near?.disconnect();
    this.#mend.disconnect();
    live.delete(this);
    this.#seen.stop();
    this.#turn++;
  }

  attributeChangedCallback(name, before, after) {
    if (before === after || !this.#view) return;
    if (!one(name, '', 'heading', 'theme', 'layout', 'link', 'currency', 'words', this.titles || 'lang')) this.#stale = true;
    if (this.#due || !this.isConnected) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      this.#draw();
      if (!this.#turn) return;
      if (this.#stale) this.#ask();
      else this.#reword();
    });
  }

  // speak brings the script that makes cards, and the words of the list's language.
  async #speak() {
    const code = codeOf(this.language);
    const words = wordsOf(code);
    try {
      this.#cards = await cards();
    } catch {
      throw failure('network', 'the script that makes cards did not come');
    }
    this.#words = this.#cards.spoken(await words, code, this.words, this);
  }

  // reword shows what is there in the words of now.
  async #reword() {
    const turn = this.#turn;
    await this.#speak();
    if (turn !== this.#turn) return;
    this.#draw();
    this.#show();
  }

  #draw() {
    const words = this.#words;
    this.#view.frame({
      words: words?.around ?? {}, dir: this.dir ? '' : words?.dir ?? '', heading: this.heading || (words?.around[this.#shows || this.#kind] ?? ''), lang: this.language,
      layout: one(this.layout, 'row', 'grid', 'list'), theme: one(this.theme, 'auto', 'light', 'dark'),
    });
  }

  // refresh asks again, and the engine at once. What is shown stays until there is an answer.
  refresh() {
    this.engine.hurry();
    return this.#ask(this.items[0] && this);
  }

  // ask shows a list made in advance, or what is shown already, until there is an engine, and then what that answers.
  async #ask(shown) {
    if (!this.#view) return; // it was never on a page
    this.#draw();
    const turn = ++this.#turn;
    this.#stale = true;
    this.#era = era;
    const began = performance.now();
    const drawing = this.#speak();
    drawing.catch(() => {}); // it is heard of below
    let early = shown;
    let leave; // ends this list's turn among those of its group
    try {
      const { engine } = this;
      const question = questionOf(this, this.#kind, this.#about);
      const enter = async () => {
        leave?.();
        if (this.group) leave = await (await group()).enter(this, live, question);
      };
      await enter();
      if (!question.advance) engine.hurry(); // what suits most is another list than what suits this visitor, or what is left of it
      else early ??= await engine.early(question, navigator.connection?.saveData && !this.personal);
      if (this.personal && !forgotten) engine.remember();
      decide(this.consent, engine);
      await drawing;
      if (turn !== this.#turn) return;
      if (early != shown) this.#take(early, 'list', began);
      this.#stale = true; // the engine's word is to come
      leave?.();
      await engine.start();
      await enter();
      const answer = await engine.ask(question);
      await drawing;
      if (turn !== this.#turn) return;
      if (!answer.items.length) throw failure('empty', 'nothing to recommend');
      const same = early && await (await takeover()).alike(early.items, answer.items, this);
      if (turn !== this.#turn) return;
      this.#take(answer, engine.mode, began, early, same);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#stale = false;
      if (early && error.code !== 'empty') return; // it stays
      this.#shows = '';
      this.items = [];
      this.#view.fail();
      if (error.code === 'filter') console.warn(`sparrow: ${error.message}`, this);
      this.#tell('error', { code: error.code ?? 'engine', message: error.message });
    } finally {
      leave?.();
    }
  }

  // take shows an answer. After an early one, cards that show the same stay, and an item that stays in its place is not seen again.
  #take(answer, mode, began, early, same) {
    const before = this.items;
    this.#stale = false;
    if (!early) this.#seen.counted = {};
    this.items = answer.items;
    this.layers = answer.layers;
    this.#shows = this.#about ? answer.shows : '';
    this.#draw();
    if (!same) {
      for (let i = 0; i < before.length; i++) if (before[i].id !== this.items[i]?.id) this.#seen.counted[i] = false;
      this.#show(early);
    }
    if (!early && this.#kind === 'similar') this.#note('view', this.item).catch(() => {});
    this.#tell('ready', { items: this.items, alike: this.#shows !== 'popular', shows: this.#shows || this.#kind, mode, bundle: this.engine.bundle, ms: performance.now() - began });
  }

  // record notes what the visitor has done with an item: 'like', 'dislike', 'rate' with stars from 0.5 to 5 in halves, 'view',
  // 'not-interested', or 'clear' to take it back; 'cart', 'purchase', 'return', 'play' and 'read' with {value, currency, quantity}.
  record(action, item, details) {
    this.engine.hurry();
    return this.#note(action, item, details);
  }

  async #note(action, item, details) {
    track(action, fieldsOf(item, details));
    action = learnt[action] ?? action;
    if (!this.personal || !action) return;
    forgotten = false;
    this.engine.remember();
    await this.engine.ask({ verb: 'act', item: String(item), action, stars: fieldsOf(item, details).stars });
  }

  // show draws the items; stay keeps the place and the focus that the list has.
  #show(stay) {
    if (!this.items.length) return;
    this.#view.show(this.items, {
      stay,
      words: this.#words, lang: this.language, layout: this.layout, currency: this.currency, address: addressOf(this.link), cards: this.#cards,
      template: this.#template, chosen: (event, i) => this.#chosen(event, i),
    });
    this.#seen.watch(this.#view.items, (i) => this.#impressed(i));
  }

  #chosen(event, i) {
    const anchor = event.composedPath()[0].closest?.('a[href]');
    const card = anchor ?? event.composedPath()[0].closest?.('button');
    if (!card) return;
    track('click', this.#place(i));
    if (!this.#tell('select', { item: this.items[i], position: i + 1, href: anchor?.href ?? '', event })) event.preventDefault();
  }

  // place says of a card where it stands, as events do.
  #place(i) {
    const { id, source, team, propensity } = this.items[i];
    return { item: id, list: `widget-${this.#kind}`, position: i + 1, source, team, propensity };
  }

  #impressed(i) {
    if (!this.items[i]) return;
    exposed(this.layers, this.engine.arms);
    track('impression', this.#place(i));
    this.#tell('impression', { item: this.items[i], position: i + 1 });
  }

  // tell sends an event from this element and returns whether no one objected.
  #tell(name, detail) {
    return this.dispatchEvent(new CustomEvent(`sparrow:${name}`, { bubbles: true, composed: true, cancelable: name === 'select', detail }));
  }
}

for (let i = 0; i < texts; i++) {
  Object.defineProperty(List.prototype, names[i], {
    configurable: true,
    get() { return this.getAttribute(names[i]) ?? ''; },
    set(value) { value === null || value === undefined ? this.removeAttribute(names[i]) : this.setAttribute(names[i], typeof value === 'object' ? JSON.stringify(value) : value); },
  });
}

// define makes an element of each kind.
export const define = (kind) => customElements.define(`sparrow-${kind}`, class extends List { constructor() { super(); } });

const live = new Set(); // the lists on the page, those in other components' shadow roots too
let forgotten = false; // since then the visitor has done nothing
let era = 0; // how often everything was erased

// eraseEverything forgets the visitor: at the edge, in every engine of this page, and in what an earlier page has kept.
export async function eraseEverything() {
  await forget();
  const waiting = [];
  each((engine) => { waiting[waiting.length] = engine.forget(); });
  if (!waiting.length) waiting[0] = clear();
  for (let i = 0; i < waiting.length; i++) await waiting[i];
  forgotten = true;
  era++;
  await again();
}

told.again = again;

// again asks once more for all lists.
async function again() {
  const asked = [];
  live.forEach((list) => { asked[asked.length] = list.refresh(); });
  for (let i = 0; i < asked.length; i++) await asked[i];
}
