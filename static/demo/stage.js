// The page that the list is looked at on: a small shop's, about the item that was chosen.
import { attributesOf, ofItem, propertiesOf } from './snippet.js';

const attributes = ['item', 'limit', 'heading', 'lang', 'layout', 'theme', 'mode', 'link', 'personal'];
const properties = ['--sparrow-accent', '--sparrow-card-width', '--sparrow-radius', '--sparrow-ratio'];

export class Stage {
  list = null; // the element
  #words = null;

  constructor(root) {
    this.root = root;
    this.part = (id) => root.querySelector(`#${id}`);
  }

  // show draws the page. item is {title, year} of the chosen one.
  show({ knobs, accent, words, item }) {
    const about = ofItem(knobs.kind);
    this.root.dataset.stage = knobs.stage;
    const year = item.year && ` (${item.year})`;
    this.part('address').textContent = `lantern.example/${about ? knobs.link.replace(/^\/+/, '').replace('{id}', knobs.item) : ''}`;
    this.part('kicker').textContent = about ? words.kicker : words.frontKicker;
    this.part('headline').textContent = about ? item.title + year : words.front;
    this.part('lead').textContent = about ? words.lead : words.frontLead;
    this.part('small').textContent = about ? words.times : words.small;
    this.#place(knobs.kind, words);
    const wanted = Object.fromEntries(attributesOf(knobs));
    for (const name of attributes) {
      if (!(name in wanted)) this.list.removeAttribute(name);
      else if (this.list.getAttribute(name) !== wanted[name]) this.list.setAttribute(name, wanted[name]);
    }
    const styled = Object.fromEntries(propertiesOf(knobs, accent));
    for (const name of properties) this.list.style.setProperty(name, styled[name] ?? '');
    if (!this.list.isConnected) this.part('place').replaceChildren(this.list);
  }

  // place makes another element when its kind changes, or the language that it inherits.
  #place(kind, words) {
    const name = `sparrow-${kind}`;
    if (this.list?.localName === name && this.#words === words) return;
    this.#words = words;
    this.list = document.createElement(name);
  }
}
