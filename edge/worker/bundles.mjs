// Bundles and the small files and lists beside them, the live overlay too, from R2, without Go. The bucket holds the
// builder's folder as it is: <sha256>.bundle, <sha256>.bundle.br, the second file of a bundle likewise,
// <sha256>.supplement, <sha256>.links, latest.json, …, and deltas: <sha256>.bundle.<sha256 of the bundle that the visitor has>.dcz.
import { byDictionary, delta, dictionaryOf, matches, prefers } from './forms.mjs';
import { itemOf, readList } from './lists.mjs';
import { obey } from './obey.mjs';
import { rows } from './rows.mjs';

const small = new Map([
  ['/v1/latest.json', 'latest.json'],
  ['/v1/experiments.json', 'experiments.json'],
  ['/v1/trending.json', 'trending.json'],
  ['/v1/popular.json', 'popular.json'],
  ['/v1/live.json', 'live.json'],
  ['/v1/users.json', 'users.json'],
]);
const named = /^\/v1\/a\/([0-9a-f]{64}\.(?:bundle|supplement|links))$/;

// Everything below /v1/ that Go does not answer ends here: unknown paths are 404 and never a page. But
// the widget's script and its types are files of the site, as wrangler.jsonc has them.
export const isBundle = (pathname) => pathname.startsWith('/v1/') && pathname !== '/v1/widget.js' && pathname !== '/v1/widget.d.ts';

// bundle answers GET, HEAD and OPTIONS for one exact path.
export async function bundle(request, env, pathname) {
  const key = small.get(pathname) ?? named.exec(pathname)?.[1];
  const item = key ? null : itemOf(pathname);
  if (!key && item === null) return refuse(404, 'not found');
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: { ...shared, 'Access-Control-Allow-Methods': 'GET, HEAD', 'Access-Control-Allow-Headers': 'Range, If-None-Match', 'Access-Control-Max-Age': '86400' } });
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'only GET and HEAD', { Allow: 'GET, HEAD, OPTIONS' });
  if (!key) return list(request, env, await readList(env.BUNDLES, item), aWhile, pathname.endsWith('.html'));
  if (key === 'popular.json') {
    const popular = await env.BUNDLES.get(key);
    return list(request, env, popular && new Uint8Array(await popular.arrayBuffer()), shortly);
  }
  let range = request.method === 'GET' ? wanted(request.headers.get('Range')) : null;
  if (range && !await still(request, env, key)) range = null;
  // A range counts the bytes of the bundle itself, so it is cut from the uncompressed object.
  if (!range && !small.has(pathname)) {
    const suffix = delta(request);
    const made = suffix && await object(request, env, key + suffix, null);
    if (made) return respond(request, pathname, made, 'dcz');
    const packed = prefers(request, 'br') && await object(request, env, `${key}.br`, null);
    if (packed) return respond(request, pathname, packed, 'br');
  }
  try {
    const found = await object(request, env, key, range);
    if (found) return respond(request, pathname, found, '', range);
    if (key === 'live.json') return nothing(env.LIVE_KEYS ? awaited : none[key], current);
    if (key in none) return nothing(none[key]);
    return refuse(404, 'not found');
  } catch (error) {
    if (!range) throw error;
    const whole = await env.BUNDLES.head(key);
    if (!whole) return refuse(404, 'not found');
    if (within(range, whole.size)) throw error;
    return refuse(416, 'no such range', { 'Content-Range': `bytes */${whole.size}` });
  }
}

const shared = {
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'X-Content-Type-Options': 'nosniff',
};

// none is what says that there is no experiment, trend, popular item or person of a data set: an ordinary state, and no
// error in a visitor's console. The first two are files that say so themselves, since devices keep
// what they said before until they are told otherwise, and an empty answer may come from anybody on
// the way.
const none = { 'experiments.json': '{"version":1,"layers":[]}', 'trending.json': '{"version":1,"items":[]}', 'popular.json': null, 'users.json': '{"users":[]}', 'live.json': '{"version":1}\n' };

// awaited says that there is no overlay yet: pages look again, as they do not where it has no items.
const awaited = '{"version":1,"items":{}}\n';

// How long answers may be cached: small files; lists, of which an old one is better than none; lists that go by the live overlay;
// and that itself. Pages look at it every 45 seconds, so that all obey a change within a minute.
const [shortly, aWhile, aMoment, current] = ['public, max-age=60', 'public, max-age=300, stale-while-revalidate=604800', 'public, max-age=30', 'public, max-age=10'];

function nothing(body = null, cache = shortly) {
  const headers = { ...shared, 'Cache-Control': cache };
  if (body === null) return new Response(null, { status: 204, headers });
  return new Response(body, { headers: { ...headers, 'Content-Type': 'application/json' } });
}

// within reports whether an object of that size has some of the range.
const within = ({ offset, suffix }, size) => (suffix === undefined ? offset < size : suffix > 0 && size > 0);

// inert has a browser that opens rows as a page run and fetch nothing of them: they are parts of other
// pages.
const inert = "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; sandbox";

// list answers with a list as it is by the live overlay, as JSON or as rows.
async function list(request, env, made, cache, asRows = false) {
  const { list: left, used } = made ? await obey(env.BUNDLES, made) : {};
  if (!left && asRows) return refuse(404, 'there is no list of this item', { 'Cache-Control': shortly });
  if (!left) return nothing();
  const found = asRows ? rows(left) : left;
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', found)).subarray(0, 8);
  const tag = `"${Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join('')}"`;
  const headers = { ...shared, 'Access-Control-Expose-Headers': 'ETag', 'Cache-Control': used || env.LIVE_KEYS ? aMoment : cache, 'Content-Type': asRows ? 'text/html; charset=utf-8' : 'application/json', ETag: tag, Vary: 'Accept-Encoding' };
  if (asRows) headers['Content-Security-Policy'] = inert;
  if (matches(request.headers.get('If-None-Match'), tag)) return new Response(null, { status: 304, headers });
  headers['Content-Length'] = found.length;
  return new Response(request.method === 'HEAD' ? null : found, { headers });
}

function refuse(status, text, headers = {}) {
  return new Response(`${text}\n`, { status, headers: { ...shared, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', ...headers } });
}

// object reads R2 once: an object with a body, one without (HEAD, or the visitor has it: 304), or
// null.
async function object(request, env, key, range) {
  if (request.method === 'HEAD') return env.BUNDLES.head(key);
  const asked = request.headers.get('If-None-Match');
  const onlyIf = asked && asked.trim() !== '*' ? new Headers({ 'If-None-Match': asked }) : undefined;
  return env.BUNDLES.get(key, { onlyIf, range: range ?? undefined });
}

// still reports whether a range is of the bytes that the visitor has the other parts of.
async function still(request, env, key) {
  const condition = request.headers.get('If-Range');
  return !condition || condition === (await env.BUNDLES.head(key))?.httpEtag;
}

// respond turns an R2 object into the answer to a request.
function respond(request, pathname, found, encoding, range = null) {
  const headers = new Headers(shared);
  headers.set('Content-Type', pathname.endsWith('.json') ? 'application/json' : 'application/octet-stream');
  headers.set('Cache-Control', pathname === '/v1/live.json' ? current : pathname === '/v1/trending.json' ? aMoment : small.has(pathname) ? shortly : 'public, max-age=31536000, immutable');
  headers.set('Access-Control-Expose-Headers', 'ETag, Content-Range, Content-Encoding');
  headers.set('ETag', found.httpEtag);
  if (!small.has(pathname)) {
    headers.set('Vary', byDictionary);
    headers.set('Use-As-Dictionary', dictionaryOf(pathname));
  }
  headers.set('Accept-Ranges', 'bytes');
  if (matches(request.headers.get('If-None-Match'), found.httpEtag)) {
    found.body?.cancel();
    return new Response(null, { status: 304, headers });
  }
  if (encoding) headers.set('Content-Encoding', encoding);
  let status = 200;
  let length = found.size;
  if (range && found.range) {
    const offset = found.range.offset ?? found.size - found.range.suffix;
    length = found.range.length ?? found.size - offset;
    headers.set('Content-Range', `bytes ${offset}-${offset + length - 1}/${found.size}`);
    status = 206;
  }
  headers.set('Content-Length', length);
  // encodeBody stays last and literal: a Response made again from this one would encode twice.
  return new Response(found.body ?? null, { status, headers, encodeBody: encoding ? 'manual' : 'automatic' });
}

// wanted reads a Range header of one range as R2 wants it; anything else is answered in full.
function wanted(header) {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || (from === '' && to === '')) return null;
  if (from === '') return { suffix: Number(to) };
  if (to === '') return { offset: Number(from) };
  return Number(to) >= Number(from) ? { offset: Number(from), length: Number(to) - Number(from) + 1 } : null;
}
