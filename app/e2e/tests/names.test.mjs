// A catalog whose ids lead out of folders, end names, mean devices or look like others: every
// item has one address, at the edge, in the app and from the service worker.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { controlled, launch, networkNoise, visit, watch } from '../lib/browser.mjs';
import { exported, folder, native, root, run } from '../lib/exported.mjs';

const all = JSON.parse(readFileSync(path.join(root, 'wasm/catalog/testdata/segments.json')));
const readable = all.filter(({ text }) => text.trim() === text && text && !/[\n\r\u0085\u2028\ufeff\u200b\u00a0]/.test(text)); // the reader of CSV trims
const names = new Map(readable.map(({ segment }, i) => [segment, `Item number ${i}.`]));

// catalog writes a bundle of those items.
async function catalog(t) {
  const input = await folder(t);
  const cell = (text) => `"${text.replaceAll('"', '""')}"`;
  const items = readable.map(({ text }, i) => [text, `Item number ${i}.`, '1990', `Drama|${text.replaceAll('|', '')}`].map(cell).join(','));
  writeFileSync(path.join(input, 'items.csv'), ['item_id,title,year,genres', ...items, ''].join('\n'));
  const rows = ['user_id,item_id,timestamp,rating'];
  for (let u = 0; u < 200; u++) {
    for (let k = 0; k < 12; k++) rows.push(`u${u},${cell(readable[(u * 7 + k * k * 3) % readable.length].text)},${1700000000 + u * 1000 + k * 60},${3 + (u + k) % 3}`);
  }
  writeFileSync(path.join(input, 'interactions.csv'), `${rows.join('\n')}\n`);
  const out = path.join(await folder(t), 'bundles/');
  run('./build', 'bundle', '--max-bad', '10%', '--input', input, '--out', out);
  return out;
}

test('every id of a hostile catalog is reached', async (t) => {
  assert.ok(names.size >= 200, `${names.size} ids`);
  const bundles = await catalog(t);
  const site = await exported(t, bundles);
  const edge = await native(t, site, bundles);

  let own = 0;
  for (const [segment, title] of names) {
    for (const lang of ['', '/zh']) {
      const response = await fetch(`${edge.origin}${lang}/item/${segment}`, { redirect: 'error' });
      const body = await response.text();
      assert.equal(response.status, 200, segment);
      const pre = body.includes(`>${title}</h1>`);
      own += pre;
      assert.ok(pre || body.includes('class="shell"'), `${segment} is answered with another page`);
    }
  }
  assert.ok(own >= 2 * 190, `${own} pages were rendered in advance`);
  assert.equal((await fetch(`${edge.origin}/item/~2e~2e~2fnone`)).status, 404);

  const browser = await launch();
  t.after(() => browser.close());
  const context = await browser.newContext();
  const watched = await watch(context, edge.origin);
  const page = await visit(context, edge.origin);
  await controlled(page);
  const shown = (title) => page.waitForFunction((text) => document.querySelector('h1')?.innerText === text && document.title.startsWith(text), title);
  for (const [segment, title] of names) {
    await page.evaluate((to) => goappNav(to), `/item/${segment}`);
    await shown(title).catch((error) => assert.fail(`${segment} does not show ${title}: ${error.message}`));
  }
  await edge.stop();
  const worst = ['~2e', '~2e~2e', '~2e~2e~2fx', '~69ndex', '~63on', '~25', '~252e~252e~252f', '~00', 'a~2fb', '~7e', '~2drf', 'B00ABCDEFG', 'b00abcdefg', '~e9~9c~b8~e7~8e~8b~e5~88~ab~e5~a7~ac', '~3fa~23b', '__proto__', '~3cscript~3e'].filter((one) => names.has(one));
  assert.ok(worst.length >= 12);
  for (const segment of worst) {
    await page.goto(`${edge.origin}/item/${segment}`); // from the service worker alone
    await shown(names.get(segment)).catch((error) => assert.fail(`${segment} does not show ${names.get(segment)}: ${error.message}`));
  }
  watched.quiet(networkNoise);
});
