// Large files of the site that a visitor may have an older version of: then they get what turns that
// into this one. wrangler.jsonc says which; every other file is sent without this program.
import { byDictionary, delta, dictionaryOf, matches } from './forms.mjs';
import { page } from './site.mjs';

// isAsset reports whether an address is that of a file which its content names.
export const isAsset = (pathname) => /^\/a\/[0-9a-f]{16,}(\.[0-9a-z-]+)+$/.test(pathname);

// asset answers for such a file.
export async function asset(request, env, pathname) {
  const { method, headers } = request;
  if (method !== 'GET' && method !== 'HEAD') return page(request, env, pathname);
  // A browser that goes past its own cache got bytes that were not those of the name, perhaps by a
  // damaged dictionary.
  const suffix = /no-cache/i.test(headers.get('Cache-Control') ?? '') ? '' : delta(request);
  if (suffix) {
    const file = (path, verb) => env.ASSETS.fetch(new Request(new URL(path, request.url), { method: verb }));
    const [made, plain] = await Promise.all([file(pathname + suffix, method), file(pathname, 'HEAD')]);
    if (made.status === 200 && plain.status === 200) return respond(request, pathname, made, plain);
    await made.body?.cancel();
  }
  const answer = await env.ASSETS.fetch(request);
  if (answer.status >= 500) throw new Error(`static files: HTTP ${answer.status}`);
  if (answer.status >= 400) return page(request, env, pathname);
  const all = new Headers(answer.headers);
  all.set('Vary', byDictionary);
  all.set('Use-As-Dictionary', dictionaryOf(pathname));
  return new Response(answer.body, { status: answer.status, headers: all });
}

// respond sends a delta under the headers of the file that it makes.
function respond(request, pathname, made, plain) {
  const headers = new Headers(plain.headers);
  const tag = (made.headers.get('ETag') ?? '').replace(/^W\//, '');
  headers.delete('Content-Length');
  headers.set('Vary', byDictionary);
  headers.set('Use-As-Dictionary', dictionaryOf(pathname));
  if (tag) headers.set('ETag', tag);
  if (tag && matches(request.headers.get('If-None-Match'), tag)) {
    made.body?.cancel();
    return new Response(null, { status: 304, headers });
  }
  headers.set('Content-Encoding', 'dcz');
  const length = made.headers.get('Content-Length');
  if (length) headers.set('Content-Length', length);
  // encodeBody stays last and literal: a Response made again from this one would encode twice.
  return new Response(made.body, { headers, encodeBody: 'manual' });
}
