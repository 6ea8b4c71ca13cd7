// The examples of static/widget/examples, each on a page beside the project's own edge: their rows are there without a script where
// they are of a server, and the widget takes over. What stands for WordPress, Rails and Shopify is said at each.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import ts from 'typescript';
import { compileScript, parse } from 'vue/compiler-sfc';
import { launch } from '../lib/browser.mjs';
import { folder, native, root } from '../lib/exported.mjs';
import { host } from '../lib/host.mjs';
import { siteFolder } from '../lib/server.mjs';
import { record, settled } from '../lib/widget.mjs';

const run = promisify(execFile);
const item = '50';
let browser;
let edge;
before(async (t) => {
  browser = await launch();
  ({ origin: edge } = await native(t, siteFolder, path.join(root, 'data/demo'), undefined, '--rate', '0'));
});
after(async () => { await browser?.close(); });

// example returns one, with the edge of the test in place of the one that it names.
const example = (name) => readFileSync(path.join(root, 'static/widget/examples', name), 'utf8').replaceAll('https://movies.example', edge);
const script = () => `<script type="module" src="${edge}/v1/widget.js"></script>`;

// open shows markup as a page of another site.
async function open(t, markup, { javaScriptEnabled = true, init = () => {} } = {}) {
  const site = await host(t, { '/': { body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>A shop</title><body>${markup}</body></html>` } });
  const context = await browser.newContext({ javaScriptEnabled });
  t.after(() => context.close());
  await context.addInitScript(record);
  await context.addInitScript(init);
  const tab = await context.newPage();
  await tab.goto(site.origin);
  return tab;
}

// shows holds that markup comes to a list of ten items, and where it is of a server that they are there without a script.
async function shows(t, markup, { rows = false } = {}) {
  if (rows) assert.equal(await (await open(t, markup, { javaScriptEnabled: false })).locator('sparrow-similar ul[slot=list] li').count(), 20, 'without a script: all that the edge has');
  const [{ items, state }] = await settled(await open(t, markup));
  assert.deepEqual([items.length, state], [10, 'ready']);
}

test('the classic script works after it was joined with others and minified', async (t) => {
  const others = (before) => ts.transpileModule(`${before}\nvar jQuery = jQuery || {};`, { compilerOptions: { target: ts.ScriptTarget.ES5, removeComments: true } }).outputText.replace(/\s+/g, ' ');
  await shows(t, `<sparrow-similar item="${item}"></sparrow-similar><script>var a=1;${others(example('classic.js'))}</script>`);
});

// next renders the component on a server, as Node runs it.
async function next(t, id) {
  const work = await folder(t);
  await writeFile(path.join(work, 'similar.tsx'), example('next.tsx'));
  await writeFile(path.join(work, 'main.mjs'), "import { renderToStaticMarkup } from 'react-dom/server';\nimport { Similar } from './similar.tsx';\nconst main = async () => console.log(renderToStaticMarkup(await Similar({ item: process.argv[2] })));\nmain();\n");
  const modules = path.join(root, 'app/e2e/node_modules');
  await run('go', ['run', 'github.com/evanw/esbuild/cmd/esbuild', path.join(work, 'main.mjs'), '--bundle', '--platform=node', '--jsx=automatic', `--outfile=${path.join(work, 'out.cjs')}`, '--log-level=error',
    `--alias:react=${modules}/react-19`, `--alias:react-dom=${modules}/react-dom-19`], { cwd: root });
  return (await run('node', [path.join(work, 'out.cjs'), id])).stdout;
}

test('Next: the component, rendered by React 19 on a server', async (t) => {
  await shows(t, await next(t, item), { rows: true });
  assert.match(await next(t, 'no such item'), /<sparrow-similar item="no such item" link="[^"]+"><\/sparrow-similar>/, 'a page without rows');
});

// nuxt renders the component on a server as Vue does it, with what it takes of Nuxt stubbed: useHead, useAsyncData and $fetch.
async function nuxt(t, id) {
  const work = await folder(t);
  const compilerOptions = { isCustomElement: (tag) => tag.startsWith('sparrow-') }; // of nuxt.config.ts, as the example says
  const { descriptor } = parse(example('nuxt.vue'), { templateParseOptions: compilerOptions });
  const { content } = compileScript(descriptor, { id: 'similar', inlineTemplate: true, templateOptions: { ssr: true, ssrCssVars: [], compilerOptions } });
  await writeFile(path.join(work, 'similar.mjs'), content);
  await writeFile(path.join(work, 'main.mjs'), `import { createSSRApp, ref } from 'vue';
import { renderToString } from 'vue/server-renderer';
import Similar from './similar.mjs';
globalThis.useHead = ({ script }) => { globalThis.head = script; };
globalThis.useAsyncData = async (key, get) => ({ data: ref(await get()) });
globalThis.$fetch = async (url, { timeout }) => {
  const answer = await fetch(url, { signal: AbortSignal.timeout(timeout) });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.text();
};
const markup = await renderToString(createSSRApp(Similar, { item: process.argv[2] }));
console.log(globalThis.head.map(({ type, src }) => \`<script type="\${type}" src="\${src}"></script>\`).join('') + markup);
`);
  await run('go', ['run', 'github.com/evanw/esbuild/cmd/esbuild', path.join(work, 'main.mjs'), '--bundle', '--platform=node', '--format=esm', `--outfile=${path.join(work, 'out.mjs')}`, '--log-level=error',
    "--banner:js=import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"], { cwd: root, env: { ...process.env, NODE_PATH: path.join(root, 'app/e2e/node_modules') } });
  return (await run('node', [path.join(work, 'out.mjs'), id])).stdout;
}

test('Nuxt: the component, rendered by Vue 3 on a server', async (t) => {
  await shows(t, await nuxt(t, item), { rows: true });
  assert.match(await nuxt(t, 'no such item'), /<sparrow-similar item="no such item" link="[^"]+"><\/sparrow-similar>/, 'a page without rows');
});

const ruby = spawnSync('ruby', ['--version']).error ? { skip: 'there is no Ruby, which runs the partial' } : {};

// rails fills the partial in Ruby with the stubs of harness/rails.rb, which is no Rails.
const rails = async (id, from = edge) => (await run('ruby', [path.join(root, 'app/e2e/harness/rails.rb'), id], { env: { ...process.env, EDGE: from } })).stdout;

test('Rails: the partial, filled by Ruby from the edge', ruby, async (t) => {
  await shows(t, script() + await rails(item), { rows: true });
  assert.match(await rails('"><script>'), /^\s*<sparrow-similar item="&quot;&gt;&lt;script&gt;" link="[^"]+">\s*<\/sparrow-similar>\s*$/, 'an item that there is none of has no rows, and is text');
  assert.match(await rails(item, 'http://127.0.0.1:9'), /^\s*<sparrow-similar [^>]+>\s*<\/sparrow-similar>\s*$/, 'an edge that does not answer');
});

// A template is filled as its language would fill it, by hand: Shopify is not here.
const filled = (template, values) => template.replace(/\{%.*?%\}\n(?=<s)/gs, '').replace(/\{\{ (.*?) \}\}/gs, (_, value) => values[value] ?? assert.fail(`nothing fills ${value}`));

test('Shopify: the snippet, filled by hand', async (t) => {
  const markup = filled(example('sparrow.liquid'), { 'product.handle | escape': item });
  assert.ok(!/[{}]%|\{\{/.test(markup));
  await shows(t, markup);
});

const php = spawnSync('php', ['--version']).error ? { skip: 'there is no PHP, which runs the plug-in' } : {};

// wordpress runs the plug-in in PHP with the stubs of harness/wordpress.php, which is no WordPress.
const wordpress = async (...args) => (await run('php', [path.join(root, 'app/e2e/harness/wordpress.php'), ...args], { env: { ...process.env, EDGE: edge } })).stdout;

test('WordPress: a product has a row before any script, and the widget takes it over', php, async (t) => {
  await shows(t, await wordpress('page'), { rows: true });
});

test('WordPress: consent is what the consent plug-in of the page says, at once and later', php, async (t) => {
  const tab = await open(t, await wordpress('page'), { init: () => { globalThis.wp_has_consent = () => globalThis.agreed === true; } });
  const consent = () => tab.evaluate(() => document.querySelector('sparrow-similar').getAttribute('consent'));
  assert.equal(await consent(), 'denied');
  await tab.evaluate(() => { globalThis.agreed = true; document.dispatchEvent(new Event('wp_listen_for_consent_change')); });
  assert.equal(await consent(), 'granted');
});

test('WordPress: an order is told once, as the widget takes it', php, async (t) => {
  const markup = await wordpress('thanks');
  const tab = await open(t, markup, { init: () => {
    globalThis.told = [];
    addEventListener('DOMContentLoaded', () => customElements.define('sparrow-similar', class extends HTMLElement { static record(...all) { globalThis.told.push(all); } }));
  } });
  await tab.waitForFunction(() => globalThis.told.length);
  assert.deepEqual(await tab.evaluate(() => globalThis.told), [['purchase', item, { value: 25, currency: 'EUR', quantity: 2 }]]);
});

test('WordPress: attributes of a shortcode are text, and unknown lists are none', php, async () => {
  assert.equal(await wordpress('short', JSON.stringify({ list: 'popular', item: '"><script>', limit: '5' })), '<sparrow-popular item="&quot;&gt;&lt;script&gt;" limit="5"></sparrow-popular>');
  assert.equal(await wordpress('short', JSON.stringify({ list: 'script' })), '');
});
