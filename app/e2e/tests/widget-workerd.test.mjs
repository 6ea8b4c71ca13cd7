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
import { World, settled } from '../lib/widget.mjs';

const bundles = fileURLToPath(new URL('../../../data/demo', import.meta.url));

test('workerd serves the widget: inline, in a frame, and lists made in advance', async (t) => {
  const edge = await startEdge(t, { site: siteFolder });
  const bucket = await edge.mf.getR2Bucket('BUNDLES');
  for (const name of await readdir(bundles)) if (name !== 'README.md') await bucket.put(name, new Uint8Array(await readFile(path.join(bundles, name))));
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
    const [{ items, mode }] = await settled(world);
    assert.deepEqual([items.length, mode, errors], [10, by, []], name);
    await tab.close();
  }
});
