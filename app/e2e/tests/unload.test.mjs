// What a visitor does just before they leave is not lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { profile } from '../lib/browser.mjs';
import { edge } from '../lib/edge.mjs';
import { allow, arrived, open, ready, start, toEvents } from '../lib/harness.mjs';
import { until } from '../lib/until.mjs';

const leave = {
  'closing the tab': (page) => page.close(),
  'following a link': (page, url) => page.goto(`${url}&next`),
  'loading the page again': (page) => page.reload(),
};
for (const [how, go] of Object.entries(leave)) {
  test(`an event made 50 ms before ${how} arrives`, async (t) => {
    const { server, context, page } = await start(t);
    await allow(await page());
    const ids = [];
    for (let i = 0; i < 10; i++) {
      const tab = await page(`?${i}`);
      ids.push(await tab.evaluate(() => {
        globalThis.track = feedback.track('like', { item: '1' }); // nothing waits for it
        return new Promise((resolve) => { setTimeout(() => resolve(globalThis.track), 50); });
      }));
      await go(tab, tab.url());
      await tab.close();
    }
    const last = await context.newPage();
    await last.goto(`${server.origin}/harness/page.html`);
    await ready(last);
    await last.evaluate(() => feedback.sender.urge());
    await arrived(server, ids);
  });
}

test('what is made while the page goes away arrives, at least 99 of 100 times', async (t) => {
  const { server, context, page } = await start(t);
  const tab = await page();
  await allow(tab);
  const times = 50;
  for (let i = 0; i < times; i++) {
    await tab.evaluate((item) => addEventListener('pagehide', () => { feedback.track('rate', { item, stars: 5 }); }), `made ${i}`);
    await tab.goto(`${server.origin}/harness/page.html?${i}`);
    await ready(tab);
  }
  const last = await context.newPage();
  await last.goto(`${server.origin}/harness/page.html`);
  await ready(last);
  await until('an empty outbox', async () => (await last.evaluate(() => feedback.outbox.audit())).events === 0);
  const made = async () => new Set((await server.stored()).events.map(({ item }) => item).filter((item) => item?.startsWith('made'))).size;
  await until(`99 of 100 of ${times}`, async () => await made() >= 0.99 * times);
});

test('a page that is hidden sends at once what waits, and what arrived is not sent again', async (t) => {
  const { server, page } = await start(t);
  const tab = await page('?bare');
  await allow(tab);
  const id = await tab.evaluate(async () => {
    const made = await feedback.track('like', { item: '1' });
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    return made;
  });
  await arrived(server, [id]);
  await until('an empty outbox', () => tab.evaluate(() => feedback.queue().events === 0));
  await tab.evaluate(() => feedback.sender.urge());
  await tab.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 1500); }));
  assert.equal((await server.stored()).events.filter((event) => event.id === id).length, 1);
  assert.equal(toEvents(server).length, 1);
});

test('what a full page of events leaves behind at its end fits the browser’s budget', async (t) => {
  const server = await edge(t);
  const begin = await profile(t);
  const first = await open(await begin(), server);
  await allow(first);
  const ids = await first.evaluate(() => Promise.all(Array.from({ length: 800 }, (_, i) => feedback.track('like', { item: String(i) }))));
  await first.goto('about:blank');
  await until('the last batches', () => toEvents(server).length > 5 && toEvents(server).every(({ status }) => status)); // none is on its way when the browser ends
  const page = await open(await begin(), server);
  await page.evaluate(() => feedback.sender.urge());
  await arrived(server, ids);
  await until('202 for every request', () => toEvents(server).every(({ status }) => status === 202));
});
