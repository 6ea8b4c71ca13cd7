// Lists with a filter hold only what it is true of, in whichever way the engine runs; a mistake in
// one is shown in the console, and where no engine runs nothing wrong is shown.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { launch } from '../lib/browser.mjs';
import { exported, folder, native, run } from '../lib/exported.mjs';
import { host, page } from '../lib/host.mjs';
import { record, settled } from '../lib/widget.mjs';

const count = 30;
const items = Array.from({ length: count }, (_, i) => `b${i},Book ${i},${['Crime', 'Poetry'][i % 2]},${5 + i}.99,${['de', 'en', 'zh'][i % 3]},${i % 4 ? 'yes' : 'no'}`);
const interactions = Array.from({ length: 8 * 12 }, (_, i) => `u${i % 8},b${(5 * (i % 8) + Math.floor(i / 8) * 3) % count},${1000 + i}`);

test('lists hold what their filter keeps', async (t) => {
  const shop = await folder(t);
  await writeFile(path.join(shop, 'items.csv'), ['item_id,title,genres,price,lang,in_stock', ...items, ''].join('\n'));
  await writeFile(path.join(shop, 'interactions.csv'), ['user_id,item_id,timestamp', ...interactions, ''].join('\n'));
  const models = path.join(shop, 'models');
  run('./build', 'bundle', '--input', shop, '--out', `${models}/`, '--ship', 'measured', '--epochs', '1', '--attributes', 'price:number,lang,in_stock:bool');
  const edge = await native(t, await exported(t, models), models);
  const browser = await launch();
  t.after(() => browser.close());
  const site = await host(t);
  const body = page(edge.origin, `
    <sparrow-similar item="b8" limit="3" filter="in_stock and price<25 and genre=same and lang in (de,en)"><i slot="fallback">none</i></sparrow-similar>
    <sparrow-recommend limit="4" filter="not in_stock"><i slot="fallback">none</i></sparrow-recommend>
    <sparrow-popular limit="4" filter="lang=zh and price>=20"><i slot="fallback">none</i></sparrow-popular>
    <sparrow-popular filter="in_stock and prize<5"><i slot="fallback">none</i></sparrow-popular>`);
  const numbers = (holds) => Array.from({ length: count }, (_, i) => i).filter(holds);
  const wanted = [
    [3, numbers((i) => i % 4 && i + 5.99 < 25 && i % 2 === 0 && i % 3 < 2 && i !== 8)], [4, numbers((i) => i % 4 === 0)], [4, numbers((i) => i % 3 === 2 && i + 5.99 >= 20)],
  ];
  const policies = { inline: '', frame: `script-src ${edge.origin}; frame-src ${edge.origin}; connect-src 'self' ${edge.origin}`, list: `script-src ${edge.origin}; frame-src 'none'; connect-src 'self' ${edge.origin}` };
  for (const [mode, policy] of Object.entries(policies)) {
    site.pages = { '/': { headers: policy && { 'Content-Security-Policy': policy }, body } };
    const context = await browser.newContext({ viewport: { width: 1000, height: 2600 } });
    await context.addInitScript(record);
    const tab = await context.newPage();
    const said = [];
    tab.on('console', (line) => line.text().startsWith('sparrow:') && said.push(line.text()));
    await tab.goto(site.origin);
    const lists = await settled(tab);
    for (const [i, [limit, kept]] of wanted.entries()) {
      const { items: titles, fallback } = lists[i];
      if (mode === 'list') {
        assert.deepEqual([titles.length, fallback], [0, true], `list ${i}: what was made in advance is not shown`);
        continue;
      }
      assert.equal(titles.length, limit, `${mode}, list ${i}: ${titles}`);
      for (const title of titles) assert.ok(kept.includes(Number(title.slice(5))), `${mode}, list ${i}: ${title} is not among ${kept}`);
    }
    assert.deepEqual([lists[3].items.length, lists[3].fallback], [0, true], mode);
    const codes = await tab.evaluate(() => received.events.filter(({ name }) => name === 'error').map(({ code }) => code));
    assert.deepEqual(codes, Array(mode === 'list' ? 4 : 1).fill('filter'), mode);
    const mistake = 'sparrow: The filter "in_stock and prize<5", column 14: there is no column "prize"; "price" is near.';
    assert.ok(mode === 'list' ? said.length === 4 : said.some((line) => line.startsWith(mistake)), `${mode}: ${said.join('\n')}`);
    assert.equal(await tab.evaluate(() => received.events.some(({ mode: from }) => from === 'list')), false, 'no list of all items comes first');
    if (mode !== 'list') {
      await tab.evaluate(() => { document.querySelector('sparrow-popular').filter = 'price<6'; });
      await tab.waitForFunction(() => document.querySelector('sparrow-popular').items.map(({ id }) => id).join() === 'b0');
    }
    await context.close();
  }
});
