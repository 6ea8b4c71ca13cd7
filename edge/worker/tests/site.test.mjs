// The app's own files: static assets first, then the shell, then the 404 page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fromSegment } from '../site.mjs';
import { startEdge } from '../testing/edge.mjs';

test('pages', async (t) => {
  const edge = await startEdge(t);
  const table = [
    ['/', 200, 'home'],
    ['/movie/1', 200, 'one'],
    ['/movie/2', 200, 'shell'],
    ['/movie/2?from=home', 200, 'shell'],
    ['/zh/movie/2', 200, '壳'],
    ['/nothing', 404, 'missing'],
    ['/zh/nothing', 404, '没有'],
    ['/movies/2', 404, 'missing'],
    ['/nothing.js', 404, 'not found'],
    ['/.well-known/change-password', 404, 'not found'],
    ['/.well-known/', 404, 'not found'],
    ['/a/0123456789abcdef.app.js', 200, 'console.log'],
    ['/a/../v1/latest.json', 404, 'not found'],
  ];
  for (const [path, status, text] of table) {
    await t.test(path, async () => {
      const answer = await edge.ask(path);
      assert.equal(answer.status, status);
      assert.match(String(answer.body), new RegExp(text));
      const head = await edge.ask(path, { method: 'HEAD' });
      assert.equal(head.status, status);
      assert.equal(head.body.length, 0);
    });
  }
  await t.test('headers of _headers', async () => {
    for (const path of ['/', '/movie/2', '/nothing']) assert.match((await edge.ask(path)).headers['content-security-policy'] ?? 'none', /default-src 'none'/, path);
    assert.equal((await edge.ask('/a/0123456789abcdef.app.js')).headers['cache-control'], 'public, max-age=31536000, immutable');
  });
  await t.test('not again for a browser that has it', async () => {
    const { headers: { etag } } = await edge.ask('/movie/2');
    assert.equal((await edge.ask('/movie/2', { headers: { 'If-None-Match': etag } })).status, 304);
  });
  await t.test('files of the exporter are not pages', async () => {
    assert.notEqual((await edge.ask('/_headers')).status, 200);
  });
  await t.test('no other methods', async () => {
    for (const path of ['/', '/movie/2']) assert.equal((await edge.ask(path, { method: 'POST', body: Buffer.from('x') })).status, 405, path);
  });
});

test('segments of addresses mean what the exporter wrote', () => {
  const all = JSON.parse(readFileSync(new URL('../../../wasm/catalog/testdata/segments.json', import.meta.url)));
  assert.ok(all.length >= 200);
  for (const { text, segment } of all) assert.equal(fromSegment(segment), text, segment);
  for (const [segment, text] of [['~zz', '~zz'], ['a~2', 'a~2'], ['a%2Fb', 'a/b'], ['%E9%9C%B8', '霸'], ['~e9%9c~b8', null], ['%e0', null], ['~ff', null]]) assert.equal(fromSegment(segment), text, segment);
});

test('an item that does not exist is 404, by lists of the newest bundle', async (t) => {
  const edge = await startEdge(t);
  const bucket = await edge.mf.getR2Bucket('BUNDLES');
  const status = async (path) => {
    const answer = await edge.ask(path);
    assert.match(String(answer.body), answer.status === 200 ? /shell|壳/ : /missing|没有/, path);
    return answer.status;
  };
  const of = (bundle) => JSON.stringify({ bundle, items: [] });
  const hash = '0123456789abcdef'.repeat(4);
  assert.equal(await status('/movie/none'), 200, 'nothing is known');
  await bucket.put('similar.lists', new Uint8Array(readFileSync(new URL('../../testdata/similar.lists', import.meta.url))));
  await bucket.put('popular.json', of(hash));
  await bucket.put('latest.json', of(hash));
  for (const path of ['/movie/50', '/movie/a~2fb', '/movie/a%2Fb', '/zh/movie/100~25', '/movie/~e9~9c~b8~e7~8e~8b~e5~88~ab~e5~a7~ac', '/movie/tab~09', '/browse']) assert.equal(await status(path), 200, path);
  for (const path of ['/movie/none', '/zh/movie/none', '/movie/50/more', '/movie/5']) assert.equal(await status(path), 404, path);
  await bucket.put('latest.json', of('f'.repeat(64)));
  assert.equal(await status('/movie/none'), 200, 'a newer bundle may have it');
});
