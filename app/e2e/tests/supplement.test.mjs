// What no list needs of a bundle is in a second file, which comes after the first answer: lists do
// without it, the Lab says what it lacks and why, and has it offline once it was there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { alive, controlled, launch, visit, watch } from '../lib/browser.mjs';
import { parts } from '../lib/parts.mjs';
import { forYou, like, movies } from '../lib/pages.mjs';
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

// naming returns the first file of a model, naming other many models of the second.
function naming(body, models) {
  const text = body.toString('latin1');
  const named = text.replace(/\xa4meta(?:\x86|\x87\xa6models[\x00-\x04])(?=\xaasupplement)/, `\xa4meta\x87\xa6models${String.fromCharCode(models)}`);
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

test('a second file without models is not missed: it is not fetched, and all is here offline', async (t) => {
  const server = await serve(t);
  const own = await latestModel(server);
  const { body, supplement } = parts(own.body, own.supplement);
  server.site = offer(naming(body, 0), supplement).site;
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
