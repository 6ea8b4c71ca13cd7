// What a list looks like, in its shadow root: a heading, buttons, cards. All of it is made of
// elements and texts, never of markup.
import { el } from './node.js';
import { fill, link, sequence } from './safe.js';
import css from './widget.css';

let sheet; // one for all lists of a document
let dressed; // that document

function slot(name, kid) {
  const made = el('slot', '', kid);
  if (name) made.name = name;
  return made;
}

export class View {
  constructor(host) {
    this.host = host;
    this.heading = el('h2', 'heading');
    this.previous = this.#step('previous', -1);
    this.next = this.#step('next', 1);
    this.steps = el('div', 'steps', this.previous, this.next);
    this.list = el('ul', 'list');
    this.list.role = 'list';
    this.fallback = el('div', 'fallback', slot('fallback', slot('list', slot(''))));
    this.base = el('div', 'base', el('div', 'head', slot('header', this.heading), this.steps), this.list, this.fallback);
    this.base.role = 'group';
    this.list.onkeydown = (event) => this.#key(event);
    this.list.onscroll = () => this.#ends();
    new ResizeObserver(() => this.#ends()).observe(this.list);
    this.cards = []; // the elements that are focused, in order
    this.items = []; // those that hold a card each
  }

  #step(part, by) {
    const button = el('button', part);
    button.type = 'button';
    button.onclick = () => this.list.scrollBy({ left: by * this.#forward() * 0.9 * this.list.clientWidth });
    return button;
  }

  // forward is 1, or -1 where lines run from right to left.
  #forward() { return getComputedStyle(this.list).direction === 'rtl' ? -1 : 1; }

  #ends() {
    if (this.base.dataset.state !== 'ready') return;
    const { scrollLeft, clientWidth, scrollWidth } = this.list;
    const at = Math.abs(scrollLeft);
    this.previous.disabled = at < 2;
    this.next.disabled = at > scrollWidth - clientWidth - 2;
    this.steps.hidden = scrollWidth <= clientWidth + 2;
  }

  // dress puts the list and its sheet, which is lost on the way to another document, into the
  // element. A browser without such sheets leaves what is between the tags as it is.
  dress() {
    const { host } = this;
    const page = host.ownerDocument;
    if (dressed !== page) {
      sheet = new page.defaultView.CSSStyleSheet();
      sheet.replaceSync(css);
      dressed = page;
    }
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = sequence([sheet]);
    root.append(this.base);
  }

  // frame draws what stands around the cards.
  frame({ heading, words, lang, dir, layout, theme }) {
    this.heading.textContent = heading;
    this.base.ariaLabel = heading;
    this.base.lang = lang;
    this.base.dir = dir;
    this.base.dataset.layout = layout;
    this.base.dataset.theme = theme;
    this.previous.ariaLabel = words.previous;
    this.next.ariaLabel = words.next;
  }

  // wait shows the rows that the page came with, else as many blank cards as there will be, of
  // their size.
  wait(count) {
    this.#clear();
    this.base.dataset.state = 'waiting';
    this.list.ariaBusy = 'true';
    const rows = slot('list');
    this.list.append(rows);
    for (let i = 0; i < count; i++) {
      const item = el('li', 'blank');
      item.ariaHidden = 'true';
      rows.append(item);
    }
    this.steps.hidden = true;
  }

  // fail shows what the page has put inside of the element, or nothing at all.
  fail() {
    this.#clear();
    this.base.dataset.state = 'failed';
  }

  // show draws items, with cards of cards.js. template is the page's own card, or null; address makes an
  // address of an item; chosen(event, i) hears of clicks; with stay, focus and place stay.
  show(items, { template, cards, address, chosen, stay, ...look }) {
    const { scrollLeft } = this.list;
    let focused = -1;
    for (let i = 0; i < this.cards.length; i++) if (this.cards[i].matches(':focus')) focused = i;
    this.#clear();
    this.base.dataset.state = 'ready';
    this.list.ariaBusy = 'false';
    if (template) this.list.append(slot('card'));
    for (let i = 0; i < items.length; i++) {
      const href = link(address(items[i]));
      const item = template ? cards.own(template, items[i], href, look) : el('li', 'item', cards.card(items[i], href, look));
      const stop = item.querySelector('a[href], button');
      if (stop) this.#focusable(stop);
      item.onclick = (event) => chosen(event, i);
      (template ?? this.list).append(item);
      this.items[i] = item;
    }
    if (stay) {
      this.list.scrollTo({ left: scrollLeft, behavior: 'instant' });
      this.cards[focused]?.focus({ preventScroll: true });
    }
    requestAnimationFrame(() => this.#ends()); // not in this task, which would have to lay out the page
  }

  // whole reports whether all cards are where show has put them, by the page's template of now.
  whole(template) {
    for (let i = 0; i < this.items.length; i++) if (this.items[i].parentNode !== (template ?? this.list)) return false;
    return true;
  }

  #clear() {
    this.list.replaceChildren();
    this.cards = [];
    this.items = [];
    const own = this.host.querySelectorAll(':scope > template > [data-sparrow-item]'); // a copied list has them, too
    for (let i = 0; i < own.length; i++) own[i].remove();
  }

  // focusable makes one card of the list a stop of the Tab key; the arrow keys go on from it.
  #focusable(card) {
    const at = this.cards.length;
    this.cards[at] = card;
    card.tabIndex = at ? -1 : 0;
    card.addEventListener('focus', () => {
      for (let i = 0; i < this.cards.length; i++) this.cards[i].tabIndex = i === at ? 0 : -1;
    });
  }

  #key(event) {
    let at = -1;
    for (let i = 0; i < this.cards.length; i++) if (this.cards[i].tabIndex === 0) at = i;
    const forward = this.#forward();
    if (event.key === 'ArrowRight') at += forward;
    else if (event.key === 'ArrowLeft') at -= forward;
    else if (event.key === 'ArrowDown') at += this.#columns();
    else if (event.key === 'ArrowUp') at -= this.#columns();
    else if (event.key === 'Home') at = 0;
    else if (event.key === 'End') at = this.cards.length - 1;
    else return;
    event.preventDefault();
    this.cards[at]?.focus();
  }

  // columns tells how many cards stand side by side; in a row, up and down lead nowhere.
  #columns() {
    if (this.base.dataset.layout === 'row') return this.cards.length;
    let count = 1;
    const top = (i) => this.cards[i].getBoundingClientRect().top;
    while (count < this.cards.length && top(count) === top(0)) count++;
    return count;
  }
}

// addressOf returns what makes an item's address: the page's template, or the catalog's own.
export const addressOf = (template) => (item) => (template ? fill(template, item) : item.url);
