// What stands between a request and Go's handler: the body is read under its limit before Go
// sees a byte, and the rate limit gets a key that does not hold the address.

import { network, tagOf } from './networks.mjs';

const maxBody = 64 << 10;
const paths = new Set(['/v1/events', '/v1/erase', '/v1/server-events', '/healthz', '/readyz']);
const names = ['Origin', 'Content-Type', 'Content-Encoding', 'Sec-Gpc', 'Dnt', 'Authorization', 'Access-Control-Request-Method', 'Access-Control-Request-Headers'];
const nothing = new Uint8Array(0);

export const isIngest = (pathname) => paths.has(pathname);

// ingest answers with the handler's answer, or with 503 when the program ended during the
// request: nothing was promised then, and the sender keeps what it sent.
export async function ingest(instance, request, env, pathname) {
  const { headers, method } = request;
  const origin = headers.get('Origin') ?? '';
  const address = headers.get('CF-Connecting-IP') ?? '';
  const limited = env.LIMIT && method === 'POST' ? env.LIMIT.limit({ key: limitKey(origin, address) }) : null;
  let body = nothing;
  if (method === 'POST') body = await read(request);
  const allowed = limited === null || (await limited).success;
  const tag = allowed && method === 'POST' && pathname === '/v1/events' ? await tagOf(env, address) : '';
  let head = `${method}\n${pathname}\n${headers.get('Host') ?? ''}\n${allowed ? '' : 'limited'}\n${tag}\n`;
  for (const name of names) {
    const value = name === 'Origin' ? origin : headers.get(name);
    if (value) head += `${name}:${value}\n`;
  }
  if (head.length > 2048) return unavailable(431);
  try {
    return await instance.serve(env, head, body ?? nothing, body ? body.length : maxBody + 1);
  } catch (error) {
    console.error('edge:', String(error));
    return unavailable(503);
  }
}

// read returns the body, or null when it is longer than the limit; it never holds more than
// the limit and one chunk.
async function read(request) {
  const declared = request.headers.get('Content-Length');
  if (declared !== null) {
    if (Number(declared) > maxBody) return null;
    return new Uint8Array(await request.arrayBuffer());
  }
  if (!request.body) return nothing;
  const chunks = [];
  let length = 0;
  for await (const chunk of request.body) {
    length += chunk.length;
    if (length > maxBody) return null; // leaving the loop cancels the stream
    chunks.push(chunk);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

function unavailable(status) {
  return new Response(null, { status, headers: { 'Retry-After': '1', 'Cache-Control': 'no-store' } });
}

// limitKey names a site and a network: a hash of the address without its last 8 bits (IPv4) or
// 80 bits (IPv6), salted with the day, so that the binding never gets an address.
export function limitKey(origin, address, day = Math.floor(Date.now() / 86400000)) {
  return `${origin} ${hash(`${day} ${network(address)}`)}`;
}

// hash is FNV-1a twice, with two offsets: 64 bits, enough to keep networks apart.
function hash(text) {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x01000193);
  }
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}
