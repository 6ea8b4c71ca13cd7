// A bookshop's lists: cards say what books cost, who wrote them and how they are made, and several lists
// of a page repeat nothing.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { launch } from '../lib/browser.mjs';
import { exported, folder, native, run } from '../lib/exported.mjs';
import { host, page } from '../lib/host.mjs';
import { record, settled } from '../lib/widget.mjs';

// A small bookshop: 90 books of 30 authors, 12 publishers and 3 categories, and readers who keep to one.
const count = 90;
const categories = ['Crime', 'Poetry', 'Gardens'];
const items = ['item_id,title,title_de,genres,authors,publisher,format,price,currency', ...Array.from({ length: count }, (_, i) => [
  `b${i}`, `The Book of ${i}`, i % 4 ? `Das Buch der ${i}` : '', categories[i % 3], `Author ${i % 30}${i % 5 ? '' : `|Author ${(i + 3) % 30}`}`, `House ${i % 12}`, ['paperback', 'hardcover', 'e-book', 'audio CD'][i % 4], `${5 + i % 20}.${['99', '00', '50'][i % 3]}`, 'EUR',
].join())].join('\n');
const interactions = ['user_id,item_id,timestamp', ...Array.from({ length: 40 * 14 }, (_, i) => `u${i % 40},b${(i % 3 + 3 * (i % 7 + Math.floor(i / 40) * 2)) % count},${1000 + i}`)].join('\n');

const policies = (edge) => ({ inline: '', frame: `script-src ${edge}; frame-src ${edge}; connect-src 'self' ${edge}` });

// faces returns what the cards of each list say.
const faces = (tab) => tab.evaluate(() => [...document.querySelectorAll('[limit]')].map((list) => ({
  heading: list.shadowRoot.querySelector('h2').textContent, items: list.items,
  cards: [...list.shadowRoot.querySelectorAll('.card')].map((card) => ({
    price: card.querySelector('.price')?.textContent ?? '', meta: card.querySelector('.meta').textContent, badge: card.querySelector('.badge')?.textContent ?? '', height: card.offsetHeight,
  })),
})));

test('the lists of a bookshop', async (t) => {
  const shop = await folder(t);
  await writeFile(path.join(shop, 'items.csv'), `${items}\n`);
  await writeFile(path.join(shop, 'interactions.csv'), `${interactions}\n`);
  const models = path.join(shop, 'models');
  run('./build', 'bundle', '--input', shop, '--out', `${models}/`, '--ship', 'measured', '--epochs', '1', '--attributes', 'price:number,currency,authors:list,publisher,format,title_de');
  const book = 'b9';
  const edge = await native(t, await exported(t, models), models);
  const browser = await launch();
  t.after(() => browser.close());
  const site = await host(t);
  const shots = process.env.SHOTS; // a folder that is to have pictures
  for (const [mode, policy] of Object.entries(policies(edge.origin))) {
    site.pages = { '/': { headers: policy && { 'Content-Security-Policy': policy }, body: page(edge.origin, `
      <sparrow-similar item="${book}" limit="6" group="page" brand="authors" badge="format"></sparrow-similar>
      <sparrow-popular limit="6" group="page" lang="de" currency="USD"></sparrow-popular>
      <sparrow-recommend limit="6" group="page" layout="list" badge="format"></sparrow-recommend>`) } };
    const context = await browser.newContext({ viewport: { width: 1100, height: 1500 } });
    await context.addInitScript(record);
    const tab = await context.newPage();
    const said = [];
    tab.on('console', (line) => line.text().startsWith('sparrow:') && said.push(line.text()));
    await tab.goto(site.origin);
    await settled(tab);
    await tab.waitForFunction((want) => [...document.querySelectorAll('[limit]')].every((list) => list.engine.mode === want && list.items.length === 6 && list.items[0].price !== null), mode);
    const lists = await faces(tab);
    const ids = lists.flatMap(({ items }) => items.map(({ id }) => id));
    assert.equal(new Set([book, ...ids]).size, 19, `${mode}: no book stands twice, nor the page's: ${ids}`);
    const [similar, popular, recommended] = lists;
    for (const [i, { price, meta, badge }] of similar.cards.entries()) {
      const { brand, currency, price: amount } = similar.items[i];
      assert.equal(currency, 'EUR');
      assert.equal(price, `€${amount.toFixed(2)}`, mode);
      assert.equal(meta, `${price} · ${brand.join(', ')}`);
      assert.match(badge, /^(paperback|hardcover|e-book|audio CD)$/);
    }
    assert.match(popular.cards[0].price, /^\d+,\d\d\s€$/, 'as German writes it, in the currency that the catalog says');
    assert.equal(new Set([...similar.cards, ...popular.cards].map(({ height }) => height)).size, 1, 'cards are of one height');
    assert.deepEqual(said, [], mode);
    if (shots && mode === 'inline') {
      await mkdir(shots, { recursive: true });
      for (const [name, width, scheme] of [['desktop', 1100, 'light'], ['phone', 390, 'light'], ['dark', 1100, 'dark']]) {
        await tab.setViewportSize({ width, height: 1500 });
        await tab.emulateMedia({ colorScheme: scheme });
        await tab.addStyleTag({ content: ':root { color-scheme: light dark; font: 16px system-ui; }' });
        await tab.screenshot({ path: path.join(shots, `shop-${name}.png`) });
      }
    }
    // Titles of the list's language, where the catalog has them; another language has its own again.
    const titles = () => tab.evaluate(() => document.querySelector('sparrow-popular').items.map(({ id, title }) => [Number(id.slice(1)), title]));
    const german = ([i, title]) => title === (i % 4 ? `Das Buch der ${i}` : `The Book of ${i}`);
    assert.ok((await titles()).every(([i, title]) => title === `The Book of ${i}`), mode);
    const again = (change) => tab.evaluate(async ([name, value]) => {
      const list = document.querySelector('sparrow-popular');
      list.setAttribute(name, value);
      await new Promise((resolve) => { list.addEventListener('sparrow:ready', resolve, { once: true }); });
    }, change);
    await again(['titles', 'zh: title_zh, de:title_de']);
    assert.ok((await titles()).every(german), `${mode}: ${await titles()}`);

    await again(['lang', 'en']);
    assert.ok((await titles()).every(([i, title]) => title === `The Book of ${i}`), `${mode}: in English`);
    const before = recommended.items.map(({ id }) => id);
    await tab.evaluate(async (id) => {
      const list = document.querySelector('sparrow-recommend');
      list.exclude = `${id}, nobody`;
      await new Promise((resolve) => { list.addEventListener('sparrow:ready', resolve, { once: true }); });
    }, before[0]);
    const after = await tab.evaluate(() => document.querySelector('sparrow-recommend').items.map(({ id }) => id));
    assert.ok(!after.includes(before[0]) && after.length === 6, mode);
    await tab.evaluate(() => { document.querySelector('sparrow-recommend').brand = 'author'; });
    await tab.waitForFunction(() => received.events.some(({ name, code }) => name === 'error' && code === 'filter'));
    assert.ok(said.some((line) => line.startsWith('sparrow: The brand "author", column 1: there is no column "author"; "authors" is near.')), `${mode}: ${said.join('\n')}`);
    await context.close();
  }
});
