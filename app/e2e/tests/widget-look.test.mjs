// The widget's look and accessibility: axe in every layout, theme and width,
// and no overflow of a page at 400 %.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaints } from '../lib/axe.mjs';
import { host, page } from '../lib/host.mjs';
import { stage } from '../lib/app.mjs';
import { record, settled } from '../lib/widget.mjs';

const layouts = ['row', 'grid', 'list'];
const lists = layouts.map((layout) => `<sparrow-similar item="50" layout="${layout}" heading="A ${layout}" link="/movie/{id}"></sparrow-similar><sparrow-popular layout="${layout}" heading="Buttons in a ${layout}" limit="5"></sparrow-popular>`).join('');
const { server: edge, browser } = await stage();

async function open(t, view, { head = '', markup = lists } = {}) {
  const site = await host(t, { '/': { body: page(edge.origin, `<main>${markup}</main>`, { head }) } });
  const context = await browser.newContext(view);
  t.after(() => context.close());
  await context.addInitScript(record);
  const tab = await context.newPage();
  await tab.goto(site.origin);
  for (const list of await tab.locator('sparrow-similar, sparrow-popular').all()) await list.scrollIntoViewIfNeeded();
  await settled(tab);
  return tab;
}

const hosts = [
  ['a light page', { colorScheme: 'light' }, '<style>body{background:#fff;color:#222}</style>'],
  ['a page that follows the system, dark', { colorScheme: 'dark' }, '<meta name="color-scheme" content="light dark">'],
  ['a dark page that says nothing of it', { colorScheme: 'light' }, '<style>body{background:#111;color:#eee}</style>'],
  ['a page from right to left', { colorScheme: 'light' }, '<script>document.documentElement.dir = "rtl"</script>'],
];

for (const [name, scheme, head] of hosts) {
  test(`axe finds nothing on ${name}`, async (t) => {
    const found = [];
    for (const width of [360, 1280]) {
      const tab = await open(t, { ...scheme, viewport: { width, height: 900 } }, { head });
      for (const line of await complaints(tab, 'main')) found.push(`${width}px ${line}`);
    }
    assert.deepEqual(found, []);
  });
}

test('themes that the page chooses can be read on a page of the other kind', async (t) => {
  const found = [];
  for (const [theme, background] of [['light', '#fff'], ['dark', '#111']]) {
    const tab = await open(t, { viewport: { width: 800, height: 900 } }, { head: `<style>body{background:${background}}</style>`, markup: `<sparrow-similar item="50" theme="${theme}" link="/{id}"></sparrow-similar>` });
    for (const line of await complaints(tab, 'sparrow-similar', ['color-contrast'])) found.push(`${theme}: ${line}`);
  }
  assert.deepEqual(found, []);
});

test('nothing sticks out at 400 %, and every target is large enough', async (t) => {
  const tab = await open(t, { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 });
  assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  const small = await tab.evaluate(() => [...document.querySelectorAll('sparrow-similar, sparrow-popular')].flatMap((list) => [...list.shadowRoot.querySelectorAll('a, button')])
    .map((one) => one.getBoundingClientRect()).filter(({ width, height }) => width && (width < 24 || height < 24)).length);
  assert.equal(small, 0);
});

test('blank cards take the room that the list will take', async (t) => {
  for (const [layout, width] of layouts.flatMap((layout) => [[layout, 390], [layout, 1280]])) {
    const site = await host(t, { '/': { body: page(edge.origin, `<sparrow-similar item="50" layout="${layout}"></sparrow-similar>`) } });
    const tab = await browser.newPage({ viewport: { width, height: 800 } });
    let release;
    const open = new Promise((resolve) => { release = resolve; });
    let asked = false;
    await tab.route('**/*.engine.wasm', async (route) => { // which has no cache: the engine is asked for twice
      asked = true;
      await open;
      await route.continue();
    });
    await tab.addInitScript(record);
    await tab.goto(site.origin);
    const height = () => tab.evaluate(() => document.querySelector('sparrow-similar').offsetHeight);
    await tab.waitForFunction(() => document.querySelector('sparrow-similar').shadowRoot?.querySelector('.blank'));
    const before = await height();
    while (!asked) await tab.waitForTimeout(20);
    release();
    await settled(tab);
    assert.equal(await height(), before, `${layout} at ${width}`);
    const wide = await tab.evaluate(() => [...document.querySelector('sparrow-similar').shadowRoot.querySelectorAll('.item')].filter((item) => item.firstChild.offsetWidth > item.clientWidth).length);
    assert.equal(wide, 0, `cards wider than their place in a ${layout} at ${width}`);
    await tab.close();
  }
});
