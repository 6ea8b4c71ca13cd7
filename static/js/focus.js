// Controls remove or replace themselves when they are used: a liked item leaves its
// list, an undone toast goes. The browser then drops the focus to the body, or leaves
// it on an element that was given to another item, where the same key would act on
// something that was never chosen. This module watches the focus, on all pages at once.

let spot = null; // where the focus is; null: the visitor put it nowhere

const itemAround = (element) => element.closest('[data-item]')?.dataset.item ?? '';

// spotOf describes element, which has the focus now; was is where it came from.
function spotOf(element, was) {
  const li = element.closest('li');
  const around = [];
  for (let a = element.parentElement; a; a = a.parentElement) around.push(a);
  return {
    element,
    item: itemAround(element),
    act: element.dataset?.act ?? '',
    list: li?.parentElement,
    index: li ? [...li.parentElement.children].indexOf(li) : 0,
    around, // the nearest first
    before: element.closest('.toasts') ? was?.before ?? was : null, // a toast is a visit
  };
}

// lost reports whether the element is gone, or another item's now.
const lost = ({ element, item }) => !element.isConnected || itemAround(element) !== item;

// next returns where the focus belongs after it was lost: the same control of the same
// item, else the place in the list, as a card that no key acts on; from a toast back to
// where it was; else the heading above.
function next({ item, act, list, index, around, before }) {
  const same = item && act && document.querySelector(`main [data-item="${CSS.escape(item)}"] [data-act="${act}"]`);
  if (same) return same;
  const li = list?.isConnected && list.children[Math.min(index, list.children.length - 1)];
  if (li) return li.querySelector('[data-item]') ?? li;
  if (before) return lost(before) ? next(before) : before.element;
  return around.find((a) => a.isConnected && a.querySelector('h1, h2'))?.querySelector('h1, h2');
}

function regain() {
  if (!spot || !lost(spot)) return;
  const at = document.activeElement;
  if (at && at !== document.body && at !== spot.element) return; // it has gone elsewhere already
  const to = next(spot);
  spot = null;
  if (!to) return;
  give(to);
  if (document.activeElement !== to) give(to.closest('[data-item]') ?? document.querySelector('h1') ?? to); // a card hides its buttons
}

function give(element) {
  if (element.tabIndex < 0) element.tabIndex = -1; // not by the Tab key, but by this
  element.focus({ preventScroll: true });
}

document.addEventListener('pointerdown', () => { spot = null; }, true);
document.addEventListener('focusin', ({ target }) => { spot = spotOf(target, spot); });
new MutationObserver(regain).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-item'] });
