// What the widget goes without although a page asked for it is said once, with what to add.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch } from '../lib/browser.mjs';
import { demoEdge } from '../lib/edge.mjs';
import { host, page } from '../lib/host.mjs';
import { until } from '../lib/until.mjs';
import { settled } from '../lib/widget.mjs';

test('personal without an engine, and consent without a way to send, are said once', async (t) => {
  const edge = await demoEdge();
  t.after(() => edge.stop());
  const browser = await launch();
  t.after(() => browser.close());
  const lists = '<sparrow-similar item="50" personal consent="granted"></sparrow-similar><sparrow-recommend personal consent="granted"></sparrow-recommend>';
  const site = await host(t, {});
  const script = `<script type="module" nonce="abc" src="${edge.origin}/v1/widget.js"></script>`;
  const strict = (words) => ({ 'Content-Security-Policy': `script-src 'nonce-abc' 'strict-dynamic'${words}` });
  for (const [name, headers, want] of [
    ['all is allowed', strict(" 'wasm-unsafe-eval'; frame-src 'none'"), [['consent', '', `this edge does not take feedback from ${site.origin}`]]],
    ['no WebAssembly', strict(`; frame-src 'none'; connect-src 'self' ${edge.origin}`), [['consent', '', 'this edge does not take feedback'], ['personal', `script-src 'wasm-unsafe-eval' (or frame-src ${edge.origin} alone)`, 'nothing is learned']]],
    ['no connection', strict(`; connect-src 'self'; frame-src ${edge.origin}`), [['consent', `connect-src ${edge.origin}`, 'no feedback is sent']]],
  ]) {
    site.pages = { '/': { headers, body: page(edge.origin, lists, { script }) } };
    const context = await browser.newContext();
    await context.addInitScript(() => {
      globalThis.limited = [];
      document.addEventListener('sparrow:limited', ({ detail }) => limited.push(detail));
    });
    const tab = await context.newPage();
    const warned = [];
    tab.on('console', (message) => message.type() === 'warning' && /^sparrow: (this edge|no feedback|nothing is)/.test(message.text()) && warned.push(message.text()));
    await tab.goto(site.origin);
    const seen = await settled(tab);
    assert.ok(seen.every(({ state }) => state === 'ready'), name);
    await tab.evaluate(() => document.querySelector('sparrow-similar').record('like', '50'));
    await until(`what is given up: ${name}`, async () => (await tab.evaluate(() => limited.length)) >= want.length);
    await sleep(500); // nothing comes twice
    const said = (await tab.evaluate(() => limited)).sort((a, b) => a.what.localeCompare(b.what));
    assert.deepEqual(said.map(({ what, add }) => [what, add]), want.map(([what, add]) => [what, add]), name);
    said.forEach(({ message }, i) => assert.ok(message.startsWith(want[i][2]), `${name}: ${message}`));
    assert.equal(warned.length, want.length, warned.join('\n'));
    await context.close();
  }
});
