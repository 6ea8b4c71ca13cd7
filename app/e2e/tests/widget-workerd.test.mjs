// The widget from the edge as it runs on Cloudflare: workerd, with the site as
// static assets and the builder's folder in R2.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startEdge } from '../../../edge/worker/testing/edge.mjs';
import { launch } from '../lib/browser.mjs';
import { host } from '../lib/host.mjs';
import { hostPage } from '../lib/hosts.mjs';
import { siteFolder } from '../lib/server.mjs';
import { until } from '../lib/until.mjs';
import { World, settled } from '../lib/widget.mjs';

const bundles = fileURLToPath(new URL('../../../data/demo', import.meta.url));

test('workerd serves the widget: inline, in a frame, and lists made in advance', async (t) => {
  const edge = await startEdge(t, { site: siteFolder });
  const bucket = await edge.mf.getR2Bucket('BUNDLES');
  for (const name of await readdir(bundles)) if (/\.(bundle|supplement|json|lists)$/.test(name)) await bucket.put(name, new Uint8Array(await readFile(path.join(bundles, name))));
  const site = await host(t);
  const browser = await launch();
  t.after(() => browser.close());
  for (const [name, by] of [['no CSP', 'inline'], ['strict, with wasm', 'inline'], ['strict, without wasm', 'frame'], ['no frames, no wasm', 'list']]) {
    site.pages = hostPage(name, edge.origin, 'auto').pages;
    const tab = await browser.newPage();
    const errors = [];
    tab.on('console', (line) => line.type() === 'error' && errors.push(line.text()));
    const world = await World.of(tab);
    await tab.goto(site.origin);
    const [{ items }] = await until(`${name}: ${by}`, async () => { // after a list made in advance, where the engine may take over
      const seen = await settled(world);
      return seen[0].mode === by && seen;
    });
    assert.deepEqual([items.length, errors], [10, []], name);
    await tab.close();
  }
});
