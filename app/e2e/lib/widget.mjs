// A widget in a page, as a test sees it.

// record runs in every page and frame before its scripts: it notes what the widget says, and
// what the page's policy complains of.
export function record() {
  globalThis.heard = { events: [], violations: [] };
  const push = (list, value) => { list[list.length] = value; }; // hosts break push
  for (const name of ['ready', 'impression', 'select', 'error']) {
    addEventListener(`sparrow:${name}`, ({ target, detail }) => push(heard.events, { name, element: target.localName, at: performance.now(), mode: detail.mode, code: detail.code, ms: detail.ms, item: detail.item?.id, position: detail.position }));
  }
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => push(heard.violations, `${violatedDirective} ${blockedURI}`));
}

// settled waits until every list of a page has shown something or given up, and returns what
// is to be seen: [{state, items: titles, fallback, mode, code}].
export async function settled(page, timeout = 30e3) {
  await page.waitForFunction(() => {
    const lists = document.querySelectorAll('sparrow-similar, sparrow-recommend, sparrow-popular');
    for (let i = 0; i < lists.length; i++) if (!/ready|failed/.test(lists[i].shadowRoot?.querySelector('section').dataset.state)) return false;
    return lists.length > 0;
  }, undefined, { timeout });
  return page.evaluate(() => {
    const out = [];
    const lists = document.querySelectorAll('sparrow-similar, sparrow-recommend, sparrow-popular');
    const visible = (element) => element && element.getClientRects().length > 0 && element.getBoundingClientRect().height > 0;
    for (let i = 0; i < lists.length; i++) {
      const root = lists[i].shadowRoot;
      const items = [];
      const cards = root.querySelectorAll('.item');
      for (let j = 0; j < cards.length; j++) if (visible(cards[j]) && visible(cards[j].querySelector('.title'))) items[items.length] = cards[j].querySelector('.title').textContent;
      let last;
      for (let j = 0; j < heard.events.length; j++) if (/ready|error/.test(heard.events[j].name)) last = heard.events[j];
      out[i] = { state: root.querySelector('section').dataset.state, items, fallback: Boolean(visible(lists[i].querySelector('[slot="fallback"]'))), mode: last?.mode, code: last?.code };
    }
    return out;
  });
}
