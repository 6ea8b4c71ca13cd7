// What the first list does not need of a bundle is in a second file, which comes after the first
// answer: lists are made without it until then and stay as they are shown, the Lab says what it lacks
// and why, and has it offline once it was there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { alive, controlled, idle, launch, visit, watch } from '../lib/browser.mjs';
import { parts } from '../lib/parts.mjs';
import { forYou, go, like, list, movies } from '../lib/pages.mjs';
import { serve } from '../lib/server.mjs';
import { until } from '../lib/until.mjs';
import { latestModel, offer, retitled } from '../lib/version.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

const isSecond = (path) => path.endsWith('.supplement');

// opened is a page of a site whose model is two files.
async function opened(t, fault = null) {
  const server = await serve(t);
  const own = await latestModel(server);
  const { body, supplement } = parts(own.body, own.supplement);
  server.site = offer(body, supplement).site;
  server.fault = (path) => (isSecond(path) ? fault : null);
  const context = await browser.newContext();
  t.after(() => context.close());
  await watch(context, server.origin);
  const page = await visit(context, server.origin);
  return { server, context, page, body, supplement };
}

// alone returns the first file of a model, as if it had all lists and the second one a card alone.
function alone(body) {
  const text = naming(body, 0).toString('latin1');
  const all = text.replace(/\xaatransition\x85\xa5first[\x01-\x7f]/, '\xaatransition\x84');
  assert.notEqual(all, text, 'transition of the form that the builder writes');
  return Buffer.from(all, 'latin1');
}

// naming returns the first file of a model, naming other many models of the second.
function naming(body, models) {
  const text = body.toString('latin1');
  // The fields of meta are counted in its first byte: naming models adds one, where none are named yet.
  const named = text.replace(/\xa4meta([\x86-\x88])(\xa6models[\x00-\x04])?(?=\xaasupplement)/, (_, fields, own) =>
    `\xa4meta${own ? fields : String.fromCharCode(fields.charCodeAt(0) + 1)}\xa6models${String.fromCharCode(models)}`);
  assert.notEqual(named, text, 'meta of the form that the builder writes');
  return Buffer.from(named, 'latin1');
}

const lab = async (page, server) => {
  await page.goto(`${server.origin}/lab`);
  await alive(page);
  await page.locator('.lab-table').waitFor();
};
const further = (page) => page.locator('#lab-model option[value=DIN]').count();
const lacking = (page) => page.locator('#lab-lacking');

test('the second file comes after the first answer, and the Lab has its model, offline too', async (t) => {
  const { server, context, page } = await opened(t);
  await like(page, movies.heat);
  await until('the second file', () => server.requests.some(isSecond));
  const first = server.requests.findIndex((path) => path.endsWith('.bundle'));
  assert.ok(first >= 0 && first < server.requests.findIndex(isSecond), 'the model comes first');
  await lab(page, server);
  await until('the further model', () => further(page));
  assert.equal(await lacking(page).count(), 0, 'nothing is lacking');
  await page.getByLabel('Made by').selectOption('DIN');
  await page.locator('.lab-switch', { hasText: 'are on the usual list' }).waitFor();
  await controlled(page);
  await context.setOffline(true);
  await page.reload();
  await alive(page);
  await until('the further model offline', () => further(page));
  assert.equal(server.requests.filter(isSecond).length, 1, 'it is downloaded once');
});

test('a list that is shown stays when the second file comes, and the next one is that of every later visit', async (t) => {
  const { server, context, page } = await opened(t, { status: 404 });
  await like(page, movies.heat);
  const early = await forYou(page);
  const answers = () => page.evaluate(() => probe.ms.length);
  await page.locator('.ranked-list [data-item]').first().evaluate((card) => { card.shown = true; });
  await idle(page);
  const before = await answers();
  server.fault = () => null;
  await page.evaluate(() => sparrow.post({ type: 'complete' }));
  await until('the second file', () => page.evaluate(() => probe.received.some(({ type }) => type === 'complete')));
  await idle(page);
  assert.deepEqual(await list(page, '.ranked-list'), early, 'what is shown is not ordered again');
  assert.equal(await page.locator('.ranked-list [data-item]').first().evaluate((card) => card.shown), true, 'nor drawn again');
  assert.equal(await answers(), before, 'and nothing is asked');
  await go(page, '/browse');
  const whole = await forYou(page);
  assert.notDeepEqual(whole, early, 'the next list is of all');
  for (const later of [page, await context.newPage()]) {
    await later.goto(`${server.origin}/for-you`);
    await alive(later);
    await later.locator('.ranked-list [data-item]').first().waitFor();
    assert.deepEqual(await list(later, '.ranked-list'), whole, 'the same history has the same list');
    assert.deepEqual(await later.evaluate(() => probe.received.filter(({ type }) => type === 'lacking')), [], 'before the first answer');
  }
  assert.equal(server.requests.filter(isSecond).length, 2, 'one failed, one came');
});

test('without the second file there are lists, and the Lab says what it lacks and why, until a try succeeds', async (t) => {
  const { server, page } = await opened(t, { status: 404 });
  await like(page, movies.heat);
  await forYou(page);
  assert.ok(await page.locator('.ranked-list [data-item]').count() > 0, 'lists need no second file');
  await lab(page, server);
  await lacking(page).filter({ hasText: 'did not come' }).waitFor();
  assert.match(await lacking(page).innerText(), /404/);
  assert.equal(await further(page), 0);
  server.fault = (path) => (isSecond(path) ? { flip: true } : null); // damaged on the way
  await lacking(page).getByRole('button').click();
  await lacking(page).filter({ hasText: 'not what was sent' }).waitFor();
  server.fault = () => null;
  await lacking(page).getByRole('button').click();
  await until('the further model', () => further(page));
  assert.equal(await lacking(page).count(), 0);
});

test('what did not come for want of a network comes when that is back, without a click', async (t) => {
  const { server, context, page } = await opened(t, { status: 404 });
  await like(page, movies.heat);
  await lab(page, server);
  await lacking(page).filter({ hasText: 'did not come' }).waitFor();
  await context.setOffline(true);
  await page.locator('.badge-offline').waitFor();
  assert.equal(await page.locator('.badge-offline').innerText(), 'Offline', 'not all is here');
  server.fault = () => null;
  await context.setOffline(false);
  await until('the further model', () => further(page));
  assert.equal(await lacking(page).count(), 0);
});

test('a second file of a card alone is not missed: it is not fetched, and all is here offline', async (t) => {
  const server = await serve(t);
  const own = await latestModel(server);
  const { body, supplement } = parts(own.body, own.supplement);
  server.site = offer(alone(body), supplement).site;
  const context = await browser.newContext();
  t.after(() => context.close());
  await watch(context, server.origin);
  const page = await visit(context, server.origin);
  await like(page, movies.heat);
  await lab(page, server);
  assert.equal(await lacking(page).count(), 0, 'nothing is lacking');
  await context.setOffline(true);
  await page.locator('.badge-offline', { hasText: 'all here' }).waitFor();
  assert.equal(server.requests.filter(isSecond).length, 0);
});

test('a newer model that names the same second file takes that of this device', async (t) => {
  const { server, page, body, supplement } = await opened(t);
  await like(page, movies.heat);
  await until('the second file', () => page.evaluate(() => probe.received.some(({ type }) => type === 'complete')));
  const newer = offer(retitled(body, 'Toy Story', 'Toy Stori'), supplement);
  server.site = newer.site;
  await page.evaluate(() => sparrow.post({ type: 'check' }));
  await page.waitForFunction((wanted) => probe.received.some(({ type, hash }) => type === 'ready' && hash === wanted), newer.hash);
  await lab(page, server);
  await until('the further model', () => further(page));
  assert.equal(server.requests.filter(isSecond).length, 1);
});
