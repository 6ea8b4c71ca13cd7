// The whole circle: a visitor's actions in the browser reach the edge, the
// builder learns from them, and the open page takes the next model over without
// being reloaded.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { idle, launch, visit, watch } from '../lib/browser.mjs';
import { edge } from '../lib/edge.mjs';
import { card, forYou, go, like, movies, popular, press } from '../lib/pages.mjs';
import { siteFolder } from '../lib/server.mjs';
import { until } from '../lib/until.mjs';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const loved = [movies.shining, movies.exorcist, movies.alien];

// built runs a command of the builder and returns the JSON that it prints.
async function built(...flags) {
  const { stdout } = await run('go', ['run', './build', ...flags, '--json'], { cwd: root });
  return JSON.parse(stdout);
}

// arrives waits until the edge's stored feedback is as wanted, and returns it.
const arrives = (what, server, wanted) => until(what, async () => {
  const stored = await server.stored();
  return wanted(stored.events) && stored.events;
});

// share switches sharing on, as a visitor does on the profile page.
async function share(page) {
  await go(page, '/profile');
  await page.waitForFunction(() => document.querySelector('.switch:enabled')?.ariaChecked === 'false');
  await page.getByRole('switch', { name: /^Share what/ }).click();
  await page.waitForFunction(() => sparrow.feedback.state() === 'on');
}

// ratings writes a small data set of these items: 60 people who each chose
// eight of those with their own remainder by three.
async function ratings(folder, ids) {
  await mkdir(folder);
  const chosen = [];
  for (let user = 0; user < 60; user++) {
    const mine = ids.filter((_, i) => i % 3 === user % 3);
    for (let i = 0; i < 8; i++) chosen.push(`rater-${user},${mine[(user + 5 * i) % mine.length]},${1_600_000_000 + 1000 * user + i},${4 + (i % 2)}`);
  }
  await writeFile(path.join(folder, 'items.csv'), ['item_id,title,year,genres', ...ids.map((id, i) => `${id},Film ${id},2000,Kind ${i % 3}`), ''].join('\n'));
  await writeFile(path.join(folder, 'interactions.csv'), ['user_id,item_id,timestamp,rating', ...chosen, ''].join('\n'));
}

test('from the browser to the edge, into the next model, and back into the open page', async (t) => {
  const work = await mkdtemp(path.join(tmpdir(), 'sparrow-circle-'));
  t.after(() => rm(work, { recursive: true, force: true }));
  const bundles = path.join(work, 'bundles');
  await cp(path.join(root, 'data/demo'), bundles, { recursive: true });
  const latest = async () => JSON.parse(await readFile(path.join(bundles, 'latest.json'), 'utf8')).bundle;
  const first = await latest();
  const server = await edge(t, { flags: ['--rate', '0', '--site', siteFolder, '--bundles', bundles] });
  const origin = `http://127.0.0.1:${server.port}`;
  const browser = await launch();
  t.after(() => browser.close());
  const context = await browser.newContext();
  const watched = await watch(context, origin);
  const page = await visit(context, origin);
  const begun = await page.evaluate(() => performance.timeOrigin);

  // A visitor agrees, likes three films, opens their list, follows its first
  // item and rates it.
  await page.waitForFunction(() => globalThis.sparrow?.feedback);
  await share(page);
  for (const id of loved) await like(page, id);
  const [followed] = await forYou(page);
  await arrives('the card is seen in this list', server, (events) => events.some(({ kind, item, place }) => kind === 'impression' && item === followed && place.list === 'for-you'));
  await card(page, followed).locator('a').first().click();
  await page.waitForURL(`**/movie/${followed}`);
  await idle(page);
  await page.getByRole('slider', { name: 'Your rating' }).focus();
  await page.keyboard.press('End');
  await idle(page);
  const events = await arrives('all that happened reaches the edge', server,
    (all) => ['impression', 'click', 'view', 'rate'].every((kind) => all.some((event) => event.kind === kind)));
  assert.deepEqual([...new Set(events.map(({ bundle }) => bundle))], [first], 'the model that the events name');
  assert.deepEqual(events.filter(({ kind }) => kind === 'like').map(({ item }) => Number(item)), loved);
  const click = events.find(({ kind }) => kind === 'click');
  const seen = events.find(({ id }) => id === click.cause);
  assert.deepEqual([click.item, click.place.list, seen?.kind, seen?.item], [followed, 'for-you', 'impression', followed]);

  // The builder reads them and makes the next model, of other data and other
  // items.
  const ids = [...new Set([...loved.map(String), followed, ...await popular(page)])].slice(0, 48);
  const input = path.join(work, 'input');
  await ratings(input, ids);
  await go(page, '/profile'); // where no card is shown any more
  await until('an empty outbox', async () => (await page.evaluate(() => sparrow.feedback.outbox.audit())).events === 0);
  const stored = await server.stored();
  const report = await built('feedback', '--from', server.folder);
  assert.equal(report.events, new Set(stored.events.map(({ id }) => id)).size, 'events that the builder read');
  const flags = ['bundle', '--input', input, '--width', '8', '--epochs', '2'];
  const without = await built(...flags, '--out', path.join(work, 'without.bundle'));
  const next = await built(...flags, '--feedback', server.folder, '--out', bundles);
  assert.equal(next.data.users, without.data.users + 1, 'the visitor is one more to learn from');
  assert.notEqual(next.sha256, without.sha256);
  assert.equal(await latest(), next.sha256);

  // The page finds it when it is online again, and continues with it.
  const [worker] = page.workers().filter((one) => one.url().includes('engine-worker'));
  await worker.evaluate(() => { dispatchEvent(new Event('online')); });
  await page.waitForFunction((hash) => probe.received.some(({ type, hash: ready }) => type === 'ready' && ready === hash), next.sha256);
  const mine = await forYou(page);
  assert.ok(mine.length >= 10 && mine.every((id) => ids.includes(id)), `the list ${mine} is of the new model's items`);
  assert.ok(![...loved.map(String), followed].some((id) => mine.includes(id)), 'the profile was carried over');
  assert.ok(await card(page, mine[0]).getByText(`Film ${mine[0]}`).count() > 0, 'the new model has the title');
  await press(page, mine[0], 'Like');
  await arrives('an event names the new model', server,
    (all) => all.some(({ kind, item, bundle }) => kind === 'like' && item === mine[0] && bundle === next.sha256));
  assert.equal(await page.evaluate(() => performance.timeOrigin), begun, 'the page was never loaded again');
  watched.quiet();
});
