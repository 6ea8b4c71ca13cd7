// `make run-worker`, the guide's way to try the edge for Cloudflare without an account: the site,
// the bundles and the lists of a folder are served, and feedback is taken.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

test('make run-worker serves the bundles of DEMO on this machine', { timeout: 180e3 }, async (t) => {
  // What it builds stands there already, as for the other tests.
  const child = spawn('make', ['-o', 'tools', '-o', 'site-files', '-o', 'edge-build', 'run-worker', 'PORT=0', 'DEMO=data/demo'], {
    cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, CI: '1' },
  });
  t.after(() => { try { process.kill(-child.pid, 'SIGTERM'); } catch {} });
  let said = '';
  const origin = await new Promise((resolve, reject) => {
    const hear = (text) => {
      said += text;
      const [, found] = /Ready on (http:\/\/localhost:\d+)/.exec(said) ?? [];
      if (found) resolve(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`it ended with ${code}:\n${said}`)));
  });
  const get = (path, init) => fetch(origin + path, init);
  assert.equal(await (await get('/v1/latest.json')).text(), await readFile(new URL('../../../data/demo/latest.json', import.meta.url), 'utf8'));
  assert.ok((await (await get('/v1/similar/50.json')).json()).items.length);
  assert.match(await (await get('/')).text(), /^<!doctype html>/);
  assert.match(await (await get('/v1/widget.d.ts')).text(), /sparrow-widget/);
  assert.equal((await get('/readyz')).status, 200);
  assert.equal((await get('/v1/events', { method: 'POST', headers: { 'Content-Type': 'text/plain', Origin: origin }, body: 'no batch' })).status, 400);
});
