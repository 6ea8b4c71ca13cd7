// The harness page in a browser, over a real edge.
import { after } from 'node:test';
import { launch } from './browser.mjs';
import { edge } from './edge.mjs';
import { until } from './until.mjs';

let browser; // of all tests of a file; what one keeps, its context keeps
after(async () => (await browser)?.close());

// start returns {server, context, page()}; page opens the harness, with a query
// if given, and waits until its feedback module is loaded.
export async function start(t, { options } = {}) {
  const [server, shared] = await Promise.all([edge(t), browser ??= launch()]);
  const context = await shared.newContext(options);
  t.after(() => context.close());
  return { server, context, page: (query) => open(context, server, query) };
}

// open opens the harness in a context.
export async function open(context, server, query = '') {
  const page = await context.newPage();
  await page.goto(`${server.origin}/harness/page.html${query}`);
  await ready(page);
  return page;
}

export const ready = (page) => page.waitForFunction(() => globalThis.feedback);

// allow gives consent.
export const allow = (page) => page.evaluate(() => feedback.allow());

// track records an event and returns its id after it is accepted.
export const track = (page, kind, fields = { item: '1' }) => page.evaluate(([what, how]) => feedback.track(what, how), [kind, fields]);

// arrived waits until the edge has stored all of these events and returns them by id.
export async function arrived(server, ids, patience) {
  let events = new Map();
  await until(`events ${ids}`, async () => {
    events = new Map((await server.stored()).events.map((event) => [event.id, event]));
    return ids.every((id) => events.has(id));
  }, patience);
  return events;
}

// toEvents are the requests that carried events.
export const toEvents = (server) => server.requests.filter(({ path }) => path === '/v1/events');
