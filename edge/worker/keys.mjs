// The keys of which a program of the owner's names one when it changes something here, as ../key.go
// has them natively. They are a secret of the worker: one or two, with a blank between them.

const [mostKeys, leastKey, mostKey] = [2, 32, 512];
const utf8 = new TextEncoder();
const sumOf = (text) => crypto.subtle.digest('SHA-256', utf8.encode(text));

// refusal returns the answer to a request that names none of the keys; null for one that does. where is
// the name of the secret, and key what the request names.
export async function refusal(request, secret, where, key = named(request)) {
  const keys = (secret ?? '').split(/\s+/).filter(Boolean);
  if (!keys.length) return refuse(403, `this edge has no key for this: wrangler secret put ${where}`);
  if (request.headers.has('Origin')) return refuse(403, 'a page sent this, and a key in a page is everybody\'s: send it from a server, and make another key');
  if (!key) return refuse(401, `name a key: Authorization: Bearer KEY, with one of ${where}`, { 'WWW-Authenticate': 'Bearer' });
  const weak = keys.findIndex(({ length }) => length < leastKey || length > mostKey);
  if (weak >= 0 || keys.length > mostKeys) {
    console.error(`edge: ${where}: ${weak >= 0 ? `key ${weak + 1} has ${keys[weak].length} characters: want ${leastKey} to ${mostKey}, as openssl rand -hex 32 makes them` : `${keys.length} keys: want ${mostKeys} at most, the one in use and the next one`}`);
    return refuse(503, 'not possible now, and nothing was changed; the log says why, please try again', { 'Retry-After': '10' });
  }
  const sum = await sumOf(key);
  let found = false;
  for (const one of keys) found = crypto.subtle.timingSafeEqual(await sumOf(one), sum) || found;
  return found ? null : refuse(403, `this key is none of ${where}`);
}

// named returns the key that a request names, '' for none.
const named = (request) => /^bearer (.*)$/i.exec(request.headers.get('Authorization') ?? '')?.[1].trim() ?? '';

export function refuse(status, why, headers = {}) {
  return new Response(`${why}\n`, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', ...headers } });
}
