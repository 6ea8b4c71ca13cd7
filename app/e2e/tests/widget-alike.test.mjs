// Items that nothing is known to be like: the popular ones stand there for them, and the heading
// says so, whatever the answer comes from.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { launch } from '../lib/browser.mjs';
import { exported, folder, native, run } from '../lib/exported.mjs';
import { host, page } from '../lib/host.mjs';
import { record, settled } from '../lib/widget.mjs';

const items = 'item_id,title,genres\na,Heat,Crime\nb,Alien,Horror\nc,Clerks,Comedy\nd,Fargo,Crime\nlone,Xylophone,\npair,Quilt,Craft\ntwin,Loom,Craft\n';
const interactions = 'user_id,item_id,timestamp\n1,a,1\n1,b,2\n1,c,3\n1,d,4\n2,b,1\n2,c,2\n2,d,3\n3,a,5\n';

test('popular items are not called alike, in any mode and language', async (t) => {
  const shop = await folder(t);
  await writeFile(path.join(shop, 'items.csv'), items);
  await writeFile(path.join(shop, 'interactions.csv'), interactions);
  const models = path.join(shop, 'models');
  run('./build', 'bundle', '--input', shop, '--out', `${models}/`);
  const edge = await native(t, await exported(t, models), models);
  const browser = await launch();
  t.after(() => browser.close());
  const allowed = { inline: '', frame: `script-src ${edge.origin}; frame-src ${edge.origin}; connect-src 'self' ${edge.origin}`, list: `script-src ${edge.origin}; frame-src 'none'; connect-src 'self' ${edge.origin}` };
  const headings = { lone: ['Popular', '热门'], pair: ['More like this', '更多类似'] };
  const site = await host(t);
  for (const [mode, policy] of Object.entries(allowed)) {
    const list = (item, lang, more = '') => `<sparrow-similar item="${item}" lang="${lang}" ${more}></sparrow-similar>`;
    site.pages = { '/': { headers: policy && { 'Content-Security-Policy': policy }, body: page(edge.origin, ['en', 'zh'].flatMap((lang) => ['lone', 'pair'].map((item) => list(item, lang))).join('') + list('lone', 'en', 'heading="Mine"')) } };
    const context = await browser.newContext({ viewport: { width: 1000, height: 2600 } });
    await context.addInitScript(record);
    await context.addInitScript(() => addEventListener('sparrow:ready', ({ target, detail }) => { target.ready = detail; }));
    const tab = await context.newPage();
    await tab.goto(site.origin);
    await settled(tab);
    await tab.waitForFunction((wanted) => [...document.querySelectorAll('sparrow-similar')].every(({ ready }) => ready?.mode === wanted), mode);
    const seen = await tab.evaluate(() => [...document.querySelectorAll('sparrow-similar')].map((one) => ({
      heading: one.shadowRoot.querySelector('h2').innerText, label: one.shadowRoot.querySelector('.base').ariaLabel, alike: one.ready.alike, titles: one.items.map(({ title }) => title),
    })));
    for (const [i, item] of ['lone', 'pair', 'lone', 'pair'].entries()) {
      const want = headings[item][i >> 1];
      assert.deepEqual([seen[i].heading, seen[i].label, seen[i].alike], [want, want, item === 'pair'], `${mode} ${item}`);
      if (item === 'pair') assert.deepEqual(seen[i].titles, ['Loom'], `${mode}: only what is like it`);
      else assert.equal(seen[i].titles.length, 6, mode);
    }
    assert.deepEqual([seen[4].heading, seen[4].alike], ['Mine', false], 'the page’s own heading stays');
    await tab.evaluate(() => { document.querySelector('sparrow-similar').item = 'pair'; });
    await tab.waitForFunction(() => document.querySelector('sparrow-similar').shadowRoot.querySelector('h2').innerText === 'More like this');
    await context.close();
  }
});
