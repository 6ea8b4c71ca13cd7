// The widget in a host's page, as its visitors use it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { host, page } from '../lib/host.mjs';
import { Server } from '../lib/server.mjs';
import { stage } from '../lib/app.mjs';
import { record, settled } from '../lib/widget.mjs';

const { server: edge, browser } = await stage();

// open shows a host's page with markup and returns its tab once every list is
// there.
async function open(t, markup, { view = {}, ...options } = {}) {
  const site = await host(t, { '/': { body: page(edge.origin, markup, options) } });
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 }, ...view });
  t.after(() => context.close());
  await context.addInitScript(record);
  const tab = await context.newPage();
  const errors = [];
  context.on('weberror', (event) => errors.push(String(event.error())));
  t.after(() => assert.deepEqual(errors, []));
  await tab.goto(site.origin);
  tab.lists = await settled(tab);
  tab.site = site;
  return tab;
}

const cards = (tab) => tab.locator('sparrow-similar .card');
const received = (tab, name) => tab.evaluate((wanted) => globalThis.received.events.filter((event) => event.name === wanted), name);

test('three lists, one engine', async (t) => {
  const tab = await open(t, '<sparrow-similar item="50"></sparrow-similar><sparrow-popular limit="4"></sparrow-popular><sparrow-recommend limit="3"></sparrow-recommend>');
  assert.deepEqual(tab.lists.map(({ items }) => items.length), [10, 4, 3]);
  assert.equal(tab.workers().length, 1);
  assert.deepEqual((await received(tab, 'ready')).map(({ element }) => element).sort(), ['sparrow-popular', 'sparrow-recommend', 'sparrow-similar']);
});

test('nothing is asked for before the list is near, everything after', async (t) => {
  edge.requests.length = 0;
  const site = await host(t, { '/': { body: page(edge.origin, '<div style="height:6000px"></div><sparrow-similar item="50"></sparrow-similar>') } });
  const context = await browser.newContext({ viewport: { width: 800, height: 600 } });
  t.after(() => context.close());
  await context.addInitScript(record);
  const tab = await context.newPage();
  await tab.goto(site.origin);
  await tab.waitForTimeout(700);
  assert.deepEqual(edge.requests, ['/v1/widget.js']);
  await tab.evaluate(() => scrollTo(0, 5000)); // within one view of the list
  await settled(tab);
});

test('a link is followed, unless the page takes the click', async (t) => {
  const tab = await open(t, '<sparrow-similar item="50" link="/movie/{id}"></sparrow-similar>');
  await tab.evaluate(() => document.querySelector('sparrow-similar').addEventListener('sparrow:select', (event) => {
    event.preventDefault();
    globalThis.chosen = { id: event.detail.item.id, position: event.detail.position, path: new URL(event.detail.href).pathname };
  }, { once: true }));
  await cards(tab).nth(1).click();
  const { id } = await tab.evaluate(() => document.querySelector('sparrow-similar').items[1]);
  assert.deepEqual(await tab.evaluate(() => globalThis.chosen), { id, position: 2, path: `/movie/${id}` });
  const to = await cards(tab).first().evaluate((link) => link.href);
  await cards(tab).first().click();
  await tab.waitForURL(to);
});

test('cards that stay in view for a second are reported, once', async (t) => {
  const tab = await open(t, '<sparrow-similar item="50"></sparrow-similar>', { view: { viewport: { width: 500, height: 900 } } });
  await tab.waitForFunction(() => globalThis.received.events.filter(({ name }) => name === 'impression').length >= 2);
  await tab.waitForTimeout(500);
  const first = await received(tab, 'impression');
  assert.ok(first.length >= 2 && first.length <= 4, `${first.length} of 10 cards are in view`);
  assert.deepEqual(first.map(({ position }) => position), first.map((_, i) => i + 1));
  await tab.getByRole('button', { name: 'Next' }).click();
  await tab.waitForFunction((count) => globalThis.received.events.filter(({ name }) => name === 'impression').length > count, first.length);
  await tab.waitForTimeout(500);
  const all = await received(tab, 'impression');
  assert.equal(new Set(all.map(({ item }) => item)).size, all.length, 'none twice');
});

// place returns the position of the card that has the focus, from 1, and its visible left edge.
const place = (tab) => tab.evaluate(() => {
  const { shadowRoot } = document.querySelector('sparrow-similar');
  return [...shadowRoot.querySelectorAll('.card')].indexOf(shadowRoot.activeElement) + 1;
});

test('the keyboard alone: one stop, then the arrow keys', async (t) => {
  for (const dir of ['ltr', 'rtl']) {
    const tab = await open(t, `<div dir="${dir}"><sparrow-similar item="50" link="/movie/{id}"></sparrow-similar></div><a href="/" id="after">After</a>`);
    const forward = dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backward = dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
    await cards(tab).first().focus();
    const table = [[forward, 2], [forward, 3], [backward, 2], ['End', 10], [forward, 10], ['Home', 1], [backward, 1], ['ArrowDown', 1]];
    for (const [key, want] of table) {
      await tab.keyboard.press(key);
      assert.equal(await place(tab), want, `${dir} ${key}`);
    }
    await tab.keyboard.press(forward);
    await tab.keyboard.press('Tab');
    assert.equal(await tab.evaluate(() => document.activeElement.id), 'after', 'the list is one stop');
    await tab.keyboard.press('Shift+Tab');
    assert.equal(await place(tab), 2, 'and comes back to where it was');
  }
});

test('a grid goes up and down by lines', async (t) => {
  const tab = await open(t, '<sparrow-similar item="50" layout="grid" link="/{id}"></sparrow-similar>');
  const columns = await tab.evaluate(() => {
    const tops = [...document.querySelector('sparrow-similar').shadowRoot.querySelectorAll('.card')].map((card) => card.getBoundingClientRect().top);
    return tops.filter((top) => top === tops[0]).length;
  });
  assert.ok(columns > 2 && columns < 10);
  await cards(tab).first().focus();
  await tab.keyboard.press('ArrowDown');
  assert.equal(await place(tab), columns + 1);
  await tab.keyboard.press('ArrowUp');
  assert.equal(await place(tab), 1);
});

test('attributes may change at any time', async (t) => {
  const tab = await open(t, '<sparrow-similar item="50"></sparrow-similar>');
  const outcomes = () => tab.evaluate(() => globalThis.received.events.filter(({ name }) => name === 'ready' || name === 'error').length);
  const set = async (name, value) => {
    const before = await outcomes();
    await tab.evaluate(([n, v]) => document.querySelector('sparrow-similar').setAttribute(n, v), [name, value]);
    if (name === 'item' || name === 'limit') while (await outcomes() === before) await tab.waitForTimeout(20);
    return (await settled(tab))[0].items;
  };
  const before = tab.lists[0].items;
  assert.notDeepEqual(await set('item', '1'), before);
  assert.deepEqual(await set('item', '50'), before);
  assert.equal((await set('limit', '4')).length, 4);
  assert.equal((await set('limit', 'many')).length, 10);
  await set('lang', 'zh-CN');
  await tab.waitForFunction(() => document.querySelector('sparrow-similar').shadowRoot.querySelector('h2').textContent === '更多类似'); // once its script has come
  await set('heading', 'More like it');
  assert.equal(await tab.locator('sparrow-similar h2').innerText(), 'More like it');
  await set('item', 'no such item');
  assert.equal((await settled(tab))[0].state, 'failed');
  assert.equal((await received(tab, 'error'))[0].code, 'unknown-movie');
  assert.deepEqual(await set('item', '50'), before, 'and it comes back');
});

test('properties that were set before the script came count', async (t) => {
  const markup = '<sparrow-similar></sparrow-similar><script>Object.assign(document.querySelector("sparrow-similar"), { item: "50", limit: 3, heading: "Early" })</script>';
  const tab = await open(t, markup);
  assert.equal(tab.lists[0].items.length, 3);
  assert.equal(await tab.locator('sparrow-similar h2').innerText(), 'Early');
  assert.equal(await tab.evaluate(() => document.querySelector('sparrow-similar').getAttribute('item')), '50');
});

test('an element may be moved, taken out and put back', async (t) => {
  const tab = await open(t, '<sparrow-similar item="50"></sparrow-similar><div id="there"></div>');
  await tab.evaluate(() => document.querySelector('#there').append(document.querySelector('sparrow-similar')));
  assert.equal((await settled(tab))[0].items.length, 10);
  await tab.evaluate(async () => {
    const list = document.querySelector('sparrow-similar');
    list.remove();
    await list.refresh();
    await document.createElement('sparrow-similar').refresh(); // it was never on a page
    document.body.append(list);
  });
  assert.equal((await settled(tab))[0].items.length, 10);
});

test('the page’s own heading, cards and fallback', async (t) => {
  const template = '<template slot="card"><a class="mine" data-sparrow="link"><b data-sparrow="title"></b> <i data-sparrow="year"></i> <span data-sparrow="genres"></span><span data-sparrow="cover"></span></a></template>';
  const tab = await open(t, `<style>.mine b { color: rgb(1, 2, 3) }</style><sparrow-similar item="50" link="/movie/{id}?t={title}"><h3 slot="header">Mine</h3>${template}<p slot="fallback">None</p></sparrow-similar>`);
  const mine = tab.locator('a.mine');
  assert.equal(await mine.count(), 10);
  const [{ id, title }] = await tab.evaluate(() => document.querySelector('sparrow-similar').items);
  assert.equal(await mine.first().locator('b').innerText(), title);
  assert.match(title, /\W/, 'a title that an address cannot hold as it is');
  assert.equal(await mine.first().getAttribute('href'), `${tab.site.origin}/movie/${id}?t=${encodeURIComponent(title)}`);
  assert.equal(await mine.first().locator('b').evaluate((bold) => getComputedStyle(bold).color), 'rgb(1, 2, 3)', 'the page’s styles reach it');
  assert.equal(await mine.first().locator(':not(svg) > svg').count(), 1);
  assert.ok(await tab.getByText('Mine').isVisible());
  assert.ok(!await tab.getByText('None').isVisible());
  await tab.evaluate(() => document.querySelector('sparrow-similar').setAttribute('item', 'nothing'));
  await tab.getByText('None').waitFor();
  assert.equal(await mine.count(), 0, 'cards of before are gone');
  assert.ok(!await tab.getByText('Mine').isVisible());
});

test('two copies of the script live side by side', async (t) => {
  const script = ['', '?second'].map((query) => `<script type="module" src="${edge.origin}/v1/widget.js${query}"></script>`).join('');
  const tab = await open(t, '<sparrow-similar item="50"></sparrow-similar>', { script });
  assert.equal(tab.lists[0].items.length, 10);
});

test('another folder of models, where the page says so; never by the frame', async (t) => {
  const other = await new Server().start();
  t.after(() => other.stop());
  const tab = await open(t, `<sparrow-similar item="50" src="${other.origin}/v1/"></sparrow-similar>`);
  assert.equal(tab.lists[0].items.length, 10);
  assert.ok(other.requests.includes('/v1/latest.json'));
  await tab.evaluate(() => document.querySelector('sparrow-similar').setAttribute('mode', 'frame'));
  await tab.waitForFunction(() => globalThis.received.events.some(({ name }) => name === 'error'));
  assert.equal(tab.frames().length, 1);
});

test('a React page', async (t) => {
  const script = `<script src="/react.js"></script><script src="/react-dom.js"></script><script type="module" src="${edge.origin}/v1/widget.js"></script>`;
  const js = async (name) => ({ type: 'text/javascript', body: await readFile(new URL(`../node_modules/${name}`, import.meta.url)) });
  const app = `const { createElement: h, useState, useRef, useEffect, StrictMode } = React;
    function App() {
      const [item, setItem] = useState('50');
      const list = useRef(null);
      useEffect(() => {
        const select = (event) => { event.preventDefault(); setItem(event.detail.item.id); };
        list.current.addEventListener('sparrow:select', select);
        return () => list.current?.removeEventListener('sparrow:select', select);
      }, []);
      return h('main', null, h('p', { id: 'now' }, item), h('sparrow-similar', { ref: list, item, limit: 5, link: '/movie/{id}', personal: 'false' }));
    }
    ReactDOM.createRoot(document.querySelector('#root')).render(h(StrictMode, null, h(App)));`;
  const site = await host(t, {
    '/': { body: page(edge.origin, '<div id="root"></div><script src="/app.js"></script>', { script }) }, '/app.js': { type: 'text/javascript', body: app },
    '/react.js': await js('react/umd/react.production.min.js'), '/react-dom.js': await js('react-dom/umd/react-dom.production.min.js'),
  });
  const context = await browser.newContext();
  t.after(() => context.close());
  await context.addInitScript(record);
  const tab = await context.newPage();
  await tab.goto(site.origin);
  await settled(tab);
  await tab.locator('.card').nth(2).click();
  await tab.waitForFunction(() => document.querySelector('#now').textContent !== '50');
  await tab.waitForFunction(() => globalThis.received.events.filter(({ name }) => name === 'ready').length > 1);
  assert.equal((await settled(tab))[0].items.length, 5);
  assert.equal(await tab.evaluate(() => document.querySelector('sparrow-similar').personal), false);
});
