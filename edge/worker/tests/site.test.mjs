// The app's own files: static assets first, then the shell, then the 404 page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
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
