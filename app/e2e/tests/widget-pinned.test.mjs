// A page that pins the widget's script: whatever changes at the edge after
// that, nothing of it runs in the page's origin, where the page's cookies are.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { stage } from '../lib/app.mjs';
import { Edge, demoEdge } from '../lib/edge.mjs';
import { every } from '../lib/every.mjs';
import { host, page } from '../lib/host.mjs';
import { hostPage, hosts } from '../lib/hosts.mjs';
import { siteFolder } from '../lib/server.mjs';
import { until } from '../lib/until.mjs';
import { World, record, settled } from '../lib/widget.mjs';

const { server: edge, browser } = await stage();
const named = (await readdir(path.join(siteFolder, 'a'))).find((name) => name.endsWith('.widget.js'));
const pinned = await readFile(path.join(siteFolder, 'a', named));
const pin = (from, more = '') => `<script type="module" src="${from}/a/${named}" integrity="sha384-${createHash('sha384').update(pinned).digest('base64')}" crossorigin ${more}></script>`;

// visit opens a page of a host, and returns what its first list shows, and what
// was asked of the edge.
async function visit(t, site, kind, { patience } = {}) {
  const strict = kind && hosts[kind](edge.origin);
  const lists = '<sparrow-similar item="50" consent="granted" personal></sparrow-similar><sparrow-recommend personal></sparrow-recommend>';
  site.pages = { '/': { body: page(edge.origin, lists, { script: pin(edge.origin, strict?.nonce ? `nonce="${strict.nonce}"` : '') }), headers: strict?.headers }, '/account': { body: 'private' }, '/leak': { body: '' } };
  const context = await browser.newContext({ viewport: { width: 1000, height: 1200 } });
  t.after(() => context.close());
  await context.addInitScript(record);
  const tab = await context.newPage();
  edge.requests.length = 0;
  site.requests.length = 0;
  await tab.goto(site.origin);
  const [shown] = await settled(tab, patience).catch((error) => [{ state: error.message, items: [] }]);
  await tab.waitForTimeout(500); // what has begun to run may come to an end
  const found = { ...shown, asked: [...new Set(edge.requests)], address: tab.url(), ran: await tab.evaluate(() => globalThis.ran ?? '') };
  await context.close();
  return found;
}

// hostile code reads what only the host's own origin can read, and passes it
// on.
const hostile = (origin) => `globalThis.ran = 'changed code'; fetch('${origin}/account', { credentials: 'include' }).then((r) => r.text()).then((text) => fetch('${origin}/leak?' + text));
  try { parent.ran = 'changed code'; } catch {} try { top.location = '${origin}/leak?frame'; } catch {} try { window.open('${origin}/leak?window'); } catch {}
  export const plan = () => null; export const open = () => null;`;
const classic = (code) => code.replace(/export[^;]*;/g, '');

const kinds = ['no CSP', 'strict, with wasm', 'strict, without wasm', 'Trusted Types, sparrow allowed'];

test('a pinned page runs nothing of the edge that changed, whichever file it is', async (t) => {
  const site = await host(t);
  const honest = {};
  for (const kind of kinds) honest[kind] = await visit(t, site, kind);
  assert.deepEqual(kinds.map((kind) => honest[kind].mode), ['inline', 'inline', 'frame', 'inline']);
  const files = await readdir(path.join(siteFolder, 'a'));
  const all = new Set([...Object.values(honest).flatMap(({ asked }) => asked), ...files.filter((name) => /(cover|policy|sharing|framed?|lists|takeover|worker|engine)\S*\.(js|wasm)$/.test(name)).map((name) => `/a/${name}`), '/v1/widget.js']);
  all.delete(`/a/${named}`);
  const seen = [...all].map((name) => name.replace(/[0-9a-f]{16,}\.?/, ''));
  for (const name of ['/a/engine-worker.js', '/a/engine.wasm', '/a/policy.js', '/a/sharing.js', '/a/framed.js', '/a/lists.js', '/a/frame.js', '/frame/', '/v1/widget.js', '/v1/latest.json', '/v1/a/bundle']) assert.ok(seen.includes(name), `${name} is among ${seen}`);
  const scripts = {
    js: (name) => (/worker/.test(name) ? classic(hostile(site.origin)) : hostile(site.origin)),
    html: () => `<!doctype html><script>${classic(hostile(site.origin))}</script>`,
    json: () => JSON.stringify({ bundle: `"><script>${hostile(site.origin)}</script>`, items: [{ id: 'javascript:globalThis.ran=1', title: '<img src=x onerror="globalThis.ran=1">', url: 'javascript:globalThis.ran=1' }] }),
  };
  for (const [at, name] of [...all].entries()) {
    const type = /\.(\w+)$/.exec(name)?.[1] ?? 'html';
    const evil = scripts[type]?.(name);
    const possible = kinds.filter((one) => one === 'no CSP' || (honest[one].asked.includes(name) && /\.(js|wasm|html)$|^\/frame/.test(name))); // data meets no policy
    for (const kind of every ? possible : [possible[at % possible.length]]) {
      edge.site = async (file) => (evil && file === (type === 'html' ? `${name}.html` : name) ? Buffer.from(evil) : null);
      const found = await visit(t, site, kind);
      edge.site = null;
      const leaks = site.requests.filter((one) => /leak/.test(one));
      assert.deepEqual([found.ran, leaks, found.address], ['', [], `${site.origin}/`], `${name} changed, ${kind}`);
    }
  }
});

// One byte that changes nothing of what a file does shows whether it is
// compared at all.
for (const [what, more] of [['engine-worker.js', Buffer.from(' ')], ['engine.wasm', Buffer.from('\0\x05\x04evil', 'latin1')]]) {
  test(`${what} with bytes more than the pinned page knows of is not run`, async (t) => {
    const site = await host(t);
    edge.site = async (name) => (name.endsWith(`.${what}`) ? Buffer.concat([await readFile(path.join(siteFolder, name)), more]) : null);
    t.after(() => { edge.site = null; });
    const found = await visit(t, site, 'no CSP');
    assert.ok(found.asked.some((name) => name.endsWith(`.${what}`)), 'it was fetched');
    assert.notEqual(found.mode, 'inline');
  });
}

test('a pinned page fetches no script but the worker, and works on every host in auto', async (t) => {
  const site = await host(t);
  const whole = await demoEdge(); // which has lists made in advance
  t.after(() => whole.stop());
  for (const name of Object.keys(hosts)) { // widget.mjs has every way to run
    const { view, framed, pages } = hostPage(name, whole.origin, 'auto');
    const inside = pages['/inside'] ?? pages['/'];
    const tag = /<script type="module"[^>]*><\/script>/.exec(inside.body)[0];
    inside.body = inside.body.replace(tag, pin(whole.origin, /nonce="\w+"/.exec(tag)?.[0]));
    const reports = [];
    Object.assign(site, { pages, reported: (text) => reports.push(text) });
    const context = await browser.newContext(view);
    if (framed) await context.addInitScript(record);
    const tab = await context.newPage();
    const world = framed ? null : await World.of(tab);
    const scripts = [];
    context.on('request', (request) => scripts.push(/\w+\.js$/.exec(request.url())?.[0]));
    await tab.goto(site.origin);
    const frame = world ?? tab.frames().find((one) => one.url().endsWith('/inside'));
    const [shown] = await settled(frame, 30e3).catch((error) => { throw new Error(`${name}: ${error.message}`); });
    assert.ok(shown.state === 'ready' ? shown.items.length === 10 : shown.fallback, `${name}: ${JSON.stringify(shown)}`);
    assert.deepEqual([name === 'nothing allowed' ? 'failed' : 'ready', []], [shown.state, reports], name);
    assert.deepEqual(scripts.filter((one) => ['cards.js', 'framed.js', 'group.js', 'lists.js', 'policy.js', 'sharing.js', 'takeover.js'].includes(one)), [], name);
    await context.close();
  }
});

test('a pinned page sends feedback, and has it erased', async (t) => {
  const site = await host(t);
  const live = new Edge();
  await live.start({ flags: ['--rate', '0', '--site', siteFolder, '--origin', `${site.origin}=shop`] });
  t.after(() => live.stop());
  const from = `http://127.0.0.1:${live.port}`;
  site.pages = { '/': { body: page(from, '<sparrow-similar item="50" consent="granted"></sparrow-similar>', { script: pin(from) }) } };
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 } });
  t.after(() => context.close());
  await context.addInitScript(record);
  const tab = await context.newPage();
  await tab.goto(site.origin);
  await settled(tab);
  const events = await until('events at the edge', async () => {
    const { events: all } = await live.stored();
    return ['impression', 'view'].every((kind) => all.some((event) => event.kind === kind)) && all;
  });
  await tab.evaluate(() => customElements.get('sparrow-similar').erase());
  const { erased } = await until('the erasure', async () => (await live.stored()).erased.length && live.stored());
  assert.deepEqual(erased, [events[0].visitor]);
});
