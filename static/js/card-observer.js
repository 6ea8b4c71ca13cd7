// Watches the cards of a page: which are seen, which are followed. A list has data-list (and
// data-layers, the layers of experiments that mattered for it); a card in it has data-item,
// data-position and, where the engine said so, data-source, data-team, data-propensity.

const card = '[data-list] [data-item]';
const dwell = 1000; // ms that half of a card must stay in view

const describe = (element) => {
  const list = element.closest('[data-list]').dataset;
  const { item, position, source, team, propensity } = element.dataset;
  return { item, list: list.list, layers: (list.layers ?? '').split(' '), position, source, team, propensity };
};

// observe calls record('impression' | 'click', card) for the cards below root, now and as
// they come; an impression once a list and item as long as the page's address stays.
// It returns a function that ends it.
export function observe(root, record) {
  const watched = new Map(); // element → {name: list and item, timer}
  let seen = new Set();
  let address = location.href;

  const sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting, intersectionRatio } of entries) {
      const state = watched.get(target);
      if (!state) continue;
      clearTimeout(state.timer);
      if (!isIntersecting || intersectionRatio < 0.5 || root.visibilityState !== 'visible') continue;
      state.timer = setTimeout(() => {
        if (seen.has(state.name) || !target.matches(card)) return;
        seen.add(state.name);
        record('impression', describe(target));
      }, dwell);
    }
  }, { threshold: 0.5 });

  const forget = (element) => {
    clearTimeout(watched.get(element)?.timer);
    watched.delete(element);
    sight.unobserve(element);
  };

  // scan looks for cards that came, went, or show another item now.
  let due = 0;
  const scan = () => {
    due = 0;
    if (location.href !== address) {
      address = location.href;
      seen = new Set();
      for (const element of [...watched.keys()]) forget(element);
    }
    for (const element of [...watched.keys()]) if (!element.isConnected || !element.matches(card)) forget(element);
    for (const element of root.querySelectorAll(card)) {
      const name = `${element.closest('[data-list]').dataset.list}\n${element.dataset.item}`;
      if (watched.get(element)?.name === name) continue;
      forget(element);
      if (!element.dataset.item || !(element.dataset.position >= 1)) continue;
      watched.set(element, { name });
      sight.observe(element);
    }
  };
  const changes = new MutationObserver(() => { due ||= setTimeout(scan, 100); });
  changes.observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-item', 'data-list', 'data-position'] });

  // A card that no one looks at is not in view: its second begins when the visitor is back.
  const look = () => {
    for (const [element, { timer }] of watched) {
      clearTimeout(timer);
      sight.unobserve(element);
      if (root.visibilityState === 'visible') sight.observe(element);
    }
  };
  const follow = (event) => {
    const element = event.button < 2 && event.target.closest?.('a[href]')?.closest(card);
    if (element && element.dataset.position >= 1) record('click', describe(element));
  };
  const listening = [['visibilitychange', look], ['click', follow], ['auxclick', follow]];
  for (const [name, fn] of listening) root.addEventListener(name, fn, true);
  scan();

  return () => {
    sight.disconnect();
    changes.disconnect();
    clearTimeout(due);
    for (const { timer } of watched.values()) clearTimeout(timer);
    for (const [name, fn] of listening) root.removeEventListener(name, fn, true);
  };
}
