// The owner's page: a browser asks for the key, the report is whole on a phone and a desktop, light and dark, and its tables
// can be saved.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { complaintsIn } from '../lib/axe.mjs';
import { launch } from '../lib/browser.mjs';
import { native, root } from '../lib/exported.mjs';
import { siteFolder } from '../lib/server.mjs';

const run = promisify(execFile);
const build = (...args) => run('go', ['run', './build', ...args], { cwd: root });
const key = 'a1'.repeat(32);
let browser;
let work;
let origin;

before(async (t) => {
  browser = await launch();
  work = await mkdtemp(path.join(tmpdir(), 'sparrow-owner-'));
  const bundles = path.join(work, 'bundles');
  await cp(path.join(root, 'data/demo'), bundles, { recursive: true });
  await writeFile(path.join(work, 'keys'), key, { mode: 0o600 });
  await build('experiment', 'new', path.join(bundles, 'experiments.json'), '--ago', '7');
  ({ origin } = await native(t, siteFolder, bundles, path.join(work, 'feedback'), '--live-key-file', path.join(work, 'keys'), '--rate', '0'));
  await build('simulate', '--bundle', bundles, '--experiments', path.join(bundles, 'experiments.json'), '--edge', origin, '--visitors', '60');
  await build('report', '--feedback', path.join(work, 'feedback'), '--bundle', bundles, '--visitors', '200', '--html', path.join(bundles, 'owner.html'));
});
after(async () => {
  await browser?.close();
  await rm(work, { recursive: true, force: true });
});

test('without the key there is nothing to see', async (t) => {
  for (const password of [undefined, 'x'.repeat(64)]) {
    const context = await browser.newContext(password ? { httpCredentials: { username: 'me', password } } : {});
    t.after(() => context.close());
    const page = await context.newPage();
    const answer = await page.goto(`${origin}/owner`).catch((error) => error);
    const text = answer instanceof Error ? answer.message : `${answer.status()} ${await answer.text()}`;
    assert.match(text, /ERR_INVALID_AUTH_CREDENTIALS|^401 the password is one of the keys/);
  }
});

test('the report is whole, and its tables can be saved', async (t) => {
  const context = await browser.newContext({ httpCredentials: { username: 'me', password: key }, bypassCSP: true }); // of axe, which is a script
  t.after(() => context.close());
  const page = await context.newPage();
  const problems = [];
  page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  page.on('request', (request) => { if (!/^data:|\/owner$/.test(request.url())) problems.push(request.url()); });
  assert.equal((await page.goto(`${origin}/owner`)).status(), 200);
  for (const heading of ['What happened', 'By list', 'How much of the catalog is seen', 'How fresh it is', 'Experiments', 'What was lost on the way', 'How to read this, and what cannot be told']) {
    assert.ok(await page.getByRole('heading', { name: heading }).isVisible(), heading);
  }
  assert.equal(await page.locator('svg[role=img]').count(), 4, 'rates, places, cards and rates by day');
  assert.match(await page.locator('main').innerText(), /for-you.*explore/s);
  const narrow = async () => assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is wider than the page');
  assert.deepEqual(await complaintsIn(page, [[360, 'light'], [360, 'dark'], [1280, 'light'], [1280, 'dark']], async (width, theme) => {
    await narrow();
    if (process.env.SHOTS) await page.screenshot({ path: path.join(process.env.SHOTS, `owner-${width}-${theme}.png`), fullPage: true });
  }), []);
  await page.evaluate(() => document.activeElement?.blur());
  const stops = [];
  for (let i = 0; i < 8; i++) {
    await page.keyboard.press('Tab');
    stops.push(await page.evaluate(() => document.activeElement.getAttribute('download') ?? document.activeElement.getAttribute('role')));
  }
  assert.deepEqual(stops.slice(0, 7), ['lists.csv', 'positions.csv', 'days.csv', 'models.csv', 'losses.csv', 'region', 'region']);
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'lists.csv' }).click()]);
  assert.equal(saved.suggestedFilename(), 'lists.csv');
  assert.match(await readFile(await saved.path(), 'utf8'), /^list,visitors,sessions,seen,clicked,liked,used,carted,bought,revenue\nfor-you,/);
  assert.deepEqual(problems, []);
});
