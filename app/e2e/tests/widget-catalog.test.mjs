// A custom catalog: titles, labels, pictures and addresses come from the
// bundle's columns.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rewritten } from '../lib/catalog.mjs';
import { launch } from '../lib/browser.mjs';
import { host, page } from '../lib/host.mjs';
import { serve } from '../lib/server.mjs';
import { latestModel, offer } from '../lib/version.mjs';
import { record, settled } from '../lib/widget.mjs';

const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

test('pictures and links of the catalog, and drawn covers for the rest', async (t) => {
  const edge = await serve(t);
  const { body } = await latestModel(edge);
  const image = (i) => [`https://pictures.example/${i}.png`, `http://pictures.example/${i}.png`, 'https://pictures.example/broken.png', ''][i % 4];
  const url = (i) => [`https://shop.example/${i}`, `/own/${i}`, `http://shop.example/${i}`, ''][i % 4];
  edge.site = offer(rewritten(body, { titles: (i) => `Lamp ${i}`, genreNames: (i) => `Kind ${i}`, images: image, urls: url }).body).site;
  const site = await host(t, { '/': { body: page(edge.origin, '<sparrow-popular limit="40" layout="grid"></sparrow-popular>') } });
  const browser = await launch();
  t.after(() => browser.close());
  const context = await browser.newContext({ viewport: { width: 1200, height: 3000 } });
  await context.addInitScript(record);
  const asked = [];
  await context.route('**://pictures.example/**', (route) => {
    asked.push({ url: route.request().url(), referrer: route.request().headers().referer });
    return route.request().url().includes('broken') ? route.abort() : route.fulfill({ contentType: 'image/png', body: pixel });
  });
  const tab = await context.newPage();
  await tab.goto(site.origin);
  const [{ items }] = await settled(tab);
  assert.equal(items.length, 40);
  await tab.waitForFunction(() => [...document.querySelector('sparrow-popular').shadowRoot.querySelectorAll('img')].every((image) => image.complete && image.naturalWidth)); // a broken one is removed
  const cards = await tab.evaluate(() => [...document.querySelector('sparrow-popular').shadowRoot.querySelectorAll('.card')].map((card) => ({
    title: card.querySelector('.title').textContent, meta: card.querySelector('.meta').textContent, href: card.href ?? null, tag: card.localName,
    image: card.querySelector('img')?.src ?? null, drawn: Boolean(card.querySelector('svg')),
  })));
  const kinds = new Set();
  for (const { title, meta, href, tag, image: shown, drawn } of cards) {
    const i = Number(title.replace('Lamp ', ''));
    kinds.add(i % 4);
    assert.match(meta, /Kind \d/);
    assert.equal(href, [url(0).replace('/0', `/${i}`), `${site.origin}/own/${i}`, null, null][i % 4], title);
    assert.equal(tag, i % 4 < 2 ? 'a' : 'button', title);
    assert.equal(shown, i % 4 < 2 ? image(i) : null, title); // this page is one of http:, which may have pictures of http:
    assert.ok(drawn, title);
  }
  assert.deepEqual([...kinds].sort(), [0, 1, 2, 3]);
  assert.ok(asked.length > 0 && asked.every((one) => one.referrer === undefined));
});
