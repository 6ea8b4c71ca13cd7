// A widget in a page, as a test observes it.
import { setTimeout as sleep } from 'node:timers/promises';

// record runs in every page and frame before its scripts: it records the
// widget's events, and violations of the page's policy.
export function record() {
  globalThis.received = { events: [], violations: [] };
  for (const name of ['ready', 'impression', 'select', 'error']) {
    addEventListener(`sparrow:${name}`, ({ target, detail }) => received.events.push({ name, element: target.localName, at: performance.now(), mode: detail.mode, code: detail.code, ms: detail.ms, item: detail.item?.id, position: detail.position }));
  }
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => received.violations.push(`${violatedDirective} ${blockedURI}`));
}

// look runs in the page. It returns the visible state of every list, or null as
// long as one has neither shown something nor given up. inside looks into the
// page's first frame.
function look(inside) {
  const visible = (element) => Boolean(element) && element.getBoundingClientRect().height > 0;
  // A list that was made in advance is there before it is known how the engine will run.
  const modeOf = ({ engine, shadowRoot }) => (engine?.mode === '' && shadowRoot.querySelector('.base').dataset.state === 'ready' ? 'list' : engine?.mode);
  const { document } = inside ? globalThis.document.querySelector('iframe').contentWindow : globalThis;
  const lists = [...document.querySelectorAll('similar together next recent trending new recommend popular'.replace(/\w+/g, 'sparrow-$&').replaceAll(' ', ','))];
  const settledAll = lists.length > 0 && lists.every((list) => /ready|failed/.test(list.shadowRoot?.querySelector('.base').dataset.state));
  return settledAll ? lists.map((list) => {
    const root = list.shadowRoot;
    const last = globalThis.received?.events.filter(({ name }) => /ready|error/.test(name)).at(-1); // where record could run
    return {
      state: root.querySelector('.base').dataset.state,
      items: [...root.querySelectorAll('.item')].filter(visible).map((item) => item.querySelector('.title')).filter(visible).map((title) => title.textContent),
      fallback: visible(list.querySelector('[slot="fallback"]')), mode: last?.mode ?? modeOf(list), code: last?.code,
    };
  }) : null;
}

// settled waits until every list of a page (or frame, or World) has shown
// something or given up, and returns the visible state: [{state, items: titles,
// fallback, mode, code}]. inside is for lists in the page's first frame.
export async function settled(page, patience = 30e3, inside = false) {
  for (const end = Date.now() + patience; ; await sleep(50)) {
    const seen = await page.evaluate(look, inside).catch((error) => {
      if (/context|navigat/i.test(error.message)) return null;
      throw error;
    });
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`the lists are not there after ${patience} ms`);
  }
}

// A World looks at a page from an isolated world, where JavaScript is intact
// whatever the page's scripts did to theirs.
export class World {
  #context;

  static async of(page) {
    const world = new World();
    world.session = await page.context().newCDPSession(page);
    const { frameTree } = await world.session.send('Page.getFrameTree');
    world.session.on('Runtime.executionContextCreated', ({ context: { id, name, auxData } }) => {
      if (name === 'test' && auxData.frameId === frameTree.frame.id) world.#context = id;
    });
    await world.session.send('Page.enable');
    await world.session.send('Runtime.enable');
    await world.session.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${record})()`, worldName: 'test' });
    return world;
  }

  async evaluate(fn) {
    const { result, exceptionDetails } = await this.session.send('Runtime.evaluate', { expression: `(${fn})()`, contextId: this.#context, returnByValue: true, awaitPromise: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }
}
