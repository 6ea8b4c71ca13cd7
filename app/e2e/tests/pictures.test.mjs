// Pictures of a catalog: of other hosts, of the site's own folder, broken ones and none. The app
// and the widget show each or a drawn cover, never a grey tile, and no policy is violated.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { launch } from '../lib/browser.mjs';
import { rewritten } from '../lib/catalog.mjs';
import { exported, folder, native, root } from '../lib/exported.mjs';
import { host, page } from '../lib/host.mjs';
import { until } from '../lib/until.mjs';
import { record, settled } from '../lib/widget.mjs';

const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

// look runs in the page: the pictures of the app, or of a list's shadow root.
function look(list) {
  const images = [...(list ? document.querySelector(list).shadowRoot : document).querySelectorAll('img')];
  for (const image of images) image.loading = 'eager';
  const cards = list ? document.querySelector(list).shadowRoot.querySelectorAll('.item').length : images.length;
  const svgs = list ? document.querySelector(list).shadowRoot.querySelectorAll('.cover > svg').length : images.length;
  const shown = images.filter((image) => image.complete && image.naturalWidth);
  return { cards, svgs, waiting: images.length - shown.length, drawn: shown.filter(({ src }) => src.startsWith('data:')).length, own: shown.filter(({ src }) => src.includes('/pictures/')).length, others: shown.filter(({ src }) => src.includes('/ok.png')).length };
}

test('a catalog with pictures of every kind has no grey tile and no report', async (t) => {
  const cdn = await host(t, { '/ok.png': { body: pixel, type: 'image/png' } });
  const kinds = [`${cdn.origin}/ok.png`, `${cdn.origin}/gone.png`, 'covers/a%20b.png', 'covers/none.png', 'https://127.0.0.1:9/refused.png', 'http://127.0.0.1.nip.test/insecure.png', ''];
  const { bundle } = JSON.parse(await readFile(path.join(root, 'data/demo/latest.json')));
  const { hash, body } = rewritten(await readFile(path.join(root, `data/demo/${bundle}.bundle`)), { images: (i) => kinds[i % kinds.length] });
  const models = await folder(t);
  await writeFile(path.join(models, `${hash}.bundle`), body);
  const second = path.join(root, `data/demo/${bundle}.supplement`);
  if (existsSync(second)) await copyFile(second, path.join(models, `${hash}.supplement`));
  await writeFile(path.join(models, 'latest.json'), JSON.stringify({ bundle: hash, bytes: body.length }));
  const shop = await folder(t);
  await mkdir(path.join(shop, 'covers'));
  await writeFile(path.join(shop, 'covers', 'a b.png'), pixel);
  const edge = await native(t, await exported(t, models, '--pictures', shop, '--items', '20'), models);
  const browser = await launch();
  t.after(() => browser.close());
  const open = async (url) => {
    const context = await browser.newContext({ viewport: { width: 1200, height: 2400 } });
    await context.addInitScript(record);
    const tab = await context.newPage();
    tab.warned = [];
    tab.on('console', (message) => message.text().startsWith('sparrow:') && tab.warned.push(message.text()));
    await tab.goto(url);
    return tab;
  };
  const violations = (tab) => tab.evaluate(() => received.violations);

  for (const address of ['/', '/browse', '/zh/browse']) {
    const tab = await open(edge.origin + address);
    await tab.waitForFunction(() => document.querySelectorAll('main .card img').length >= 10);
    let seen;
    await until(`every picture of ${address}`, async () => {
      seen = await tab.evaluate(look, '');
      return !seen.waiting && seen.cards;
    });
    assert.ok(seen.own && seen.others && seen.drawn, `${address}: ${JSON.stringify(seen)}`);
    assert.deepEqual(await violations(tab), [], address);
    await tab.context().close();
  }

  const policy = (pictures) => ({ 'Content-Security-Policy': `default-src 'none'; connect-src 'self' ${edge.origin}; script-src ${edge.origin} 'wasm-unsafe-eval'; worker-src blob:; ${pictures}; report-uri /csp` });
  const list = '<sparrow-popular limit="50" layout="grid"></sparrow-popular>';
  const site = await host(t, {});
  const reports = [];
  site.reported = (text) => text.includes('favicon') || reports.push(text);
  for (const [name, headers, want] of [
    ['no policy', {}, { own: true, others: true }],
    ['all hosts allowed', policy(`img-src https: ${edge.origin} ${cdn.origin} http://127.0.0.1.nip.test`), { own: true, others: true }],
    ['the edge alone allowed', policy(`img-src ${edge.origin}`), { own: true, others: false }],
    ['none allowed', policy("img-src 'none'"), { own: false, others: false }],
  ]) {
    site.pages = { '/': { headers, body: page(edge.origin, list) } };
    const tab = await open(site.origin);
    await settled(tab);
    let seen;
    await until(`every picture: ${name}`, async () => {
      seen = await tab.evaluate(look, 'sparrow-popular');
      return !seen.waiting;
    });
    assert.equal(seen.cards, 50, name);
    assert.equal(seen.svgs, 50, `${name}: a drawn cover below each picture`);
    assert.deepEqual({ own: seen.own > 0, others: seen.others > 0 }, want, `${name}: ${JSON.stringify(seen)}`);
    assert.deepEqual(await violations(tab), [], name);
    assert.deepEqual(reports, [], name);
    const forbidden = !want.others;
    assert.equal(tab.warned.length, forbidden ? 1 : 0, tab.warned.join('\n'));
    if (forbidden) assert.match(tab.warned[0], /add to the page's policy: img-src http/);
    await tab.context().close();
  }

  // A page's own card has the cover in the place of a picture that is missing or broken.
  site.pages = { '/': { body: page(edge.origin, `<sparrow-popular limit="50"><template slot="card"><a data-sparrow="link"><img class="mine" data-sparrow="image" alt=""></a></template></sparrow-popular>`) } };
  const tab = await open(site.origin);
  await settled(tab).catch(() => {}); // cards of the page's own are not counted there
  await until('own cards', () => tab.evaluate(() => {
    const tiles = [...document.querySelectorAll('.mine')];
    for (const tile of tiles) tile.loading = 'eager';
    return tiles.length === 50 && tiles.every((tile) => tile.localName === 'svg' || tile.naturalWidth) && tiles.some(({ localName }) => localName === 'svg') && tiles.some(({ localName }) => localName === 'img');
  }));
});
