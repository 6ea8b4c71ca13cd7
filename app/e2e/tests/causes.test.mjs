// Each failure of the engine names its cause and what to do, in both languages.
// Every cause is produced, none is pretended.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { alive, launch, options, watch } from '../lib/browser.mjs';
import { serve } from '../lib/server.mjs';
import { until } from '../lib/until.mjs';
import { plain } from '../../../static/js/sha256.js';

const browser = await launch();
test.after(() => browser.close());

const isModel = (file) => file.endsWith('.bundle');
const isWorker = (file) => file.endsWith('.engine-worker.js');
const answers = (which, fault) => async (server) => { server.fault = (file) => (which(file) ? fault : null); };

const causes = [
  ['a server’s error', 'http', answers(isModel, { status: 503 }), /error 503.*try again in a few minutes/i, /错误 503.*过几分钟再试/],
  ['a connection that ends', 'network', answers(isModel, { truncate: 0.5 }), /check the connection/i, /检查网络/],
  ['a sign-in page', 'page', answers(isModel, { html: true }), /sign in.*try again/i, /登录/],
  ['a bit that is wrong', 'integrity', answers(isModel, { flip: true }), /not what was sent.*try again/i, /与原件不符.*再试一次/],
  ['a policy without workers', 'worker', async (server) => { server.policy = server.policy.replace("worker-src 'self'", "worker-src 'none'"); }, /refused to start.*allow it/i, /后台程序.*允许/],
  ['a worker’s script that a server refuses', 'http', answers(isWorker, { status: 500 }), /error 500/, /错误 500/],
  ['a worker’s script of a later language', 'browser', async (server) => { server.site = async (file) => (isWorker(file) ? Buffer.from('let x = #later;') : null); }, /too old/, /太旧/],
];
for (const [what, code, spoil, ...texts] of causes) {
  test(`${what}: ${code}`, async (t) => {
    const server = await serve(t);
    await spoil(server);
    const context = await browser.newContext();
    t.after(() => context.close());
    await watch(context, server.origin);
    const logged = [];
    context.on('console', (message) => logged.push(message.text()));
    const page = await context.newPage();
    await page.goto(server.origin);
    await alive(page, { engine: 'failed' });
    const says = (text) => until(`an alert that says ${text}`, async () => text.test((await page.getByRole('alert').innerText()).replace(/\s+/g, ' ')));
    await says(texts[0]);
    await page.evaluate(() => goappNav('/zh/'));
    await says(texts[1]);
    assert.ok(logged.some((line) => line.startsWith('sparrow:')), `the cause is on the console: ${logged}`);
  });
}

// The browser's own flags take WebAssembly away, as a hardened browser does, or
// leave a program less memory than it begins with.
for (const [what, flag, texts] of [
  ['a browser without WebAssembly', '--jitless', [/cannot run WebAssembly.*allow WebAssembly for this site/, /无法运行 WebAssembly.*允许/]],
  ['a device without memory', '--wasm-max-mem-pages=16', [/not enough memory.*close other tabs/, /内存不足.*关闭其他页面/]],
]) {
  test(`${what}: the loader says so`, async (t) => {
    const server = await serve(t);
    const hardened = await launch({ args: [...options.args, `--js-flags=${flag}`] });
    t.after(() => hardened.close());
    for (const [at, home] of ['/', '/zh/'].entries()) {
      const page = await hardened.newPage();
      await page.goto(server.origin + home);
      const alert = page.getByRole('alert');
      await alert.waitFor();
      assert.match(await alert.innerText(), texts[at]);
    }
  });
}

test('SHA-256 in JavaScript is SHA-256', () => {
  const sizes = [0, 1, 3, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000, 100003];
  for (const size of sizes) {
    const bytes = Uint8Array.from({ length: size }, (_, i) => (i * i * 31 + size) & 255);
    assert.equal(plain(bytes), createHash('sha256').update(bytes).digest('hex'), `${size} bytes`);
  }
});
