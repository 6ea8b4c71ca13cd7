// The owner's changes of the live overlay (wasm/live/FORMAT.md), and the history of these: ../changes does
// the same natively. The overlay is the object live.json, which is replaced only where it still is what a change was
// merged into. Go checks what comes of a change; it is read here, since only here R2 can be waited for.
import { encode } from './event.js';
import { refusal, refuse } from './keys.mjs';

const name = 'live.json';
const [history, former] = ['live.history.jsonl', 'live.history.1.jsonl'];
const mostChange = 1 << 20; // bytes
const mostHistory = 4 << 20; // bytes of an object of it; a change more where it is longer
const most = { items: 100_000, new: 1000, rules: 100 }; // entries; Go sees those of one change alone
const mostBytes = 8 << 20;
const tries = 8;
const secret = 'LIVE_KEYS';
const utf8 = new TextEncoder();

const methods = new Map([['/v1/live', 'PUT'], ['/v1/live/history', 'GET']]);

export const isChange = (pathname) => methods.has(pathname);

// change answers for both addresses.
export async function change(instance, request, env, pathname) {
  const method = methods.get(pathname);
  if (request.method !== method) return refuse(405, `only ${method}; the overlay itself is /v1/live.json`, { Allow: method });
  const no = await refusal(request, env[secret], secret);
  if (no) return no;
  if (method === 'GET') return new Response(await read(env.BUNDLES), { headers: { 'Content-Type': 'application/jsonl', 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' } });
  const coding = request.headers.get('Content-Encoding') ?? 'identity';
  if (coding !== 'identity') return refuse(415, 'send the change as it is, not compressed');
  const text = await textOf(request);
  if (text === null) return refuse(413, `a change has at most ${mostChange} bytes: send it in parts, or write the whole overlay with build overlay`);
  let patch;
  try {
    patch = JSON.parse(text);
  } catch (error) {
    return refuse(400, `the change is no JSON: ${error.message}`);
  }
  for (let n = 0; n < tries; n++) {
    if (n) await new Promise((resolve) => { setTimeout(resolve, 50 * 2 ** n * (0.5 + Math.random())); });
    const answer = await once(instance, env, patch);
    if (answer) return answer;
  }
  return refuse(503, 'others are changing the overlay, please send it again; many changes fit into one', { 'Retry-After': '1' });
}

// textOf returns the body, or null when it is longer than a change may be.
async function textOf(request) {
  const declared = Number(request.headers.get('Content-Length') ?? 0);
  if (declared > mostChange) return null;
  const chunks = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > mostChange) return null; // leaving the loop cancels the stream
    chunks.push(chunk);
  }
  return new Blob(chunks).text();
}

// once tries to make a change; null where another one came between.
async function once(instance, env, patch) {
  const object = await env.BUNDLES.get(name);
  let overlay;
  try {
    overlay = object ? bare(JSON.parse(await object.text())) : bare({});
  } catch (error) {
    console.error(`edge: ${name}:`, String(error));
    return refuse(409, `${name}: ${error.message}: mend or delete it, then send the change again`);
  }
  const { fault, draft, entries } = merge(overlay, patch);
  if (fault) return refuse(400, fault);
  const checked = instance.check(env, encode(draft));
  if (checked.fault) return refuse(400, checked.fault);
  for (const part in most) {
    const count = Object.keys(overlay[part] ?? {}).length;
    if (count > most[part]) return refuse(400, `after this change: live: ${part}: has ${count} entries, and may have ${most[part]}`);
  }
  const body = utf8.encode(`${JSON.stringify(overlay)}\n`);
  if (body.length > mostBytes) return refuse(400, `after this change: live: the document has ${body.length} bytes, and may have ${mostBytes}`);
  const made = await keep(env.BUNDLES, object, body, patch).catch((error) => { // also of an object that is written too often
    console.error('edge: live:', String(error));
    return null;
  });
  if (!made) return null;
  const answer = { entries, unused: checked.unused, ...(checked.remarks.length ? { remarks: checked.remarks } : {}) };
  return new Response(`${JSON.stringify(answer)}\n`, { headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', ETag: made.httpEtag } });
}

// keep writes the history and then the overlay, each if it still is what it was.
async function keep(bucket, object, body, patch) {
  const lines = await bucket.get(history);
  const before = lines ? await lines.text() : '';
  const line = `${JSON.stringify({ at: new Date().toISOString(), makes: await md5(body), change: patch })}\n`;
  const full = before && before.length + line.length > mostHistory;
  if (full) await bucket.put(former, before);
  const still = (one) => ({ onlyIf: one ? { etagMatches: one.etag } : new Headers({ 'If-None-Match': '*' }) });
  if (!await bucket.put(history, full ? line : before + line, still(lines))) return null;
  return bucket.put(name, body, { ...still(object), httpMetadata: { contentType: 'application/json' } });
}

// md5 is what R2 makes its tags of.
const md5 = async (body) => Array.from(new Uint8Array(await crypto.subtle.digest('MD5', body)), (byte) => byte.toString(16).padStart(2, '0')).join('');

// read returns the changes that were taken, the oldest first, a line each.
async function read(bucket) {
  const parts = await Promise.all([former, history].map(async (key) => (await bucket.get(key))?.text() ?? ''));
  return parts.join('');
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

// bare returns an object without a prototype, in which every name is a name like others.
const bare = (object) => Object.assign(Object.create(null), object);

// merge makes a change, a JSON Merge Patch (RFC 7396), in an overlay. It returns the draft, an overlay
// of what the change gives a value alone, and how many entries it names; or what is wrong with it.
export function merge(overlay, patch) {
  if (!isObject(patch)) return { fault: 'want an object, such as {"items": {"B-17": {"stock": 0}}}' };
  const draft = bare(patch);
  let entries = 0;
  for (const part in most) {
    if (!Object.hasOwn(patch, part)) continue;
    if (patch[part] !== null && !isObject(patch[part])) return { fault: `${part}: want an object, or null to take all of them back` };
    const all = bare(overlay[part]);
    const changes = patch[part] ? Object.entries(patch[part]) : Object.keys(all).map((key) => [key, null]);
    draft[part] = bare({});
    for (const [key, value] of changes) {
      entries++;
      if (value !== null && !isObject(value)) return { fault: `${part} ${JSON.stringify(key)}: want an object, or null to take it back` };
      const made = value && patched(all[key], value, 0);
      if (made === tooDeep) return { fault: `${part} ${JSON.stringify(key)}: nested too deep` };
      if (made && Object.keys(made).length) all[key] = draft[part][key] = made;
      else delete all[key];
    }
    overlay[part] = all;
    if (!Object.keys(all).length) delete overlay[part];
  }
  draft.version ??= 1;
  draft.at ??= new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  overlay.version = draft.version;
  overlay.at = draft.at;
  return { draft, entries };
}

const tooDeep = Symbol('too deep');
const deepest = 16;

// patched is MergePatch of RFC 7396, section 2.
function patched(target, patch, depth) {
  if (!isObject(patch)) return patch;
  if (depth === deepest) return tooDeep;
  const all = isObject(target) ? bare(target) : bare({});
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete all[key];
    else if ((all[key] = patched(all[key], value, depth + 1)) === tooDeep) return tooDeep;
  }
  return all;
}
