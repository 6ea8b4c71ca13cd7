// The edge on Cloudflare Workers. Requests come here only where no static file answers, and for
// /v1/, /owner, /healthz, /readyz and large files of the app (wrangler.jsonc): feedback goes to Go, bundles and
// the live overlay come from R2, large files perhaps as deltas, addresses of the app get its shell.
import module from './edge.wasm';
import { asset, isAsset } from './assets.mjs';
import { bundle, isBundle } from './bundles.mjs';
import { ingest, isIngest } from './ingest.mjs';
import { Instance } from './instance.mjs';
import { change, isChange } from './live.mjs';
import { isOwner, owner } from './owner.mjs';
import { page } from './site.mjs';

export const instance = new Instance(module);

const unavailable = { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store', 'Retry-After': '10', 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' };

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (isIngest(pathname)) return ingest(instance, request, env, pathname);
    try {
      if (isChange(pathname)) return await change(instance, request, env, pathname);
      if (isOwner(pathname)) return await owner(request, env);
      return await (isBundle(pathname) ? bundle : isAsset(pathname) ? asset : page)(request, env, pathname);
    } catch (error) { // what cannot be read now may be there: nothing remembers this answer
      console.error('edge:', pathname, String(error));
      return new Response('cannot be read now\n', { status: 503, headers: unavailable });
    }
  },

  // The queue and its dead letters: Go stores the batch as one object. Returning confirms it.
  async queue(batch, env) {
    await instance.consume(env, batch);
  },

  // Once a quarter of an hour: deletes what is too old and what belongs to visitors who asked to be
  // forgotten.
  async scheduled(event, env) {
    await instance.sweep(env, event);
  },
};
