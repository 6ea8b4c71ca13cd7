// A browser without the SIMD that the programs need, as before Chromium 91 or on a processor
// without SSE4.1: what was made in advance is there, a sentence says why no more is, and nothing
// is downloaded for what cannot run, but what the app's pages name before any script.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch, options } from '../lib/browser.mjs';
import { demoEdge } from '../lib/edge.mjs';
import { host, page } from '../lib/host.mjs';
import { list } from '../lib/pages.mjs';
import { serve } from '../lib/server.mjs';
import { record, settled } from '../lib/widget.mjs';

const useless = (requests) => requests.filter((file) => /\.(wasm|bundle)$/.test(file));

async function old(t) {
  const browser = await launch({ args: [...options.args, '--js-flags=--no-enable-sse4-1'] });
  t.after(() => browser.close());
  return browser;
}

test('without SIMD the app says that the browser is too old, and its pages can be read', async (t) => {
  const server = await serve(t);
  const browser = await old(t);
  for (const [at, text] of [['/', /^This browser is too old.*can still be read; update the browser\./], ['/zh/', /^这个浏览器太旧.*仍可阅读；请更新浏览器。/], ['/movie/50', /^This browser is too old/]]) {
    const tab = await browser.newPage();
    server.requests.length = 0;
    await tab.goto(server.origin + at);
    assert.match(await tab.getByRole('alert').innerText(), text);
    assert.equal(await tab.locator('html').getAttribute('data-app'), 'failed');
    assert.ok((await list(tab, 'main')).length >= 10, `${at}: the items can be read`);
    const preloaded = await tab.locator('link[rel="preload"][href$=".wasm"]').getAttribute('href');
    assert.deepEqual(useless(server.requests), [preloaded], `${at}: nothing but what the page itself names`);
    await tab.close();
  }
});

test('without SIMD the widget shows lists that were made in advance, in every mode', async (t) => {
  const edge = await demoEdge();
  t.after(() => edge.stop());
  const browser = await old(t);
  const lists = (mode) => ['similar item="50"', 'popular', 'recommend'].map((one) => `<sparrow-${one} ${mode && `mode="${mode}"`}></sparrow-${one.split(' ')[0]}>`).join('');
  const site = await host(t);
  for (const mode of ['', 'inline', 'frame']) {
    site.pages = { '/': { body: page(edge.origin, lists(mode)) } };
    const context = await browser.newContext({ viewport: { width: 1000, height: 2000 } });
    await context.addInitScript(record);
    const requests = [];
    context.on('request', (request) => requests.push(new URL(request.url()).pathname));
    const tab = await context.newPage();
    await tab.goto(site.origin);
    const seen = await settled(tab);
    assert.deepEqual(seen.map(({ state, items, mode: how }) => [state, items.length, how]), Array(3).fill(['ready', 10, 'list']), mode);
    assert.deepEqual(useless(requests), [], mode);
    if (!mode) assert.deepEqual(requests.filter((file) => /frame/.test(file)), [], 'a frame would be of the same browser');
    await context.close();
  }
});
