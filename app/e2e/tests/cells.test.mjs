// A site whose bundle has cells, from the project's own server: what is popular, alike, for the
// visitor and searched is there, and the Lab's slider shows the very index that the searches use.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { alive, idle, launch, visit, watch } from '../lib/browser.mjs';
import { exported, folder, native, root } from '../lib/exported.mjs';
import { forYou, go, like, list } from '../lib/pages.mjs';
import { divided } from '../lib/trained.mjs';

// published returns a folder of bundles with one in it, as the builder writes it.
async function published(work, file) {
  const bytes = await readFile(file);
  const hash = createHash('sha256').update(bytes).digest('hex');
  const at = path.join(work, 'bundles');
  await mkdir(at);
  await copyFile(file, path.join(at, `${hash}.bundle`));
  await writeFile(path.join(at, 'latest.json'), JSON.stringify({ bundle: hash, bytes: bytes.length }));
  return at;
}

test('a bundle with cells serves home, lists, the Lab and a search', async (t) => {
  const work = await folder(t);
  const bundles = await published(work, await divided(work));
  await promisify(execFile)('go', ['run', './build', 'lists', '--bundle', bundles], { cwd: root });
  const edge = await native(t, await exported(t, bundles, '--no-deltas'), bundles);
  const browser = await launch();
  t.after(() => browser.close());
  const context = await browser.newContext();
  const seen = await watch(context, edge.origin);
  const page = await visit(context, edge.origin);
  assert.ok((await list(page, 'main')).length >= 10, 'home');

  const { items } = await (await fetch(`${edge.origin}/v1/similar/9.json`)).json();
  assert.ok(items.length >= 10, 'a list made in advance');
  const kind = 1; // items 1, 9, 17, … are of one kind
  for (const id of [9, 17, 33]) await like(page, id, '/item');
  const alike = (await list(page, 'main .row')).slice(0, 10);
  assert.ok(alike.length === 10 && alike.every((id) => id % 8 === kind), `alike: ${alike}`);
  const mine = await forYou(page);
  assert.ok(mine.length >= 10 && !['9', '17', '33'].some((id) => mine.includes(id)), `for you: ${mine}`);
  await go(page, '/search?q=thing%202000');
  assert.ok((await list(page, 'main')).includes('2000'), 'a search');

  await page.goto(`${edge.origin}/lab`);
  await alive(page);
  const slider = page.locator('#probes');
  await slider.waitFor();
  await idle(page);
  const cells = Number(await slider.getAttribute('max'));
  const said = async () => (await page.locator('.lab-probe').innerText()).match(/\d+(?= %)/g).map(Number);
  const shares = [];
  for (const probes of [1, cells >> 1, cells]) {
    await slider.fill(String(probes));
    await idle(page);
    shares.push(await said());
  }
  assert.ok(shares[0][0] < shares[1][0] && shares[0][1] < shares[1][1], `more cells find and compare more: ${JSON.stringify(shares)}`);
  assert.deepEqual(shares[2], [100, 100], 'all cells hold all items');
  seen.quiet();
});
