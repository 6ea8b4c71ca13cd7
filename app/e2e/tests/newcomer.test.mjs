// The page of edge/START.md, as it is written there, in a browser: a bookshop of two files has a row on it.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from '../lib/browser.mjs';
import { folder, native, root, run } from '../lib/exported.mjs';
import { host } from '../lib/host.mjs';
import { siteFolder } from '../lib/server.mjs';
import { record, settled } from '../lib/widget.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

const guide = await readFile(path.join(root, 'edge/START.md'), 'utf8');
const [, html] = /<<'END'\n(.*?)\nEND\n/s.exec(guide);
const [, item, link] = /<sparrow-similar item="(\d+)" link="(.*?)">/.exec(html);

// shop makes the two files, small, with the book of the guide among 60, and trains on them.
async function shop(t) {
  const work = await folder(t);
  const input = path.join(work, 'books');
  const ids = Array.from({ length: 60 }, (_, i) => (i ? `${Number(item) + i}` : item));
  const readers = Array.from({ length: 60 }, (_, u) => Array.from({ length: 12 }, (_, k) => `u${u},${ids[(3 * k * (1 + (u % 5)) + (u % 3)) % 60]},${1_700_000_000 + 10_000 * u + 100 * k},view`));
  await mkdir(input);
  await writeFile(path.join(input, 'items.csv'), ['item_id,title,genres,price,currency', ...ids.map((id, i) => `${id},${i ? `Book ${i}` : 'Before the Mice'},Kind ${i % 3},9.90,EUR`), ''].join('\n'));
  await writeFile(path.join(input, 'interactions.csv'), ['user_id,item_id,timestamp,event', ...readers.flat(), ''].join('\n'));
  const bundles = path.join(work, 'bundles/');
  run('./build', 'bundle', '--input', input, '--out', bundles, '--epochs', '1');
  return bundles;
}

test('the page of the guide has a row of books', async (t) => {
  const site = await host(t);
  const { origin } = await native(t, siteFolder, await shop(t), undefined, '--origin', `${site.origin}=localhost`);
  assert.ok(html.includes('http://localhost:8080/v1/widget.js'));
  site.pages['/'] = { body: html.replaceAll('http://localhost:8080', origin) };
  const context = await browser.newContext();
  t.after(() => context.close());
  await context.addInitScript(record);
  const tab = await context.newPage();
  const problems = [];
  tab.on('pageerror', (error) => problems.push(error.message));
  await tab.goto(site.origin);
  const [{ items }] = await settled(tab);
  assert.equal(items.length, 10);
  assert.ok(items.every((title) => title.startsWith('Book ')));
  const hrefs = await tab.evaluate(() => [...document.querySelector('sparrow-similar').shadowRoot.querySelectorAll('a.card')].map((card) => new URL(card.href).pathname));
  assert.deepEqual(hrefs, items.map((title) => link.replace('{id}', Number(item) + Number(title.slice('Book '.length)))));
  assert.deepEqual(problems, []);
});
