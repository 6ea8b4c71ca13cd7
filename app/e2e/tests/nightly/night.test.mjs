// A site's owner sets the night up as the guide has it. A catalog loses three items and wins five
// while pages are open: no page is stale, no address names what is not there, no tab sees an error.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { alive, controlled, idle, launch, networkNoise, visit, watch } from '../../lib/browser.mjs';
import { folder, native, root } from '../../lib/exported.mjs';
import { block, unit } from '../../lib/guide.mjs';
import { card, forYou, go, like } from '../../lib/pages.mjs';
import { until } from '../../lib/until.mjs';

const gone = ['4', '5', '6'];
const fresh = ['n1', 'n2', 'n3', 'n4', 'n5'];
const first = Array.from({ length: 100 }, (_, i) => String(i + 1));
const second = [...first.filter((id) => !gone.includes(id)), ...fresh];

// catalog writes a data set of these items: 90 people with a taste each.
function catalog(input, ids) {
  mkdirSync(input, { recursive: true });
  writeFileSync(path.join(input, 'items.csv'), ['item_id,title,year,genres', ...ids.map((id, i) => `${id},Thing ${id},2000,Kind ${i % 3}`), ''].join('\n'));
  const rows = ['user_id,item_id,timestamp,rating'];
  for (let user = 0; user < 90; user++) {
    for (let k = 0; k < 14; k++) {
      const id = first[(3 * ((user * 5 + k * k) % 33) + (user % 3)) % 100];
      if (ids.includes(id)) rows.push(`u${user},${id},${1_700_000_000 + user * 1000 + k * 60},${4 + (k % 2)}`);
    }
  }
  writeFileSync(path.join(input, 'interactions.csv'), `${rows.join('\n')}\n`);
}

// owner is a machine laid out as the guide's, below a folder.
async function owner(t) {
  const work = await folder(t);
  const at = (name) => path.join(work, name);
  const places = [['/srv/sparrow/source', root.replace(/\/$/, '')], ['/srv/sparrow/', `${work}/`], ['/var/lib/sparrow', at('feedback')]];
  const here = (text) => places.reduce((all, [from, to]) => all.replaceAll(from, to), text);
  mkdirSync(at('feedback'), { mode: 0o700 });
  const env = { ...process.env, QUALITY: '0', SITE_URL: 'https://movies.example' };
  // run runs a command as systemd or cron do and returns {code, said}.
  const run = async (command, args, cwd) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => said.push(part));
    const [code] = await once(child, 'close');
    return { code, said: Buffer.concat(said).toString() };
  };
  return { at, here, run };
}

const latest = (bundles) => JSON.parse(readFileSync(path.join(bundles, 'latest.json'))).bundle;
const pagesOf = (site) => readdirSync(site, { recursive: true }).filter((name) => name.endsWith('.html'));

// names returns the hashed files that a page, or the service worker's script, names.
const names = (text) => [...new Set(text.match(/\/a\/[0-9a-f]{16}\.[\w.-]+/g))];

// patrol asks for pages and all that they name, again and again until it is ended, and returns
// what was not there.
function patrol(origin, addresses) {
  const missing = new Set();
  let looks = 0;
  let on = true;
  const walk = (async () => {
    while (on) {
      for (const address of addresses) {
        const page = await fetch(origin + address);
        if (page.status !== 200) missing.add(`${address}: ${page.status}`);
        for (const name of names(await page.text())) {
          const { status } = await fetch(origin + name, { method: 'HEAD' });
          if (status !== 200) missing.add(`${address} names ${name}: ${status}`);
        }
      }
      looks++;
    }
  })();
  return async () => {
    on = false;
    await walk;
    return { missing: [...missing], looks };
  };
}

const checked = async (page, hash) => {
  const [worker] = page.workers().filter((one) => one.url().includes('engine-worker'));
  await worker.evaluate(() => { dispatchEvent(new Event('online')); });
  await page.waitForFunction((wanted) => probe.received.some(({ type, hash: ready }) => type === 'ready' && ready === wanted), hash);
  await idle(page);
};

test('the guide’s units and crontab hold', async (t) => {
  const { at, here } = await owner(t);
  const service = block('ini', 'sparrow-night.service');
  const timer = block('ini', 'sparrow-night.timer');
  const read = unit(service);
  assert.deepEqual(read.Service.Type, ['oneshot']);
  assert.ok(existsSync(read.Service.ExecStart[0].split(' ')[0]), 'the program of ExecStart');
  assert.ok(existsSync(path.join(here(read.Service.WorkingDirectory[0]), 'Makefile')));
  assert.match(unit(timer).Timer.OnCalendar[0], /^\*-\*-\* \d\d:\d\d$/);
  assert.deepEqual(unit(timer).Install.WantedBy, ['timers.target']);
  const night = (text) => /make -s night ([^>]*?)(?: >.*)?$/m.exec(text)[1];
  const crontab = block('crontab', 'crontab of that user');
  assert.equal(night(crontab), night(service), 'cron and systemd do the same');
  assert.match(crontab.split('\n')[1], /^\d+ \d+ \* \* \* cd [^%]+$/, 'cron reads % as a new line');
  if (!['/usr/bin/systemd-analyze', '/bin/systemd-analyze'].some(existsSync)) return; // what it would say of keys, the lines above do
  for (const [name, text] of [['sparrow-night.service', service], ['sparrow-night.timer', timer]]) writeFileSync(at(name), here(text));
  const said = execFileSync('sh', ['-c', 'SYSTEMD_UNIT_PATH="$1:" systemd-analyze verify "$1/sparrow-night.service" "$1/sparrow-night.timer" 2>&1', 'sh', at('.')], { encoding: 'utf8' });
  assert.doesNotMatch(said, /sparrow-night.*(Unknown|Failed to parse|Invalid|ignoring|not executable)/i);
});

test('a night with pages open: none is stale, none sees an error', async (t) => {
  const { at, here, run } = await owner(t);
  const [bundles, site] = [at('bundles'), at('site')];

  // The first night, as systemd runs it.
  catalog(at('data'), first);
  const { Service: service } = unit(block('ini', 'sparrow-night.service'));
  const [command, ...args] = here(service.ExecStart[0]).split(' ');
  const begun = await run(command, args, here(service.WorkingDirectory[0]));
  assert.equal(begun.code, 0, begun.said);
  const before = latest(bundles);
  const edge = await native(t, site, bundles, at('feedback'));
  const get = (address) => fetch(edge.origin + address);
  const old = names(readFileSync(path.join(site, 'sw.js'), 'utf8'));
  assert.ok(old.length >= 10);
  for (const id of [...gone, '50']) assert.equal((await get(`/item/${id}`)).status, 200);

  // Yesterday's tabs: two of a visitor whose browser keeps the app, one of a browser that does not.
  const browser = await launch();
  t.after(() => browser.close());
  const context = await browser.newContext();
  const plain = await browser.newContext({ serviceWorkers: 'block' });
  const watched = [await watch(context, edge.origin), await watch(plain, edge.origin)];
  const home = await visit(context, edge.origin);
  await controlled(home);
  await like(home, gone[0], '/item');
  await like(home, '50', '/item');
  const item = await visit(context, `${edge.origin}/item/${gone[1]}`);
  const tab = await visit(plain, `${edge.origin}/item/${gone[2]}`);
  await tab.getByRole('heading', { name: `Thing ${gone[2]}`, exact: true }).waitFor();

  // The second night, as cron runs it.
  catalog(at('data'), second);
  const line = here(block('crontab', 'crontab of that user').split('\n')[1].replace(/^(\S+ ){5}/, ''));
  const end = patrol(edge.origin, ['/', '/zh/', '/browse', '/item/50', '/zh/item/51', '/sw.js']);
  const night = await run('/bin/sh', ['-c', line], at('.'));
  const { missing, looks } = await end();
  assert.equal(night.code, 0, night.said);
  assert.deepEqual(missing, [], 'addresses that were not there for a moment');
  assert.ok(looks > 3, `${looks} looks`);
  const after = latest(bundles);
  assert.notEqual(after, before);
  const told = readFileSync(at('night.txt'), 'utf8').trim().split('\n').find((one) => one.includes('is the newest bundle'));
  assert.match(told, /102 items \(5 new, 3 gone\), NDCG@10/);
  assert.ok(readFileSync(path.join(bundles, 'night.log'), 'utf8').includes('102 items (5 new, 3 gone)'));

  // No page is stale: of what is gone there is none, of what is new there is one, none links to what is gone.
  for (const lang of ['', '/zh']) {
    for (const id of gone) assert.equal((await get(`${lang}/item/${id}`)).status, 404, id);
    for (const id of fresh) {
      const page = await get(`${lang}/item/${id}`);
      assert.equal(page.status, 200);
      assert.ok((await page.text()).includes(`>Thing ${id}</h1>`), `${id} is rendered in advance`);
    }
  }
  const pages = pagesOf(site);
  assert.equal(pages.filter((name) => /^item\/[^/]+$/.test(name)).length, second.length);
  const stale = new RegExp(`/item/(${gone.join('|')})["/]`);
  assert.deepEqual(pages.filter((name) => stale.test(readFileSync(path.join(site, name), 'utf8'))), [], 'pages that link to what is gone');
  const map = readFileSync(path.join(site, 'sitemap.xml'), 'utf8');
  assert.ok(fresh.every((id) => map.includes(`/item/${id}<`)) && !gone.some((id) => map.includes(`/item/${id}<`)));
  for (const id of [...fresh, '50']) assert.equal((await get(`/v1/similar/${id}.json`)).status, 200);
  for (const id of gone) assert.equal((await get(`/v1/similar/${id}.json`)).status, 204);

  // Open tabs: their files are there, they take the model over, and what is gone says so.
  for (const name of old) assert.equal((await get(name)).status, 200, name);
  assert.equal((await get(`/v1/a/${before}.bundle`)).status, 200);
  const none = (page) => page.getByText('This item is not in the catalogue').first();
  for (const page of [home, item, tab]) {
    await checked(page, after);
    await go(page, `/item/${fresh[0]}`);
    await page.getByRole('heading', { name: `Thing ${fresh[0]}`, exact: true }).waitFor();
    await go(page, `/item/${gone[0]}`);
    await none(page).waitFor();
    await go(page, '/browse');
    await go(page, '/profile');
  }
  await forYou(home);
  await go(home, '/item/50');
  assert.equal(await card(home, '50').getByRole('button', { name: /^Like/, pressed: true }).count(), 1, 'the profile is carried over');
  for (const page of [home, tab]) { // loaded again, as the browser does with a tab that it had put away
    await page.goto(`${edge.origin}/item/50`);
    await alive(page);
  }
  for (const one of watched) one.quiet();

  // The new version of the app is offered and taken; without a network, too, what is gone says so.
  await home.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  const offered = home.getByRole('button', { name: 'Use it now' });
  await Promise.all([home.waitForEvent('load'), offered.click()]);
  await alive(home);
  await home.goto(`${edge.origin}/item/${gone[1]}`);
  await none(home).waitFor();
  watched[0].quiet();
  await context.setOffline(true);
  await home.goto(`${edge.origin}/item/${gone[2]}`);
  await none(home).waitFor();
  await until('a page of what is there, offline', async () => {
    await home.goto(`${edge.origin}/item/${fresh[1]}`);
    return home.getByRole('heading', { name: `Thing ${fresh[1]}`, exact: true }).waitFor({ timeout: 5000 }).then(() => true, () => false);
  });
  watched[0].quiet(networkNoise);
});
