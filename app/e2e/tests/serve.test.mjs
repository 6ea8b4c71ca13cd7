// The project's own server and the tests' server answer alike, so that what is
// tested is what runs.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { idle, launch, visit, watch } from '../lib/browser.mjs';
import { native, root } from '../lib/exported.mjs';
import { serve, siteFolder } from '../lib/server.mjs';
import { assetsOf } from '../lib/version.mjs';

const bundles = path.join(root, 'data/demo');

const headers = ['content-type', 'content-encoding', 'cache-control', 'content-security-policy', 'x-content-type-options',
  'referrer-policy', 'cross-origin-opener-policy', 'permissions-policy', 'vary'];

test('go run ./edge answers like the tests’ server, and its site lives', async (t) => {
  const theirs = await serve(t);
  const { origin } = await native(t, siteFolder, bundles);
  const { assets } = await assetsOf(theirs);
  const paths = ['/', '/zh/', '/movie/1', '/movie/193609', '/zh/movie/193609', '/genre/Drama', '/for-you', '/no/such/page', '/zh/no/such/page', '/a/none.js',
    '/sw.js', '/manifest.webmanifest', '/demo/', ...Object.values(assets)];
  const answer = async (url) => {
    const response = await fetch(url);
    const body = Buffer.from(await response.arrayBuffer());
    return { status: response.status, size: response.ok ? body.length : 0, ...Object.fromEntries(headers.map((name) => [name, response.headers.get(name)])) };
  };
  for (const at of paths) assert.deepEqual(await answer(origin + at), await answer(theirs.origin + at), at);

  const latest = await fetch(`${origin}/v1/latest.json`);
  assert.equal(latest.headers.get('cache-control'), 'public, max-age=60');
  const { bundle, bytes } = await latest.json();
  const whole = await fetch(`${origin}/v1/a/${bundle}.bundle`);
  assert.equal(whole.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal(whole.headers.get('access-control-allow-origin'), '*');
  const body = Buffer.from(await whole.arrayBuffer());
  assert.equal(body.length, bytes);
  assert.ok(body.equals(await readFile(path.join(bundles, `${bundle}.bundle`))));
  const part = await fetch(`${origin}/v1/a/${bundle}.bundle`, { headers: { Range: 'bytes=10-19' } });
  assert.equal(part.status, 206);
  assert.ok(Buffer.from(await part.arrayBuffer()).equals(body.subarray(10, 20)));

  const browser = await launch();
  t.after(() => browser.close());
  const context = await browser.newContext();
  const watched = await watch(context, origin);
  await idle(await visit(context, `${origin}/movie/1`));
  watched.quiet();
});
