// Bundles and the small files beside them, from R2.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { startEdge } from '../testing/edge.mjs';

const body = Buffer.concat([Buffer.from('sparrow '.repeat(2000)), randomBytes(64)]);
const name = createHash('sha256').update(body).digest('hex');
const address = `/v1/a/${name}.bundle`;
const latest = JSON.stringify({ bundle: name });

async function startWithBundle(t) {
  const edge = await startEdge(t);
  const bucket = await edge.mf.getR2Bucket('BUNDLES');
  await bucket.put(`${name}.bundle`, new Uint8Array(body));
  await bucket.put(`${name}.bundle.br`, new Uint8Array(brotliCompressSync(body)));
  await bucket.put('latest.json', latest);
  return edge;
}

test('bundles', async (t) => {
  const edge = await startWithBundle(t);
  const shared = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin', 'x-content-type-options': 'nosniff' };
  const has = (answer, headers) => { for (const [key, value] of Object.entries(headers)) assert.equal(answer.headers[key], value, key); };

  await t.test('as it is', async () => {
    const answer = await edge.ask(address);
    assert.equal(answer.status, 200);
    assert.ok(answer.body.equals(body));
    has(answer, { ...shared, 'content-type': 'application/octet-stream', 'cache-control': 'public, max-age=31536000, immutable', vary: 'Accept-Encoding, Available-Dictionary', 'accept-ranges': 'bytes', 'content-length': String(body.length) });
    assert.equal(answer.headers['content-encoding'], undefined);
  });
  await t.test('compressed, for browsers that can read it', async () => {
    const answer = await edge.ask(address, { headers: { 'Accept-Encoding': 'gzip, br;q=0.8' } });
    has(answer, { ...shared, 'content-encoding': 'br', vary: 'Accept-Encoding, Available-Dictionary' });
    assert.ok(answer.body.length < body.length / 2);
    assert.ok(brotliDecompressSync(answer.body).equals(body));
    const plain = await edge.ask(address, { headers: { 'Accept-Encoding': 'br;q=0' } });
    assert.equal(plain.headers['content-encoding'], undefined);
    assert.notEqual(plain.headers.etag, answer.headers.etag);
  });
  await t.test('not again for a browser that has it', async () => {
    for (const headers of [{}, { 'Accept-Encoding': 'br' }]) {
      const { headers: { etag } } = await edge.ask(address, { headers });
      for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const answer = await edge.ask(address, { headers: { ...headers, 'If-None-Match': tag } });
        assert.equal(answer.status, 304, tag);
        assert.equal(answer.body.length, 0);
        has(answer, { ...shared, etag, 'cache-control': 'public, max-age=31536000, immutable' });
      }
      assert.equal((await edge.ask(address, { headers: { ...headers, 'If-None-Match': '"other"' } })).status, 200);
    }
  });
  await t.test('in parts', async () => {
    const parts = [['bytes=0-9', 0, 10], ['bytes=100-', 100, body.length], ['bytes=-64', body.length - 64, body.length], ['bytes=16000-99999', 16000, body.length]];
    for (const [range, from, to] of parts) {
      const answer = await edge.ask(address, { headers: { Range: range, 'Accept-Encoding': 'br' } });
      assert.equal(answer.status, 206, range);
      has(answer, { 'content-range': `bytes ${from}-${to - 1}/${body.length}`, 'content-length': String(to - from) });
      assert.equal(answer.headers['content-encoding'], undefined);
      assert.ok(answer.body.equals(body.subarray(from, to)), range);
    }
    for (const range of ['bytes=9-0', 'bytes=-', 'bytes=0-1,3-4', 'lines=1-2']) assert.equal((await edge.ask(address, { headers: { Range: range } })).status, 200, range);
    const outside = await edge.ask(address, { headers: { Range: 'bytes=99999-' } });
    assert.equal(outside.status, 416);
    has(outside, { 'content-range': `bytes */${body.length}` });
  });
  await t.test('in parts, if it is still the same', async () => {
    const { headers: { etag } } = await edge.ask(address);
    assert.equal((await edge.ask(address, { headers: { Range: 'bytes=0-9', 'If-Range': etag } })).status, 206);
    const changed = await edge.ask(address, { headers: { Range: 'bytes=0-9', 'If-Range': '"other"' } });
    assert.equal(changed.status, 200);
    assert.ok(changed.body.equals(body));
  });
  await t.test('heads', async () => {
    const answer = await edge.ask(address, { method: 'HEAD' });
    assert.equal(answer.status, 200);
    assert.equal(answer.body.length, 0);
    has(answer, { ...shared, 'content-length': String(body.length) });
    assert.equal((await edge.ask(address, { method: 'HEAD', headers: { 'Accept-Encoding': 'br' } })).headers['content-encoding'], 'br');
    assert.equal((await edge.ask(`/v1/a/${'0'.repeat(64)}.bundle`, { method: 'HEAD' })).status, 404);
  });
  await t.test('latest.json', async () => {
    const answer = await edge.ask('/v1/latest.json');
    assert.equal(String(answer.body), latest);
    has(answer, { ...shared, 'content-type': 'application/json', 'cache-control': 'public, max-age=60' });
    assert.equal((await edge.ask('/v1/latest.json', { headers: { 'If-None-Match': answer.headers.etag } })).status, 304);
  });
  await t.test('what is not there', async () => {
    for (const name of ['popular', 'similar/50', 'similar/a%2Fb']) assert.equal((await edge.ask(`/v1/${name}.json`)).status, 204, name);
    for (const [name, says] of [['experiments', '{"version":1,"layers":[]}'], ['trending', '{"version":1,"items":[]}'], ['users', '{"users":[]}']]) {
      const answer = await edge.ask(`/v1/${name}.json`);
      assert.equal(`${answer.status} ${answer.body}`, `200 ${says}`);
      has(answer, { ...shared, 'content-type': 'application/json', 'cache-control': 'public, max-age=60' });
    }
    const paths = ['/v1/', '/v1/a/', `/v1/a/${name}`, `/v1/a/${name}.bundle.br`, `/v1/a/${name.toUpperCase()}.bundle`, `/v1/a/${name}.bundle/`, `/v1/a//${name}.bundle`, `/v1/${name}.bundle`, '/v1/a/latest.json', '/v1/%6catest.json', '/v1/a/..%2flatest.json', '/v1/LATEST.json'];
    for (const path of paths) {
      const answer = await edge.ask(path);
      assert.equal(answer.status, 404, path);
      has(answer, { ...shared, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
    }
  });
  await t.test('no other methods', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const answer = await edge.ask(address, { method });
      assert.equal(answer.status, 405);
      has(answer, { allow: 'GET, HEAD, OPTIONS' });
    }
    const preflight = await edge.ask(address, { method: 'OPTIONS', headers: { Origin: 'https://shop.example', 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'range' } });
    assert.equal(preflight.status, 204);
    has(preflight, { 'access-control-allow-origin': '*' });
  });
  await t.test('a query changes nothing', async () => {
    assert.ok((await edge.ask(`${address}?x=1`, { headers: { 'X-Forwarded-Host': 'evil.example' } })).body.equals(body));
  });
});

test('what cannot be read is not missing', async (t) => {
  const edge = await startEdge(t, { entry: fileURLToPath(new URL('entry.mjs', import.meta.url)) });
  await edge.ask('/test/fault/files');
  const part = { Range: 'bytes=1-3' };
  for (const [path, headers] of [
    ['/v1/latest.json'], ['/v1/experiments.json'], ['/v1/trending.json'], ['/v1/popular.json'], ['/v1/users.json'], ['/v1/similar/50.json'],
    [address], [address, part], [address, { 'Accept-Encoding': 'br' }], ['/movie/2'], ['/nothing'],
  ]) {
    const answer = await edge.ask(path, { headers });
    assert.equal(answer.status, 503, path);
    assert.equal(answer.headers['cache-control'], 'no-store', path);
    assert.equal(answer.headers['retry-after'], '10', path);
  }
  await edge.ask('/test/fault/none');
  assert.equal((await edge.ask('/v1/popular.json')).status, 204);
  assert.equal((await edge.ask('/v1/latest.json')).status, 404);
  assert.equal((await edge.ask('/movie/2')).status, 200);
});
