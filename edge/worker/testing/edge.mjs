// The worker under miniflare, with the bindings of wrangler.jsonc, so that what the tests
// run is what is deployed. Any fetch out of the worker fails the test.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Miniflare } from 'miniflare';
import { builtFolder } from './workerd.mjs';

const folder = fileURLToPath(new URL('..', import.meta.url));
export const siteFolder = path.join(folder, 'tests/site');

// readConfig reads wrangler.jsonc.
export function readConfig() {
  const text = readFileSync(path.join(folder, 'wrangler.jsonc'), 'utf8');
  return JSON.parse(text.replace(/^\s*\/\/.*$/gm, ''));
}

// startEdge runs the worker for the time of one test. entry, if given, is a module that stands
// before worker.mjs; with options, parts of the configuration are changed.
export async function startEdge(t, { entry = null, site = siteFolder, ...options } = {}) {
  const config = readConfig();
  const modules = ['worker.mjs', 'ingest.mjs', 'networks.mjs', 'instance.mjs', 'bundles.mjs', 'assets.mjs', 'forms.mjs', 'lists.mjs', 'rows.mjs', 'obey.mjs', 'live.mjs', 'keys.mjs', 'owner.mjs', 'site.mjs', 'event.js', 'wasm_exec.js', 'edge.wasm']
    .map((name) => ({ type: name.endsWith('.wasm') ? 'CompiledWasm' : 'ESModule', path: path.join(builtFolder, name) }));
  if (entry) modules.unshift({ type: 'ESModule', path: path.join(builtFolder, path.basename(entry)), contents: readFileSync(entry, 'utf8') });
  const first = config.assets.run_worker_first;
  const outbound = [];
  const mf = new Miniflare({
    cf: false,
    modules,
    modulesRoot: builtFolder,
    compatibilityDate: config.compatibility_date,
    bindings: { ...config.vars, ORIGINS: 'https://shop.example=shop', SERVER_KEY: 'server-key-of-the-tests-00000000' },
    r2Buckets: config.r2_buckets.map((bucket) => bucket.binding),
    queueProducers: Object.fromEntries(config.queues.producers.map((producer) => [producer.binding, producer.queue])),
    queueConsumers: Object.fromEntries(config.queues.consumers.map((consumer) => [consumer.queue, {
      maxBatchSize: consumer.max_batch_size, maxBatchTimeout: 1, maxRetries: 2, retryDelay: 0, deadLetterQueue: consumer.dead_letter_queue,
    }])),
    ratelimits: Object.fromEntries(config.ratelimits.map(({ name, simple }) => [name, { simple: { ...simple, limit: 100_000 } }])),
    assets: {
      directory: site, binding: config.assets.binding, workerName: config.name,
      routerConfig: { has_user_worker: true, static_routing: { user_worker: first.filter((rule) => !rule.startsWith('!')), asset_worker: first.filter((rule) => rule.startsWith('!')).map((rule) => rule.slice(1)) } },
      assetConfig: { html_handling: config.assets.html_handling, not_found_handling: config.assets.not_found_handling },
    },
    handleRuntimeStdio(stdout, stderr) { // faults are what many tests are about
      for (const stream of [stdout, stderr]) process.env.LOUD ? stream.pipe(process.stderr) : stream.resume();
    },
    outboundService(request) {
      outbound.push(request.url);
      return new Response('no way out', { status: 599 });
    },
    ...options,
  });
  const url = await mf.ready;
  const edge = new Edge(mf, url);
  t.after(async () => {
    await mf.dispose();
    if (outbound.length) throw new Error(`the worker fetched ${outbound}`);
  });
  return edge;
}

// Edge is a running worker.
export class Edge {
  constructor(mf, url) {
    this.mf = mf;
    this.origin = url.origin;
  }

  // ask sends one request exactly as given and returns {status, headers, body}.
  ask(pathname, { method = 'GET', headers = {}, body = null } = {}) {
    const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replaceAll('$self', this.origin)]));
    if (body !== null && !('Transfer-Encoding' in own)) own['Content-Length'] = body.length;
    return new Promise((resolve, reject) => {
      const request = http.request(this.origin, { path: pathname, method, headers: own, agent: false }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
      });
      request.on('error', reject);
      if (body !== null) request.write(body);
      request.end();
    });
  }

  // send posts a batch of this site.
  send(body, headers = {}) {
    return this.ask('/v1/events', { method: 'POST', headers: { Origin: '$self', 'Content-Type': 'text/plain', ...headers }, body });
  }

  // stored returns the objects of FEEDBACK below prefix: {key, bytes}, in the order of their keys.
  async stored(prefix = '') {
    const bucket = await this.mf.getR2Bucket('FEEDBACK');
    const { objects } = await bucket.list({ prefix });
    return Promise.all(objects.map(async ({ key }) => ({ key, bytes: new Uint8Array(await (await bucket.get(key)).arrayBuffer()) })));
  }

  // waitFor calls get until its result holds, for 20 s at most.
  async waitFor(what, get, holds) {
    for (let tries = 0; tries < 200; tries++) {
      const got = await get();
      if (holds(got)) return got;
      await sleep(100);
    }
    throw new Error(`waited in vain for ${what}`);
  }
}
