// Taps and letters that come before the app is alive. The page was rendered in advance and
// looks alive; the app then draws every element again and knows nothing of what was done to
// those before. So each act is kept by what it was done to, and done again when the app is there.
const most = 100; // acts; more come from no visitor
const tapped = 'button, [data-act], [data-half], [role="button"]';
const acts = []; // {place, act}, in order
let focused = null; // the place that has the focus
let noted = () => {};

export const kept = () => acts.length > 0;

// keepEarly begins to listen. note runs at each act that is kept.
export function keepEarly(note) {
  noted = note;
  for (const [type, listener] of Object.entries(listeners)) document.addEventListener(type, listener, true);
  new MutationObserver((_, observer) => {
    const { app } = document.documentElement.dataset;
    if (app === 'alive') replay();
    if (app) stop(observer);
  }).observe(document.documentElement, { attributeFilter: ['data-app'] });
}

function stop(observer) {
  observer.disconnect();
  for (const [type, listener] of Object.entries(listeners)) document.removeEventListener(type, listener, true);
  for (const one of document.querySelectorAll('[data-early]')) delete one.dataset.early;
}

const listeners = {
  click(event) {
    if (!event.target.closest) return;
    const target = event.target.closest(tapped);
    if (target) return keep(target, (element) => element.click());
    const link = event.target.closest('a[href]');
    if (!link || !kept() || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return;
    event.preventDefault(); // to leave now would lose what was tapped
    keep(link, (element) => element.click());
  },
  input(event) {
    const { target } = event;
    if (target.type === 'file') return;
    const place = placeOf(target);
    const before = acts.findIndex((one) => one.typed && one.place.key === place.key);
    if (before >= 0) acts.splice(before, 1);
    const { value } = target;
    acts.push({ place, typed: true, act: (element) => type(element, value) });
    noted();
  },
  submit(event) {
    if (!acts.some(({ typed }) => !typed)) return; // the browser itself opens the results
    event.preventDefault();
    keep(event.target, (element) => element.requestSubmit());
  },
  focusin(event) { focused = placeOf(event.target); },
};

function keep(element, act) {
  if (acts.length >= most) return;
  acts.push({ place: placeOf(element), act });
  element.dataset.early = ''; // base.css shows it
  noted();
}

function type(element, value) {
  element.value = value;
  if (/^(search|text)$/.test(element.type)) element.setSelectionRange(value.length, value.length);
  for (const name of ['input', 'change']) element.dispatchEvent(new Event(name, { bubbles: true }));
}

const label = (element) => element.getAttribute('aria-label') ?? element.textContent;

// placeOf says which element this is: the n-th of its kind on its card, in its list, and what
// it is called.
function placeOf(element) {
  const path = [];
  for (let at = element; at?.dataset; at = at.parentElement) {
    if (at.id) path.unshift(`#${CSS.escape(at.id)}`);
    else for (const name of ['item', 'list']) if (at.dataset[name] !== undefined) path.unshift(`[data-${name}="${CSS.escape(at.dataset[name])}"]`);
    if (at.id) break;
  }
  if (!element.id) path.push(element.localName);
  const selector = path.join(' ');
  const n = [...document.querySelectorAll(selector)].indexOf(element);
  return { selector, n, label: label(element), key: `${selector} ${n}` };
}

// find returns the element of a place as it is drawn now, or undefined where there is none.
function find({ selector, n, label: name }) {
  const all = [...document.querySelectorAll(selector)];
  return all[n] && label(all[n]) === name ? all[n] : all.find((one) => label(one) === name);
}

function replay() {
  const places = new Map(); // to the element of each: a tap may change what it is called
  const found = (place) => {
    if (!places.has(place.key)) places.set(place.key, find(place));
    return places.get(place.key);
  };
  for (const { place } of acts) found(place);
  if (focused && (document.activeElement ?? document.body) === document.body) found(focused)?.focus({ preventScroll: true });
  for (const { place, act } of acts.splice(0)) {
    const element = found(place);
    if (element?.isConnected) act(element);
    else console.warn('sparrow: what was tapped is gone:', place.selector, place.label);
  }
}
