// What the guide says a request costs: how often it starts the worker, and how often that reads R2.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { asset, isAsset } from '../assets.mjs';
import { bundle, isBundle } from '../bundles.mjs';
import { page } from '../site.mjs';

const folder = new URL('../../../data/demo/', import.meta.url);
const guide = readFileSync(new URL('../../GUIDE.md', import.meta.url), 'utf8');
const { assets } = JSON.parse(readFileSync(new URL('../wrangler.jsonc', import.meta.url), 'utf8').replace(/^\s*\/\/.*$/gm, '').replace(/\s\/\/ .*$/gm, ''));
const newest = JSON.parse(readFileSync(new URL('latest.json', folder))).bundle;

// counted is a bucket with the demo's files, and a compressed bundle as deploy.mjs uploads it.
function counted() {
  const bucket = {
    reads: 0,
    async get(key, { range } = {}) {
      bucket.reads++;
      const name = key.replace(/\.br$/, '');
      let body;
      try { body = readFileSync(new URL(name, folder)); } catch { return null; }
      const part = range ? body.subarray(range.offset, range.offset + range.length) : body;
      return { etag: 'e', httpEtag: '"e"', size: body.length, body: new Blob([part]).stream(), arrayBuffer: async () => part.buffer.slice(part.byteOffset, part.byteOffset + part.length), json: async () => JSON.parse(part) };
    },
    async head(key) {
      bucket.reads++;
      return bucket.get(key);
    },
  };
  return bucket;
}

// starts reports whether an address without a file runs the worker, by wrangler.jsonc; one with a file
// does only where that says so.
function starts(pathname, file) {
  const covers = (pattern) => new RegExp(`^${pattern.split('*').map((part) => part.replaceAll('.', '\\.')).join('.*')}$`).test(pathname);
  const first = assets.run_worker_first.filter((pattern) => covers(pattern.replace(/^!/, '')));
  return first.length > 0 ? !first.some((pattern) => pattern.startsWith('!')) : !file;
}

// paid returns [requests, reads] of one address, once the isolate has read the pages of its list.
async function paid(pathname, file = false) {
  if (!starts(pathname, file)) return [0, 0];
  const env = { BUNDLES: counted(), ASSETS: { fetch: async (request) => (new URL(request.url ?? request).pathname === '/shell.json' ? Response.json({ languages: ['/zh'], routes: ['/movie/'], items: '/movie/' }) : new Response('page')) } };
  const request = new Request(`https://edge.example${pathname}`, { headers: { 'Accept-Encoding': 'br' } });
  const ask = () => (isBundle(pathname) ? bundle : isAsset(pathname) ? asset : page)(request, env, pathname);
  await ask();
  const before = env.BUNDLES.reads;
  const answer = await ask();
  assert.equal(answer.status, 200, pathname);
  if (pathname.startsWith('/v1/similar/')) assert.ok(before >= 4 && before <= 7, `the first list of an isolate takes ${before} reads`);
  return [1, env.BUNDLES.reads - before];
}

// The rows of the guide's table by what stands first in them.
const rows = new Map([...guide.matchAll(/^\| ([^|]+) \| (\d+) \| (\d+) \|$/gm)].map(([, what, requests, reads]) => [what, [Number(requests), Number(reads)]]));

for (const [what, pathname, file] of [
  ['a page made in advance, most files of the app, `/v1/widget.js`', '/v1/widget.js', true],
  ['a page made in advance, most files of the app, `/v1/widget.js`', '/a/0123456789abcdef.app.js', true],
  ['a large file of the app: each program, the home page for the service worker', '/a/0123456789abcdef.engine.wasm', true],
  ['a large file of the app: each program, the home page for the service worker', '/a/0123456789abcdef.home.zh.txt', true],
  ['`latest.json`', '/v1/latest.json'],
  ['the model', `/v1/a/${newest}.bundle`],
  ['`live.json`', '/v1/live.json'],
  ['`experiments.json`, `trending.json`, `users.json`', '/v1/experiments.json'],
  ['`experiments.json`, `trending.json`, `users.json`', '/v1/trending.json'],
  ['`experiments.json`, `trending.json`, `users.json`', '/v1/users.json'],
  ['`popular.json`', '/v1/popular.json'],
  ['a list made in advance', '/v1/similar/50.json'],
  ['a page of an item that was not made in advance', '/movie/50'],
]) {
  test(`${what}: requests and reads as the guide counts them`, async () => {
    assert.ok(rows.has(what), `the guide has no row ${what}`);
    assert.deepEqual(rows.get(what), await paid(pathname, file));
  });
}

test('the sums of the guide', () => {
  const million = 1e6;
  const over = (used, included) => Math.ceil(Math.max(0, used - included) / million);
  const money = (sum) => (sum ? `$${sum.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}` : 'included');
  for (const [visitors, name] of [[1e4, '10,000 visitors'], [1e6, 'a million visitors'], [1e7, '10 million visitors'], [1e8, '100 million visitors']]) {
    const [requests, reads, batches] = [41, 23, 10].map((each) => each * visitors);
    const parts = [
      0.30 * over(requests, 10e6), 0.36 * over(reads, 10e6), 0.40 * over(3 * batches, 1e6),
      4.50 * over(batches / 100, 1e6) + 0.015 * Math.max(0, batches * 3 * 3.7e-6 - 10), 0.02 * over(batches * 0.1, 30e6),
    ];
    const sum = 5 + parts.reduce((all, one) => all + one);
    assert.ok(guide.includes(`| ${[name, ...parts.map(money)].join(' | ')} | $${Math.round(sum).toLocaleString('en')} |`), `${name}: ${parts.map(money)}, together ${sum}`);
  }
});

test('the traffic of the guide, where it is paid by the byte', () => {
  const steps = [[10e3, 0.085], [40e3, 0.08], [100e3, 0.06], [350e3, 0.04], [524e3, 0.03], [4e6, 0.025], [Infinity, 0.02]]; // GB, dollars each
  for (const [visitors, name] of [[1e6, 'a million visitors'], [1e7, '10 million visitors'], [1e8, '100 million visitors']]) {
    const each = 2.04e6 + 2 * 0.48e6;
    let [left, sum] = [visitors * each / 1e9 - 1000, 0];
    for (const [most, price] of steps) {
      sum += Math.min(left, most) * price;
      left -= Math.min(left, most);
    }
    assert.ok(guide.includes(`| ${name} | ${Math.round(visitors * each / 1e12)} TB | $${Math.round(sum).toLocaleString('en')} |`), `${name}: ${sum}`);
  }
});

test('the waiting of the guide', () => {
  for (const [line, latency, rate] of [['Fast 4G, as browsers imitate it', 0.165, 1.0125], ['Slow 4G', 0.562, 0.18], ['cable, 50 Mbit', 0.02, 6.25]]) {
    const wait = (4 * latency + 1.148 / rate + 0.38).toFixed(1).replace(/^0/, '');
    const row = guide.split('\n').find((one) => one.startsWith(`| ${line} |`));
    assert.ok(row?.includes(`| ${wait} s |`), `${line}: ${wait}`);
  }
});
