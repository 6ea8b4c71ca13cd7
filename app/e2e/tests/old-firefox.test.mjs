// Firefox without what the programs need: what was made in advance is there, a sentence says why
// no more is, and nothing is downloaded for what cannot run, but what the app's pages name before
// any script. Firefox has no preference for SIMD (153 has only that for AVX), so it is driven
// twice: without any WebAssembly, which is real, and with scripts of the site before which
// WebAssembly knows the empty program alone, as where a processor has no SSE4.1.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Firefox } from '../browsers/firefox.mjs';
import { host, page } from '../lib/host.mjs';
import { lists } from '../lib/lists.mjs';
import { serve } from '../lib/server.mjs';
import { record, settled } from '../lib/widget.mjs';

const useless = (requests) => requests.filter((file) => /\.(wasm|bundle|supplement)$/.test(file));

// forget has WebAssembly refuse every program but the empty one.
function forget() {
  const { validate } = WebAssembly;
  const old = () => new WebAssembly.CompileError('wasm validation error: SIMD support is not enabled');
  WebAssembly.validate = (bytes) => bytes.byteLength === 8 && validate(bytes);
  for (const name of ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming']) WebAssembly[name] = async () => { throw old(); };
}

// without serves the site to a Firefox that lacks something, and returns {server, firefox}.
const without = {
  async WebAssembly(t) {
    const [server, firefox] = await Promise.all([serve(t), Firefox.start({ JIT_OPTION_disableJitBackend: 'true' })]);
    server.site = await lists();
    return { server, firefox };
  },
  async SIMD(t) {
    const [server, firefox, prepared] = await Promise.all([serve(t), Firefox.start(), lists()]);
    server.site = async (name) => {
      if (!/\.(app|engine-worker)\.js$/.test(name)) return prepared(name);
      return Buffer.concat([Buffer.from(`(${forget})();\n`), (await server.read(name)).body]);
    };
    return { server, firefox };
  },
};

const sentences = {
  WebAssembly: { '/': /^This browser cannot run WebAssembly\..*can still be read/, '/zh/': /^这个浏览器无法运行 WebAssembly。.*仍可阅读/ },
  SIMD: { '/': /^This browser is too old.*can still be read; update the browser\./, '/zh/': /^这个浏览器太旧.*仍可阅读；请更新浏览器。/ },
};

for (const [lack, start] of Object.entries(without)) {
  test(`Firefox without ${lack}: the app says so, its pages can be read, and the widget shows lists that were made in advance`, async (t) => {
    const { server, firefox } = await start(t);
    t.after(() => firefox.close());
    t.diagnostic(firefox.version);
    for (const [at, text] of Object.entries(sentences[lack])) {
      server.requests.length = 0;
      const tab = await firefox.open();
      await tab.goto(server.origin + at);
      await tab.until(() => document.documentElement.dataset.app === 'failed');
      const seen = await tab.evaluate(() => ({
        alert: document.querySelector('[role="alert"]').innerText, items: document.querySelectorAll('main [data-item]').length,
        preloaded: new URL(document.querySelector('link[rel="preload"][href$=".wasm"]').href).pathname,
      }));
      assert.match(seen.alert, text);
      assert.ok(seen.items >= 10, `${at}: the items can be read`);
      assert.deepEqual(useless(server.requests), [seen.preloaded], `${at}: nothing but what the page itself names`);
      await tab.close();
    }

    const markup = (mode) => ['similar item="50"', 'popular', 'recommend'].map((one) => `<sparrow-${one} ${mode && `mode="${mode}"`}></sparrow-${one.split(' ')[0]}>`).join('');
    const site = await host(t);
    for (const mode of ['', 'inline', 'frame']) {
      site.pages = { '/': { body: page(server.origin, markup(mode)) } };
      server.requests.length = 0;
      const tab = await firefox.open({ viewport: { width: 1000, height: 2000 }, first: record });
      await tab.goto(site.origin);
      const seen = await settled(tab);
      assert.deepEqual(seen.map(({ state, items, mode: how }) => [state, items.length, how]), Array(3).fill(['ready', 10, 'list']), mode);
      assert.deepEqual(useless(server.requests), [], mode);
      await tab.close();
    }
  });
}
