// What was viewed last, what is trending and new and what comes next, with pins and quotas, in Chromium and in Firefox;
// what is shown where nothing of that is known, and where no engine runs, and that the heading says which.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { chosen } from '../browsers/all.mjs';
import { launchAsShipped } from '../lib/browser.mjs';
import { exported, folder, native, run } from '../lib/exported.mjs';
import { host, page } from '../lib/host.mjs';
import { settled } from '../lib/widget.mjs';

// Thirty books of 2000 to 2029 and six authors, which readers take one after the other; in the end they turn to book 7
// (the last one of each, book 22, is held out).
const count = 30;
const items = (years) => ['item_id,title,year,genres,author', ...Array.from({ length: count }, (_, i) => `b${i},Volume of ${'abcdefghij'[i % 10]}${i},${years ? 2000 + i : ''},${['Crime', 'Poetry'][i % 2]},Author ${i % 6}`), ''].join('\n');
const day = 86_400;
const interactions = ['user_id,item_id,timestamp', ...Array.from({ length: 40 * 12 }, (_, i) => `u${i % 40},b${(i % 40 * 7 + Math.floor(i / 40)) % count},${1_700_000_000 + day * 4 * i}`),
  ...Array.from({ length: 40 }, (_, u) => `v${u},b7,${1_700_000_000 + 1930 * day + u}`), ...Array.from({ length: 40 }, (_, u) => `v${u},b20,${1_700_000_000 + 900 * day + u}`),
  ...Array.from({ length: 40 }, (_, u) => `v${u},b22,${1_700_000_000 + 1931 * day + u}`), ''].join('\n');

async function shop(t, years) {
  const input = await folder(t);
  await writeFile(path.join(input, 'items.csv'), items(years));
  await writeFile(path.join(input, 'interactions.csv'), interactions);
  const models = path.join(input, 'models');
  run('./build', 'bundle', '--input', input, '--out', `${models}/`, '--ship', 'measured', '--epochs', '1', '--attributes', 'author');
  return native(t, await exported(t, models), models);
}

// seen returns of each list its heading, what it shows and its items.
const seen = (tab) => tab.evaluate(() => [...document.querySelectorAll('[limit]')].map((list) => ({
  heading: list.shadowRoot.querySelector('h2').innerText, shows: list.ready?.shows, alike: list.ready?.alike, code: list.failed,
  ids: list.items.map(({ id }) => id), fallback: (list.querySelector('[slot=fallback]')?.getBoundingClientRect().height ?? 0) > 0,
})));

const listen = `<script>
  addEventListener('sparrow:ready', ({ target, detail }) => { target.ready = detail; });
  addEventListener('sparrow:error', ({ target, detail }) => { target.failed = detail.code; target.said = detail.message; });
</script>`;
const fallback = '<i slot="fallback">none</i>';

for (const [name, browser] of chosen('chromium firefox')) {
  test(`${name}: what was viewed, what is trending and new, and what comes next`, async (t) => {
    const edge = await shop(t, true);
    const started = await browser.start();
    t.after(() => started.close());
    const site = await host(t);
    const of = (item) => ({ body: page(edge.origin, `
      <sparrow-recent item="${item}" limit="5" personal>${fallback}</sparrow-recent>
      <sparrow-next item="${item}" limit="4"></sparrow-next>
      <sparrow-trending limit="3" lang="zh"></sparrow-trending>
      <sparrow-new limit="5" pin="b9,${item},b1,nobody"></sparrow-new>
      <sparrow-popular limit="6" max="author:1"></sparrow-popular>
      <sparrow-similar item="${item}" limit="6" diversity="author"></sparrow-similar>
      <sparrow-trending limit="3" min="autor:2">${fallback}</sparrow-trending>
      <sparrow-recommend limit="50" personal></sparrow-recommend>
      <sparrow-recommend limit="50" personal repeat="yes"></sparrow-recommend>`, { head: listen }) });
    site.pages = Object.fromEntries(Array.from({ length: count }, (_, i) => [`/b${i}`, of(`b${i}`)]));
    const tab = await started.open({ viewport: { width: 1000, height: 3000 } });
    const visit = async (item) => {
      await tab.goto(`${site.origin}/${item}`);
      await settled(tab);
      return tab.until(() => [...document.querySelectorAll('[limit]')].every((list) => list.engine.mode === 'inline')).then(() => seen(tab));
    };

    const [recent, next, trending, fresh, popular, similar, mistaken] = await visit('b3');
    assert.deepEqual([recent.ids, recent.fallback, recent.code], [[], true, 'empty'], 'they were nowhere yet');
    assert.deepEqual([next.heading, next.shows, next.ids[0]], ['What others chose next', 'next', 'b4']);
    assert.ok(!next.ids.includes('b3'));
    assert.deepEqual([trending.heading, trending.shows, trending.ids[0]], ['近来走热', 'trending', 'b7']);
    assert.deepEqual([fresh.heading, fresh.shows, fresh.ids.slice(0, 3), fresh.ids.slice(3).every((id) => ['b27', 'b28', 'b29'].includes(id))], ['New', 'new', ['b9', 'b3', 'b1'], true], `pins come first: ${fresh.ids}`);
    for (const list of [popular, similar]) {
      assert.equal(new Set(list.ids.map((id) => id.slice(1) % 6)).size, 6, `an author each: ${list.ids}`);
    }
    assert.deepEqual([mistaken.ids, mistaken.fallback, mistaken.code], [[], true, 'filter']);
    assert.match(await tab.evaluate(() => document.querySelector('[min]').said), /^The min "autor:2", column 1: there is no column "autor"; "author" is near/);

    let later;
    for (let i = 0; i < 20 && !later?.ids.length; i++) [later] = await visit('b4'); // until the view is on the disk
    assert.deepEqual([later.heading, later.shows, later.ids], ['Recently viewed', 'recent', ['b3']], 'without the page’s own');
    for (let i = 0; i < 20 && later.ids.length < 2; i++) [later] = await visit('b5');
    assert.deepEqual(later.ids, ['b4', 'b3'], 'the latest first');

    const bought = await tab.evaluate(async () => {
      const lists = [...document.querySelectorAll('sparrow-recommend')];
      await lists[0].record('purchase', 'b3', { value: 9, currency: 'EUR' });
      for (const list of lists) await list.refresh();
      return lists.map((list) => ['b3', 'b4'].filter((id) => list.items.some((item) => item.id === id)));
    });
    assert.deepEqual(bought, [[], ['b3']], 'what was bought comes again where the page says so, and nothing that was viewed');
    assert.deepEqual(await tab.problems(), []);
    await tab.close();
  });
}

test('where nothing is known, and where no engine runs', async (t) => {
  const edge = await shop(t, false);
  const [[, browser]] = chosen('chromium');
  const started = await browser.start();
  t.after(() => started.close());
  const site = await host(t);
  const body = page(edge.origin, `
    <sparrow-new limit="3"></sparrow-new>
    <sparrow-next item="b2" limit="3" filter="author='Author 5'"></sparrow-next>
    <sparrow-recent item="b2" limit="3" personal>${fallback}</sparrow-recent>
    <sparrow-trending limit="3"></sparrow-trending>
    <sparrow-popular limit="3" pin="b9">${fallback}</sparrow-popular>`, { head: listen });
  for (const [mode, policy] of Object.entries({ inline: '', list: `script-src ${edge.origin} 'unsafe-inline'; frame-src 'none'; connect-src 'self' ${edge.origin}` })) {
    site.pages = { '/': { headers: policy && { 'Content-Security-Policy': policy }, body } };
    const tab = await started.open({ viewport: { width: 1000, height: 3000 } });
    await tab.goto(site.origin);
    await settled(tab);
    await tab.until((want) => [...document.querySelectorAll('[limit]')].every((list) => list.engine.mode === want), mode);
    const [fresh, next, recent, trending, popular] = await seen(tab);
    assert.deepEqual([fresh.heading, fresh.shows, fresh.alike, fresh.ids.length], ['Popular', 'popular', true, 3], `${mode}: no years`);
    assert.deepEqual([recent.ids, recent.fallback], [[], true], mode);
    if (mode === 'inline') {
      assert.ok(next.ids.length === 3 && next.ids.every((id) => id.slice(1) % 6 === 5), `of one author: ${next.ids}`);
      assert.equal(trending.shows, 'trending');
      assert.equal(popular.ids[0], 'b9');
    } else { // what was made in advance knows no filter and no pins
      assert.deepEqual([next.code, trending.shows, trending.heading, popular.code, popular.fallback], ['filter', 'popular', 'Popular', 'filter', true]);
    }
    await tab.close();
  }
});

test('in a frame they are the same', async (t) => {
  const edge = await shop(t, true);
  const browser = await launchAsShipped();
  t.after(() => browser.close());
  const site = await host(t);
  const body = (item) => page(edge.origin, `
    <sparrow-next item="${item}" limit="4"></sparrow-next>
    <sparrow-new limit="5" pin="b9,b1"></sparrow-new>
    <sparrow-popular limit="6" max="author:1"></sparrow-popular>
    <sparrow-recent item="${item}" limit="3" personal>${fallback}</sparrow-recent>
    <sparrow-recommend limit="20" personal repeat="yes"></sparrow-recommend>`);
  const headers = { 'Content-Security-Policy': `script-src ${edge.origin}; frame-src ${edge.origin}; connect-src 'self' ${edge.origin}` };
  site.pages = Object.fromEntries(['b3', 'b4'].map((item) => [`/${item}`, { headers, body: body(item) }]));
  const tab = await browser.newPage({ viewport: { width: 1000, height: 3000 } });
  const visit = async (item) => {
    await tab.goto(`${site.origin}/${item}`);
    await settled(tab);
    await tab.waitForFunction(() => [...document.querySelectorAll('[limit]')].every((list) => list.engine.mode === 'frame'));
    return seen(tab);
  };
  const [next, fresh, popular] = await visit('b3');
  assert.equal(next.ids[0], 'b4');
  assert.deepEqual(fresh.ids.slice(0, 2), ['b9', 'b1']);
  assert.equal(new Set(popular.ids.map((id) => id.slice(1) % 6)).size, 6);
  let recent, mine;
  for (let i = 0; i < 20 && !(recent?.ids.length === 2 && mine.ids.includes('b8')); i++) { // until both are on the disk
    await visit('b3');
    await tab.evaluate(() => document.querySelector('sparrow-recommend').record('purchase', 'b8'));
    [, , , recent, mine] = await visit('b4');
  }
  assert.deepEqual(recent.ids, ['b8', 'b3'], 'what was bought was seen');
  assert.ok(mine.ids.includes('b8'), `what was bought comes again: ${mine.ids}`);
});
