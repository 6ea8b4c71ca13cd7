// The report for the owner, behind the key: the requests of edge/owner_test.go.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEdge } from '../testing/edge.mjs';

const keys = { old: 'a1'.repeat(32), new: 'b2'.repeat(32), none: 'c3'.repeat(32) };
const basic = (user, password) => ({ Authorization: `Basic ${btoa(`${user}:${password}`)}` });

test('the report is behind the key', async (t) => {
  const edge = await startEdge(t, { bindings: { ORIGINS: '', LIVE_KEYS: `${keys.old} ${keys.new}` } });
  assert.equal((await edge.ask('/owner', { headers: basic('me', keys.old) })).status, 404, 'before there is a report');
  const bucket = await edge.mf.getR2Bucket('BUNDLES');
  await bucket.put('owner.html', '<!doctype html>figures');
  for (const [name, headers, status, method = 'GET'] of [
    ['the key in use', basic('me', keys.old), 200],
    ['the next one, and no name', basic('', keys.new), 200],
    ['a program', { Authorization: `Bearer ${keys.old}` }, 200],
    ['no key', {}, 401],
    ['another key', basic('me', keys.none), 401],
    ['a part of a key', basic('me', keys.old.slice(1)), 401],
    ['the key as the name', basic(keys.old, 'x'), 401],
    ['no base64', { Authorization: 'Basic =' }, 401],
    ['another method', basic('me', keys.old), 405, 'POST'],
  ]) {
    const answer = await edge.ask('/owner', { method, headers });
    const text = String(answer.body);
    assert.equal(answer.status, status, `${name}: ${text}`);
    assert.equal(text.includes('figures'), status === 200, name);
    assert.equal(answer.headers['cache-control'], 'no-store', name);
    assert.equal('www-authenticate' in answer.headers, status === 401, name);
    if (status === 200) assert.match(answer.headers['content-security-policy'], /default-src 'none'/);
  }
  for (const path of ['/owner.html', '/v1/owner.html', '/owner/']) {
    assert.ok(!String((await edge.ask(path, { headers: basic('me', keys.old) })).body).includes('figures'), path);
  }
  assert.equal((await edge.ask('/v1/live', { method: 'PUT', headers: basic('me', keys.old), body: Buffer.from('{}') })).status, 401, 'a browser\'s password changes nothing');
});

test('without a key no one sees it', async (t) => {
  const edge = await startEdge(t, { bindings: { ORIGINS: '' } });
  assert.equal((await edge.ask('/owner', { headers: basic('me', keys.old) })).status, 403);
});
