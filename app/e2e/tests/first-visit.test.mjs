// What a first visit downloads is what build/bench/visits.json says, which
// make size adds up: every file that Chromium asks for until nothing is left to
// ask for; those that are named by their content once.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { alive, controlled, watch } from '../lib/browser.mjs';
import { stage } from '../lib/app.mjs';
import { host, page } from '../lib/host.mjs';
import { lists } from '../lib/lists.mjs';
import { until } from '../lib/until.mjs';
import { latestModel } from '../lib/version.mjs';
import { settled } from '../lib/widget.mjs';

const { server, browser } = await stage();
const visits = JSON.parse(await readFile(new URL('../../../build/bench/visits.json', import.meta.url)));

// nameOf returns the pattern of the file that answers a path of the site.
const nameOf = (path) => path.slice(1).replace(/[0-9a-f]{64}|[0-9a-f]{16}(?=\.)/, '*').replace(/^[^.]+$/, '$&.html');

// downloaded returns the names of what the server was asked for.
function downloaded() {
  const names = server.requests.map(nameOf).sort();
  const twice = names.filter((name, at) => name.includes('*') && name === names[at - 1]);
  assert.deepEqual(twice, [], 'files that were downloaded twice');
  return [...new Set(names)];
}

test('a first visit to the app, until it opens without a network', async (t) => {
  server.requests.length = 0;
  const context = await browser.newContext();
  t.after(() => context.close());
  const watched = await watch(context, server.origin);
  const tab = await context.newPage();
  await tab.goto(`${server.origin}/for-you`);
  await alive(tab);
  await tab.locator('.wall .act-like').first().evaluate((like) => like.click()); // shown under the pointer
  await tab.locator('.ranked-list [data-item]').first().waitFor();
  const before = downloaded();
  assert.deepEqual(visits.app.filter((name) => !before.includes(name)), [], 'files that the first list came without');
  await controlled(tab);
  watched.quiet();
  const second = (await latestModel(server)).supplement ? visits.later : [];
  for (const name of second) await until(name, () => downloaded().includes(name));
  assert.deepEqual(downloaded(), [...visits.app, ...visits.offline, ...second].sort());
});

// The list itself is as long as its item's titles: make bench-browser ONLY=widget adds it up.
test('a first visit to a page with the widget, until the engine has taken over', async (t) => {
  server.requests.length = 0;
  server.site = await lists();
  const site = await host(t, { '/': { body: page(server.origin, '<sparrow-similar item="50"></sparrow-similar>') } });
  const context = await browser.newContext();
  t.after(() => context.close());
  const tab = await context.newPage();
  await tab.goto(site.origin);
  await settled(tab);
  const list = 'v1/similar/50.json';
  const early = downloaded();
  assert.deepEqual([...visits.list, list].filter((name) => !early.includes(name)), [], 'files that the first list came without');
  await until('the engine’s model', () => downloaded().includes('v1/a/*.bundle'));
  assert.deepEqual(downloaded(), [...visits.list, ...visits.widget, list].sort());
});
