// When the app itself cannot start, the page shows that, shows what to do, and
// can still be read.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { alive, controlled, launch, watch } from '../lib/browser.mjs';
import { list } from '../lib/pages.mjs';
import { serve } from '../lib/server.mjs';
import { assetsOf } from '../lib/version.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

const isApp = (path) => path.endsWith('.app.wasm');

// unknown has the app be a program that uses an instruction which no browser has, under the
// name that its own bytes give it.
async function unknown(server) {
  const { assets } = await assetsOf(server);
  const body = Buffer.from([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 5, 1, 3, 0, 0xff, 0x0b]);
  const name = assets['app.wasm'].replace(/[0-9a-f]{16}/, createHash('sha256').update(body).digest('hex').slice(0, 16));
  const files = {};
  for (const file of [assets['app.js'], '/index.html']) files[file] = Buffer.from((await server.read(file)).body.toString().replaceAll(assets['app.wasm'], name));
  server.site = async (file) => ({ [name]: body, ...files })[file] ?? null;
}

const breaks = [
  ['the server answers with an error', (server) => { server.fault = (path) => (isApp(path) ? { status: 503 } : null); }, /server answered with error 503.*try again in a few minutes/],
  ['the app arrives short', (server) => { server.fault = (path) => (isApp(path) ? { cut: 0.5 } : null); }, /damaged on the way/],
  ['the connection ends in the app', (server) => { server.fault = (path) => (isApp(path) ? { truncate: 0.5 } : null); }, /did not download completely/],
  ['the app has one bit wrong', (server) => { server.fault = (path) => (isApp(path) ? { flip: true } : null); }, /damaged on the way/],
  ['the app has one bit wrong in its data, so that it compiles', (server) => { server.fault = (path) => (isApp(path) ? { flip: 0.9 } : null); }, /damaged on the way/],
  ['a sign-in page comes in its place', (server) => { server.fault = (path) => (isApp(path) ? { html: true } : null); }, /sign in, then try again/],
  ['the app has an instruction that the browser does not know', unknown, /browser is too old/],
  ['WebAssembly is refused', (server) => { server.policy = server.policy.replace(" 'wasm-unsafe-eval'", ''); }, /cannot run WebAssembly/],
];
for (const [what, spoil, text] of breaks) {
  test(`${what}: a clear message and a next step`, async (t) => {
    const server = await serve(t);
    const good = { fault: server.fault, policy: server.policy, site: server.site };
    const context = await browser.newContext();
    await watch(context, server.origin);
    await spoil(server);
    const page = await context.newPage();
    await page.goto(server.origin);
    const alert = page.getByRole('alert');
    assert.match(await alert.innerText(), text);
    assert.equal(await page.locator('html').getAttribute('data-app'), 'failed');
    assert.ok((await list(page, 'main')).length > 10, 'the items can be read');
    if (server.policy !== good.policy || server.site !== good.site) await (await context.newCDPSession(page)).send('Network.clearBrowserCache'); // scripts are kept, each with its policy
    Object.assign(server, good);
    await alert.getByRole('button', { name: 'Reload' }).click();
    await alive(page);
    await context.close();
  });
}

for (const [what, fault] of [['does not arrive', { status: 503 }], ['arrives short', { cut: 0.5 }], ['breaks off', { truncate: 0.5 }]]) {
  test(`the model ${what}: a clear message, and a second try that works`, async (t) => {
    const server = await serve(t);
    const context = await browser.newContext();
    await watch(context, server.origin);
    server.fault = (path) => (path.endsWith('.bundle') ? fault : null);
    const page = await context.newPage();
    await page.goto(server.origin);
    await alive(page, { engine: 'failed' });
    server.fault = () => null;
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
    await alive(page);
    await context.close();
  });
}

// The page and its worker run one program, which is downloaded once and no other one.
test('page and worker run one program, and nothing downloads twice', async (t) => {
  const server = await serve(t);
  const context = await browser.newContext();
  const seen = await watch(context, server.origin);
  const page = await context.newPage();
  await page.goto(server.origin);
  await alive(page);
  await controlled(page); // the service worker keeps what it needs from the browser's cache
  const programs = server.requests.filter((path) => path.endsWith('.wasm'));
  assert.equal(programs.length, 1, `programs: ${programs}`);
  assert.ok(isApp(programs[0]));
  seen.quiet();
  await context.close();
});

test('a browser that cannot hand a program over compiles it in the worker, from its cache', async (t) => {
  const server = await serve(t);
  const context = await browser.newContext();
  await watch(context, server.origin);
  await context.addInitScript(() => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) {
      if (message.module) throw new DOMException('no', 'DataCloneError');
      post.call(this, message, ...rest);
    };
  });
  const page = await context.newPage();
  await page.goto(server.origin);
  await alive(page);
  assert.equal(server.requests.filter((path) => path.endsWith('.wasm')).length, 1);
  await context.close();
});

test('the first drawing is a task of its own, after the start of the program', async (t) => {
  const server = await serve(t);
  const context = await browser.newContext();
  const seen = await watch(context, server.origin);
  await context.addInitScript(() => {
    Object.defineProperty(globalThis, 'Go', {
      configurable: true,
      set(Go) {
        const { run } = Go.prototype;
        Go.prototype.run = function (instance) {
          const running = run.call(this, instance);
          globalThis.drawn = document.documentElement.dataset.app === 'alive';
          return running;
        };
        Object.defineProperty(globalThis, 'Go', { value: Go });
      },
    });
  });
  const page = await context.newPage();
  await page.goto(server.origin);
  await alive(page);
  assert.equal(await page.evaluate(() => globalThis.drawn), false);
  seen.quiet();
  await context.close();
});
