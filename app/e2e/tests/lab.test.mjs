// The Lab answers from the device alone: it compares, switches, probes and
// maps, with a mouse, with keys, on a phone and offline.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaintsIn } from '../lib/axe.mjs';
import { alive, controlled, idle, networkNoise, profile, visit, watch } from '../lib/browser.mjs';
import { holds } from '../lib/device.mjs';
import { forYou, like, movies } from '../lib/pages.mjs';
import { serve } from '../lib/server.mjs';
import { stage } from '../lib/app.mjs';
import { latestModel } from '../lib/version.mjs';

const { server, browser } = await stage();

// visitor likes three films, opens the Lab, and at the end must have met no
// error.
async function visitor(path, body, options) {
  const context = await browser.newContext(options);
  const watched = await watch(context, server.origin);
  const page = await visit(context, server.origin);
  for (const id of [movies.alien, movies.heat, movies.shining]) await like(page, id);
  await enter(page, server.origin + path);
  await body(page);
  watched.quiet();
  await context.close();
}

// enter opens the Lab and waits for its last part.
async function enter(page, url) {
  await page.goto(url);
  await alive(page);
  await page.locator('.map-svg').waitFor();
  await page.locator('#probes').waitFor();
  await idle(page);
}

const table = (page) => page.locator('[data-lab-item]').evaluateAll((rows) => rows.map((row) => row.dataset.labItem));
const number = async (page, id) => parseInt(await page.locator(`#lab-${id}`).innerText(), 10);
const onTheTable = (page) => page.locator('.lab-item-title').innerText();

test('one item is compared in six ways, the last one of the history first', () => visitor('/lab', async (page) => {
  assert.equal(await onTheTable(page), 'The Shining');
  assert.equal(await page.locator('[data-way]').count(), 6);
  const [first, second] = await page.locator('[data-way="taste"] .lab-number').allInnerTexts();
  assert.ok(Number(first) >= Number(second) && Number(first) <= 1, `${first} before ${second}`);
  const next = await page.locator('[data-way="genres"] a').first().innerText();
  await page.locator('[data-way="genres"] a').first().click();
  await idle(page);
  assert.match(page.url(), /\/lab\?item=/);
  assert.equal(await onTheTable(page), next, 'a title of a column goes onto the table');
  await page.getByRole('combobox', { name: 'Search films' }).fill('Casablanca');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await idle(page);
  assert.equal(await onTheTable(page), 'Casablanca', 'so does one that was searched');
}));

test('the table is the visitor’s list, and the switch changes it', () => visitor('/lab', async (page) => {
  const usual = await table(page);
  assert.equal(usual.length, 12);
  for (const row of await page.locator('[data-lab-item]').allInnerTexts()) assert.match(row, /\d+ → \d+/);
  assert.match(await page.locator('.lab-cost').innerText(), /What this list took: [\d.]+ ms/);
  const made = async (model) => {
    await page.getByLabel('Made by').selectOption(model);
    await idle(page);
    return table(page);
  };
  const sources = async () => new Set(await page.locator('.lab-source').allInnerTexts());
  assert.ok((await sources()).has('often together'));
  const retrieved = await made('retrieved');
  const popular = await made('popular');
  for (const [name, list] of Object.entries({ retrieved, popular })) assert.notDeepEqual(list, usual, name);
  assert.notDeepEqual(retrieved, popular);
  await made('taste');
  assert.deepEqual([...await sources()], ['taste'], 'taste as the only source');
  assert.match(await page.locator('.lab-switch').innerText(), /\d+ of 12 are on the usual list, too/);
  const judged = await made('DIN'); // which the demo bundle carries
  assert.equal(judged.length, 12);
  assert.notDeepEqual(judged, usual);
  assert.deepEqual(await made('ranked'), usual);
  assert.deepEqual((await forYou(page)).slice(0, 12), usual, 'the list of “For you”');
}));

test('the slider looks into more cells: more is found, more is compared', () => visitor('/lab', async (page) => {
  const slider = page.locator('#probes');
  const recall = [await number(page, 'recall')];
  const compared = [await number(page, 'compared')];
  await slider.focus();
  for (const key of ['Home', 'End']) {
    await page.keyboard.press(key);
    await idle(page);
    recall.push(await number(page, 'recall'));
    compared.push(await number(page, 'compared'));
  }
  assert.ok(recall[1] < recall[0] && compared[1] < compared[0], `one cell: ${recall[1]} % of ${compared[1]} %, before ${recall[0]} % of ${compared[0]} %`);
  assert.deepEqual([recall[2], compared[2]], [100, 100], 'all cells');
  assert.match(await slider.getAttribute('aria-valuetext'), /^(\d+) of \1 cells$/);
}));

test('the map is one stop of the Tab key, arrow keys walk it, Enter chooses', () => visitor('/lab', async (page) => {
  assert.equal(await page.locator('.map-svg .dot[tabindex="0"]').count(), 1);
  assert.ok(await page.locator('.map-svg .dot').count() >= 250);
  assert.equal(await page.locator('.map-svg .dot-own').count(), 3, 'the visitor’s items');
  await page.locator('.map-svg .dot-chosen').focus();
  const from = await page.locator(':focus').getAttribute('aria-label');
  assert.match(from, /^The Shining \(1980\)/);
  assert.equal(await page.locator('#map-label').textContent(), from, 'the dot in focus says its name');
  await page.keyboard.press('ArrowDown');
  await idle(page);
  const to = await page.locator(':focus').getAttribute('aria-label');
  assert.notEqual(to, from);
  assert.equal(await page.locator('#map-label').textContent(), to);
  assert.equal(await page.locator('.map-svg .dot[tabindex="0"]').getAttribute('aria-label'), to);
  await page.keyboard.press('Enter');
  await idle(page);
  assert.ok(to.startsWith(await onTheTable(page)), `${to} is on the table`);
  assert.equal(await page.evaluate(() => performance.getEntriesByType('navigation').length && probe.received.filter(({ type }) => type === 'ready').length), 1, 'without loading the page again');
}));

test('axe finds nothing to complain of, with a history, in any view', () => visitor('/lab', async (page) => {
  assert.deepEqual(await complaintsIn(page, [[360, 'light'], [360, 'dark'], [1440, 'light'], [1440, 'dark']]), []);
}, { reducedMotion: 'reduce', bypassCSP: true }));

test('everything goes on with the server stopped', async (t) => {
  const own = await serve(t);
  const open = await profile(t);
  const context = await open();
  const watched = await watch(context, own.origin);
  let page = await visit(context, own.origin);
  await like(page, movies.alien);
  await controlled(page);
  await holds(page, [(await latestModel(own)).hash]);
  await own.stop();
  page = await context.newPage();
  await enter(page, `${own.origin}/zh/lab?item=${movies.heat}`);
  assert.equal(await onTheTable(page), '盗火线');
  const usual = await table(page);
  await page.locator('#lab-model').selectOption('popular');
  await idle(page);
  assert.notDeepEqual(await table(page), usual);
  watched.quiet(networkNoise);
});
