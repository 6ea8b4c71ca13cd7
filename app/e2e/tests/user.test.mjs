// The page of a person of a data set: of a made-up one, which the builder puts beside the demo, with what they rated and
// what is recommended to them, and without a trace in the visitor's own profile; and what no file can do to it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { find, one } from '../../../static/js/users.js';
import { complaintsIn } from '../lib/axe.mjs';
import { idle, launch, visit, watch } from '../lib/browser.mjs';
import { build } from '../lib/edge.mjs';
import { folder, native, root } from '../lib/exported.mjs';
import { go, like, list } from '../lib/pages.mjs';
import { siteFolder } from '../lib/server.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

// Toy Story, Aladdin, The Lion King, Beauty and the Beast; The Shining, The Exorcist, Carrie, Alien; and one that the demo lacks.
const films = [[1, 5], [588, 4.5], [364, 5], [595, 4], [1258, 2], [1997, 1.5], [1345, 3], [1214, 2], [999999, 3]];

// people is the project's own server over the demo with a made-up MovieLens of users 2 and 10 beside it: {origin, bundles}.
async function people(t) {
  const work = await folder(t);
  const [bundles, input] = ['bundles', 'ml-latest-small'].map((name) => path.join(work, name));
  await cp(path.join(root, 'data/demo'), bundles, { recursive: true });
  await mkdir(input);
  await writeFile(path.join(input, 'movies.csv'), `movieId,title,genres\n${films.map(([id]) => `${id},Film ${id} (1990),Drama\n`).join('')}`);
  const rows = films.map(([id, stars], i) => `10,${id},${stars},${Date.UTC(2001 + i, 5, 15) / 1000}\n`);
  await writeFile(path.join(input, 'ratings.csv'), `userId,movieId,rating,timestamp\n2,1258,5,1000000000\n2,1214,4,1000000001\n${rows.join('')}`);
  await promisify(execFile)(await build('build'), ['users', '--input', input, '--bundle', bundles]);
  return { bundles, ...await native(t, siteFolder, bundles) };
}

const numbered = (page, name) => page.getByRole('list', { name, exact: true });

test('who rated films for children is recommended others, and the visitor stays who they are', async (t) => {
  const { origin, bundles } = await people(t);
  const context = await browser.newContext({ reducedMotion: 'reduce', bypassCSP: true }); // axe is injected as a script
  t.after(() => context.close());
  const watched = await watch(context, origin);
  const page = await visit(context, origin);
  await like(page, 1258);
  await go(page, '/for-you');
  await page.locator('.grid [data-item]').first().waitFor();
  const own = await list(page, '.grid');

  await go(page, '/lab');
  await page.getByRole('link', { name: 'Users of the data set' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/user/2');
  await page.getByRole('link', { name: 'User 10' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/user/10');
  await page.getByRole('heading', { level: 1, name: 'User 10 of MovieLens latest-small' }).waitFor();
  await numbered(page, 'Recommended to them').locator('[data-item]').nth(11).waitFor();
  const text = await page.locator('main').innerText();
  for (const says of ['They rated 9 films, from 2001-06-15 to 2009-06-15.', 'Not in this catalogue, of what they rated: 1.', 'Children’s', 'Because they liked ']) assert.ok(text.includes(says), `${says} is not in\n${text}`);
  assert.doesNotMatch(text, /because you/i);
  const rated = numbered(page, 'What they rated').locator('[data-item]');
  assert.deepEqual(await rated.evaluateAll((all) => all.map((card) => card.dataset.item)), ['1214', '1345', '1997', '1258', '595', '364', '588', '1']);
  assert.match(await rated.last().innerText(), /★\s5 · 2001-06-15/);
  assert.equal(await rated.nth(3).locator('.act-like').getAttribute('aria-pressed'), 'true', 'what the visitor likes is marked as theirs');
  assert.equal(await rated.last().locator('.act-like').getAttribute('aria-pressed'), 'false', 'what the person likes is not');
  const genres = await numbered(page, 'Recommended to them').locator('.card-meta').allInnerTexts();
  assert.ok(genres.filter((of) => /Animation|Children|Musical|Adventure|Comedy|Fantasy/.test(of)).length >= 8, `of another taste: ${genres}`);
  assert.deepEqual(await complaintsIn(page, [[1280, 'light'], [390, 'dark']]), []);

  await go(page, '/for-you');
  await page.locator('.grid [data-item]').first().waitFor();
  assert.deepEqual(await list(page, '.grid'), own);
  await go(page, '/user/..%2F..%2Fv1');
  await page.getByText('There is no such user here').waitFor();
  watched.quiet();

  await writeFile(path.join(bundles, 'users.json'), '{"users":');
  await page.goto(`${origin}/user/10`);
  await page.getByRole('alert').filter({ hasText: 'not what was sent' }).waitFor();
  await rm(path.join(bundles, 'users.json'));
  await cp(path.join(root, 'data/demo/latest.json'), path.join(bundles, 'latest.json'));
  await page.goto(`${origin}/zh/user/10`);
  await page.getByText('这个网站没有数据集的用户').waitFor();
  await go(page, '/zh/lab');
  await idle(page);
  assert.equal(await page.locator('#lab-users').count(), 0);
});

test('of a file what means nothing is left out and counted', () => {
  const all = { of: 7, users: [null, { id: 5, entries: [] }, { id: 'x' }, { id: 'a/b', rated: -1, since: 'long ago', entries: [['1', 4.5, 10], ['1', 4.2, 10], ['', 4, 1], ['2', 6, 1], ['3', 0, 0], ['4', 3, -1], 'x', ['é'.repeat(101), 3, 1], [5, 3, 1]] }, { id: 'c', entries: Array(600).fill(['1', 1, 1]) }] };
  assert.deepEqual(one(all, 'a/b'), { Of: '', ID: 'a/b', Rated: 2, Since: 0, Before: undefined, After: 'c', Odd: 7, Entries: [{ ID: '1', Stars: 4.5, At: 10 }, { ID: '3', Stars: 0, At: 0 }] });
  assert.equal(one(all, 'c').Entries.length, 500);
  assert.deepEqual(one(all, '5', 'a/b'), { Of: '', Before: 'a/b' });
});

test('a file that is too long or of another form is not read', async (t) => {
  const { fetch } = globalThis;
  t.after(() => { globalThis.fetch = fetch; });
  let [latest, users, read] = ['{"users":"1"}', '', 0];
  globalThis.fetch = async (url) => {
    if (!url.endsWith('users.json')) return new Response(latest);
    const pull = (stream) => { read += 1e6; stream.enqueue(new Uint8Array(1e6).fill(32)); };
    return new Response(users ?? new ReadableStream({ pull }));
  };
  for (users of ['{"users":{}}', 'null', '[', '']) await assert.rejects(find('', '1'), { code: 'integrity' }, users);
  users = null;
  await assert.rejects(find('', '1'), { code: 'integrity' });
  assert.ok(read < 8e6, `${read} bytes were read`);
  for (latest of ['{}', '{"users":true}', 'null']) assert.equal(await find('', '1'), '');
  latest = '<html>';
  await assert.rejects(find('', '1'), { code: 'page' });
});
