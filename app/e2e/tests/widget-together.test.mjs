// What is bought together, in the page and in a frame; similar items stand in for it where nothing
// is known, and where no engine runs, and the heading says which.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { launch } from '../lib/browser.mjs';
import { exported, folder, native, run } from '../lib/exported.mjs';
import { host, page } from '../lib/host.mjs';
import { record, settled } from '../lib/widget.mjs';

const items = 'item_id,title,genres\nbread,Bread,Food\nbutter,Butter,Food\nknife,Knife,Tool\nboard,Board,Wood\npen,Pen,Desk\nink,Ink,Art\ntea,Tea,Food\nlone,Xylophone,\n';
const pairs = [['bread', 'butter'], ['knife', 'board'], ['pen', 'ink']];
const interactions = ['user_id,item_id,timestamp,event', ...Array.from({ length: 24 }, (_, u) => pairs[u % 3].map((item, k) => `u${u},${item},${1700000000 + 86400 * u + k},purchase`)).flat(), 'u9,tea,1700000009,view'].join('\n');

test('what is bought together comes first, and is called so', async (t) => {
  const shop = await folder(t);
  await writeFile(path.join(shop, 'items.csv'), items);
  await writeFile(path.join(shop, 'interactions.csv'), `${interactions}\n`);
  const models = path.join(shop, 'models');
  run('./build', 'bundle', '--input', shop, '--out', `${models}/`);
  const edge = await native(t, await exported(t, models), models);
  const browser = await launch();
  t.after(() => browser.close());
  const allowed = { inline: '', frame: `script-src ${edge.origin}; frame-src ${edge.origin}; connect-src 'self' ${edge.origin}`, list: `script-src ${edge.origin}; frame-src 'none'; connect-src 'self' ${edge.origin}` };
  const site = await host(t);
  const lists = ['bread', 'knife,bread,nothing', 'tea', 'lone'];
  for (const [mode, policy] of Object.entries(allowed)) {
    site.pages = { '/': { headers: policy && { 'Content-Security-Policy': policy }, body: page(edge.origin, lists.map((item) => `<sparrow-together item="${item}" limit="5"></sparrow-together>`).join('') + '<sparrow-together item="bread" lang="zh"></sparrow-together>') } };
    const context = await browser.newContext({ viewport: { width: 1000, height: 2600 } });
    await context.addInitScript(record);
    await context.addInitScript(() => addEventListener('sparrow:ready', ({ target, detail }) => { target.ready = detail; }));
    const tab = await context.newPage();
    await tab.goto(site.origin);
    await settled(tab);
    const [bread, basket, tea, lone, chinese] = await tab.evaluate(() => [...document.querySelectorAll('sparrow-together')].map((one) => ({
      heading: one.shadowRoot.querySelector('h2').innerText, shows: one.ready?.shows, alike: one.ready?.alike, ids: one.items.map(({ id }) => id), why: one.items[0]?.why.length,
    })));
    if (mode === 'list') { // lists made in advance are of one item
      assert.deepEqual([bread.heading, bread.shows, basket.ids.length, lone.shows], ['More like this', 'similar', 0, 'popular']);
    } else {
      assert.deepEqual([bread.heading, bread.shows, bread.ids[0], bread.why], ['Often bought together', 'together', 'butter', 0], mode);
      assert.ok(!bread.ids.includes('bread') && bread.ids.includes('tea'), `${mode}: similar items follow: ${bread.ids}`);
      assert.deepEqual([basket.ids.slice(0, 2).sort(), basket.shows], [['board', 'butter'], 'together'], mode);
      assert.equal(chinese.heading, '经常一起买', mode);
    }
    if (mode !== 'list') assert.deepEqual([tea.heading, tea.shows, tea.alike, lone.heading, lone.shows, lone.alike], ['More like this', 'similar', true, 'Popular', 'popular', false], mode);
    await context.close();
  }
});
