// Who has the version before of a large file or of a model gets what turns it into this one; everyone
// else gets what they got without. What deltas make is tested where they are made: ../../delta.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib';
import { siteFolder, startEdge } from '../testing/edge.mjs';

const sha256 = (body, as) => createHash('sha256').update(body).digest(as);
const before = randomBytes(1000);
const after = randomBytes(90_000);
const made = Buffer.concat([Buffer.from('5e2a4d1820000000', 'hex'), createHash('sha256').update(before).digest(), randomBytes(50)]);
const suffix = `.${sha256(before, 'hex')}.dcz`;
const has = { 'Accept-Encoding': 'gzip, br, dcb, dcz', 'Available-Dictionary': `:${sha256(before, 'base64')}:` };
const program = '/a/0123456789abcdef.app.wasm';
const page = '/a/0123456789abcdef.home.zh.txt';
const bundle = `/v1/a/${sha256(after, 'hex')}.bundle`;

// whole returns the file that an answer without a dictionary holds: the host may compress it.
const whole = ({ headers, body }) => ({ br: brotliDecompressSync, gzip: gunzipSync }[headers['content-encoding']] ?? ((bytes) => bytes))(body);

async function startWithDeltas(t) {
  const site = mkdtempSync(path.join(tmpdir(), 'sparrow-site-'));
  t.after(() => rmSync(site, { recursive: true }));
  cpSync(siteFolder, site, { recursive: true });
  for (const name of [program, page]) {
    writeFileSync(path.join(site, name), after);
    writeFileSync(path.join(site, name + suffix), made);
  }
  const edge = await startEdge(t, { site });
  const bucket = await edge.mf.getR2Bucket('BUNDLES');
  const key = path.basename(bundle);
  for (const [name, body] of [[key, after], [`${key}.br`, brotliCompressSync(after)], [key + suffix, made]]) await bucket.put(name, new Uint8Array(body));
  return edge;
}

test('deltas', async (t) => {
  const edge = await startWithDeltas(t);
  for (const [address, match, type] of [[program, '*.wasm', 'application/wasm'], [page, '*.txt', 'text/plain'], [bundle, '*.bundle', 'application/octet-stream']]) {
    const others = { 'cache-control': 'public, max-age=31536000, immutable', vary: 'Accept-Encoding, Available-Dictionary', 'use-as-dictionary': `match="${match.replace('*', address === program ? '*.app' : address === page ? '*.home.zh' : '*')}"` };
    const like = (answer, what) => { for (const [name, value] of Object.entries(others)) assert.equal(answer.headers[name], value, `${address}: ${what}: ${name}`); };
    await t.test(`${address}: to whom has the version before`, async () => {
      const answer = await edge.ask(address, { headers: has });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers['content-encoding'], 'dcz');
      assert.ok(answer.body.equals(made), `${answer.body.length} bytes`);
      assert.ok(answer.headers['content-type'].startsWith(type), answer.headers['content-type']);
      like(answer, 'delta');
      const head = await edge.ask(address, { method: 'HEAD', headers: has });
      assert.deepEqual([head.status, head.body.length, head.headers['content-encoding']], [200, 0, 'dcz']);
      const again = await edge.ask(address, { headers: { ...has, 'If-None-Match': answer.headers.etag } });
      assert.deepEqual([again.status, again.body.length], [304, 0]);
      const plain = await edge.ask(address);
      assert.notEqual(plain.headers.etag, answer.headers.etag);
    });
    await t.test(`${address}: to everyone else as without`, async () => {
      const hash = sha256(before, 'base64');
      for (const [what, headers] of Object.entries({
        'no dictionary': { 'Accept-Encoding': 'dcz' },
        'one that there is no delta of': { 'Accept-Encoding': 'dcz', 'Available-Dictionary': `:${sha256(after, 'base64')}:` },
        'a browser that reads no dcz': { ...has, 'Accept-Encoding': 'gzip, dcb' },
        'a browser that wants no dcz': { ...has, 'Accept-Encoding': 'dcz;q=0' },
        'no colons': { 'Accept-Encoding': 'dcz', 'Available-Dictionary': hash },
        'two': { 'Accept-Encoding': 'dcz', 'Available-Dictionary': `:${hash}:, :${hash}:` },
        'a path': { 'Accept-Encoding': 'dcz', 'Available-Dictionary': ':../../../../../../../../../../etc/passwd/.=:' },
        'hexadecimal digits': { 'Accept-Encoding': 'dcz', 'Available-Dictionary': `:${sha256(before, 'hex')}:` },
        'a second spelling': { 'Accept-Encoding': 'dcz', 'Available-Dictionary': `:${hash.slice(0, 42)}${String.fromCharCode(hash.charCodeAt(42) + 1)}=:` },
        'a very long one': { 'Accept-Encoding': 'dcz', 'Available-Dictionary': `:${'A'.repeat(8000)}=:` },
      })) {
        const answer = await edge.ask(address, { headers });
        assert.equal(answer.status, 200, what);
        assert.notEqual(answer.headers['content-encoding'], 'dcz', what);
        assert.ok(whole(answer).equals(after), what);
        like(answer, what);
      }
      const part = await edge.ask(address, { headers: { ...has, Range: 'bytes=2-4' } });
      assert.notEqual(part.headers['content-encoding'], 'dcz');
      assert.ok([after.subarray(2, 5), after].some((bytes) => whole(part).equals(bytes)), 'plain bytes');
    });
  }
  await t.test('a second try past the browser’s own cache is whole; bundles are always asked for so', async () => {
    const fresh = { ...has, 'Cache-Control': 'no-cache', Pragma: 'no-cache' };
    assert.ok(whole(await edge.ask(program, { headers: fresh })).equals(after));
    assert.ok((await edge.ask(bundle, { headers: fresh })).body.equals(made));
  });
  await t.test('what is no such file', async () => {
    for (const path of ['/a/0123456789abcdef.other.wasm', '/a/x.wasm', '/a/0123456789abcdef.home.html.js', `${bundle}${suffix}`]) assert.equal((await edge.ask(path, { headers: has })).status, 404, path);
    for (const address of [program, bundle]) assert.equal((await edge.ask(address, { method: 'POST', headers: has, body: Buffer.from('x') })).status, 405, address);
    for (const address of ['/', '/a/0123456789abcdef.app.js']) {
      const answer = await edge.ask(address, { headers: has });
      assert.deepEqual([answer.status, answer.headers['use-as-dictionary']], [200, undefined], address);
    }
  });
});
