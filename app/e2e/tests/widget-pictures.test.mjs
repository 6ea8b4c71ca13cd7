// Pictures by the page's own template, in Chromium: of the width that the screen needs, lazily, without a shift, and drawn covers
// where there is none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { host, page } from '../lib/host.mjs';
import { stage } from '../lib/app.mjs';
import { record, settled } from '../lib/widget.mjs';

const square = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="480"><path fill="#27c" d="M0 0h480v480H0z"/></svg>`; // of another ratio than a card
const { server: edge, browser } = await stage();

// open shows a row far below the fold; the shop has a picture of each item whose id is even.
async function open(t, markup, deviceScaleFactor) {
  const markedUp = page(edge.origin, markup);
  const pages = new Proxy({}, { get: (_, path) => (path === '/' ? { body: markedUp } : /^\/thumb\/\d*[02468]-/.test(path) ? { body: square, type: 'image/svg+xml' } : undefined) });
  const site = await host(t, pages);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, deviceScaleFactor });
  t.after(() => context.close());
  await context.addInitScript(record);
  const tab = await context.newPage();
  await tab.goto(site.origin);
  await settled(tab);
  return { tab, site };
}

for (const [density, width] of [[1, 160], [2, 320], [3, 480]]) {
  test(`a screen of ${density} pixels a px gets pictures of ${width}`, async (t) => {
    const { tab, site } = await open(t, '<sparrow-similar item="50" limit="6" srcset="/thumb/{id}-{width}.png"></sparrow-similar>', density);
    const look = () => tab.evaluate(() => [...document.querySelector('sparrow-similar').shadowRoot.querySelectorAll('.item')].map((item, i) => {
      const image = item.querySelector('img');
      const { width: wide, height } = item.querySelector('.cover').getBoundingClientRect();
      return { id: document.querySelector('sparrow-similar').items[i].id, shown: image?.complete && image.naturalWidth ? new URL(image.currentSrc).pathname : image && 'waiting', ratio: height / wide, below: getComputedStyle(item.querySelector('svg')).visibility, lazy: image?.loading };
    }));
    const before = (await look()).map(({ ratio }) => ratio);
    await tab.waitForFunction(() => [...document.querySelector('sparrow-similar').shadowRoot.querySelectorAll('img')].every(({ complete, naturalWidth }) => complete && naturalWidth));
    const seen = await look();
    for (const { id, shown, below, lazy } of seen) {
      assert.equal(shown, id % 2 ? null : `/thumb/${id}-${width}.png`, JSON.stringify(seen));
      assert.equal(below, id % 2 ? 'visible' : 'hidden', 'a drawn cover where there is no picture, and nothing behind one');
      if (shown) assert.equal(lazy, 'lazy');
    }
    assert.ok(seen.some(({ id }) => id % 2) && seen.some(({ id }) => id % 2 === 0), 'the test has both kinds');
    assert.deepEqual(seen.map(({ ratio }) => ratio), before, 'a picture of another ratio moves nothing');
    const asked = site.requests.filter((one) => one.includes('/thumb/') && !one.includes(`-${width}.`));
    assert.ok(asked.every((one) => one.includes('-320.') && !/[02468]-320/.test(one)), `other widths only where the first is not there: ${asked}`);
  });
}

test('cards of the page have the widths too, and pictures that were not seen are not fetched', async (t) => {
  const { tab, site } = await open(t, '<sparrow-similar item="50" limit="6" srcset="/thumb/{id}-{width}.png" layout="grid"><template slot="card"><img data-sparrow="image" alt="" sizes="40px" width="40" height="60"></template></sparrow-similar>'
    + '<sparrow-popular limit="50" srcset="/thumb/{id}-{width}.png"></sparrow-popular>', 1);
  await tab.waitForFunction(() => document.querySelector('sparrow-popular').items.length);
  await tab.waitForFunction(() => [...document.querySelectorAll('sparrow-similar img')].some(({ naturalWidth }) => naturalWidth));
  const own = await tab.evaluate(() => [...document.querySelectorAll('sparrow-similar img')].filter(({ naturalWidth }) => naturalWidth).map(({ currentSrc }) => currentSrc));
  assert.ok(own.length && own.every((address) => address.endsWith('-160.png')), own.join());
  const fetched = new Set(site.requests.filter((one) => one.includes('/thumb/')));
  assert.ok(fetched.size < 50, `${fetched.size} pictures were fetched of a row of which most is out of view`);
});
