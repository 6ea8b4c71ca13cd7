// When the app itself cannot start, the page shows that, shows what to do, and
// can still be read.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { alive, launch, watch } from '../lib/browser.mjs';
import { list } from '../lib/pages.mjs';
import { serve } from '../lib/server.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

const isApp = (path) => path.endsWith('.app.wasm');
const breaks = [
  ['the server answers with an error', (server) => { server.fault = (path) => (isApp(path) ? { status: 503 } : null); }, /server answered with error 503.*try again in a few minutes/],
  ['the app arrives short', (server) => { server.fault = (path) => (isApp(path) ? { cut: 0.5 } : null); }, /damaged on the way/],
  ['the connection ends in the app', (server) => { server.fault = (path) => (isApp(path) ? { truncate: 0.5 } : null); }, /did not download completely/],
  ['the app has one bit wrong', (server) => { server.fault = (path) => (isApp(path) ? { flip: true } : null); }, /damaged on the way/],
  ['the app has one bit wrong in its data, so that it compiles', (server) => { server.fault = (path) => (isApp(path) ? { flip: 0.9 } : null); }, /damaged on the way/],
  ['a sign-in page comes in its place', (server) => { server.fault = (path) => (isApp(path) ? { html: true } : null); }, /sign in, then try again/],
  ['WebAssembly is refused', (server) => { server.policy = server.policy.replace(" 'wasm-unsafe-eval'", ''); }, /cannot run WebAssembly/],
];
for (const [what, spoil, text] of breaks) {
  test(`${what}: a clear message and a next step`, async (t) => {
    const server = await serve(t);
    const good = { fault: server.fault, policy: server.policy };
    const context = await browser.newContext();
    await watch(context, server.origin);
    spoil(server);
    const page = await context.newPage();
    await page.goto(server.origin);
    const alert = page.getByRole('alert');
    assert.match(await alert.innerText(), text);
    assert.equal(await page.locator('html').getAttribute('data-app'), 'failed');
    assert.ok((await list(page, 'main')).length > 10, 'the items can be read');
    if (server.policy !== good.policy) await (await context.newCDPSession(page)).send('Network.clearBrowserCache'); // a script is kept with its policy
    Object.assign(server, good);
    await alert.getByRole('button', { name: 'Reload' }).click();
    await alive(page);
    await context.close();
  });
}

for (const [what, fault] of [['does not arrive', { status: 503 }], ['arrives short', { cut: 0.5 }], ['breaks off', { truncate: 0.5 }]]) {
  test(`the engine ${what}: a clear message, and a second try that works`, async (t) => {
    const server = await serve(t);
    const context = await browser.newContext();
    await watch(context, server.origin);
    server.fault = (path) => (path.endsWith('.engine.wasm') ? fault : null);
    const page = await context.newPage();
    await page.goto(server.origin);
    await alive(page, { engine: 'failed' });
    server.fault = () => null;
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
    await alive(page);
    await context.close();
  });
}
