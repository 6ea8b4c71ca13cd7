// How long a page took until it could recommend reaches the edge, and that it failed: of visitors who
// had agreed before, once a page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchAsShipped, visit, watch } from '../lib/browser.mjs';
import { edge } from '../lib/edge.mjs';
import { host, page } from '../lib/host.mjs';
import { go } from '../lib/pages.mjs';
import { siteFolder } from '../lib/server.mjs';
import { until } from '../lib/until.mjs';
import { settled } from '../lib/widget.mjs';

let browser;
before(async () => { browser = await launchAsShipped(); });
after(async () => { await browser?.close(); });

// begun waits until the edge has so many starts and returns them, once each.
const begun = (server, n) => until(`${n} starts at the edge`, async () => {
  const { events, letters } = await server.stored();
  assert.deepEqual(letters, []);
  const starts = [...new Map(events.filter(({ kind }) => kind === 'start').map((event) => [event.id, event])).values()];
  return starts.length >= n && starts;
});

async function open(t, server, options) {
  const context = await browser.newContext({ serviceWorkers: 'block', ...options });
  t.after(() => context.close());
  context.origin = `http://127.0.0.1:${server.port}`;
  return context;
}

test('the app tells how long it took once the visitor agreed, and from then on', async (t) => {
  const server = await edge(t, { flags: ['--rate', '0', '--site', siteFolder] });
  const context = await open(t, server);
  await watch(context, context.origin); // which go looks at
  const tab = await visit(context, context.origin);
  await go(tab, '/profile');
  await tab.waitForFunction(() => document.querySelector('.switch:enabled')?.ariaChecked === 'false');
  await tab.getByRole('switch', { name: /^Share what/ }).click();
  await tab.waitForFunction(() => sparrow.feedback.state() === 'on');
  const next = await visit(context, context.origin); // another tab; the one before did not start with their consent
  const [first, ...more] = await begun(server, 1);
  assert.deepEqual(more, []);
  const most = await next.evaluate(() => performance.now() / 10);
  assert.ok(first.value >= 1 && first.value <= most, `${first.value} of ${most} hundredths of a second`);
  await context.route(/\/latest\.json/, (route) => route.fulfill({ status: 503 }));
  await next.evaluate(async () => (await caches.keys()).map((key) => caches.delete(key)));
  const failed = await context.newPage();
  await failed.goto(context.origin);
  const all = await begun(server, 2);
  assert.equal(all.filter(({ value }) => !value).length, 1, JSON.stringify(all));
});

test('so does the widget, where the page has the consent', async (t) => {
  const site = await host(t, {});
  const server = await edge(t, { flags: ['--rate', '0', '--site', siteFolder, '--origin', `${site.origin}=shop`] });
  const context = await open(t, server);
  const list = (item, more) => page(context.origin, `<sparrow-similar item="${item}" ${more}></sparrow-similar><sparrow-popular ${more}></sparrow-popular>`);
  site.pages = { '/none': { body: list(50, '') }, '/yes': { body: list(50, 'consent="granted"') } };
  const tab = await context.newPage();
  await tab.goto(`${site.origin}/none`);
  await settled(tab);
  await tab.goto(`${site.origin}/yes`);
  await settled(tab);
  const [first, ...more] = await begun(server, 1);
  assert.ok(first.value >= 1 && first.value < 3000, `${first.value} hundredths of a second`);
  assert.deepEqual(more, [], 'two lists of a page are one start');
  const cold = await open(t, server);
  await cold.route(/\.bundle$|latest\.json/, (route) => route.abort());
  const failing = await cold.newPage();
  await failing.goto(`${site.origin}/yes`);
  await settled(failing);
  const all = await begun(server, 2);
  assert.deepEqual(all.map(({ value }) => Boolean(value)).sort(), [false, true], JSON.stringify(all));
});
