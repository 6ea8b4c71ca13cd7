// What changes by the minute: an item that is sold out by a PUT goes from the app's lists and from a widget's, and
// stays away offline; a live overlay that is none changes nothing; where there is none, it is asked for once.
import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { alive, controlled, idle, launch, visit, watch } from '../lib/browser.mjs';
import { native, root } from '../lib/exported.mjs';
import { host, page as hostPage } from '../lib/host.mjs';
import { go, list, popular } from '../lib/pages.mjs';
import { serve, siteFolder } from '../lib/server.mjs';
import { until } from '../lib/until.mjs';
import { record, settled } from '../lib/widget.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

const key = 'a1'.repeat(32);

// shop is the project's own server with a key for changes: {origin, put}.
async function shop(t) {
  const work = await mkdtemp(path.join(tmpdir(), 'sparrow-live-'));
  t.after(() => rm(work, { recursive: true, force: true }));
  const bundles = path.join(work, 'bundles');
  await cp(path.join(root, 'data/demo'), bundles, { recursive: true });
  await writeFile(path.join(work, 'keys'), key, { mode: 0o600 });
  const { origin } = await native(t, siteFolder, bundles, undefined, '--live-key-file', path.join(work, 'keys'));
  const put = async (change) => {
    const answer = await fetch(`${origin}/v1/live`, { method: 'PUT', headers: { Authorization: `Bearer ${key}` }, body: JSON.stringify(change) });
    assert.equal(answer.status, 200, await answer.text());
  };
  return { origin, put };
}

const engineOf = (page) => page.workers().find((one) => /engine-worker|^blob:/.test(one.url()));

// minuteLater lets the engine's clock go on to the next look at the overlay.
const minuteLater = (page, ms = 46e3) => engineOf(page).evaluate((more) => {
  const { now } = Date;
  Date.now = () => now() + more;
  onmessage({ data: { type: 'visible' } });
}, ms);

test('what is sold out is gone from the app within a minute, and stays away offline', async (t) => {
  const { origin, put } = await shop(t);
  const context = await browser.newContext();
  t.after(() => context.close());
  await watch(context, origin);
  const page = await visit(context, origin);
  const all = await popular(page);
  const [first, second] = all;
  await put({ items: { [first]: { stock: 0 }, [second]: { title: 'Renamed just now' } } });
  await minuteLater(page);
  const shown = () => list(page, '.grid');
  await until('the item to go', async () => !(await shown()).includes(first));
  assert.equal((await shown())[0], second, 'the next one has its place');
  await page.locator(`.grid [data-item="${second}"]`).getByText('Renamed just now').waitFor();
  await go(page, '/lab');
  await page.locator('#lab-live').filter({ hasText: /\d+ min ago/ }).waitFor();
  await controlled(page);
  await context.setOffline(true);
  await page.goto(`${origin}/browse`);
  await alive(page);
  await page.locator('.grid [data-item]').first().waitFor();
  await until('the list of the engine', async () => !(await shown()).includes(first));
  await context.setOffline(false);
  await put({ items: { [first]: null, [second]: null } });
  await minuteLater(page);
  await until('the item to come back', async () => (await shown())[0] === first);
});

test('what is sold out is gone from a widget within a minute: the other cards stay, and the page hears of it', async (t) => {
  const { origin, put } = await shop(t);
  const site = await host(t, { '/': { body: hostPage(origin, '<sparrow-similar item="50"></sparrow-similar>') } });
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 } });
  t.after(() => context.close());
  await context.addInitScript(record);
  await context.addInitScript(() => {
    globalThis.heard = [];
    document.addEventListener('sparrow:live', ({ detail }) => heard.push(detail));
  });
  const tab = await context.newPage();
  await tab.goto(site.origin);
  const ids = () => tab.evaluate(() => document.querySelector('sparrow-similar').items.map(({ id }) => id));
  const modes = () => tab.evaluate(() => received.events.filter(({ name }) => name === 'ready').map(({ mode }) => mode));
  await until('the engine', async () => (await settled(tab)) && (await modes()).at(-1) === 'inline');
  const before = await ids();
  await put({ items: { [before[1]]: { stock: 0 } } });
  await minuteLater(tab);
  await until('the item to go', async () => !(await ids()).includes(before[1]));
  assert.deepEqual((await ids()).slice(0, 9), before.filter((id) => id !== before[1]), 'the others close up');
  const { made, models } = await tab.evaluate(() => ({ made: heard.at(-1).made?.getTime(), models: heard.at(-1).models }));
  assert.ok(Math.abs(Date.now() - made) < 60e3 && models === `${origin}/v1/`);
  await context.setOffline(true);
  await tab.evaluate(() => document.querySelector('sparrow-similar').refresh());
  assert.ok(!(await ids()).includes(before[1]), 'and stays away offline');
  await context.setOffline(false);
  await tab.evaluate(() => { received.events.length = 0; });
  await tab.reload();
  await until('the engine', async () => (await settled(tab)) && (await modes()).at(-1) === 'inline');
  assert.ok(!(await ids()).includes(before[1]), 'another visit begins without it');
  const early = await (await fetch(`${origin}/v1/similar/50.json`)).json();
  assert.ok(!early.items.some(({ id }) => id === before[1]), 'and so does a list made in advance');
  await put({ items: { [before[1]]: { stock: 4 } } });
  await minuteLater(tab);
  await until('the item to come back', async () => (await ids())[1] === before[1]);
});

// served is the tests' server with a live.json, which may change, and a page of its popular items.
async function served(t, overlay) {
  const server = await serve(t);
  server.overlay = overlay;
  server.site = async (name) => (name === '/v1/live.json' && server.overlay !== null ? server.overlay && Buffer.from(server.overlay) : null);
  const context = await browser.newContext();
  t.after(() => context.close());
  const watched = await watch(context, server.origin);
  const page = await visit(context, server.origin);
  const asked = () => server.requests.filter((name) => name === '/v1/live.json').length;
  return { server, context, page, watched, asked };
}

test('an overlay that is none, or breaks a rule, is named in the console, and the last good one stays', async (t) => {
  const { server, page, asked } = await served(t, '{"version":1,"at":"2026-11-30T05:00:00Z"}');
  const told = [];
  page.on('console', (line) => told.push(line.text()));
  const all = await popular(page);
  const look = async (overlay) => {
    server.overlay = overlay;
    const before = asked();
    await minuteLater(page);
    await until('a look', () => asked() > before);
    await idle(page);
    return list(page, '.grid');
  };
  const hidden = `{"version":1,"items":{"${all[0]}":{"hidden":true},"no such item":{"stock":0}}}`;
  assert.ok(!(await until('it to be hidden', async () => {
    const shown = await look(hidden);
    return !shown.includes(all[0]) && shown;
  })).includes(all[0]));
  assert.ok(told.some((line) => /not used[^]*no such item/.test(line)), 'what does nothing is named');
  for (const [overlay, why] of [['{"version":1,', /live\.json is no overlay/], ['{"version":1,"items":{"1":{"stock":"none"}}}', /items "1", stock/], ['{"version":2}', /version: must be 1/]]) {
    assert.ok(!(await look(overlay)).includes(all[0]), overlay);
    await until('a word in the console', () => told.some((line) => why.test(line)));
  }
  await until('it to be there again', async () => (await look('{"version":1}')).includes(all[0]));
});

test('where there is no overlay, it is asked for once', async (t) => {
  const { page, asked, watched } = await served(t, null);
  await popular(page);
  await until('the look', () => asked() === 1);
  await minuteLater(page);
  await go(page, '/');
  assert.equal(asked(), 1);
  watched.quiet();
  await minuteLater(page, 16 * 60e3);
  await until('the next look, a quarter of an hour later', () => asked() === 2);
});

test('a page that was made in advance asks for its lists again where there is an overlay', async (t) => {
  const { page, server, context } = await served(t, '{"version":1}');
  await go(page, '/');
  const shelf = await list(page, '.row');
  const other = `{"version":1,"at":"2026-11-30T05:00:00Z","items":{"${shelf[0]}":{"hidden":true}}}`;
  server.overlay = other;
  const fresh = await (await browser.newContext()).newPage();
  t.after(() => fresh.context().close());
  await fresh.goto(server.origin);
  await until('the hidden item to go', async () => {
    const shown = await list(fresh, '.row');
    return shown.length > 0 && !shown.includes(shelf[0]);
  });
  await context.close();
});
