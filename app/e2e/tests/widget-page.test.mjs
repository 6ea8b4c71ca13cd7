// The widget in pages that other code rewrites: morphs, snapshots, hydration,
// moves, and what is erased inside of other components.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { stage } from '../lib/app.mjs';
import { host, page } from '../lib/host.mjs';
import { record, settled } from '../lib/widget.mjs';

const { server: edge, browser } = await stage();
const own = '<template slot="card"><a class="tile" data-sparrow="link"><b data-sparrow="title"></b></a></template>';
const list = (inner = '', more = '') => `<sparrow-similar item="50" link="/film/{id}" ${more}>${inner}<p slot="fallback">More films</p></sparrow-similar>`;
const library = async (name) => ({ type: 'text/javascript', body: await readFile(new URL(`../node_modules/${name}`, import.meta.url)) });

async function open(t, pages, count = 1) {
  const site = await host(t, pages);
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 } });
  t.after(() => context.close());
  await context.addInitScript(record);
  const tab = await context.newPage();
  const errors = [];
  context.on('weberror', (event) => errors.push(String(event.error())));
  t.after(() => assert.deepEqual(errors, []));
  await tab.goto(site.origin);
  await settled(tab);
  await tab.waitForFunction((wanted) => received.events.filter(({ name }) => name === 'ready').length >= wanted, count);
  return tab;
}

// cards returns what a visitor sees of the first list's cards: as many titles
// as are visible.
const cards = (tab) => tab.evaluate(() => {
  const element = document.querySelector('sparrow-similar');
  const titles = [...element.shadowRoot.querySelectorAll('.title'), ...element.querySelectorAll('.tile b')];
  return titles.filter((one) => one.getBoundingClientRect().height > 5 && one.textContent.trim()).map((one) => one.textContent);
});
const times = (tab, name) => tab.evaluate((wanted) => received.events.filter((event) => event.name === wanted).length, name);
const frames = (tab) => tab.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));

// morphs change the page around or inside of a list as libraries do. Each runs
// in the page with the markup that it should become.
const morphs = {
  'idiomorph over the children': (html) => { Idiomorph.morph(document.getElementById('root'), html, { morphStyle: 'innerHTML' }); },
  'idiomorph over the element': (html) => { Idiomorph.morph(document.getElementById('root'), `<div id="root">${html}</div>`, { morphStyle: 'outerHTML' }); },
  'every child of the list replaced': (html) => {
    document.querySelector('h2').textContent = 'Cart: 2';
    document.querySelector('sparrow-similar').innerHTML = new DOMParser().parseFromString(html, 'text/html').querySelector('sparrow-similar').innerHTML;
  },
  'the root replaced': (html) => { document.getElementById('root').innerHTML = html; },
};
for (const [how, morph] of Object.entries(morphs)) {
  for (const [whose, inner] of [['the page’s own cards', own], ['the usual cards', '']]) {
    test(`${how}: ${whose} stay`, async (t) => {
      const html = `<h2>Cart: 1</h2>${list(inner)}`;
      const tab = await open(t, { '/': { body: page(edge.origin, `<div id="root">${html}</div>`, { head: '<script src="/idiomorph.js"></script>' }) }, '/idiomorph.js': await library('idiomorph/dist/idiomorph.js') });
      const before = await cards(tab);
      assert.equal(before.length, 10);
      await tab.evaluate(morph, html.replace('1', '2'));
      await frames(tab);
      await settled(tab);
      await frames(tab);
      assert.equal(await tab.locator('h2').first().innerText(), 'Cart: 2');
      assert.deepEqual(await cards(tab), before);
      await tab.evaluate(morph, html.replace('1', '2').replace('"50"', '"1"'));
      await frames(tab);
      await tab.evaluate(() => document.querySelector('sparrow-similar').setAttribute('item', '1'));
      await tab.waitForFunction(() => document.querySelector('sparrow-similar').items[0] && received.events.at(-1).name !== 'error');
      await tab.waitForFunction((first) => (document.querySelector('sparrow-similar').items[0].title !== first), before[0]);
      await frames(tab);
      assert.equal((await cards(tab)).length, 10);
    });
  }
}

test('cards that something takes out again and again neither hang the page nor come twice', async (t) => {
  const tab = await open(t, { '/': { body: page(edge.origin, list(own)) } });
  await tab.evaluate(async () => {
    const template = document.querySelector('template');
    let rounds = 0;
    const fight = new MutationObserver(() => { if (template.children.length && ++rounds < 50) template.replaceChildren(); });
    fight.observe(template, { childList: true });
    template.replaceChildren();
    await new Promise((resolve) => { setTimeout(resolve, 200); });
    fight.disconnect();
    template.replaceChildren();
  });
  await frames(tab);
  assert.equal((await cards(tab)).length, 10);
});

test('a template that comes, changes places and goes', async (t) => {
  const tab = await open(t, { '/': { body: page(edge.origin, list()) } });
  const before = await cards(tab);
  await tab.evaluate((html) => document.querySelector('sparrow-similar').insertAdjacentHTML('afterbegin', html), own);
  await frames(tab);
  assert.equal(await tab.locator('a.tile').count(), 10);
  assert.deepEqual(await cards(tab), before);
  await tab.evaluate(() => document.querySelector('template').remove());
  await frames(tab);
  assert.equal(await tab.locator('a.tile').count(), 0);
  assert.deepEqual(await cards(tab), before);
});

test('a copy of a list has its own cards, each once', async (t) => {
  const tab = await open(t, { '/': { body: page(edge.origin, list(own)) } });
  await tab.evaluate(() => document.body.append(document.querySelector('sparrow-similar').cloneNode(true)));
  await tab.waitForFunction(() => received.events.filter(({ name }) => name === 'ready').length === 2);
  await frames(tab);
  assert.deepEqual(await tab.evaluate(() => [...document.querySelectorAll('sparrow-similar')].map((one) => one.querySelectorAll('.tile').length)), [10, 10]);
});

test('Turbo: to another page and back', async (t) => {
  const body = (to) => ({ body: page(edge.origin, `<a id="go" href="/${to}">Go</a>${list(own)}`, { head: '<script src="/turbo.js"></script>' }) });
  const tab = await open(t, { '/': body('two'), '/two': body(''), '/turbo.js': await library('@hotwired/turbo/dist/turbo.es2017-umd.js') });
  const before = await cards(tab);
  const look = async (path, count) => {
    await tab.waitForFunction((wanted) => location.pathname === wanted, path);
    await tab.waitForFunction((wanted) => received.events.filter(({ name }) => name === 'ready').length >= wanted, count);
    await settled(tab);
    await frames(tab);
    assert.deepEqual(await cards(tab), before, path);
    assert.equal(await tab.locator('a.tile').count(), 10, path);
  };
  await tab.click('#go');
  await look('/two', 2);
  await tab.goBack();
  await look('/', 3);
});

for (const [whose, inner] of [['the page’s own cards', own], ['the usual cards', '']]) {
  test(`React takes over a page whose list is drawn, with ${whose}`, async (t) => {
    const scripts = '<script src="/react.js"></script><script src="/react-dom.js"></script>';
    const markup = `<div id="root"><main><h2>Film</h2><sparrow-similar item="50" link="/film/{id}">${inner}<p slot="fallback">More films</p></sparrow-similar></main></div>`;
    const tab = await open(t, {
      '/': { body: page(edge.origin, markup, { head: scripts }) },
      '/react.js': await library('react/umd/react.development.js'), '/react-dom.js': await library('react-dom/umd/react-dom.development.js'),
    });
    const before = await cards(tab);
    const found = await tab.evaluate(async (mine) => {
      const { createElement: h, useState } = React;
      const said = [];
      const { error } = console;
      console.error = (...words) => said.push(words.join(' '));
      const element = document.querySelector('sparrow-similar');
      let set;
      const App = () => {
        const [title, change] = useState('Film');
        set = change;
        return h('main', null, h('h2', null, title), h('sparrow-similar', { item: '50', link: '/film/{id}' }, ...mine ? [h('template', { key: 'c', slot: 'card', dangerouslySetInnerHTML: { __html: mine.replace(/<\/?template[^>]*>/g, '') } })] : [], h('p', { key: 'f', slot: 'fallback' }, 'More films')));
      };
      ReactDOM.hydrateRoot(document.getElementById('root'), h(App), { onRecoverableError: (problem) => said.push(String(problem.message)) });
      await new Promise((resolve) => { setTimeout(resolve, 500); });
      set('Film 2');
      await new Promise((resolve) => { setTimeout(resolve, 300); });
      console.error = error;
      return { said, same: document.querySelector('sparrow-similar') === element, title: document.querySelector('h2').textContent };
    }, inner);
    assert.deepEqual(found, { said: [], same: true, title: 'Film 2' });
    assert.deepEqual(await cards(tab), before);
  });
}

test('a list that is moved is not asked for again, and its cards are counted once', async (t) => {
  const tab = await open(t, { '/': { body: page(edge.origin, `${list()}<div id="there"></div>`) } });
  const before = await cards(tab);
  await tab.waitForFunction(() => received.events.filter(({ name }) => name === 'impression').length >= 3);
  await tab.waitForTimeout(300);
  const seen = await times(tab, 'impression');
  await tab.evaluate(() => document.getElementById('there').append(document.querySelector('sparrow-similar')));
  assert.deepEqual(await cards(tab), before, 'at once');
  await tab.waitForTimeout(1500);
  assert.deepEqual([await times(tab, 'ready'), await times(tab, 'impression')], [1, seen]);
  await tab.evaluate(() => {
    const element = document.querySelector('sparrow-similar');
    element.remove();
    element.item = '1';
    document.body.append(element);
  });
  await tab.waitForFunction(() => received.events.filter(({ name }) => name === 'ready').length === 2);
  assert.notDeepEqual(await cards(tab), before, 'another item, another list');
});

test('an attribute that changes while the list is on its way counts', async (t) => {
  const tab = await open(t, { '/': { body: page(edge.origin, list()) } });
  const found = await tab.evaluate(async () => {
    const element = document.querySelector('sparrow-similar');
    const asked = element.refresh();
    element.item = '1';
    element.theme = 'dark';
    await asked;
    const ready = await new Promise((resolve) => { document.addEventListener('sparrow:ready', ({ detail }) => resolve(detail.items.map(({ id }) => id)), { once: true }); });
    await element.refresh();
    return { ready, again: element.items.map(({ id }) => id), theme: element.shadowRoot.querySelector('.base').dataset.theme };
  });
  assert.deepEqual(found.ready, found.again);
  assert.equal(found.theme, 'dark');
  assert.equal(await times(tab, 'ready'), 3);
});

test('a list keeps its look in another document', async (t) => {
  const tab = await open(t, { '/': { body: page(edge.origin, `${list()}<iframe width="900" height="500"></iframe>`) } });
  const found = await tab.evaluate(async () => {
    const element = document.querySelector('sparrow-similar');
    const width = () => element.shadowRoot.querySelector('.card').getBoundingClientRect().width;
    const before = width();
    document.querySelector('iframe').contentDocument.body.append(element);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    return { before, after: width(), items: element.shadowRoot.querySelectorAll('.item').length };
  });
  assert.deepEqual(found, { before: found.before, after: found.before, items: 10 });
});

test('erase() reaches lists in open and closed shadow roots of other components, and those that are put away', async (t) => {
  const lists = `<sparrow-similar item="50"></sparrow-similar><sparrow-recommend id="light" personal></sparrow-recommend><div id="open"></div><div id="closed"></div><div id="away"><sparrow-recommend personal></sparrow-recommend></div>
    <script>globalThis.inside = ['open', 'closed'].map((mode) => { const root = document.getElementById(mode).attachShadow({ mode }); root.innerHTML = '<sparrow-recommend personal></sparrow-recommend>'; return root.firstChild; });</script>`;
  const tab = await open(t, { '/': { body: page(edge.origin, lists) } });
  const found = await tab.evaluate(async () => {
    const until = async (holds) => { while (!holds()) await new Promise((resolve) => { setTimeout(resolve, 20); }); };
    const away = document.querySelector('#away sparrow-recommend');
    const all = [document.getElementById('light'), ...globalThis.inside, away];
    const ids = () => all.map((one) => one.items.map(({ id }) => id).join());
    await until(() => all.every((one) => one.items.length));
    const before = ids();
    for (const item of ['1', '1214', '260']) await all[0].record('like', item);
    for (const one of all) await one.refresh();
    const liked = ids();
    away.remove();
    await customElements.get('sparrow-similar').erase();
    document.getElementById('away').append(away);
    await until(() => away.items.length && away.items.map(({ id }) => id).join() !== liked[3]);
    return { before, liked, after: ids() };
  });
  for (let i = 0; i < 4; i++) assert.notEqual(found.liked[i], found.before[i]);
  assert.deepEqual(found.after, found.before);
});
