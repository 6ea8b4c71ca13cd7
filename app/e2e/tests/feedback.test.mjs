// Sharing: asked once, off by default, switched on and off by the visitor, and
// its texts on the page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaintsIn } from '../lib/axe.mjs';
import { idle, networkNoise, visit, watch } from '../lib/browser.mjs';
import { forYou, go, like, movies, press, reload } from '../lib/pages.mjs';
import { Server } from '../lib/server.mjs';
import { stage } from '../lib/app.mjs';
import { assetsOf, latestModel, offer, retitled } from '../lib/version.mjs';

const opinions = [movies.alien, movies.heat, movies.shining];
const { server, browser } = await stage();

// visitor opens a page of a site whose edge answers with what edge returns: a
// status, or 0 for an edge that cannot be reached. body receives the page, the
// paths that were requested of the edge, and the context.
async function visitor(path, body, { edge = () => 202, init, ...options } = {}) {
  const context = await browser.newContext({ serviceWorkers: 'block', ...options });
  const watched = await watch(context, server.origin);
  if (init) await context.addInitScript(init);
  const requested = [];
  await context.route(/\/v1\/(events|erase)$/, (route) => {
    const name = route.request().url().split('/').pop();
    const status = edge(name);
    if (!status) return route.abort();
    requested.push(name);
    return route.fulfill({ status, body: '{}' });
  });
  const page = await visit(context, server.origin + path);
  await body(page, requested, context);
  watched.quiet(networkNoise);
  await context.close();
}

const feedback = (page) => page.waitForFunction(() => sparrow.feedback);
const toggle = (page) => page.getByRole('switch', { name: /^(Share what|分享)/ });
const invitation = (page) => page.getByRole('region', { name: 'May this site learn' });
const note = (page) => page.locator('#share-note');

// switched waits until the switch has this state.
const switched = (page, on) => page.waitForFunction((want) => document.querySelector('.switch:enabled')?.ariaChecked === want, String(on));

const focused = (page, id) => page.waitForFunction((want) => document.activeElement.id === want, id);

async function share(page) {
  await go(page, '/profile');
  await switched(page, false);
  await toggle(page).click();
  await switched(page, true);
  await page.waitForFunction(() => sparrow.feedback.state() === 'on');
}

// found waits until a test on a value of this process holds.
async function found(page, what, holds) {
  for (let tries = 0; tries < 100 && !holds(); tries++) await page.waitForTimeout(100);
  assert.ok(holds(), what);
}

test('every list has its name, and every card its place', () => visitor('/', async (page) => {
  for (const id of opinions) await like(page, id);
  await press(page, movies.shining, 'Keep');
  const lists = () => page.locator('main [data-list]').evaluateAll((all) => all.map((one) => ({
    name: one.dataset.list,
    places: [...one.querySelectorAll('[data-item]')].map((card) => Number(card.dataset.position)),
    sources: [...one.querySelectorAll('[data-source]')].length,
  })));
  const names = {};
  for (const path of ['/', '/for-you', '/browse', '/genre/Drama', `/movie/${movies.toyStory}`, '/search?q=star', '/kept']) {
    await go(page, path);
    await page.locator('main [data-list] [data-item]').first().waitFor();
    for (const { name, places, sources } of await lists()) {
      assert.deepEqual(places, places.map((_, i) => i + 1), `${path} ${name}: places`);
      if (name === 'for-you') assert.equal(sources, places.length, 'every recommendation tells its source');
      (names[path] ??= new Set()).add(name);
    }
  }
  for (const [path, wanted] of Object.entries({
    '/': ['home:top', 'home:for-you', 'home:because', 'home:genre'], '/for-you': ['for-you'], '/browse': ['browse'], '/genre/Drama': ['browse'],
    [`/movie/${movies.toyStory}`]: ['similar'], '/search?q=star': ['search'], '/kept': ['watchlist'],
  })) for (const name of wanted) assert.ok(names[path].has(name), `${path} has the lists ${[...names[path]]}, want ${name} among them`);
}));

test('acts are tracked after the engine took them, and the page of an item when it opens', () => visitor('/profile', async (page) => {
  await feedback(page);
  await share(page);
  await page.evaluate(() => {
    globalThis.tracked = [];
    const { feedback } = sparrow;
    const track = feedback.track.bind(feedback);
    feedback.track = (kind, fields) => {
      if (kind !== 'impression' && kind !== 'click') tracked.push(`${kind} ${fields?.item ?? ''} ${fields?.stars ?? ''}`.trim());
      return track(kind, fields);
    };
  });
  await like(page, movies.alien);
  await press(page, movies.alien, 'Keep');
  await page.getByRole('button', { name: 'Undo' }).click();
  await idle(page);
  await page.getByRole('slider', { name: 'Your rating' }).focus();
  await page.keyboard.press('End');
  await idle(page);
  await press(page, movies.alien, 'Not for me');
  await press(page, movies.alien, 'Not for me');
  await press(page, movies.alien, 'Seen'); // of which the site is not told
  await page.getByRole('button', { name: 'Undo' }).click();
  await idle(page);
  await press(page, movies.alien, 'Seen');
  await press(page, movies.alien, 'Seen');
  const alien = movies.alien;
  assert.deepEqual(await page.evaluate(() => tracked), [
    `view ${alien}`, `like ${alien}`, `watchlist ${alien}`, 'undo', `rate ${alien} 5`, `not-interested ${alien}`, `clear ${alien}`,
  ]);
}));

test('the invitation comes after three opinions, and a no is remembered', () => visitor('/for-you', async (page, requested) => {
  await feedback(page);
  for (const id of opinions.slice(0, 2)) await like(page, id);
  await forYou(page);
  assert.equal(await invitation(page).count(), 0, 'two opinions are too few');
  await like(page, opinions[2]);
  await forYou(page);
  await invitation(page).getByRole('button', { name: 'No thanks' }).click();
  await idle(page);
  assert.equal(await invitation(page).count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1', 'the focus stays on the page');
  await reload(page);
  await feedback(page);
  await forYou(page);
  await press(page, (await forYou(page))[0], 'Like');
  assert.equal(await invitation(page).count(), 0, 'it is never asked again');
  assert.deepEqual(requested, [], 'nothing was sent');
  const kept = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  assert.ok(!kept.includes('sparrow-outbox'), `nothing was made for sharing, among ${kept}`);
}));

test('a yes to the invitation shares, and the profile page ends it', () => visitor('/for-you', async (page, requested) => {
  await feedback(page);
  for (const id of opinions) await like(page, id);
  await forYou(page);
  await invitation(page).getByRole('button', { name: 'Yes' }).click();
  await page.waitForFunction(() => sparrow.feedback.state() === 'on');
  await idle(page);
  assert.equal(await invitation(page).count(), 0);
  await press(page, (await forYou(page))[0], 'Like');
  await found(page, 'a like reaches the edge', () => requested.includes('events'));
  await reload(page);
  await feedback(page);
  await go(page, '/profile');
  await switched(page, true);
  await toggle(page).focus();
  await page.keyboard.press('Space');
  await switched(page, false);
  await page.waitForFunction(() => sparrow.feedback.state() === 'off');
  await reload(page);
  await switched(page, false);
}));

test('what was shared is deleted here and at the site', () => visitor('/profile', async (page, requested) => {
  await share(page);
  await page.getByRole('button', { name: 'Delete what I shared' }).press('Enter');
  await focused(page, 'unshare-no');
  await page.keyboard.press('Enter');
  await focused(page, 'unshare');
  assert.deepEqual(requested.filter((name) => name === 'erase'), [], 'it asks before it deletes');
  await page.getByRole('button', { name: 'Delete what I shared' }).click();
  await page.getByRole('button', { name: 'Delete it' }).click();
  await note(page).filter({ hasText: 'Deleted, here and at the site' }).waitFor();
  await focused(page, 'share-switch');
  assert.equal(requested.filter((name) => name === 'erase').length, 1);
  await switched(page, false);
}));

test('offline it shows what waits, and that a deletion has still to be delivered', async () => {
  let reachable = true;
  await visitor('/profile', async (page, requested, context) => {
    await share(page);
    await go(page, `/movie/${movies.alien}`);
    reachable = false;
    await context.setOffline(true);
    await press(page, movies.alien, 'Like');
    await go(page, '/profile');
    await note(page).filter({ hasText: /Waiting until you are online again: \d/ }).waitFor();
    await page.getByRole('button', { name: 'Erase everything' }).click();
    assert.match(await page.getByRole('alertdialog').innerText(), /and what you shared with this site/);
    await page.getByRole('button', { name: 'Erase it' }).click();
    await note(page).filter({ hasText: 'The site will be told' }).waitFor();
    await page.getByRole('link', { name: 'Browse' }).click();
    await go(page, '/profile');
    await note(page).filter({ hasText: 'The site will be told' }).waitFor();
    assert.ok(!requested.includes('erase'));
    reachable = true;
    await context.setOffline(false);
    await found(page, 'the deletion reaches the edge', () => requested.includes('erase'));
    await page.getByText('Nothing was shared from this device').waitFor();
  }, { edge: () => (reachable ? 202 : 0) });
});

test('a browser that asks sites not to collect is not asked, and the page shows why', () => visitor('/profile', async (page) => {
  await feedback(page);
  await note(page).filter({ hasText: 'Global Privacy Control' }).waitFor();
  assert.ok(await toggle(page).isDisabled());
  for (const id of opinions) await like(page, id);
  await forYou(page);
  assert.equal(await invitation(page).count(), 0);
}, { init: () => Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true }) }));

test('a site without an edge shows nothing of it and fetches nothing for it', async (t) => {
  const plain = await new Server().start();
  t.after(() => plain.stop());
  const { assets } = await assetsOf(plain);
  const app = (await plain.read(assets['app.js'])).body.toString().replace('{"feedback":"on"}', '{}');
  plain.site = async (name) => (name === assets['app.js'] ? Buffer.from(app) : null);
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const watched = await watch(context, plain.origin);
  const page = await visit(context, `${plain.origin}/profile`);
  await idle(page);
  assert.equal(await toggle(page).count(), 0);
  assert.ok(!plain.requests.includes(assets['sharing.js']));
  watched.quiet();
  await context.close();
});

test('nothing of it is fetched before the engine is ready, and nothing moves when it comes', async (t) => {
  const own = await new Server().start();
  t.after(() => own.stop());
  const { assets } = await assetsOf(own);
  const context = await browser.newContext({ serviceWorkers: 'block' });
  await context.addInitScript(() => {
    globalThis.shift = 0;
    new PerformanceObserver((list) => { for (const one of list.getEntries()) shift += one.value; }).observe({ type: 'layout-shift', buffered: true });
  });
  await watch(context, own.origin);
  const page = await visit(context, `${own.origin}/profile`);
  await switched(page, false);
  await idle(page);
  const at = (path) => own.requests.findIndex((one) => one.startsWith(path));
  assert.ok(at('/v1/a/') >= 0 && at(assets['sharing.js']) > at('/v1/a/'), 'the model comes before what shares');
  assert.ok(await page.evaluate(() => shift) < 0.01, `layout shift ${await page.evaluate(() => shift)}`);
  await context.close();
});

test('a newer model moves nothing in view, and answers from the next act on', async (t) => {
  const own = await new Server().start();
  t.after(() => own.stop());
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const watched = await watch(context, own.origin);
  const page = await visit(context, own.origin);
  await go(page, `/movie/${movies.toyStory}`);
  const { hash, site } = offer(retitled((await latestModel(own)).body, 'Toy Story', 'Boy Story'));
  own.site = site;
  await page.evaluate(() => sparrow.post({ type: 'check' }));
  await page.waitForFunction((next) => probe.received.some((message) => message.type === 'ready' && message.hash === next), hash);
  await idle(page);
  const heading = page.locator('h1');
  assert.match(await heading.innerText(), /Toy Story/, 'the page stays as it is');
  await press(page, movies.toyStory, 'Like');
  assert.match(await heading.innerText(), /Boy Story/, 'the next act shows the next model');
  await go(page, '/profile');
  assert.match(await page.locator('.hash').innerText(), new RegExp(hash.slice(0, 12)));
  watched.quiet();
  await context.close();
});

test('axe finds nothing to complain of while the visitor decides', () => visitor('/profile', async (page) => {
  const found = [];
  const look = async (what) => {
    for (const line of await complaintsIn(page, [[390, 'light'], [390, 'dark'], [1280, 'light'], [1280, 'dark']])) found.push(`${what} ${line}`);
  };
  await switched(page, false);
  await look('off');
  for (const id of opinions) await like(page, id);
  await forYou(page);
  await invitation(page).waitFor();
  await look('the invitation');
  await share(page);
  await look('on');
  await page.getByRole('button', { name: 'Delete what I shared' }).click();
  await focused(page, 'unshare-no');
  await look('the question');
  assert.deepEqual(found, []);
}, { bypassCSP: true, reducedMotion: 'reduce' }));

test('everything exists in Chinese, too', () => visitor('/zh/profile', async (page) => {
  await switched(page, false);
  await toggle(page).click();
  await switched(page, true);
  await page.getByRole('button', { name: '删除我分享过的内容' }).waitFor();
  assert.match(await page.locator('.panel:has(.switch)').innerText(), /帮助改进推荐[\s\S]*随机编号/);
}));
